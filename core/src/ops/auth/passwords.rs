//! Hashes of passwords: argon2id, and bcrypt for accounts of the former Laravel application.
use crate::ops::{Caller, Error, Result};
use crate::{
    AppContext,
    domain::{ids::UserId, time::Timestamp, user::User, user_agent::device_name},
    keys,
    mail::Mail,
    read,
    store::{self, Tx, mails, users},
};
use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use secrecy::{ExposeSecret, SecretString};

/// An argon2id hash that belongs to no password: a sign-in to an unknown account takes as long as one with a
/// wrong password.
pub(super) const DUMMY_HASH: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$9oYzVyn5vrZ5Bdza1lNSIdTMAKfxLtTyVrGGBQKz9uA";

fn argon2() -> Result<Argon2<'static>> {
    let params =
        Params::new(19_456, 2, 1, None).map_err(|_| Error::internal("argon2 refuses its own parameters"))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// Hashes on the blocking pool, few at a time: each takes 19 MB and 40 ms of a core.
pub(super) async fn hash(ctx: &AppContext, password: &str) -> Result<SecretString> {
    let _permit = ctx.hashing.acquire().await.map_err(|_| Error::internal("the hashing queue is closed"))?;
    let (argon2, password) = (argon2()?, SecretString::from(password));
    tokio::task::spawn_blocking(move || {
        let hash = argon2.hash_password(password.expose_secret().as_bytes());
        hash.map(|hash| SecretString::from(hash.to_string()))
    })
    .await
    .map_err(|_| Error::internal("hashing was interrupted"))?
    .map_err(|_| Error::internal("a password could not be hashed"))
}

/// Whether the hash is the password's.
pub(super) async fn verify(ctx: &AppContext, password: &str, hash: &SecretString) -> Result<bool> {
    let _permit = ctx.hashing.acquire().await.map_err(|_| Error::internal("the hashing queue is closed"))?;
    let (argon2, password, hash) = (argon2()?, SecretString::from(password), hash.clone());
    tokio::task::spawn_blocking(move || {
        let (password, hash) = (password.expose_secret(), hash.expose_secret());
        if hash.starts_with("$2") {
            return bcrypt::verify(password, hash).unwrap_or(false);
        }
        PasswordHash::new(hash).is_ok_and(|hash| argon2.verify_password(password.as_bytes(), &hash).is_ok())
    })
    .await
    .map_err(|_| Error::internal("verifying a password was interrupted"))
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
    let mail = Mail::PasswordChanged {
        name: user.name.clone(),
        at: now.0,
        device: device_name(&caller.user_agent),
        address: caller.address.clone(),
    };
    mails::queue(tx, now, &user.email, &user.locale, None, &mail).await.map(drop)
}
