//! Staff at their devices: sign in with a second factor, a token per device, and whether the password was typed lately.
use super::{
    Caller, Result,
    auth::two_factor,
    auth::{self, Confirmed},
    users::profile,
};
use crate::{
    AppContext,
    domain::{
        audit_action::AuditAction,
        ids::UserId,
        session::{Device, StaffSession},
        time::Timestamp,
        user::{Role, User},
    },
    keys, random, read,
    store::{Tx, audit, sessions, staff_tokens},
    tx,
};

/// Every token ends after a week.
const LONGEST_SECONDS: i64 = 7 * 86_400;
/// A device's last sight is written at most every 5 minutes, so that reading stays reading.
const TOUCH_SECONDS: i64 = 300;

/// How signing in ended.
pub enum SignedIn {
    /// The device has a token.
    Opened {
        /// 256 bits, told this once.
        token: String,
        staff_session: Box<StaffSession>,
        /// Where a new second factor was confirmed by this: its recovery codes, told this once.
        recovery_codes: Vec<String>,
    },
    /// No such account, a wrong password, a disabled account, or none of staff: nobody learns which.
    Wrong,
    /// Right so far; a code is needed.
    TotpRequired,
    /// Right so far; the code is not.
    TotpWrong,
    /// Right so far; the account needs a second factor first.
    EnrolmentRequired,
    /// Too many wrong ones; when to try again.
    Limited(Timestamp),
}

/// Signs a member of staff in on a device.
pub async fn sign_in(
    ctx: &AppContext,
    caller: &Caller,
    email: &str,
    password: &str,
    totp: Option<&str>,
    device: &str,
) -> Result<SignedIn> {
    let user = match of_staff(ctx, caller, email, password).await? {
        Ok(user) => user,
        Err(refusal) => return Ok(refusal),
    };
    let caller = Caller { staff: Some(user.id), ..caller.clone() };
    let totp = totp.map(str::trim).filter(|code| !code.is_empty());
    let (code, recovery_codes) = match (two_factor::is_on(ctx, &user).await?, totp) {
        (true, None) => return Ok(SignedIn::TotpRequired),
        (true, Some(code)) => (two_factor::check_sign_in(ctx, &user, code).await?, Vec::new()),
        (false, Some(code)) => two_factor::confirm(ctx, &caller, &user, code).await?,
        (false, None) if ctx.settings.is_totp_required => return Ok(SignedIn::EnrolmentRequired),
        (false, None) => (two_factor::Code::Right, Vec::new()),
    };
    match code {
        two_factor::Code::Right => {}
        two_factor::Code::Wrong => return Ok(SignedIn::TotpWrong),
        two_factor::Code::Limited(again) => return Ok(SignedIn::Limited(again)),
    }
    let token = random::token();
    let (now, fingerprint) = (ctx.now(), keys::fingerprint(&token));
    let device = Some(device.trim()).filter(|name| !name.is_empty()).unwrap_or("a device without a name");
    tx!(&ctx.db, tx => {
        let new = staff_tokens::NewToken {
            fingerprint: &fingerprint,
            user: user.id,
            device,
            address: &caller.address,
            user_agent: &caller.user_agent,
            ends_at: now.plus_seconds(LONGEST_SECONDS),
        };
        staff_tokens::insert(tx, now, &new).await?;
        audit::append(tx, now, &caller.audit_context(), AuditAction::StaffSignedIn, Some(user.id.0), Some(device)).await
    })?;
    let named = Caller { user_agent: device.to_owned(), ..caller };
    auth::tell_new_device(ctx, &named, &user).await?;
    match session(ctx, &token).await? {
        Some(staff_session) => {
            Ok(SignedIn::Opened { token, staff_session: Box::new(staff_session), recovery_codes })
        }
        // Disabled between our two looks.
        None => Ok(SignedIn::Wrong),
    }
}

async fn of_staff(
    ctx: &AppContext,
    caller: &Caller,
    email: &str,
    password: &str,
) -> Result<Result<User, SignedIn>> {
    Ok(match auth::sign_in(ctx, caller, email, password).await? {
        auth::SignedIn::Account(user) if user.role != Role::User => Ok(user),
        auth::SignedIn::Account(_) | auth::SignedIn::Wrong => Err(SignedIn::Wrong),
        auth::SignedIn::Limited(again) => Err(SignedIn::Limited(again)),
    })
}

