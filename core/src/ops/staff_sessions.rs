//! Staff at their devices: sign-in with a second factor, a token per device, and how fresh the password is.
use super::{
    Caller, Error, Object, Result,
    auth::{self, sessions::notify_new_device, two_factor},
};
use crate::{
    AppContext,
    domain::{
        audit_action::AuditAction,
        session::{Device, StaffSession},
        user::{Role, User},
    },
    keys, random, read,
    store::{audit, staff_tokens},
    tx,
};

/// Every token ends after a week.
const LONGEST_SECONDS: i64 = 7 * 86_400;
/// When a device was last seen is written at most every 5 minutes, so that reading writes nothing.
const TOUCH_SECONDS: i64 = 300;

/// How a sign-in ended.
pub enum SignedIn {
    /// The device has a token.
    Opened {
        /// 256 bits, told this once.
        token: String,
        staff_session: Box<StaffSession>,
        /// Where this sign-in confirmed a new second factor: its recovery codes, told this once.
        recovery_codes: Vec<String>,
    },
    /// There is no such account, the password is wrong, the account is disabled or a customer's; which of
    /// them is not told.
    Rejected,
    /// The password is right; a code is needed.
    TotpRequired,
    /// The password is right; the code is not.
    TotpWrong,
    /// The password is right; the account needs a second factor first.
    EnrolmentRequired,
}

/// What signs in.
pub struct Credentials<'a> {
    pub email: &'a str,
    pub password: &'a str,
    /// Six digits of the authenticator app, or a recovery code.
    pub totp: Option<&'a str>,
    /// The name that the user gave the device.
    pub device: &'a str,
}

/// Signs a member of staff in on a device.
pub async fn sign_in(ctx: &AppContext, caller: &Caller, typed: &Credentials<'_>) -> Result<SignedIn> {
    let Some((user, has_totp)) = staff_with(ctx, caller, typed.email, typed.password).await? else {
        return Ok(SignedIn::Rejected);
    };
    let caller = Caller { staff: Some(user.id), ..caller.clone() };
    let typed_code = typed_code(typed.totp);
    let code = match (has_totp, typed_code) {
        (true, None) => return Ok(SignedIn::TotpRequired),
        (true, Some(code)) => two_factor::check_sign_in(ctx, &caller, &user, code).await.map(|()| Vec::new()),
        (false, Some(code)) => two_factor::confirm(ctx, &caller, &user, code).await,
        (false, None) if ctx.settings.is_totp_required => return Ok(SignedIn::EnrolmentRequired),
        (false, None) => Ok(Vec::new()),
    };
    let recovery_codes = match code {
        Err(Error::Invalid(_)) => return Ok(SignedIn::TotpWrong),
        code => code?,
    };
    let device =
        Some(typed.device.trim()).filter(|name| !name.is_empty()).unwrap_or("a device without a name");
    let token = open(ctx, &caller, &user, device, typed_code.is_some()).await?;
    notify_new_device(ctx, &Caller { user_agent: device.to_owned(), ..caller }, &user).await?;
    Ok(match session(ctx, &token).await? {
        Some(staff_session) => {
            SignedIn::Opened { token, staff_session: Box::new(staff_session), recovery_codes }
        }
        // The account was disabled meanwhile.
        None => SignedIn::Rejected,
    })
}

/// Writes a token for a device.
async fn open(
    ctx: &AppContext,
    caller: &Caller,
    user: &User,
    device: &str,
    has_code: bool,
) -> Result<String> {
    let token = random::token();
    let (now, fingerprint) = (ctx.now(), keys::fingerprint(&token));
    tx!(&ctx.db, tx => {
        let new = staff_tokens::NewToken {
            fingerprint: &fingerprint,
            user: user.id,
            device,
            address: &caller.address,
            user_agent: &caller.user_agent,
            has_code,
            ends_at: now.plus_seconds(LONGEST_SECONDS),
        };
        staff_tokens::insert(tx, now, &new).await?;
        let context = caller.audit_context();
        audit::append(tx, now, &context, AuditAction::StaffSignedIn, Some(user.id.0), Some(device)).await
    })?;
    Ok(token)
}

/// The member of staff with that password, and whether they have a second factor.
async fn staff_with(
    ctx: &AppContext,
    caller: &Caller,
    email: &str,
    password: &str,
) -> Result<Option<(User, bool)>> {
    let (user, has_totp) = match auth::sign_in(ctx, caller, email, password).await? {
        auth::SignedIn::Account(user) => (user, false),
        auth::SignedIn::CodeRequired { user, .. } => (user, true),
        auth::SignedIn::Rejected => return Ok(None),
    };
    Ok((user.role != Role::User).then_some((user, has_totp)))
}

/// A new second factor; it counts from the first sign-in with one of its codes.
pub struct Enrolment {
    /// For typing, base32.
    pub secret: String,
    /// For a QR code: `otpauth://totp/...`.
    pub uri: String,
}

/// Begins a second factor for a member of staff who has none. None where e-mail or password are wrong, as at
/// sign-in.
pub async fn enrol(
    ctx: &AppContext,
    caller: &Caller,
    email: &str,
    password: &str,
) -> Result<Option<Enrolment>> {
    let Some((user, _)) = staff_with(ctx, caller, email, password).await? else { return Ok(None) };
    two_factor::start(ctx, &user).await?;
    match two_factor::state(ctx, &user).await? {
        two_factor::State::Starting(two_factor::Seed { secret, uri }) => Ok(Some(Enrolment { secret, uri })),
        two_factor::State::On { .. } | two_factor::State::Off => {
            Err(Error::conflict("This account has an authenticator app already."))
        }
    }
}

