//! The second factor: time-based codes (TOTP), each accepted once, and recovery codes.
use super::attempt_counts::code_subject;
use crate::ops::{Caller, Error, Result, access_failures, rate_limits};
use crate::{
    AppContext,
    access_failures::AccessFailure,
    domain::{
        audit_action::AuditAction,
        rate_limit::LimitedAction,
        time::Timestamp,
        user::{Role, User},
    },
    keys, random, read,
    store::{self, Record, Tx, audit, rate_limit_events, two_factor},
    tx,
};
use totp_rs::{Builder, Secret, Totp};

/// The fields of a sealed seed.
const SECRET: &str = "secret";
const NEXT_SECRET: &str = "next_secret";

/// How many recovery codes a user gets.
const CODES: usize = 8;

/// The seed of a second factor, for an authenticator app.
pub struct Seed {
    /// For typing it in.
    pub secret: String,
    /// For the QR code.
    pub uri: String,
}

/// The state of a user's second factor.
pub enum State {
    /// None.
    Off,
    /// A seed was made; none of its codes was typed yet.
    Starting(Seed),
    /// Signing in needs a code.
    On {
        /// Recovery codes that are left.
        codes_left: i64,
        /// A seed that takes the place of the present one once a code of it was typed.
        replacement: Option<Seed>,
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
        Some(factor) if factor.confirmed_at.is_some() => {
            let next = factor.next_secret_enc.as_deref();
            let replacement = next.map(|sealed| seed(ctx, user, NEXT_SECRET, sealed)).transpose()?;
            Ok(State::On { codes_left, replacement })
        }
        Some(factor) => Ok(State::Starting(seed(ctx, user, SECRET, &factor.secret_enc)?)),
    }
}

fn seed(ctx: &AppContext, user: &User, field: &'static str, sealed: &str) -> Result<Seed> {
    let uri = open(ctx, user, field, sealed)?;
    let uri = uri.to_url().map_err(|_| Error::internal("a seed could not be written as an address"))?;
    Ok(Seed { secret: ctx.keys.open("two_factor", user.id.0, field, sealed)?, uri })
}

/// Makes a new seed, which counts once a code of it was typed. Does nothing where a second factor is on.
///
/// A conflict where the account's e-mail is not confirmed: who registers with the address of another person
/// must not be able to keep them out after they have reset the password.
pub async fn start(ctx: &AppContext, user: &User) -> Result<()> {
    if user.email_verified_at.is_none() {
        return Err(Error::conflict(
            "Confirm the account's e-mail first: open the link that was mailed to it.",
        ));
    }
    let (now, sealed) = (ctx.now(), new_seed(ctx, user, SECRET));
    Ok(tx!(&ctx.db, tx => {
        if two_factor::of(tx, user.id).await?.is_some_and(|factor| factor.confirmed_at.is_some()) {
            return Ok(());
        }
        two_factor::begin(tx, now, user.id, &sealed).await
    })?)
}

/// Makes another seed for a second factor that is on. It takes the place of the present one once a code of
/// it was typed (see [`confirm`]); until then the present one counts. Takes a code of the present one, or a
/// recovery code. Errors as [`check_sign_in`].
pub async fn start_replacement(ctx: &AppContext, caller: &Caller, user: &User, typed: &str) -> Result<()> {
    check_sign_in(ctx, caller, user, typed).await?;
    let sealed = new_seed(ctx, user, NEXT_SECRET);
    Ok(tx!(&ctx.db, tx => two_factor::set_next(tx, user.id, &sealed).await)?)
}

fn new_seed(ctx: &AppContext, user: &User, field: &'static str) -> String {
    let secret = Secret::from(random::bytes::<20>()).to_base32();
    ctx.keys.seal("two_factor", user.id.0, field, &secret)
}

/// Confirms a new seed by its first code. Returns the recovery codes, which are shown this once.
///
/// Errors as [`check_sign_in`].
pub async fn confirm(ctx: &AppContext, caller: &Caller, user: &User, typed: &str) -> Result<Vec<String>> {
    let (now, codes, context) = (ctx.now(), new_codes(), caller.audit_context());
    let factor = read!(&ctx.db, tx => two_factor::of(tx, user.id).await)?;
    let next = factor.and_then(|factor| factor.confirmed_at.and(factor.next_secret_enc));
    let action = match next {
        None => {
            check(ctx, caller, user, typed, false).await?;
            tx!(&ctx.db, tx => two_factor::confirm(tx, now, user.id).await)?;
            AuditAction::UserTwoFactorOn
        }
        Some(next) => {
            let step = step_of(ctx, user, NEXT_SECRET, &next, &plain(typed))?;
            let secret = ctx.keys.open("two_factor", user.id.0, NEXT_SECRET, &next)?;
            let sealed = ctx.keys.seal("two_factor", user.id.0, SECRET, &secret);
            let checked = tx!(&ctx.db, tx => {
                if let Some(until) = blocked_until(tx, ctx, now, caller, user).await? {
                    return Ok(Err(Error::RateLimited(until)));
                }
                let taken = match step {
                    Some(step) => two_factor::replace(tx, now, user.id, &next, &sealed, step).await,
                    None => Err(store::Error::Stale(Record::TotpStep)),
                };
                counted(tx, now, caller, user, taken).await
            })?;
            recorded(ctx, caller, user, checked).await?;
            AuditAction::UserTwoFactorReplaced
        }
    };
    tx!(&ctx.db, tx => {
        two_factor::replace_codes(tx, now, user.id, &fingerprints(&codes)).await?;
        audit::append(tx, now, &context, action, Some(user.id.0), None).await
    })?;
    Ok(codes)
}