/// How beginning a second factor ended.
pub enum Enrolled {
    /// The seed; it counts from the first sign-in with a code of it.
    Begun { secret: String, uri: String },
    /// There is one already.
    AlreadyOn,
    /// As at signing in.
    Wrong,
    /// Too many wrong ones; when to try again.
    Limited(Timestamp),
}

/// Begins a second factor for a member of staff who has none.
pub async fn enrol(ctx: &AppContext, caller: &Caller, email: &str, password: &str) -> Result<Enrolled> {
    let user = match of_staff(ctx, caller, email, password).await? {
        Ok(user) => user,
        Err(SignedIn::Limited(again)) => return Ok(Enrolled::Limited(again)),
        Err(_) => return Ok(Enrolled::Wrong),
    };
    two_factor::start(ctx, &user).await?;
    Ok(match two_factor::state(ctx, &user).await? {
        two_factor::State::Starting { secret, uri } => Enrolled::Begun { secret, uri },
        two_factor::State::On { .. } | two_factor::State::Off => Enrolled::AlreadyOn,
    })
}

/// Who holds this token. Where a second factor is required, a token without one has ended.
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
    let now = ctx.now();
    Ok(tx!(&ctx.db, tx => {
        staff_tokens::end_one(tx, staff_session.user.id, staff_session.token_id).await?;
        audit::append(tx, now, &caller.audit_context(), AuditAction::StaffSignedOut, Some(staff_session.user.id.0), Some(&staff_session.device)).await
    })?)
}

/// Asks for the password again. With `Yes`, the session is fresh from here on.
pub async fn confirm(
    ctx: &AppContext,
    caller: &Caller,
    staff_session: &StaffSession,
    password: &str,
) -> Result<Confirmed> {
    let confirmed = auth::confirm_password(ctx, caller, &staff_session.user, password).await?;
    if let Confirmed::Yes = confirmed {
        let now = ctx.now();
        tx!(&ctx.db, tx => staff_tokens::confirm(tx, now, staff_session.token_id).await)?;
    }
    Ok(confirmed)
}

/// Changes one's own password. All other devices and browsers are signed out; this one stays.
pub async fn change_password(
    ctx: &AppContext,
    caller: &Caller,
    staff_session: &StaffSession,
    current: &str,
    new: &str,
) -> Result<profile::Changed> {
    profile::change_password(ctx, caller, &staff_session.user, current, new, staff_session.token_id).await
}

/// The devices on which the person is signed in, the latest seen first.
pub async fn devices(ctx: &AppContext, staff_session: &StaffSession) -> Result<Vec<Device>> {
    let now = ctx.now();
    let idle_since = now.minus_seconds(StaffSession::IDLE_SECONDS);
    Ok(read!(&ctx.db, tx => staff_tokens::of_user(tx, now, idle_since, staff_session.user.id).await)?)
}

/// Revokes one of the person's own devices. False where it is none of theirs.
pub async fn revoke(
    ctx: &AppContext,
    caller: &Caller,
    staff_session: &StaffSession,
    id: i64,
) -> Result<bool> {
    let now = ctx.now();
    Ok(tx!(&ctx.db, tx => {
        let ended = staff_tokens::end_one(tx, staff_session.user.id, id).await?;
        if ended {
            audit::append(tx, now, &caller.audit_context(), AuditAction::StaffDeviceRevoked, Some(staff_session.user.id.0), None).await?;
        }
        Ok(ended)
    })?)
}

/// Ends everything that a person is signed in with: browsers and devices, in the caller's transaction.
pub(super) async fn revoke_all_sessions(tx: &mut Tx, user: UserId) -> crate::store::Result<()> {
    sessions::end_all(tx, user, "").await?;
    staff_tokens::end_all(tx, user, 0).await
}

/// Forgets tokens that ended, in the caller's transaction.
pub(super) async fn sweep(tx: &mut Tx, now: Timestamp) -> crate::store::Result<()> {
    staff_tokens::sweep(tx, now, now.minus_seconds(StaffSession::IDLE_SECONDS)).await
}
