//! Recording failures of authentication and authorisation: logged and audited, a bounded number of times.
use crate::{
    AppContext,
    access_failures::AccessFailure,
    domain::{actor::AuditContext, attention::AttentionKind, ids::UserId},
    error_chain,
    store::{
        attention::{self, NewItem},
        audit,
    },
    tx,
};

/// Records a failure; `user` is the account that it is about. Of many from one network in an hour, the 1st,
/// 10th, 100th, ... are logged and audited, with their number; a burst raises one attention item.
///
/// A failure that cannot be written is logged only: the request is answered as it is.
pub async fn record(ctx: &AppContext, failure: AccessFailure, context: &AuditContext, user: Option<UserId>) {
    let address = context.address.as_deref().unwrap_or_default();
    let now = ctx.now();
    let Some(noted) = ctx.access_failures.count(failure, address, now) else { return };
    let (count, network) = (noted.count, noted.network.as_str());
    tracing::warn!(
        request_id = context.request_id,
        failure = failure.into_str(),
        network,
        count,
        user = user.map(|user| user.0),
        "access was denied"
    );
    let details = format!("{count} in this hour from {network}");
    let burst = "Many requests were denied in the last hour: wrong passwords or codes, missing sessions or \
                 rights. The audit log has them under \"access\".";
    let item = NewItem::new(AttentionKind::AccessFailures, "access_failures".to_owned(), burst);
    let written = tx!(&ctx.db, tx => {
        if noted.is_burst {
            attention::raise(tx, now, &item).await?;
        }
        let user = user.map(|user| user.0);
        audit::append(tx, now, context, failure.action(), user, Some(&details)).await
    });
    if let Err(error) = written {
        tracing::error!(error = error_chain(&error), "a failure of access could not be audited");
    }
}
