//! Showing a panel password.
use super::{conflict, load, panel_password};
use crate::{
    AppContext,
    domain::{
        audit_action::AuditAction,
        ids::{ServiceId, UserId},
        rate_limit::LimitedAction,
        service::Service,
        service_action::ServiceAction,
        user::User,
    },
    error::Object,
    ops::{Caller, Error, Result, auth, rate_limits},
    store::{audit, rate_limit_events},
    tx,
};
use secrecy::SecretString;

/// The panel password of the customer's own service, after the password of their account was confirmed.
/// Limited per customer, together with opened panels.
pub async fn reveal_own(
    ctx: &AppContext,
    caller: &Caller,
    user: &User,
    service: &Service,
    password: &str,
) -> Result<SecretString> {
    if service.order.user_id != user.id || !service.has_password() {
        return Err(Error::NotFound(Object::Service));
    }
    auth::reauthenticate(ctx, caller, user, "password", password).await?;
    rate_limits::check(ctx, LimitedAction::OwnPasswordReveal, &user.id.to_string()).await?;
    let (now, context, action) = (ctx.now(), caller.audit_context(), AuditAction::ServicePasswordShown);
    tx!(&ctx.db, tx => audit::append(tx, now, &context, action, Some(service.id.0), None).await)?;
    panel_password(ctx, service.id).await
}

/// The panel password of a service, for staff. Counted and audited before it is opened.
pub async fn reveal(ctx: &AppContext, caller: &Caller, staff: UserId, id: ServiceId) -> Result<SecretString> {
    let service = load(ctx, id).await?;
    if !ServiceAction::Reveal.is_possible(&service) {
        return Err(conflict(&service, "there is no password to show"));
    }
    count_reveal(ctx, caller, staff, id, AuditAction::ServicePasswordShown, None).await?;
    panel_password(ctx, id).await
}

/// Counts a password that staff are about to get against the limit of an hour, and audits it.
pub(super) async fn count_reveal(
    ctx: &AppContext,
    caller: &Caller,
    staff: UserId,
    id: ServiceId,
    action: AuditAction,
    details: Option<&str>,
) -> Result<()> {
    let (now, limited, subject) = (ctx.now(), LimitedAction::PasswordReveal, staff.to_string());
    tx!(&ctx.db, tx => {
        if let Some(until) = rate_limits::blocked_until(tx, ctx, now, limited, &subject).await? {
            return Ok(Err(Error::RateLimited(until)));
        }
        rate_limit_events::insert(tx, now, limited, &subject).await?;
        audit::append(tx, now, &caller.audit_context(), action, Some(id.0), details).await?;
        Ok(Ok(()))
    })?
}
