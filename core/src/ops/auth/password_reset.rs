//! Links by mail: to verify an address, and to set a new password without the old one.
use crate::ops::{Caller, Result, auth, rate_limits, staff_sessions};
use crate::{
    AppContext,
    domain::{
        audit_action::AuditAction,
        field_error::FieldError,
        time::Timestamp,
        user::{Email, NewPassword, User},
    },
    keys,
    mail::{Link, Mail},
    random, read,
    store::{
        self, Tx, audit,
        email_tokens::{self, TokenKind},
        mails, rate_limit_events, users,
    },
    tx,
};

/// A link is good for an hour.
const LINK_SECONDS: i64 = 3600;

/// How many reset links one account gets in an hour.
const RESETS_PER_HOUR: usize = 3;

/// How asking for a reset link ended. Nobody learns whether there is an account.
#[derive(Debug)]
pub enum Asked {
    /// Where there is an account, a link is on its way.
    Sent,
    /// What was typed is no address.
    FieldError(FieldError),
    /// Too many for this address; when to try again. Counted for addresses without an account, too.
    Limited(Timestamp),
}

/// Mails a link to set a new password, where the address has an account.
pub async fn forgot_password(ctx: &AppContext, caller: &Caller, typed: &str) -> Result<Asked> {
    let email = match Email::parse(typed) {
        Ok(email) => email,
        Err(problem) => return Ok(Asked::FieldError(problem)),
    };
    if let Some(again) =
        rate_limits::count(ctx, "reset", email.as_str(), RESETS_PER_HOUR, rate_limits::HOUR).await?
    {
        return Ok(Asked::Limited(again));
    }
    let (now, token) = (ctx.now(), random::token());
    tx!(&ctx.db, tx => {
        let user = users::by_email(tx, email.as_str()).await?;
        let Some(user) = user.filter(User::is_active) else { return Ok(()) };
        send_reset(tx, ctx, now, &user, &token).await?;
        audit::append(tx, now, &caller.audit_context(), AuditAction::UserResetAsked, Some(user.id.0), None).await
    })?;
    ctx.job_notify.notify_one();
    Ok(Asked::Sent)
}

/// Whether a reset link is still good.
pub async fn is_reset_link_good(ctx: &AppContext, token: &str) -> Result<bool> {
    let (now, fingerprint) = (ctx.now(), keys::fingerprint(token));
    Ok(read!(&ctx.db, tx => email_tokens::good(tx, now, TokenKind::Reset, &fingerprint).await)?.is_some())
}

/// How setting a new password by a link ended.
pub enum Reset {
    /// The password is the new one, and every browser is signed out.
    Done(Box<User>),
    /// The password cannot be used; the link stays good.
    FieldError(FieldError),
    /// The link is used, too old, or none of ours.
    BadLink,
}

/// Sets a new password by a link: single use, all sessions end, the owner is told.
pub async fn reset_password(ctx: &AppContext, caller: &Caller, token: &str, typed: &str) -> Result<Reset> {
    let password = match NewPassword::parse(typed) {
        Ok(password) => password,
        Err(problem) => return Ok(Reset::FieldError(problem)),
    };
    if !is_reset_link_good(ctx, token).await? {
        return Ok(Reset::BadLink);
    }
    let hash = auth::hash(ctx, password.expose()).await?;
    let (now, fingerprint) = (ctx.now(), keys::fingerprint(token));
    let done = tx!(&ctx.db, tx => {
        let Some(link) = email_tokens::good(tx, now, TokenKind::Reset, &fingerprint).await? else { return Ok(None) };
        let user = users::by_id(tx, link.user_id).await?;
        let Some(user) = user.filter(|u| u.is_active() && u.email == link.email) else { return Ok(None) };
        email_tokens::spend(tx, now, link.id).await?;
        let old = users::password_hash(tx, user.id).await?.unwrap_or_default();
        users::rehash(tx, now, user.id, &old, &hash).await?;
        // Whoever reads the link reads the mailbox.
        users::verify_email(tx, now, user.id, &link.email).await?;
        staff_sessions::revoke_all_sessions(tx, user.id).await?;
        rate_limit_events::clear(tx, "sign_in", &user.email).await?;
        let context = Caller { user: Some(user.id), ..caller.clone() }.audit_context();
        audit::append(tx, now, &context, AuditAction::UserPasswordReset, Some(user.id.0), None).await?;
        tell_password_changed(tx, now, caller, &user).await?;
        Ok(Some(user))
    });
    ctx.job_notify.notify_one();
    match done {
        Ok(Some(user)) => Ok(Reset::Done(Box::new(user))),
        Ok(None) | Err(store::Error::Stale(_)) => Ok(Reset::BadLink),
        Err(error) => Err(error.into()),
    }
}

