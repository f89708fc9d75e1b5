//! Starting a set-up again.
use super::{ServiceView, conflict, provision, show::view_after};
use crate::{
    AppContext,
    domain::{ids::ServiceId, service_action::ServiceAction},
    error::Object,
    ops::{Caller, Error, Result},
    store::services,
    tx,
};

/// Queues the set-up of a paid order's service again, with all its attempts.
pub async fn reprovision(ctx: &AppContext, caller: &Caller, id: ServiceId) -> Result<ServiceView> {
    let (now, context) = (ctx.now(), caller.audit_context());
    let (service, is_possible) = tx!(&ctx.db, tx => {
        let Some(service) = services::by_id(tx, id).await? else { return Ok(None) };
        if !ServiceAction::Reprovision.is_possible(&service) {
            return Ok(Some((service, false)));
        }
        Ok(Some((provision::queue_again(tx, now, &context, service).await?, true)))
    })?
    .ok_or(Error::NotFound(Object::Service))?;
    if !is_possible {
        return Err(conflict(&service, "only a paid order's set-up that failed, or hangs, starts anew"));
    }
    ctx.job_notify.notify_one();
    view_after(ctx, service).await
}
