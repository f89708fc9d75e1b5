//! The log of calls to the panel.
use crate::{
    AppContext,
    domain::{
        job::Job,
        provisioning::{PanelRequestOutcome, ProvisioningStep, StepStatus},
        service::Service,
    },
    ops::{Result, attention},
    panel::{PanelError, Reply},
    store::{
        jobs, panel_requests,
        provisioning_logs::{self, NewLog},
    },
    tx,
};

/// Writes a call to the panel with its masked request and response. Within a set-up, `job` renews its lease.
pub(super) async fn log_call<T: Send + Sync>(
    ctx: &AppContext,
    service: &Service,
    job: Option<&Job>,
    step: ProvisioningStep,
    reply: &Reply<T>,
) -> Result<()> {
    let (status, message) = match &reply.outcome {
        Ok(_) => (StepStatus::Done, "the panel answered".to_owned()),
        Err(PanelError::Unknown(why)) => (StepStatus::Unknown, why.clone()),
        Err(error) => (StepStatus::Failed, error.to_string()),
    };
    let log = NewLog {
        request: Some(&reply.request),
        response: Some(&reply.response),
        username: service.username(),
        ..NewLog::new(step, status, &message)
    };
    let is_created = step == ProvisioningStep::CreateUser && reply.outcome.is_ok();
    let now = ctx.now();
    Ok(tx!(&ctx.db, tx => {
        if let Some(job) = job {
            jobs::renew_lease(tx, now, job, ctx.lease_end()).await?;
        }
        if let (true, Some(username)) = (is_created, service.username()) {
            panel_requests::record(tx, now, service.id, username, PanelRequestOutcome::Created).await?;
        }
        attention::note_panel(tx, now, step, &reply.outcome).await?;
        provisioning_logs::insert(tx, now, service, &log).await
    })?)
}
