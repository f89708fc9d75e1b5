//! Deleting an account: the personal data is removed, the payment records stay.
use super::rights::require_rights_over;
use crate::ops::staff_notice;
use crate::ops::{
    Caller, Error, Object, Result,
    auth::{self, sessions},
};
use crate::{
    AppContext,
    domain::{
        actor::AuditContext,
        audit_action::AuditAction,
        customer::DeletionBlockers,
        ids::UserId,
        input::{Confirmation, Reason},
        session::StaffSession,
        time::Timestamp,
        user::User,
    },
    mail::StaffChange,
    read,
    store::{
        self, Tx, audit, customer_summary, email_changes, email_tokens, known_devices, two_factor, users,
    },
    tx,
};
use strum::VariantArray;

/// What keeps the user's account from being deleted.
pub async fn deletion_blockers(ctx: &AppContext, user: &User) -> Result<DeletionBlockers> {
    Ok(read!(&ctx.db, tx => customer_summary::deletion_blockers(tx, user.id).await)?)
}

/// Deletes an account, by staff. `confirmation` is its e-mail, typed. A conflict while anything of it is in
/// use. An account of staff needs a fresh code.
pub async fn delete(
    ctx: &AppContext,
    caller: &Caller,
    by: &StaffSession,
    id: UserId,
    confirmation: &Confirmation,
    reason: &Reason,
) -> Result<()> {
    if by.user.id == id {
        return Err(Error::conflict("You cannot delete your own account here."));
    }
    let (now, context) = (ctx.now(), caller.audit_context());
    tx!(&ctx.db, tx => {
        let Some(user) = users::by_id(tx, id).await?.filter(|user| !user.is_deleted()) else {
            return Ok(Err(Error::NotFound(Object::User)));
        };
        if let Err(error) = require_rights_over(ctx, by, &user) {
            return Ok(Err(error));
        }
        if let Err(error) = confirmation.check(&user.email, "email") {
            return Ok(Err(Error::Invalid(vec![error])));
        }
        let removed = remove(tx, now, &context, &user, Some(reason.as_str())).await?;
        if removed.is_ok() {
            staff_notice::queue(tx, now, &by.user, &user, StaffChange::Deleted).await?;
        }
        Ok(removed)
    })??;
    ctx.job_notify.notify_one();
    Ok(())
}

/// Deletes the user's own account, with the password. A conflict while anything of it is in use.
pub async fn delete_own(ctx: &AppContext, caller: &Caller, user: &User, password: &str) -> Result<()> {
    auth::reauthenticate(ctx, caller, user, "password", password).await?;
    let (now, context) = (ctx.now(), caller.audit_context());
    tx!(&ctx.db, tx => remove(tx, now, &context, user, None).await)?
}

/// Removes the personal data, in the caller's transaction.
async fn remove(
    tx: &mut Tx,
    now: Timestamp,
    context: &AuditContext,
    user: &User,
    reason: Option<&str>,
) -> store::Result<Result<()>> {
    let DeletionBlockers { hosting, being_paid } = customer_summary::deletion_blockers(tx, user.id).await?;
    let names: Vec<String> = hosting.into_iter().chain(being_paid).collect();
    if !names.is_empty() {
        let names = names.join(", ");
        return Ok(Err(Error::conflict(format!(
            "The account is in use: {names}. Delete the services and cancel the orders first."
        ))));
    }
    sessions::revoke_all_sessions(tx, user.id).await?;
    two_factor::remove(tx, user.id).await?;
    email_changes::remove(tx, user.id).await?;
    known_devices::forget_all(tx, user.id).await?;
    for kind in email_tokens::TokenKind::VARIANTS {
        email_tokens::end_all(tx, now, *kind, user.id).await?;
    }
    users::anonymise(tx, now, user.id).await?;
    audit::append(tx, now, context, AuditAction::UserDeleted, Some(user.id.0), reason).await?;
    Ok(Ok(()))
}
