//! The link that sets a new password without the old one.
use super::{email_links::new_link, passwords, sessions};
use crate::ops::{Caller, Error, Object, Result, rate_limits};
use crate::{
    AppContext,
    domain::{
        audit_action::AuditAction,
        rate_limit::LimitedAction,
        time::Timestamp,
        user::{Email, User},
    },
    keys,
    mail::{Mail, ResetPassword},
    password_hashing::Priority,
    random, read,
    store::{
        self, Tx, audit, email_changes,
        email_tokens::{self, TokenKind},
        known_devices, mails, rate_limit_events, two_factor, users,
    },
    tx,
};
use strum::VariantArray;

/// Queues the mail with the link, in the caller's transaction.
async fn queue_link(
    tx: &mut Tx,
    ctx: &AppContext,
    now: Timestamp,
    user: &User,
    token: &str,
) -> store::Result<()> {
    let link = new_link(tx, ctx, now, TokenKind::Reset, user, token).await?;
    let mail = Mail::ResetPassword(ResetPassword { name: user.name.clone(), link });
    mails::queue(tx, now, &user.email, &user.locale, None, &mail).await.map(drop)
}

/// Mails a link to set a new password, where the address has an account. Whether it has one is not told: the
/// limit counts for addresses without an account as well.
pub async fn request(ctx: &AppContext, caller: &Caller, typed: &str) -> Result<()> {
    let email = Email::parse(typed)?;
    rate_limits::check(ctx, LimitedAction::PasswordReset, email.as_str()).await?;
    let (now, token) = (ctx.now(), random::token());
    tx!(&ctx.db, tx => {
        let user = users::by_email(tx, email.as_str()).await?;
        let Some(user) = user.filter(User::is_active) else { return Ok(()) };
        queue_link(tx, ctx, now, &user, &token).await?;
        let context = caller.audit_context();
        audit::append(tx, now, &context, AuditAction::UserResetAsked, Some(user.id.0), None).await
    })?;
    ctx.job_notify.notify_one();
    Ok(())
}

/// Whether a link can still be used.
pub async fn is_valid(ctx: &AppContext, token: &str) -> Result<bool> {
    is_link_valid(ctx, TokenKind::Reset, token).await
}

/// The same for a link of a kind.
pub(super) async fn is_link_valid(ctx: &AppContext, kind: TokenKind, token: &str) -> Result<bool> {
    let (now, fingerprint) = (ctx.now(), keys::fingerprint(token));
    Ok(read!(&ctx.db, tx => email_tokens::valid(tx, now, kind, &fingerprint).await)?.is_some())
}

/// Sets a new password by a link, which is used up: all sessions end, and the user is told by mail.
///
/// A password that cannot be used leaves the link valid. There is no such link where it is used, too old or
/// none of ours.
pub async fn reset(ctx: &AppContext, caller: &Caller, token: &str, typed: &str) -> Result<()> {
    set_by_link(ctx, caller, TokenKind::Reset, token, typed).await
}

/// The same by a link of a kind.
///
/// Where the account's owner never confirmed an address before, somebody else may have registered it with
/// theirs: its second factor and a change of its e-mail that waits end with the sessions.
pub(super) async fn set_by_link(
    ctx: &AppContext,
    caller: &Caller,
    kind: TokenKind,
    token: &str,
    typed: &str,
) -> Result<()> {
    let (now, fingerprint) = (ctx.now(), keys::fingerprint(token));
    let owner = read!(&ctx.db, tx => {
        match email_tokens::valid(tx, now, kind, &fingerprint).await? {
            Some(link) => users::by_id(tx, link.user_id).await,
            None => Ok(None),
        }
    })?;
    let owner = owner.ok_or(Error::NotFound(Object::EmailLink))?;
    let password = passwords::new_password(ctx, typed, &owner.name, &owner.email, owner.phone.as_deref())?;
    let hash = passwords::place(ctx, Priority::Unknown)?.hash(password.expose()).await?;
    let now = ctx.now();
    let is_reset = tx!(&ctx.db, tx => {
        let link = email_tokens::valid(tx, now, kind, &fingerprint).await?;
        let Some(link) = link else { return Ok(false) };
        let user = users::by_id(tx, link.user_id).await?;
        let Some(user) = user.filter(|user| user.is_active() && user.email == link.email) else {
            return Ok(false);
        };
        let Some(old) = users::password_hash(tx, user.id).await? else { return Ok(false) };
        email_tokens::mark_used(tx, now, link.id).await?;
        users::replace_password_hash(tx, now, user.id, &old, &hash).await?;
        if !users::was_ever_verified(tx, user.id).await? {
            two_factor::remove(tx, user.id).await?;
            email_changes::remove(tx, user.id).await?;
            known_devices::forget_all(tx, user.id).await?;
            for kind in TokenKind::VARIANTS {
                email_tokens::end_all(tx, now, *kind, user.id).await?;
            }
        }
        // The link was read in the mailbox, so the address is the user's.
        users::verify_email(tx, now, user.id, &link.email).await?;
        sessions::revoke_all_sessions(tx, user.id).await?;
        rate_limit_events::clear(tx, LimitedAction::SignInAccount, &user.email).await?;
        let context = Caller { user: Some(user.id), ..caller.clone() }.audit_context();
        audit::append(tx, now, &context, AuditAction::UserPasswordReset, Some(user.id.0), None).await?;
        passwords::queue_changed_mail(tx, now, caller, &user).await?;
        Ok(true)
    });
    ctx.job_notify.notify_one();
    match is_reset {
        Ok(true) => Ok(()),
        Ok(false) | Err(store::Error::Stale(_)) => Err(Error::NotFound(Object::EmailLink)),
        Err(error) => Err(error.into()),
    }
}