/// Takes a code at sign-in: of the authenticator app, or a recovery code.
///
/// Errors with `Invalid` for a code that is wrong, too old or used, and with `RateLimited` after too many.
pub async fn check_sign_in(ctx: &AppContext, caller: &Caller, user: &User, typed: &str) -> Result<()> {
    check(ctx, caller, user, typed, true).await
}

/// Takes a code of the present seed, or a recovery code.
async fn check(
    ctx: &AppContext,
    caller: &Caller,
    user: &User,
    typed: &str,
    with_recovery: bool,
) -> Result<()> {
    let (now, typed) = (ctx.now(), plain(typed));
    let factor = read!(&ctx.db, tx => two_factor::of(tx, user.id).await)?;
    let step = match &factor {
        Some(factor) => step_of(ctx, user, SECRET, &factor.secret_enc, &typed)?,
        None => None,
    };
    let checked = tx!(&ctx.db, tx => {
        if let Some(until) = blocked_until(tx, ctx, now, caller, user).await? {
            return Ok(Err(Error::RateLimited(until)));
        }
        let taken = match step {
            Some(step) => two_factor::take_step(tx, user.id, step).await,
            None if with_recovery => {
                two_factor::spend_code(tx, now, user.id, &keys::fingerprint(&typed)).await
            }
            None => Err(store::Error::Stale(Record::TotpStep)),
        };
        counted(tx, now, caller, user, taken).await
    })?;
    recorded(ctx, caller, user, checked).await
}

/// The result of a code, which is recorded where it was wrong.
async fn recorded(ctx: &AppContext, caller: &Caller, user: &User, checked: Result<()>) -> Result<()> {
    if let Err(Error::Invalid(_)) = &checked {
        access_failures::record(ctx, AccessFailure::Code, &caller.audit_context(), Some(user.id)).await;
    }
    checked
}

async fn blocked_until(
    tx: &mut Tx,
    ctx: &AppContext,
    now: Timestamp,
    caller: &Caller,
    user: &User,
) -> store::Result<Option<Timestamp>> {
    let subject = code_subject(tx, caller, user).await?;
    rate_limits::blocked_until(tx, ctx, now, LimitedAction::TotpCode, &subject).await
}

/// The result of a code that was taken or not, which is counted where it was not: in the transaction in
/// which it was tried, so that codes that come at once are limited like codes in a row.
async fn counted(
    tx: &mut Tx,
    now: Timestamp,
    caller: &Caller,
    user: &User,
    taken: store::Result<()>,
) -> store::Result<Result<()>> {
    match taken {
        Ok(()) => Ok(Ok(())),
        Err(store::Error::Stale(_)) => {
            let subject = code_subject(tx, caller, user).await?;
            rate_limit_events::insert(tx, now, LimitedAction::TotpCode, &subject).await?;
            Ok(Err(Error::invalid("code", "wrong")))
        }
        Err(error) => Err(error),
    }
}

/// What was typed, without blanks and dashes.
fn plain(typed: &str) -> String {
    typed.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase()
}

/// The step of a seed whose code it is; None where it is none of now.
fn step_of(
    ctx: &AppContext,
    user: &User,
    field: &'static str,
    sealed: &str,
    typed: &str,
) -> Result<Option<i64>> {
    if typed.len() != 6 {
        return Ok(None);
    }
    let seconds = u64::try_from(ctx.now().0 / 1_000_000).unwrap_or(0);
    let step = open(ctx, user, field, sealed)?.check(typed, seconds);
    Ok(step.map(|step| i64::try_from(step).unwrap_or(0)))
}

/// Whether the user may do without a second factor: staff must have one where it is required.
pub fn may_turn_off(ctx: &AppContext, user: &User) -> bool {
    user.role == Role::User || !ctx.settings.is_totp_required
}

/// Removes the second factor, with a code of it or a recovery code. The caller has reauthenticated the user.
/// Errors as [`check_sign_in`], and with `Forbidden` for staff who must have one.
pub async fn turn_off(ctx: &AppContext, caller: &Caller, user: &User, typed: &str) -> Result<()> {
    if !may_turn_off(ctx, user) {
        return Err(Error::Forbidden("Staff keep their second factor. Replace it instead."));
    }
    check_sign_in(ctx, caller, user, typed).await?;
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

fn open(ctx: &AppContext, user: &User, field: &'static str, sealed: &str) -> Result<Totp> {
    let secret = ctx.keys.open("two_factor", user.id.0, field, sealed)?;
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
