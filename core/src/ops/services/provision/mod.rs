//! The set-up of a service: the username is committed first, then the panel is called, then the result is
//! committed.
//!
//! It depends on no payment: a service is set up because its order is paid when an attempt begins and when it
//! ends.
mod account;
mod finish;
mod request;
mod reserve;

use crate::{
    AppContext,
    domain::{
        actor::AuditContext,
        ids::ServiceId,
        job::Job,
        order::OrderStatus,
        provisioning::{ProvisioningStep, StepStatus},
        service::{Service, ServiceEvent, ServiceStatus},
    },
    ops::Result,
    store::{
        circuit_breakers, jobs,
        provisioning_logs::{self, NewLog},
        services,
    },
    tx,
};
use account::AttemptError;
pub(crate) use account::is_ours;
pub use request::finish_setup;
pub(crate) use request::{queue_again, request};
use std::time::Duration;

/// The longest that one attempt may take.
const ATTEMPT_LIMIT: Duration = Duration::from_secs(120);

/// One attempt. The job's lease is checked by every write: a worker whose lease has ended cannot write.
pub async fn provision(ctx: &AppContext, job: &Job, id: ServiceId) -> Result<()> {
    let Some(begun) = begin(ctx, job, id).await? else { return Ok(()) };
    (ctx.failpoint)("provision.reserved");
    let ensured = tokio::time::timeout(ATTEMPT_LIMIT, account::ensure(ctx, job, begun)).await;
    match ensured {
        Ok(Ok(service)) => {
            (ctx.failpoint)("provision.shown");
            finish::activate(ctx, job, &service).await?;
            (ctx.failpoint)("provision.activated");
            Ok(())
        }
        Ok(Err(AttemptError::PanelLocked(why))) => finish::open_circuit_breaker(ctx, job, &why).await,
        Ok(Err(AttemptError::Retry(why))) => finish::retry_or_give_up(ctx, job, id, &why).await,
        Ok(Err(AttemptError::NeedsStaff(why))) => finish::give_up(ctx, job, id, &why).await,
        Ok(Err(AttemptError::Failed(error))) => Err(error),
        Err(_) => finish::retry_or_give_up(ctx, job, id, "the try took longer than 120 seconds").await,
    }
}

/// Checks that the service may be set up, and reserves its username and password. Both are committed before
/// any call. None where there is nothing to do now.
async fn begin(ctx: &AppContext, job: &Job, id: ServiceId) -> Result<Option<Service>> {
    let (now, context) = (ctx.now(), AuditContext::worker());
    let begun = tx!(&ctx.db, tx => {
        jobs::renew_lease(tx, now, job, ctx.lease_end()).await?;
        if let Some((until, reason)) = circuit_breakers::open_until(tx, now).await? {
            jobs::reschedule(tx, job, until, &reason, true).await?;
            return Ok(None);
        }
        let Some(service) = services::by_id(tx, id).await? else {
            jobs::finish(tx, job).await?;
            return Ok(None);
        };
        if !matches!(service.status(), ServiceStatus::Requested | ServiceStatus::Provisioning) {
            jobs::finish(tx, job).await?;
            return Ok(None);
        }
        if service.order.status != OrderStatus::Paid {
            finish::abandon(tx, now, job, &service).await?;
            return Ok(None);
        }
        let service = services::advance(tx, now, &context, &service, ServiceEvent::TryStarted, None).await?;
        let message = format!("try {}", job.attempt);
        let log = NewLog::new(ProvisioningStep::StatusUpdate, StepStatus::Provisioning, &message);
        provisioning_logs::insert(tx, now, &service, &log).await?;
        Ok(Some(service))
    })?;
    let Some(service) = begun else { return Ok(None) };
    (ctx.failpoint)("provision.begun");
    if job.attempt > ctx.settings.provision_tries {
        // The worker stopped during the last attempt.
        finish::give_up(ctx, job, id, "the last try was cut off").await?;
        return Ok(None);
    }
    match service.username() {
        Some(_) => Ok(Some(service)),
        None => reserve::reserve(ctx, job, &service).await.map(Some),
    }
}
