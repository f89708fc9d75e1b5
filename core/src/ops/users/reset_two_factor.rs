//! Removing the second factor of an account by an admin, for an owner who has lost phone and recovery codes.
use super::rights::require_rights_over;
use crate::ops::{Caller, Error, Object, Result, auth::sessions, staff_notice};
use crate::{
    AppContext,
    domain::{audit_action::AuditAction, ids::UserId, input::Reason, session::StaffSession},
    mail::{Mail, StaffChange, TwoFactorReset},
    store::{audit, mails, two_factor, users},
    tx,
};

/// Removes the second factor: all sessions end, and the owner is told by mail. Signing in then asks for the
/// password only, or of staff for a new second factor. A conflict where there is none, and for one's own.
pub async fn reset_two_factor(
    ctx: &AppContext,
    caller: &Caller,
    by: &StaffSession,
    id: UserId,
    reason: &Reason,
) -> Result<()> {
    if by.user.id == id {
        return Err(Error::conflict("Another admin resets your second factor."));
    }
    let (now, context) = (ctx.now(), caller.audit_context());
    tx!(&ctx.db, tx => {
        let Some(user) = users::by_id(tx, id).await?.filter(|user| !user.is_deleted()) else {
            return Ok(Err(Error::NotFound(Object::User)));
        };
        if let Err(error) = require_rights_over(ctx, by, &user) {
            return Ok(Err(error));
        }
        if two_factor::of(tx, id).await?.is_none() {
            return Ok(Err(Error::conflict("This account has no authenticator app.")));
        }
        two_factor::remove(tx, id).await?;
        sessions::revoke_all_sessions(tx, id).await?;
        let (action, why) = (AuditAction::UserTwoFactorReset, Some(reason.as_str()));
        audit::append(tx, now, &context, action, Some(id.0), why).await?;
        let mail = Mail::TwoFactorReset(TwoFactorReset {
            name: user.name.clone(),
            at: now.0,
            reason: reason.as_str().to_owned(),
        });
        mails::queue(tx, now, &user.email, &user.locale, None, &mail).await?;
        staff_notice::queue(tx, now, &by.user, &user, StaffChange::TwoFactorReset).await?;
        Ok(Ok(()))
    })??;
    ctx.job_notify.notify_one();
    Ok(())
}