/// The notice that a password is another one now.
pub(in crate::ops) async fn tell_password_changed(
    tx: &mut Tx,
    now: Timestamp,
    caller: &Caller,
    user: &User,
) -> store::Result<()> {
    let mail = Mail::PasswordChanged {
        name: user.name.clone(),
        at: now.0,
        device: auth::device(&caller.user_agent),
        address: caller.address.clone(),
    };
    mails::queue(tx, now, &user.email, &user.locale, None, &mail).await.map(drop)
}

/// Mails a link to set a password, in the caller's transaction.
pub(in crate::ops) async fn send_reset(
    tx: &mut Tx,
    ctx: &AppContext,
    now: Timestamp,
    user: &User,
    token: &str,
) -> store::Result<()> {
    let link = new_link(tx, ctx, now, TokenKind::Reset, user, token).await?;
    let mail = Mail::ResetPassword { name: user.name.clone(), link };
    mails::queue(tx, now, &user.email, &user.locale, None, &mail).await.map(drop)
}

/// Mails the link that verifies the account's address, in the caller's transaction.
pub(in crate::ops) async fn send_verification(
    tx: &mut Tx,
    ctx: &AppContext,
    now: Timestamp,
    user: &User,
    token: &str,
) -> store::Result<()> {
    let link = new_link(tx, ctx, now, TokenKind::Verify, user, token).await?;
    let mail = Mail::VerifyEmail { name: user.name.clone(), link };
    mails::queue(tx, now, &user.email, &user.locale, None, &mail).await.map(drop)
}

/// A link for an hour; earlier ones of its kind are good for nothing from here on.
async fn new_link(
    tx: &mut Tx,
    ctx: &AppContext,
    now: Timestamp,
    kind: TokenKind,
    user: &User,
    token: &str,
) -> store::Result<Link> {
    let (fingerprint, ends) = (keys::fingerprint(token), now.plus_seconds(LINK_SECONDS));
    let row = email_tokens::replace(tx, now, kind, user.id, &user.email, &fingerprint, ends).await?;
    Ok(Link::seal(&ctx.keys, row, token))
}

/// Mails the link once more. None where the address is verified already; else when the next may be asked for, if not now.
pub async fn resend_verification(ctx: &AppContext, user: &User) -> Result<Option<Timestamp>> {
    if user.email_verified_at.is_some() {
        return Ok(None);
    }
    if let Some(again) =
        rate_limits::count(ctx, "verify", &user.email, RESETS_PER_HOUR, rate_limits::HOUR).await?
    {
        return Ok(Some(again));
    }
    let (now, token) = (ctx.now(), random::token());
    tx!(&ctx.db, tx => send_verification(tx, ctx, now, user, &token).await)?;
    ctx.job_notify.notify_one();
    Ok(None)
}

/// The address that a link verifies, where it is good.
pub async fn verification(ctx: &AppContext, token: &str) -> Result<Option<String>> {
    let (now, fingerprint) = (ctx.now(), keys::fingerprint(token));
    let link = read!(&ctx.db, tx => email_tokens::good(tx, now, TokenKind::Verify, &fingerprint).await)?;
    Ok(link.map(|link| link.email))
}

/// Uses a verification link. False where it is used, too old, or the account has another address by now.
pub async fn verify_email(ctx: &AppContext, caller: &Caller, token: &str) -> Result<bool> {
    let (now, fingerprint) = (ctx.now(), keys::fingerprint(token));
    let done = tx!(&ctx.db, tx => {
        let Some(link) = email_tokens::good(tx, now, TokenKind::Verify, &fingerprint).await? else { return Ok(false) };
        email_tokens::spend(tx, now, link.id).await?;
        users::verify_email(tx, now, link.user_id, &link.email).await?;
        let context = Caller { user: Some(link.user_id), ..caller.clone() }.audit_context();
        audit::append(tx, now, &context, AuditAction::UserEmailVerified, Some(link.user_id.0), None).await?;
        Ok(true)
    });
    match done {
        Err(store::Error::Stale(_)) => Ok(false),
        done => Ok(done?),
    }
}
