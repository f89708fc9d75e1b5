//! Sessions: browsers of users, devices of staff, and staff who look at the site as a customer.
use super::{ids::UserId, time::Timestamp, user::User};

/// A signed-in browser with its user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    pub id: i64,
    pub user: User,
    /// Whether it lasts 30 days, used or not, instead of 2 idle hours.
    pub is_remembered: bool,
    pub last_seen_at: Timestamp,
    pub ends_at: Timestamp,
    /// The newest row of the audit log when the session was read. Pages made before a later row may be
    /// outdated.
    pub audit_position: i64,
}

/// A signed-in browser in its user's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Browser {
    pub id: i64,
    pub address: String,
    pub user_agent: String,
    pub last_seen_at: Timestamp,
    /// Whether it is the one that asks.
    pub is_current: bool,
}

/// A member of staff at a device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffSession {
    pub token_id: i64,
    pub user: User,
    /// The name that the user gave the device.
    pub device: String,
    pub last_seen_at: Timestamp,
    /// When the password was typed on the device last.
    pub confirmed_at: Timestamp,
    /// When a code of the second factor was typed on the device last, with the password.
    pub code_confirmed_at: Option<Timestamp>,
    /// When the token ends, used or not.
    pub ends_at: Timestamp,
    /// Whether the user has a confirmed second factor.
    pub has_totp: bool,
}

impl StaffSession {
    /// A device that is idle this long is signed out.
    pub const IDLE_SECONDS: i64 = 8 * 3600;
    /// For how long a typed password counts where a fresh session is needed.
    pub const FRESH_SECONDS: i64 = 10 * 60;

    /// When it ends at the latest, if it is not used after `now`.
    pub fn expires_at(&self, now: Timestamp) -> Timestamp {
        self.ends_at.min(now.plus_seconds(Self::IDLE_SECONDS))
    }

    /// Until when the password need not be typed again; None where it must be.
    pub fn fresh_until(&self, now: Timestamp) -> Option<Timestamp> {
        Some(self.confirmed_at.plus_seconds(Self::FRESH_SECONDS)).filter(|until| *until > now)
    }

    /// Until when neither password nor code need be typed again; None where they must be. Without a second
    /// factor, as [`fresh_until`](Self::fresh_until).
    pub fn code_fresh_until(&self, now: Timestamp) -> Option<Timestamp> {
        if !self.has_totp {
            return self.fresh_until(now);
        }
        let until = self.code_confirmed_at?.plus_seconds(Self::FRESH_SECONDS);
        Some(until).filter(|until| *until > now)
    }
}

/// A device of staff in its user's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    pub id: i64,
    pub name: String,
    pub address: String,
    pub created_at: Timestamp,
    pub last_seen_at: Timestamp,
    pub ends_at: Timestamp,
}

/// A member of staff who looks at the site as a customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Impersonation {
    pub staff: UserId,
    pub customer: User,
    pub ends_at: Timestamp,
}
