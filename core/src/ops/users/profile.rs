//! What customers change about themselves. What a stolen phone must not change needs the password.
use crate::ops::{
    Caller, Error, Result,
    auth::{self, email_verification},
};
use crate::{
    AppContext,
    domain::{
        audit_action::AuditAction,
        phone::Phone,
        time::Timestamp,
        user::{Email, PersonName, User, masked_email},
    },
    mail::{EmailChanged, Mail},
    random,
    store::{self, Tx, UniqueKey, audit, email_changes, email_tokens, mails, users},
    tx,
};

/// Changes the name.
pub async fn change_name(ctx: &AppContext, caller: &Caller, user: &User, typed: &str) -> Result<()> {
    let name = PersonName::parse(typed)?;
    let (now, context) = (ctx.now(), caller.audit_context());
    Ok(tx!(&ctx.db, tx => {
        users::set_name(tx, now, user.id, name.as_str()).await?;
        audit::append(tx, now, &context, AuditAction::UserNameChanged, Some(user.id.0), None).await
    })?)
}

/// Changes the phone, or removes it where nothing is typed.
pub async fn change_phone(
    ctx: &AppContext,
    caller: &Caller,
    user: &User,
    typed: &str,
    password: &str,
) -> Result<()> {
    let phone = Phone::parse_optional(typed)?;
    let phone = phone.map(|phone| phone.local());
    auth::reauthenticate(ctx, caller, user, "password", password).await?;
    let (now, context) = (ctx.now(), caller.audit_context());
    Ok(tx!(&ctx.db, tx => {
        users::set_phone(tx, now, user.id, phone.as_deref()).await?;
        audit::append(tx, now, &context, AuditAction::UserPhoneChanged, Some(user.id.0), None).await
    })?)
}

/// Changes the e-mail: it is not verified, the old address is told, the new one is sent a link.
pub async fn change_email(
    ctx: &AppContext,
    caller: &Caller,
    user: &User,
    typed: &str,
    password: &str,
) -> Result<()> {
    let email = Email::parse(typed)?;
    auth::reauthenticate(ctx, caller, user, "password", password).await?;
    if email.as_str() == user.email {
        return Err(Error::invalid("email", "same"));
    }
    let (now, context, token) = (ctx.now(), caller.audit_context(), random::token());
    let written = tx!(&ctx.db, tx => {
        replace_email(tx, ctx, now, user, email.as_str(), &token).await?;
        audit::append(tx, now, &context, AuditAction::UserEmailChanged, Some(user.id.0), None).await
    });
    ctx.job_notify.notify_one();
    match written {
        Err(store::Error::Duplicate(UniqueKey::UsersEmail)) => Err(Error::invalid("email", "taken")),
        written => Ok(written?),
    }
}

/// Replaces the account's address, in the caller's transaction. `token` is for the link to the new one.
pub(super) async fn replace_email(
    tx: &mut Tx,
    ctx: &AppContext,
    now: Timestamp,
    user: &User,
    email: &str,
    token: &str,
) -> store::Result<()> {
    let told = Mail::EmailChanged(EmailChanged {
        name: user.name.clone(),
        new_email_masked: masked_email(email),
        at: now.0,
    });
    // Queued while the old address is still the user's, so that deleting the account deletes this mail as
    // well.
    mails::queue(tx, now, &user.email, &user.locale, None, &told).await?;
    users::set_email(tx, now, user.id, email).await?;
    // A link that was sent to the old address must not open the account any more.
    email_tokens::end_all(tx, now, email_tokens::TokenKind::Reset, user.id).await?;
    // A change by staff that waits is about the address that is replaced.
    email_tokens::end_all(tx, now, email_tokens::TokenKind::EmailChange, user.id).await?;
    email_changes::remove(tx, user.id).await?;
    let renamed = User { email: email.to_owned(), ..user.clone() };
    email_verification::queue_link(tx, ctx, now, &renamed, token).await
}

/// Stores the language that a signed-in user chose.
pub async fn set_language(ctx: &AppContext, user: &User, locale: &str) -> Result<()> {
    let now = ctx.now();
    Ok(tx!(&ctx.db, tx => users::set_locale(tx, now, user.id, locale).await)?)
}
