//! Money that the gateway reports for no payment in the table: a backup was restored, or the webhook was not
//! genuine.
use super::question;
use crate::{
    AppContext,
    domain::{
        attention::AttentionKind,
        ids::WebhookId,
        job::Job,
        payment::{GatewayName, PaymentEventStatus, PaymentEventType},
        rate_limit::Asker,
    },
    gateway::ReportedStatus,
    ops::Result,
    read,
    store::{
        attention::{self, NewItem},
        inbox, jobs, payment_events,
    },
    tx,
};

/// Runs a job: asks about a payment that a webhook named and that is not in the table. Its money is shown to
/// staff.
pub async fn settle_unmatched(ctx: &AppContext, job: &Job, webhook: WebhookId) -> Result<()> {
    let Some(id) = read!(&ctx.db, tx => inbox::named_by(tx, webhook).await)? else {
        return Ok(tx!(&ctx.db, tx => jobs::finish(tx, job).await)?);
    };
    let now = ctx.now();
    let later = tx!(&ctx.db, tx => question::take(tx, ctx, now, Asker::Others).await)?;
    if let Some(later) = later {
        let why = "the gateway was asked too often";
        return Ok(tx!(&ctx.db, tx => jobs::reschedule(tx, job, later, why, true).await)?);
    }
    let report = ctx.gateway.status(&id).await;
    let now = ctx.now();
    Ok(tx!(&ctx.db, tx => {
        jobs::renew_lease(tx, now, job, ctx.lease_end()).await?;
        match &report.status {
            ReportedStatus::Completed(completed) => {
                let details = format!("money for {id}, which is not among the payments");
                let key = format!("unmatched_payment:{id}");
                let item = NewItem::new(AttentionKind::UnmatchedPayment, key, &details);
                attention::raise(tx, now, &NewItem { amount: completed.amount, ..item }).await?;
                payment_events::append(tx, now, &payment_events::NewEvent {
                    order: None,
                    payment: None,
                    event_type: PaymentEventType::Unmatched,
                    gateway: GatewayName::Zeno,
                    reference: completed.transid.as_deref(),
                    amount: completed.amount,
                    status: PaymentEventStatus::Completed,
                    payload: Some(&report.raw),
                }).await?;
                jobs::finish(tx, job).await
            }
            ReportedStatus::Unreadable(why) if job.attempt < 10 => {
                jobs::reschedule(tx, job, now.plus_seconds(60 * job.attempt), why, false).await
            }
            // Its webhooks can be ahead of its answers.
            ReportedStatus::Pending if job.attempt < 10 => {
                jobs::reschedule(tx, job, now.plus_seconds(60 * job.attempt), "pending", false).await
            }
            ReportedStatus::Pending
            | ReportedStatus::Failed
            | ReportedStatus::Cancelled
            | ReportedStatus::NotFound
            | ReportedStatus::Unreadable(_) => jobs::finish(tx, job).await,
        }
    })?)
}
