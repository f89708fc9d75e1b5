//! The second factor: codes by the clock (TOTP), each good for once, and recovery codes.
use crate::ops::{Caller, Error, Result, rate_limits};
use crate::{
    AppContext,
    domain::{audit_action::AuditAction, time::Timestamp, user::User},
    keys, random, read,
    store::{self, Record, audit, rate_limit_events, two_factor},
    tx,
};
use totp_rs::{Builder, Secret, Totp};

/// How many recovery codes a person gets.
const CODES: usize = 8;
/// How many wrong codes in a quarter of an hour.
const TRIES: usize = 5;

/// Where a person's second factor stands.
pub enum State {
    /// None.
    Off,
    /// A seed was made and no code was shown yet.
    Starting {
        /// For typing it in.
        secret: String,
        /// For the QR code.
        uri: String,
    },
    /// It counts.
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

/// Where the second factor stands, with what is needed to go on.
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

/// Makes a new seed, which counts once a code of it was shown.
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

/// How a code was taken.
#[derive(Debug, PartialEq, Eq)]
pub enum Code {
    /// It is right, and used up.
    Right,
    /// It is wrong, too old, or was used.
    Wrong,
    /// Too many wrong ones; when to try again.
    Limited(Timestamp),
}

/// Confirms a new seed by its first code. With `Right` come the recovery codes, which are shown this once.
pub async fn confirm(
    ctx: &AppContext,
    caller: &Caller,
    user: &User,
    typed: &str,
) -> Result<(Code, Vec<String>)> {
    let code = check(ctx, user, typed, false).await?;
    if code != Code::Right {
        return Ok((code, Vec::new()));
    }
    let (now, codes) = (ctx.now(), new_codes());
    tx!(&ctx.db, tx => {
        two_factor::confirm(tx, now, user.id).await?;
        two_factor::replace_codes(tx, now, user.id, &fingerprints(&codes)).await?;
        audit::append(tx, now, &caller.audit_context(), AuditAction::UserTwoFactorOn, Some(user.id.0), None).await
    })?;
    Ok((Code::Right, codes))
}

/// Takes a code at sign-in: by the clock, or a recovery code.
pub async fn check_sign_in(ctx: &AppContext, user: &User, typed: &str) -> Result<Code> {
    check(ctx, user, typed, true).await
}

/// Counting and taking are one transaction: however many come at once, so many wrong ones are looked at and no more.
async fn check(ctx: &AppContext, user: &User, typed: &str, with_recovery: bool) -> Result<Code> {
    let (now, who) = (ctx.now(), user.id.to_string());
    let since = now.minus_seconds(rate_limits::QUARTER);
    let factor = read!(&ctx.db, tx => two_factor::of(tx, user.id).await)?;
    let typed: String = typed.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
    let seconds = u64::try_from(now.0 / 1_000_000).unwrap_or(0);
    let step = match &factor {
        Some(factor) if typed.len() == 6 => open(ctx, user, &factor.secret_enc)?.check(&typed, seconds),
        Some(_) | None => None,
    };
    Ok(tx!(&ctx.db, tx => {
        let wrong = rate_limit_events::since(tx, "code", &who, since).await?;
        if let Some(again) = rate_limits::free_again(&wrong, TRIES, rate_limits::QUARTER, now) {
            return Ok(Code::Limited(again));
        }
        let taken = match step {
            Some(step) => two_factor::take_step(tx, user.id, i64::try_from(step).unwrap_or(0)).await,
            None if with_recovery => two_factor::spend_code(tx, now, user.id, &keys::fingerprint(&typed)).await,
            None => Err(store::Error::Stale(Record::TotpStep)),
        };
        match taken {
            Ok(()) => Ok(Code::Right),
            Err(store::Error::Stale(_)) => {
                rate_limit_events::insert(tx, now, "code", &who).await?;
                Ok(Code::Wrong)
            }
            Err(error) => Err(error),
        }
    })?)
}

/// Takes the second factor away. The caller has asked for the password.
pub async fn remove(ctx: &AppContext, caller: &Caller, user: &User) -> Result<()> {
    let now = ctx.now();
    Ok(tx!(&ctx.db, tx => {
        two_factor::remove(tx, user.id).await?;
        audit::append(tx, now, &caller.audit_context(), AuditAction::UserTwoFactorOff, Some(user.id.0), None).await
    })?)
}

/// Makes new recovery codes; the older ones are worth nothing. The caller has asked for the password.
pub async fn renew_codes(ctx: &AppContext, caller: &Caller, user: &User) -> Result<Vec<String>> {
    let (now, codes) = (ctx.now(), new_codes());
    tx!(&ctx.db, tx => {
        two_factor::replace_codes(tx, now, user.id, &fingerprints(&codes)).await?;
        audit::append(tx, now, &caller.audit_context(), AuditAction::UserRecoveryCodesMade, Some(user.id.0), None).await
    })?;
    Ok(codes)
}

fn open(ctx: &AppContext, user: &User, sealed: &str) -> Result<Totp> {
    let secret = ctx.keys.open("two_factor", user.id.0, "secret", sealed)?;
    let secret = Secret::try_from_base32(secret).map_err(|_| Error::internal("a seed is no base32"))?;
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
