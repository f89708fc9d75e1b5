//! What suspending, activating and deleting have in common: the panel first, and here only what the panel
//! did.
use super::{conflict, load, panel_log::log_call, provision};
use crate::{
    AppContext,
    domain::{
        account::Username,
        order::{OrderEvent, OrderStatus},
        provisioning::ProvisioningStep,
        service::{Service, ServiceEvent, ServiceStatus},
        time::Timestamp,
    },
    mail::{Mail, Resumed, Suspended},
    ops::{Caller, Error, Result},
    panel::PanelError,
    store::{self, Tx, mails, orders, services, users},
    tx,
};

/// A change of an account on the panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PanelChange {
    Suspend,
    Activate,
    Delete,
}

impl PanelChange {
    fn event(self) -> ServiceEvent {
        match self {
            PanelChange::Suspend => ServiceEvent::Suspended,
            PanelChange::Activate => ServiceEvent::Resumed,
            PanelChange::Delete => ServiceEvent::Ended,
        }
    }

    fn step(self) -> ProvisioningStep {
        match self {
            PanelChange::Suspend => ProvisioningStep::Suspended,
            PanelChange::Activate => ProvisioningStep::Resumed,
            PanelChange::Delete => ProvisioningStep::Ended,
        }
    }

    /// The state that it leads to.
    fn target(self) -> ServiceStatus {
        match self {
            PanelChange::Suspend => ServiceStatus::Suspended,
            PanelChange::Activate => ServiceStatus::Active,
            PanelChange::Delete => ServiceStatus::Cancelled,
        }
    }

    /// What it needs, for staff.
    fn rule(self) -> &'static str {
        match self {
            PanelChange::Suspend => "only an active one can be suspended",
            PanelChange::Activate => "only a suspended one can be activated",
            PanelChange::Delete => "it cannot be deleted",
        }
    }
}

/// Makes the change on the panel, then here. A service that is in that state already stays so; the panel is
/// asked once more, in case its own state differs. Returns the service as it is afterwards.
pub(super) async fn apply(
    ctx: &AppContext,
    caller: &Caller,
    service: Service,
    change: PanelChange,
    reason: Option<&str>,
) -> Result<Service> {
    let is_so = service.status() == change.target();
    if is_so && service.status() == ServiceStatus::Cancelled {
        return Ok(service);
    }
    if !is_so && service.status().transition(change.event()).is_err() {
        return Err(conflict(&service, change.rule()));
    }
    if let Some(username) = service.username() {
        on_panel(ctx, &service, username, change).await?;
    }
    if is_so {
        return Ok(service);
    }
    let (now, context) = (ctx.now(), caller.audit_context());
    let changed = tx!(&ctx.db, tx => {
        let changed = services::advance(tx, now, &context, &service, change.event(), reason).await?;
        queue_mail(tx, now, &service, change, reason).await?;
        if change == PanelChange::Delete
            && let Some(order) = orders::by_id(tx, service.order.id).await?
            && order.status() == OrderStatus::Active
        {
            orders::advance(tx, now, &context, &order, OrderEvent::ServiceEnded, reason).await?;
        }
        Ok(changed)
    });
    match changed {
        // Another request changed it during the call to the panel. Both asked the panel; the first write
        // counts.
        Err(store::Error::Stale(_)) => {
            let service = load(ctx, service.id).await?;
            if service.status() == change.target() {
                Ok(service)
            } else {
                Err(conflict(&service, change.rule()))
            }
        }
        changed => Ok(changed?),
    }
}

/// Queues the customer's mail about the change, in its transaction.
async fn queue_mail(
    tx: &mut Tx,
    now: Timestamp,
    service: &Service,
    change: PanelChange,
    reason: Option<&str>,
) -> store::Result<()> {
    let Some(user) = users::by_id(tx, service.order.user_id).await? else { return Ok(()) };
    let (name, order_number, domain) = (user.name, service.order.uuid.number(), service.domain.clone());
    let mail = match change {
        PanelChange::Suspend => {
            Mail::Suspended(Suspended { name, order_number, domain, reason: reason.map(str::to_owned) })
        }
        PanelChange::Activate => Mail::Resumed(Resumed { name, order_number, domain }),
        PanelChange::Delete => return Ok(()),
    };
    mails::queue(tx, now, &user.email, &user.locale, Some(service.order.id), &mail).await.map(drop)
}

/// Asks the panel for the change. Where the answer leaves it open, the account's state on the panel decides.
async fn on_panel(
    ctx: &AppContext,
    service: &Service,
    username: &Username,
    change: PanelChange,
) -> Result<()> {
    if change == PanelChange::Delete && service.term().is_none() {
        // The set-up never ended: the account of that name may be another customer's.
        let seen = ctx.panel.look(username).await;
        log_call(ctx, service, None, ProvisioningStep::Look, &seen).await?;
        match seen.outcome.map_err(Error::Provider)? {
            Some(account) if provision::is_ours(ctx, service, &account).await? => {}
            Some(_) | None => return Ok(()),
        }
    }
    let reply = match change {
        PanelChange::Suspend => ctx.panel.suspend(username).await,
        PanelChange::Activate => ctx.panel.resume(username).await,
        PanelChange::Delete => ctx.panel.delete(username).await,
    };
    log_call(ctx, service, None, change.step(), &reply).await?;
    if matches!(reply.outcome, Ok(()) | Err(PanelError::Locked(_) | PanelError::NotSent(_))) {
        return reply.outcome.map_err(Error::Provider);
    }
    let seen = ctx.panel.look(username).await;
    log_call(ctx, service, None, ProvisioningStep::Look, &seen).await?;
    match (change, seen.outcome) {
        (PanelChange::Suspend, Ok(Some(account))) if account.is_suspended => Ok(()),
        (PanelChange::Activate, Ok(Some(account))) if !account.is_suspended => Ok(()),
        (PanelChange::Delete, Ok(None)) => Ok(()),
        (PanelChange::Suspend | PanelChange::Activate | PanelChange::Delete, _) => {
            reply.outcome.map_err(Error::Provider)
        }
    }
}
