//! Disabling and enabling an account by staff.
use super::rights::require_rights_over;
use crate::ops::{Caller, Error, Object, Result, auth::sessions, staff_notice};
use crate::{
    AppContext,
    domain::{audit_action::AuditAction, ids::UserId, input::Reason, session::StaffSession, time::Timestamp},
    mail::StaffChange,
    store::{self, audit, users},
    tx,
};

/// Disables an account: all its sessions end, and it cannot sign in. Does nothing where it is disabled
/// already. An account of staff needs a fresh code.
pub async fn disable(
    ctx: &AppContext,
    caller: &Caller,
    by: &StaffSession,
    id: UserId,
    reason: &Reason,
) -> Result<()> {
    if by.user.id == id {
        return Err(Error::conflict("You cannot take your own rights away."));
    }
    set_disabled(ctx, caller, by, id, Some(ctx.now()), reason.as_str()).await
}

/// Enables an account again. Does nothing where it is enabled. An account of staff needs a fresh code.
pub async fn enable(
    ctx: &AppContext,
    caller: &Caller,
    by: &StaffSession,
    id: UserId,
    reason: Option<&Reason>,
) -> Result<()> {
    set_disabled(ctx, caller, by, id, None, reason.map_or("", Reason::as_str)).await
}

async fn set_disabled(
    ctx: &AppContext,
    caller: &Caller,
    by: &StaffSession,
    id: UserId,
    disabled_at: Option<Timestamp>,
    reason: &str,
) -> Result<()> {
    let (now, context) = (ctx.now(), caller.audit_context());
    let (action, change) = match disabled_at {
        Some(_) => (AuditAction::UserDisabled, StaffChange::Disabled),
        None => (AuditAction::UserEnabled, StaffChange::Enabled),
    };
    let written = tx!(&ctx.db, tx => {
        let Some(user) = users::by_id(tx, id).await? else {
            return Ok(Err(Error::NotFound(Object::User)));
        };
        if user.is_deleted() {
            return Ok(Err(Error::conflict("This account was deleted.")));
        }
        if let Err(error) = require_rights_over(ctx, by, &user) {
            return Ok(Err(error));
        }
        users::set_disabled(tx, now, id, disabled_at).await?;
        sessions::revoke_all_sessions(tx, id).await?;
        audit::append(tx, now, &context, action, Some(id.0), Some(reason)).await?;
        staff_notice::queue(tx, now, &by.user, &user, change).await?;
        Ok(Ok(()))
    });
    ctx.job_notify.notify_one();
    match written {
        // It was so already.
        Err(store::Error::Stale(_)) => Ok(()),
        written => written?,
    }
}
