//! The second factor: time-based codes (TOTP), each accepted once, and recovery codes.
use crate::ops::{Caller, Error, Result, rate_limits};
use crate::{
    AppContext,
    domain::{audit_action::AuditAction, rate_limit::LimitedAction, user::User},
    keys, random, read,
    store::{self, Record, audit, rate_limit_events, two_factor},
    tx,
};
use totp_rs::{Builder, Secret, Totp};

/// How many recovery codes a user gets.
const CODES: usize = 8;

/// The state of a user's second factor.
pub enum State {
    /// None.
    Off,
    /// A seed was made; none of its codes was typed yet.
    Starting {
        /// For typing it in.
        secret: String,
        /// For the QR code.
        uri: String,
    },
    /// Signing in needs a code.
    On {
        /// Recovery codes that are left.
        codes_left: i64,
    },
}

/// Whether signing in asks for a code.
pub async fn is_on(ctx: &AppContext, user: &User) -> Result<bool> {
    let factor = read!(&ctx.db, tx => two_factor::of(tx, user.id).await)?;
    Ok(factor.is_some_and(|factor| factor.confirmed_at.is_some()))
}

/// The state of the second factor, with what the next step needs.
pub async fn state(ctx: &AppContext, user: &User) -> Result<State> {
    let (factor, codes_left) = read!(&ctx.db, tx => {
        Ok((two_factor::of(tx, user.id).await?, two_factor::codes_left(tx, user.id).await?))
    })?;
    match factor {
        None => Ok(State::Off),
        Some(factor) if factor.confirmed_at.is_some() => Ok(State::On { codes_left }),
        Some(factor) => {
            let totp = open(ctx, user, &factor.secret_enc)?;
            let uri =
                totp.to_url().map_err(|_| Error::internal("a seed could not be written as an address"))?;
            Ok(State::Starting {
                secret: ctx.keys.open("two_factor", user.id.0, "secret", &factor.secret_enc)?,
                uri,
            })
        }
    }
}

/// Makes a new seed, which counts once a code of it was typed. Does nothing where a second factor is on.
pub async fn start(ctx: &AppContext, user: &User) -> Result<()> {
    let secret = Secret::from(random::bytes::<20>()).to_base32();
    let sealed = ctx.keys.seal("two_factor", user.id.0, "secret", &secret);
    let now = ctx.now();
    Ok(tx!(&ctx.db, tx => {
        if two_factor::of(tx, user.id).await?.is_some_and(|factor| factor.confirmed_at.is_some()) {
            return Ok(());
        }
        two_factor::begin(tx, now, user.id, &sealed).await
    })?)
}

/// Confirms a new seed by its first code. Returns the recovery codes, which are shown this once.
///
/// Errors as [`check_sign_in`].
pub async fn confirm(ctx: &AppContext, caller: &Caller, user: &User, typed: &str) -> Result<Vec<String>> {
    check(ctx, user, typed, false).await?;
    let (now, codes, context) = (ctx.now(), new_codes(), caller.audit_context());
    tx!(&ctx.db, tx => {
        two_factor::confirm(tx, now, user.id).await?;
        two_factor::replace_codes(tx, now, user.id, &fingerprints(&codes)).await?;
        audit::append(tx, now, &context, AuditAction::UserTwoFactorOn, Some(user.id.0), None).await
    })?;
    Ok(codes)
}

/// Takes a code at sign-in: of the authenticator app, or a recovery code.
///
/// Errors with `Invalid` for a code that is wrong, too old or used, and with `RateLimited` after too many.
pub async fn check_sign_in(ctx: &AppContext, user: &User, typed: &str) -> Result<()> {
    check(ctx, user, typed, true).await
}

/// Counts and takes a code in one transaction, so that codes that come at once are limited like codes in a
/// row.
async fn check(ctx: &AppContext, user: &User, typed: &str, with_recovery: bool) -> Result<()> {
    let (now, action, subject) = (ctx.now(), LimitedAction::TotpCode, user.id.to_string());
    let factor = read!(&ctx.db, tx => two_factor::of(tx, user.id).await)?;
    let typed: String = typed.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
    let seconds = u64::try_from(now.0 / 1_000_000).unwrap_or(0);
    let step = match &factor {
        Some(factor) if typed.len() == 6 => open(ctx, user, &factor.secret_enc)?.check(&typed, seconds),
        Some(_) | None => None,
    };
    tx!(&ctx.db, tx => {
        if let Some(until) = rate_limits::blocked_until(tx, ctx, now, action, &subject).await? {
            return Ok(Err(Error::RateLimited(until)));
        }
        let taken = match step {
            Some(step) => two_factor::take_step(tx, user.id, i64::try_from(step).unwrap_or(0)).await,
            None if with_recovery => {
                two_factor::spend_code(tx, now, user.id, &keys::fingerprint(&typed)).await
            }
            None => Err(store::Error::Stale(Record::TotpStep)),
        };
        match taken {
            Ok(()) => Ok(Ok(())),
            Err(store::Error::Stale(_)) => {
                rate_limit_events::insert(tx, now, action, &subject).await?;
                Ok(Err(Error::invalid("code", "wrong")))
            }
            Err(error) => Err(error),
        }
    })?
}

/// Removes the second factor. The caller has reauthenticated the user.
pub async fn remove(ctx: &AppContext, caller: &Caller, user: &User) -> Result<()> {
    let now = ctx.now();
    Ok(tx!(&ctx.db, tx => {
        two_factor::remove(tx, user.id).await?;
        let context = caller.audit_context();
        audit::append(tx, now, &context, AuditAction::UserTwoFactorOff, Some(user.id.0), None).await
    })?)
}

/// Replaces the recovery codes. The caller has reauthenticated the user.
pub async fn renew_codes(ctx: &AppContext, caller: &Caller, user: &User) -> Result<Vec<String>> {
    let (now, codes) = (ctx.now(), new_codes());
    tx!(&ctx.db, tx => {
        two_factor::replace_codes(tx, now, user.id, &fingerprints(&codes)).await?;
        let context = caller.audit_context();
        audit::append(tx, now, &context, AuditAction::UserRecoveryCodesMade, Some(user.id.0), None).await
    })?;
    Ok(codes)
}

fn open(ctx: &AppContext, user: &User, sealed: &str) -> Result<Totp> {
    let secret = ctx.keys.open("two_factor", user.id.0, "secret", sealed)?;
    let secret = Secret::try_from_base32(secret).map_err(|_| Error::internal("a seed is not base32"))?;
    Builder::new()
        .with_secret(secret)
        .with_issuer(Some("Hollyn Online"))
        .with_account_name(user.email.replace(':', "").as_str())
        .build()
        .map_err(|_| Error::internal("a seed makes no codes"))
}

/// Ten letters and digits that are not mistaken for one another, in two groups: 50 bits.
fn new_codes() -> Vec<String> {
    const ALPHABET: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let one = || {
        let letters: String =
            random::bytes::<10>().iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect();
        format!("{}-{}", &letters[..5], &letters[5..])
    };
    std::iter::repeat_with(one).take(CODES).collect()
}

fn fingerprints(codes: &[String]) -> Vec<String> {
    codes.iter().map(|code| keys::fingerprint(&code.replace('-', ""))).collect()
}
