//! Staff at their devices: sign in with a second factor, a token per device, and whether the password was typed lately.
use super::{
    Caller, Result,
    accounts::{self, Confirmed, UserRow},
    profile, two_factor,
};
use crate::{
    Shop,
    domain::{ids::UserId, time::Moment, user::Role},
    keys, random, read,
    store::{
        history, sessions,
        staff_tokens::{self, DeviceRow, TokenRow},
    },
    tx,
};

/// A device that rests this long is signed out.
const IDLE_SECONDS: i64 = 8 * 3600;
/// Every token ends after a week.
const LONGEST_SECONDS: i64 = 7 * 86_400;
/// For how long a typed password counts for what only a fresh session may do.
pub const FRESH_SECONDS: i64 = 10 * 60;
/// A device's last sight is written at most every 5 minutes, so that reading stays reading.
const TOUCH_SECONDS: i64 = 300;

/// A member of staff at a device.
#[derive(Clone)]
pub struct Desk {
    pub token_id: i64,
    pub user: UserRow,
    /// What the person calls the device.
    pub device: String,
    /// It ends then at the latest, and earlier where it rests.
    pub expires_at: Moment,
    /// Until then the password need not be typed again; None where it must be.
    pub fresh_until: Option<Moment>,
    pub has_totp: bool,
}

impl Desk {
    fn of(row: TokenRow, now: Moment) -> Desk {
        let fresh_until = row.confirmed_at.plus_seconds(FRESH_SECONDS);
        Desk {
            token_id: row.token_id,
            has_totp: row.factor_at.is_some(),
            user: row.user,
            device: row.device,
            expires_at: row.ends_at.min(now.plus_seconds(IDLE_SECONDS)),
            fresh_until: (fresh_until > now).then_some(fresh_until),
        }
    }
}