/// The session with that token. Where a second factor is required, a token of a user without one has ended.
pub async fn session(ctx: &AppContext, token: &str) -> Result<Option<StaffSession>> {
    let (now, fingerprint) = (ctx.now(), keys::fingerprint(token));
    let idle_since = now.minus_seconds(StaffSession::IDLE_SECONDS);
    let found = read!(&ctx.db, tx => staff_tokens::by_fingerprint(tx, now, idle_since, &fingerprint).await)?;
    let Some(session) = found.filter(|found| found.has_totp || !ctx.settings.is_totp_required) else {
        return Ok(None);
    };
    if now.seconds_since(session.last_seen_at) >= TOUCH_SECONDS {
        tx!(&ctx.db, tx => staff_tokens::touch(tx, now, session.token_id).await)?;
    }
    Ok(Some(session))
}

/// Revokes the device's own token.
pub async fn sign_out(ctx: &AppContext, caller: &Caller, staff_session: &StaffSession) -> Result<()> {
    let (now, context) = (ctx.now(), caller.audit_context());
    let StaffSession { user, token_id, device, .. } = staff_session;
    Ok(tx!(&ctx.db, tx => {
        staff_tokens::end_one(tx, user.id, *token_id).await?;
        audit::append(tx, now, &context, AuditAction::StaffSignedOut, Some(user.id.0), Some(device)).await
    })?)
}

/// Checks the password again, and a code of the second factor where one was typed. Returns the session, which
/// is fresh from now on.
pub async fn reauthenticate(
    ctx: &AppContext,
    caller: &Caller,
    staff_session: &StaffSession,
    password: &str,
    code: Option<&str>,
) -> Result<StaffSession> {
    auth::reauthenticate(ctx, caller, &staff_session.user, "password", password).await?;
    let code = typed_code(code).filter(|_| staff_session.has_totp);
    if let Some(code) = code {
        let checked = two_factor::check_sign_in(ctx, caller, &staff_session.user, code).await;
        if let Err(Error::Invalid(_)) = checked {
            return Err(Error::invalid("totp", "wrong"));
        }
        checked?;
    }
    let now = ctx.now();
    tx!(&ctx.db, tx => {
        staff_tokens::confirm(tx, now, staff_session.token_id).await?;
        if code.is_some() {
            staff_tokens::confirm_code(tx, now, staff_session.token_id).await?;
        }
        Ok(())
    })?;
    let code_confirmed_at = code.map_or(staff_session.code_confirmed_at, |_| Some(now));
    Ok(StaffSession { confirmed_at: now, code_confirmed_at, last_seen_at: now, ..staff_session.clone() })
}

/// Errors where the password was typed too long ago for what gives power, moves money, changes who may sign
/// in or opens a customer's hosting.
pub fn require_password(ctx: &AppContext, staff_session: &StaffSession) -> Result<()> {
    match staff_session.fresh_until(ctx.now()) {
        Some(_) => Ok(()),
        None => Err(Error::ReauthRequired { with_code: false }),
    }
}

/// Errors where password and code were typed too long ago for what changes staff.
pub fn require_code(ctx: &AppContext, staff_session: &StaffSession) -> Result<()> {
    match staff_session.code_fresh_until(ctx.now()) {
        Some(_) => Ok(()),
        None => Err(Error::ReauthRequired { with_code: staff_session.has_totp }),
    }
}

/// What was typed as a code, if anything.
fn typed_code(typed: Option<&str>) -> Option<&str> {
    typed.map(str::trim).filter(|code| !code.is_empty())
}

/// Changes one's own password. All other devices and browsers are signed out; this one stays.
pub async fn change_password(
    ctx: &AppContext,
    caller: &Caller,
    staff_session: &StaffSession,
    current: &str,
    new: &str,
) -> Result<()> {
    auth::change_password(ctx, caller, &staff_session.user, current, new, staff_session.token_id).await
}

/// Replaces one's own recovery codes.
pub async fn renew_recovery_codes(
    ctx: &AppContext,
    caller: &Caller,
    staff_session: &StaffSession,
) -> Result<Vec<String>> {
    if !staff_session.has_totp {
        return Err(Error::conflict("This account has no authenticator app."));
    }
    two_factor::renew_codes(ctx, caller, &staff_session.user).await
}

/// The devices on which the user is signed in, the latest seen first.
pub async fn devices(ctx: &AppContext, staff_session: &StaffSession) -> Result<Vec<Device>> {
    let now = ctx.now();
    let idle_since = now.minus_seconds(StaffSession::IDLE_SECONDS);
    Ok(read!(&ctx.db, tx => staff_tokens::of_user(tx, now, idle_since, staff_session.user.id).await)?)
}

/// Revokes one of the user's own devices.
pub async fn revoke(ctx: &AppContext, caller: &Caller, staff_session: &StaffSession, id: i64) -> Result<()> {
    let (now, context, user) = (ctx.now(), caller.audit_context(), staff_session.user.id);
    let is_ended = tx!(&ctx.db, tx => {
        let is_ended = staff_tokens::end_one(tx, user, id).await?;
        if is_ended {
            audit::append(tx, now, &context, AuditAction::StaffDeviceRevoked, Some(user.0), None).await?;
        }
        Ok(is_ended)
    })?;
    if is_ended { Ok(()) } else { Err(Error::NotFound(Object::Device)) }
}
