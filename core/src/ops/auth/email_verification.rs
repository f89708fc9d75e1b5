//! The link that verifies an account's address.
use super::email_links::new_link;
use crate::ops::{Caller, Error, Object, Result, rate_limits};
use crate::{
    AppContext,
    domain::{audit_action::AuditAction, rate_limit::LimitedAction, time::Timestamp, user::User},
    keys,
    mail::{Mail, VerifyEmail},
    random, read,
    store::{
        self, Tx, audit,
        email_tokens::{self, TokenKind},
        mails, users,
    },
    tx,
};

/// Queues the mail with the link, in the caller's transaction.
pub(in crate::ops) async fn queue_link(
    tx: &mut Tx,
    ctx: &AppContext,
    now: Timestamp,
    user: &User,
    token: &str,
) -> store::Result<()> {
    let link = new_link(tx, ctx, now, TokenKind::Verify, user, token).await?;
    let mail = Mail::VerifyEmail(VerifyEmail { name: user.name.clone(), link });
    mails::queue(tx, now, &user.email, &user.locale, None, &mail).await.map(drop)
}

/// Mails a new link. Does nothing where the address is verified; limited per address.
pub async fn resend(ctx: &AppContext, user: &User) -> Result<()> {
    if user.email_verified_at.is_some() {
        return Ok(());
    }
    rate_limits::check(ctx, LimitedAction::EmailVerification, &user.email).await?;
    let (now, token) = (ctx.now(), random::token());
    tx!(&ctx.db, tx => queue_link(tx, ctx, now, user, &token).await)?;
    ctx.job_notify.notify_one();
    Ok(())
}

/// The address that a link verifies; None where the link is used, too old or none of ours.
pub async fn address_of(ctx: &AppContext, token: &str) -> Result<Option<String>> {
    let (now, fingerprint) = (ctx.now(), keys::fingerprint(token));
    let link = read!(&ctx.db, tx => email_tokens::valid(tx, now, TokenKind::Verify, &fingerprint).await)?;
    Ok(link.map(|link| link.email))
}

/// Uses a link and returns the address that it verified. There is no such link where it is used, too old, or
/// the account has another address by now.
pub async fn verify(ctx: &AppContext, caller: &Caller, token: &str) -> Result<String> {
    let (now, fingerprint) = (ctx.now(), keys::fingerprint(token));
    let verified = tx!(&ctx.db, tx => {
        let link = email_tokens::valid(tx, now, TokenKind::Verify, &fingerprint).await?;
        let Some(link) = link else { return Ok(None) };
        email_tokens::mark_used(tx, now, link.id).await?;
        users::verify_email(tx, now, link.user_id, &link.email).await?;
        let context = Caller { user: Some(link.user_id), ..caller.clone() }.audit_context();
        audit::append(tx, now, &context, AuditAction::UserEmailVerified, Some(link.user_id.0), None).await?;
        Ok(Some(link.email))
    });
    match verified {
        Ok(Some(email)) => Ok(email),
        Ok(None) | Err(store::Error::Stale(_)) => Err(Error::NotFound(Object::EmailLink)),
        Err(error) => Err(error.into()),
    }
}
