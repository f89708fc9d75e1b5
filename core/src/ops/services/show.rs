//! One service with everything that its page shows.
use super::owned_by;
use crate::{
    AppContext,
    domain::{
        history::{StatusChange, Transition},
        ids::{ServiceId, UserId},
        job::Task,
        provisioning::{AttemptLog, ProvisioningLog, by_attempt},
        service::{Service, ServiceEvent},
        time::Timestamp,
    },
    error::Object,
    ops::{Error, Result},
    read,
    store::{self, Tx, jobs, provisioning_logs, services, status_changes},
};

/// A service with everything that staff see of it.
#[derive(Debug)]
pub struct ServiceView {
    pub service: Service,
    /// The log of the set-up and of later calls to the panel, oldest first.
    pub logs: Vec<AttemptLog>,
    /// The status history, oldest first.
    pub changes: Vec<StatusChange>,
    /// When the next attempt of the set-up is due.
    pub next_attempt_at: Option<Timestamp>,
    /// The attempts since the set-up was last asked for.
    pub attempts: i64,
}

/// The service and everything that staff see of it.
pub async fn show(ctx: &AppContext, id: ServiceId) -> Result<ServiceView> {
    let view = read!(&ctx.db, tx => match services::by_id(tx, id).await? {
        Some(service) => Ok(Some(view_of(tx, service).await?)),
        None => Ok(None),
    })?;
    view.ok_or(Error::NotFound(Object::Service))
}

/// The log of a service's set-up, oldest first.
pub async fn logs(ctx: &AppContext, id: ServiceId) -> Result<Vec<AttemptLog>> {
    let logs = read!(&ctx.db, tx => match services::by_id(tx, id).await? {
        Some(_) => Ok(Some(provisioning_logs::of_service(tx, id).await?)),
        None => Ok(None),
    })?;
    logs.map(by_attempt).ok_or(Error::NotFound(Object::Service))
}

/// One of the customer's own services with the log of its set-up, oldest entry first.
pub async fn show_own(
    ctx: &AppContext,
    user: UserId,
    id: ServiceId,
) -> Result<(Service, Vec<ProvisioningLog>)> {
    let (service, logs) = read!(&ctx.db, tx => {
        Ok((services::by_id(tx, id).await?, provisioning_logs::of_service(tx, id).await?))
    })?;
    Ok((owned_by(service, user)?, logs))
}

/// The view of a service that an op has just changed.
pub(super) async fn view_after(ctx: &AppContext, service: Service) -> Result<ServiceView> {
    Ok(read!(&ctx.db, tx => view_of(tx, service.clone()).await)?)
}

async fn view_of(tx: &mut Tx, service: Service) -> store::Result<ServiceView> {
    let logs = provisioning_logs::of_service(tx, service.id).await?;
    let changes = status_changes::of_service(tx, service.id).await?;
    let next = jobs::next_try(tx, &Task::Provision(service.id)).await?;
    let is_request = |change: &&StatusChange| {
        matches!(change.transition, Transition::Service { event: ServiceEvent::AskedAgain, .. })
    };
    let asked_at = changes.iter().rfind(is_request).map_or(service.created_at, |change| change.created_at);
    let begun = logs.iter().filter(|log| log.begins_attempt() && log.created_at >= asked_at).count();
    let (next_attempt_at, attempts) = match next {
        Some((at, attempts)) => (Some(at), attempts),
        None => (None, i64::try_from(begun).unwrap_or(i64::MAX)),
    };
    Ok(ServiceView { service, logs: by_attempt(logs), changes, next_attempt_at, attempts })
}
