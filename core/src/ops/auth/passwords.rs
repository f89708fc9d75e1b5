//! Stored passwords: hashes by argon2id, and by bcrypt for accounts of the former Laravel application.
use crate::ops::{Caller, Result};
use crate::{
    AppContext,
    domain::{
        field_error::FieldError,
        ids::UserId,
        time::Timestamp,
        user::{NewPassword, User},
        user_agent::device_name,
    },
    keys,
    mail::{Mail, PasswordChanged},
    password_hashing::{Place, Priority},
    read,
    store::{self, Tx, mails, users},
};
use secrecy::{ExposeSecret, SecretString};

/// An argon2id hash that belongs to no password: a sign-in to an unknown account takes as long as one with a
/// wrong password.
pub(super) const DUMMY_HASH: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$9oYzVyn5vrZ5Bdza1lNSIdTMAKfxLtTyVrGGBQKz9uA";

/// Takes a place in the queue of the hashing threads, before anything is counted or written. Errors with
/// `Busy` where all are taken.
pub(super) fn place(ctx: &AppContext, priority: Priority) -> Result<Place> {
    Ok(ctx.password_hashing.place(priority)?)
}

/// Reads a password that a user wants to set. What others know of the user or of the site is refused: name,
/// e-mail, phone, the company's name and the site's host name.
pub(in crate::ops) fn new_password(
    ctx: &AppContext,
    typed: &str,
    name: &str,
    email: &str,
    phone: Option<&str>,
) -> Result<NewPassword, FieldError> {
    let host = ctx.settings.base_url.split("://").nth(1).unwrap_or_default();
    let phone = phone.unwrap_or_default().trim_start_matches('0');
    NewPassword::parse(typed)?.differs_from(&[name, email, phone, &ctx.settings.company, host])
}

/// Whether the next sign-in should replace the hash by an argon2id one.
pub(super) fn is_outdated(hash: &SecretString) -> bool {
    !hash.expose_secret().starts_with("$argon2id$")
}

/// A fingerprint of the user's password hash; it changes whenever the password does. None where there is no
/// such user.
pub async fn password_fingerprint(ctx: &AppContext, id: UserId) -> Result<Option<String>> {
    let hash = read!(&ctx.db, tx => users::password_hash(tx, id).await)?;
    Ok(hash.map(|hash| keys::fingerprint(hash.expose_secret())))
}

/// Queues the mail that tells of a changed password, in the caller's transaction.
pub(super) async fn queue_changed_mail(
    tx: &mut Tx,
    now: Timestamp,
    caller: &Caller,
    user: &User,
) -> store::Result<()> {
    let mail = Mail::PasswordChanged(PasswordChanged {
        name: user.name.clone(),
        at: now.0,
        device: device_name(&caller.user_agent),
        address: caller.address.clone(),
    });
    mails::queue(tx, now, &user.email, &user.locale, None, &mail).await.map(drop)
}
