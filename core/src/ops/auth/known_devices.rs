//! Browsers that an account was signed in with: wrong passwords of strangers do not lock them out.
use crate::ops::{Caller, Result};
use crate::{
    AppContext,
    domain::user::User,
    keys, read,
    store::{known_devices, users},
    tx,
};

/// For how many days a browser that is not used is remembered.
pub const DAYS: i64 = 365;

/// Whether the account was signed in with the caller's browser before.
pub async fn is_known(ctx: &AppContext, caller: &Caller, user: &User) -> Result<bool> {
    let Some(device) = &caller.device else { return Ok(false) };
    Ok(read!(&ctx.db, tx => known_devices::is_known(tx, user.id, device).await)?)
}

/// Remembers the browser with this token.
pub async fn remember(ctx: &AppContext, user: &User, token: &str) -> Result<()> {
    let (now, fingerprint) = (ctx.now(), keys::fingerprint(token));
    Ok(tx!(&ctx.db, tx => known_devices::remember(tx, now, user.id, &fingerprint).await)?)
}

/// Whether the account of an address was signed in with the caller's browser before. Costs a query only where
/// the browser has a token.
pub(super) async fn is_known_to(ctx: &AppContext, caller: &Caller, email: &str) -> Result<bool> {
    let Some(device) = &caller.device else { return Ok(false) };
    Ok(read!(&ctx.db, tx => match users::by_email(tx, email).await? {
        Some(user) => known_devices::is_known(tx, user.id, device).await,
        None => Ok(false),
    })?)
}
