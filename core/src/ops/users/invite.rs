//! Sending the invitation to an account once more.
use super::rights::require_rights_over;
use crate::ops::{Caller, Error, Object, Result, auth::invitation, rate_limits};
use crate::{
    AppContext,
    domain::{audit_action::AuditAction, ids::UserId, rate_limit::LimitedAction, session::StaffSession},
    random, read,
    store::{audit, users},
    tx,
};

/// Mails the invitation again and returns the address; the earlier link ends. A conflict where the account's
/// e-mail is confirmed: its owner has a password, or can have a new one mailed. Limited per address.
pub async fn invite_again(
    ctx: &AppContext,
    caller: &Caller,
    by: &StaffSession,
    id: UserId,
) -> Result<String> {
    let user = read!(&ctx.db, tx => users::by_id(tx, id).await)?.ok_or(Error::NotFound(Object::User))?;
    require_rights_over(ctx, by, &user)?;
    if !user.is_active() {
        return Err(Error::conflict("This account is disabled or deleted."));
    }
    if user.email_verified_at.is_some() {
        return Err(Error::conflict("This account's e-mail is confirmed: its owner can reset the password."));
    }
    rate_limits::check(ctx, LimitedAction::Invitation, &user.email).await?;
    let (now, token, context) = (ctx.now(), random::token(), caller.audit_context());
    tx!(&ctx.db, tx => {
        invitation::queue_link(tx, ctx, now, &user, &token).await?;
        audit::append(tx, now, &context, AuditAction::UserInvited, Some(id.0), None).await
    })?;
    ctx.job_notify.notify_one();
    Ok(user.email)
}
