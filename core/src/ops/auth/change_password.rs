//! Changing one's own password.
use super::{passwords, reauthenticate::reauthenticate};
use crate::ops::{Caller, Error, Result};
use crate::{
    AppContext,
    domain::{audit_action::AuditAction, user::User},
    password_hashing::Priority,
    store::{
        audit,
        email_tokens::{self, TokenKind},
        sessions, staff_tokens, users,
    },
    tx,
};

/// Changes the password. Every browser is signed out (the caller opens a new session for its own), and every
/// device of staff except the token `keep_token`; 0 keeps none.
pub async fn change_password(
    ctx: &AppContext,
    caller: &Caller,
    user: &User,
    current: &str,
    new: &str,
    keep_token: i64,
) -> Result<()> {
    let password = passwords::new_password(ctx, new, &user.name, &user.email, user.phone.as_deref())?;
    reauthenticate(ctx, caller, user, "current", current).await?;
    if current == new {
        return Err(Error::invalid("password", "same"));
    }
    let hash = passwords::place(ctx, Priority::Known)?.hash(password.expose()).await?;
    let now = ctx.now();
    let written = tx!(&ctx.db, tx => {
        let Some(old) = users::password_hash(tx, user.id).await? else { return Ok(()) };
        users::replace_password_hash(tx, now, user.id, &old, &hash).await?;
        sessions::end_all(tx, user.id, "").await?;
        staff_tokens::end_all(tx, user.id, keep_token).await?;
        email_tokens::end_all(tx, now, TokenKind::Reset, user.id).await?;
        passwords::queue_changed_mail(tx, now, caller, user).await?;
        let context = caller.audit_context();
        audit::append(tx, now, &context, AuditAction::UserPasswordChanged, Some(user.id.0), None).await
    });
    ctx.job_notify.notify_one();
    Ok(written?)
}
