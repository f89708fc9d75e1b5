//! Signing in by e-mail and password.
use super::{attempt_counts::AttemptCounts, known_devices, passwords};
use crate::ops::{Caller, Error, Result, access_failures};
use crate::{
    AppContext,
    access_failures::AccessFailure,
    domain::{ids::UserId, user::User},
    keys,
    password_hashing::Priority,
    read,
    store::{self, two_factor, users},
    tx,
};
use secrecy::{ExposeSecret, SecretString};

/// How a sign-in by e-mail and password ended.
pub enum SignedIn {
    /// The password is right, and the account has no second factor.
    Account(User),
    /// The password is right; a code of the second factor must follow.
    CodeRequired {
        user: User,
        /// Of the password that was typed, as by [`password_fingerprint`](super::password_fingerprint).
        password_fingerprint: String,
    },
    /// There is no such account, the password is wrong, or the account is disabled; which of them is not
    /// told.
    Rejected,
}

/// The user with that id, unless the account is disabled.
pub async fn active_user(ctx: &AppContext, id: UserId) -> Result<Option<User>> {
    let user = read!(&ctx.db, tx => users::by_id(tx, id).await)?;
    Ok(user.filter(User::is_active))
}

/// Checks e-mail and password. Wrong ones are counted per account and per address, in a browser that the
/// account was signed in with on their own.
///
/// An attempt is counted before the password is compared, and uncounted where it is right: a hundred attempts
/// at once count like a hundred in a row. One that finds no place at the hashing threads is not counted, and
/// errors with `Busy`.
pub async fn sign_in(ctx: &AppContext, caller: &Caller, email: &str, password: &str) -> Result<SignedIn> {
    check_password(ctx, caller, email, password, None).await
}

/// The same; `session` is the valid session that the attempt is counted for.
pub(super) async fn check_password(
    ctx: &AppContext,
    caller: &Caller,
    email: &str,
    password: &str,
    session: Option<&str>,
) -> Result<SignedIn> {
    let account = email.trim().to_lowercase();
    // A session of another account gives no priority: a stranger can have one.
    let is_known = session.is_some() || known_devices::is_known_to(ctx, caller, &account).await?;
    let priority = if is_known { Priority::Known } else { Priority::Unknown };
    let place = passwords::place(ctx, priority)?;
    let now = ctx.now();
    let (counted, user, stored) = tx!(&ctx.db, tx => {
        let user = users::by_email(tx, &account).await?;
        let counts = match session {
            Some(session) => AttemptCounts::of_session(session),
            None => AttemptCounts::of_sign_in(tx, caller, &account, user.as_ref()).await?,
        };
        if let Some(until) = counts.blocked_until(tx, ctx, now).await? {
            return Ok(Err(Error::RateLimited(until)));
        }
        let counted = counts.count(tx, now).await?;
        let hash = match &user {
            Some(user) => users::password_hash(tx, user.id).await?,
            None => None,
        };
        Ok(Ok((counted, user, hash)))
    })??;
    let stored = stored.unwrap_or_else(|| SecretString::from(passwords::DUMMY_HASH));
    let is_right = place.verify(password, &stored).await?;
    let account = user.as_ref().map(|user| user.id);
    let Some(user) = user.filter(|user| is_right && user.is_active()) else {
        access_failures::record(ctx, AccessFailure::SignIn, &caller.audit_context(), account).await;
        return Ok(SignedIn::Rejected);
    };
    let modern = match passwords::is_outdated(&stored) {
        true => Some(place.hash(password).await?),
        false => None,
    };
    drop(place);
    let fresh = tx!(&ctx.db, tx => {
        counted.take_back(tx).await?;
        if let Some(modern) = &modern {
            match users::replace_password_hash(tx, now, user.id, &stored, modern).await {
                // Stale: another sign-in has replaced it.
                Ok(()) | Err(store::Error::Stale(_)) => {}
                Err(error) => return Err(error),
            }
        }
        let factor = two_factor::of(tx, user.id).await?;
        let needs_code = factor.is_some_and(|factor| factor.confirmed_at.is_some());
        Ok(users::by_id(tx, user.id).await?.map(|user| (user, needs_code)))
    })?;
    Ok(match fresh {
        None => SignedIn::Rejected,
        Some((user, false)) => SignedIn::Account(user),
        Some((user, true)) => SignedIn::CodeRequired {
            user,
            password_fingerprint: keys::fingerprint(modern.unwrap_or(stored).expose_secret()),
        },
    })
}