/// How signing in ended.
pub enum SignedIn {
    /// The device has a token.
    Opened {
        /// 256 bits, told this once.
        token: String,
        desk: Box<Desk>,
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
    Limited(Moment),
}

/// Signs a member of staff in on a device.
pub async fn sign_in(
    shop: &Shop,
    caller: &Caller,
    email: &str,
    password: &str,
    totp: Option<&str>,
    device: &str,
) -> Result<SignedIn> {
    let user = match of_staff(shop, caller, email, password).await? {
        Ok(user) => user,
        Err(refusal) => return Ok(refusal),
    };
    let caller = Caller { staff: Some(user.id), ..caller.clone() };
    let totp = totp.map(str::trim).filter(|code| !code.is_empty());
    let (code, recovery_codes) = match (two_factor::is_on(shop, &user).await?, totp) {
        (true, None) => return Ok(SignedIn::TotpRequired),
        (true, Some(code)) => (two_factor::check_sign_in(shop, &user, code).await?, Vec::new()),
        (false, Some(code)) => two_factor::confirm(shop, &caller, &user, code).await?,
        (false, None) if shop.rules.is_totp_required => return Ok(SignedIn::EnrolmentRequired),
        (false, None) => (two_factor::Code::Right, Vec::new()),
    };
    match code {
        two_factor::Code::Right => {}
        two_factor::Code::Wrong => return Ok(SignedIn::TotpWrong),
        two_factor::Code::Limited(again) => return Ok(SignedIn::Limited(again)),
    }
    let token = random::token();
    let (now, fingerprint) = (shop.now(), keys::fingerprint(&token));
    let device = Some(device.trim()).filter(|name| !name.is_empty()).unwrap_or("a device without a name");
    tx!(&shop.db, c => {
        let new = staff_tokens::NewToken {
            fingerprint: &fingerprint,
            user: user.id,
            device,
            address: &caller.address,
            user_agent: &caller.user_agent,
            ends_at: now.plus_seconds(LONGEST_SECONDS),
        };
        staff_tokens::insert(c, now, &new).await?;
        history::audit(c, now, &caller.by(), "staff.signed_in", "user", Some(user.id.0), Some(device)).await
    })?;
    let named = Caller { user_agent: device.to_owned(), ..caller };
    accounts::tell_new_device(shop, &named, &user).await?;
    match session(shop, &token).await? {
        Some(desk) => Ok(SignedIn::Opened { token, desk: Box::new(desk), recovery_codes }),
        // Disabled between our two looks.
        None => Ok(SignedIn::Wrong),
    }
}

async fn of_staff(
    shop: &Shop,
    caller: &Caller,
    email: &str,
    password: &str,
) -> Result<Result<UserRow, SignedIn>> {
    Ok(match accounts::sign_in(shop, caller, email, password).await? {
        accounts::SignedIn::Account(user) if user.role != Role::User => Ok(user),
        accounts::SignedIn::Account(_) | accounts::SignedIn::Wrong => Err(SignedIn::Wrong),
        accounts::SignedIn::Limited(again) => Err(SignedIn::Limited(again)),
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
    Limited(Moment),
}

/// Begins a second factor for a member of staff who has none.
pub async fn enrol(shop: &Shop, caller: &Caller, email: &str, password: &str) -> Result<Enrolled> {
    let user = match of_staff(shop, caller, email, password).await? {
        Ok(user) => user,
        Err(SignedIn::Limited(again)) => return Ok(Enrolled::Limited(again)),
        Err(_) => return Ok(Enrolled::Wrong),
    };
    two_factor::start(shop, &user).await?;
    Ok(match two_factor::state(shop, &user).await? {
        two_factor::State::Starting { secret, uri } => Enrolled::Begun { secret, uri },
        two_factor::State::On { .. } | two_factor::State::Off => Enrolled::AlreadyOn,
    })
}

/// Who holds this token. Where a second factor is required, a token without one has ended.
pub async fn session(shop: &Shop, token: &str) -> Result<Option<Desk>> {
    let (now, fingerprint) = (shop.now(), keys::fingerprint(token));
    let idle_since = now.minus_seconds(IDLE_SECONDS);
    let found = read!(&shop.db, c => staff_tokens::by_fingerprint(c, now, idle_since, &fingerprint).await)?;
    let Some(row) = found.filter(|row| row.factor_at.is_some() || !shop.rules.is_totp_required) else {
        return Ok(None);
    };
    if now.seconds_since(row.last_seen_at) >= TOUCH_SECONDS {
        tx!(&shop.db, c => staff_tokens::touch(c, now, row.token_id).await)?;
    }
    Ok(Some(Desk::of(row, now)))
}

/// Revokes the device's own token.
pub async fn sign_out(shop: &Shop, caller: &Caller, desk: &Desk) -> Result<()> {
    let now = shop.now();
    Ok(tx!(&shop.db, c => {
        staff_tokens::end_one(c, desk.user.id, desk.token_id).await?;
        history::audit(c, now, &caller.by(), "staff.signed_out", "user", Some(desk.user.id.0), Some(&desk.device)).await
    })?)
}

/// Asks for the password again. With `Yes`, the session is fresh from here on.
pub async fn confirm(shop: &Shop, caller: &Caller, desk: &Desk, password: &str) -> Result<Confirmed> {
    let confirmed = accounts::confirm_password(shop, caller, &desk.user, password).await?;
    if let Confirmed::Yes = confirmed {
        let now = shop.now();
        tx!(&shop.db, c => staff_tokens::confirm(c, now, desk.token_id).await)?;
    }
    Ok(confirmed)
}

/// Changes one's own password. All other devices and browsers are signed out; this one stays.
pub async fn change_password(
    shop: &Shop,
    caller: &Caller,
    desk: &Desk,
    current: &str,
    new: &str,
) -> Result<profile::Changed> {
    profile::change_password(shop, caller, &desk.user, current, new, desk.token_id).await
}

/// The devices on which the person is signed in, the latest seen first.
pub async fn devices(shop: &Shop, desk: &Desk) -> Result<Vec<DeviceRow>> {
    let now = shop.now();
    let idle_since = now.minus_seconds(IDLE_SECONDS);
    Ok(read!(&shop.db, c => staff_tokens::of_user(c, now, idle_since, desk.user.id).await)?)
}

/// Revokes one of the person's own devices. False where it is none of theirs.
pub async fn revoke(shop: &Shop, caller: &Caller, desk: &Desk, id: i64) -> Result<bool> {
    let now = shop.now();
    Ok(tx!(&shop.db, c => {
        let ended = staff_tokens::end_one(c, desk.user.id, id).await?;
        if ended {
            history::audit(c, now, &caller.by(), "staff.device_revoked", "user", Some(desk.user.id.0), None).await?;
        }
        Ok(ended)
    })?)
}

/// Ends everything that a person is signed in with: browsers and devices, in the caller's transaction.
pub(super) async fn end_everything(c: &mut sqlx::AnyConnection, user: UserId) -> crate::store::Result<()> {
    sessions::end_all(c, user, "").await?;
    staff_tokens::end_all(c, user, 0).await
}

/// Forgets tokens that ended, in the caller's transaction.
pub(super) async fn sweep(c: &mut sqlx::AnyConnection, now: Moment) -> crate::store::Result<()> {
    staff_tokens::sweep(c, now, now.minus_seconds(IDLE_SECONDS)).await
}
