//! Signing in to the control panel without its password.
use super::{conflict, list::of_customer, load};
use crate::{
    AppContext,
    domain::{
        account::Username,
        audit_action::AuditAction,
        ids::{ServiceId, UserId},
        rate_limit::LimitedAction,
        service::{Service, ServiceStatus},
        service_action::ServiceAction,
    },
    error::Object,
    ops::{Caller, Error, Result, rate_limits},
    panel::PanelError,
    store::audit,
    tx,
};
use std::time::Duration;

/// The longest wait for the panel's sign-on.
const SIGN_ON_TIMEOUT: Duration = Duration::from_secs(8);

/// The address that signs a customer in to the panel, for one of their active services or for the newest one.
/// Counted as a revealed password, and audited. Where the panel does not answer, the address of its sign-in
/// page. The address is a password: it is neither logged nor stored.
pub async fn open_own_panel(
    ctx: &AppContext,
    caller: &Caller,
    user: UserId,
    id: Option<ServiceId>,
) -> Result<String> {
    let is_wanted =
        |service: &Service| service.status() == ServiceStatus::Active && id.is_none_or(|id| service.id == id);
    let service = of_customer(ctx, user).await?.into_iter().find(is_wanted);
    let service = service.ok_or(Error::NotFound(Object::Service))?;
    let username = service.username().ok_or(Error::NotFound(Object::Service))?;
    rate_limits::check(ctx, LimitedAction::OwnPasswordReveal, &user.to_string()).await?;
    match sign_on(ctx, service.id, username).await {
        Ok(url) => audited(ctx, caller, service.id, url).await,
        Err(_) => Ok(ctx.panel.end_user_url().to_owned()),
    }
}

/// The address that signs staff in to a customer's panel. Counted as a revealed password. Returned only once
/// the audit log has it; it is a password.
pub async fn open_panel(ctx: &AppContext, caller: &Caller, staff: UserId, id: ServiceId) -> Result<String> {
    let service = load(ctx, id).await?;
    let is_possible = ServiceAction::OpenPanel.is_possible(&service);
    let Some(username) = service.username().filter(|_| is_possible) else {
        return Err(conflict(&service, "only an active one's panel can be opened"));
    };
    rate_limits::check(ctx, LimitedAction::PasswordReveal, &staff.to_string()).await?;
    let url = sign_on(ctx, id, username).await.map_err(Error::Provider)?;
    audited(ctx, caller, id, url).await
}

/// Returns the address once the audit log has it.
async fn audited(ctx: &AppContext, caller: &Caller, id: ServiceId, url: String) -> Result<String> {
    let (now, context, action) = (ctx.now(), caller.audit_context(), AuditAction::ServicePanelOpened);
    tx!(&ctx.db, tx => audit::append(tx, now, &context, action, Some(id.0), None).await)?;
    Ok(url)
}

async fn sign_on(ctx: &AppContext, id: ServiceId, username: &Username) -> Result<String, PanelError> {
    let signed_on = tokio::time::timeout(SIGN_ON_TIMEOUT, ctx.panel.sign_on(username)).await;
    signed_on
        .unwrap_or_else(|_| Err(PanelError::Unknown("no answer in time".into())))
        .inspect_err(|why| tracing::warn!(service = id.0, %why, "signing on to the panel failed"))
}
