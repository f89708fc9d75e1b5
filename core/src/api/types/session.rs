//! Signing in, one's own devices and password.
use super::{Role, Time};
use crate::domain::{self, session::StaffSession, time::Timestamp};

api_types! {
    /// What a portal is.
    pub struct About {
        pub company: String,
        /// The portal's version.
        pub version: String,
        /// The number of this API.
        pub api: i64,
        /// The site's address.
        pub url: String,
        /// Whether staff must have a second factor.
        pub is_totp_required: bool,
    }

    /// Who signs in, and on which device.
    #[derive(Default)]
    pub struct SignIn {
        pub email: String,
        pub password: String,
        /// Six digits of the authenticator app, or a recovery code.
        #[serde(default)]
        pub totp: Option<String>,
        /// What the person calls the device.
        pub device: String,
    }

    /// A token of its own for a device.
    pub struct SessionOpened {
        /// Sent as `Authorization: Bearer ...`. It is told this once.
        pub token: String,
        /// It ends then at the latest; after 8 idle hours before that.
        pub expires_at: Time,
        pub user: Staff,
        /// Where this sign-in confirmed a new second factor: its recovery codes, told this once.
        pub recovery_codes: Vec<String>,
    }

    /// A member of staff.
    pub struct Staff {
        pub id: i64,
        pub name: String,
        pub email: String,
        pub role: Role,
        pub has_totp: bool,
    }

    /// Who is signed in.
    pub struct Session {
        pub user: Staff,
        pub device: String,
        pub expires_at: Time,
        /// Until then the password need not be typed again.
        pub fresh_until: Option<Time>,
        /// Until then neither the password nor a code need be typed again. Where there is no second factor,
        /// as `fresh_until`.
        pub code_fresh_until: Option<Time>,
    }

    /// Who wants a second factor.
    #[derive(Default)]
    pub struct Enrol {
        pub email: String,
        pub password: String,
    }

    /// The seed of a second factor.
    pub struct Enrolment {
        /// For typing, base32.
        pub secret: String,
        /// For a QR code: `otpauth://totp/...`.
        pub uri: String,
    }

    /// One's own password, asked for again.
    #[derive(Default)]
    pub struct ConfirmPassword {
        pub password: String,
        /// Six digits of the authenticator app, or a recovery code.
        #[serde(default)]
        pub totp: Option<String>,
    }

    /// A new password for oneself.
    #[derive(Default)]
    pub struct ChangePassword {
        pub current: String,
        pub new: String,
    }

    /// Codes that each open the account once, without the authenticator app.
    pub struct RecoveryCodes {
        pub codes: Vec<String>,
    }

    /// A device that is signed in.
    pub struct Device {
        pub id: i64,
        pub name: String,
        pub address: String,
        pub created_at: Time,
        pub last_seen_at: Time,
        pub expires_at: Time,
        /// Whether it is the one that asks.
        pub is_current: bool,
    }
}

impl From<&StaffSession> for Staff {
    fn from(session: &StaffSession) -> Staff {
        Staff {
            id: session.user.id.0,
            name: session.user.name.clone(),
            email: session.user.email.clone(),
            role: session.user.role.into(),
            has_totp: session.has_totp,
        }
    }
}

impl Session {
    /// The session as it is at `now`.
    pub fn of(session: &StaffSession, now: Timestamp) -> Session {
        Session {
            user: session.into(),
            device: session.device.clone(),
            expires_at: session.expires_at(now).into(),
            fresh_until: session.fresh_until(now).map(Into::into),
            code_fresh_until: session.code_fresh_until(now).map(Into::into),
        }
    }
}

impl Device {
    /// A device; `is_current` for the one that asks.
    pub fn of(device: &domain::session::Device, is_current: bool) -> Device {
        Device {
            id: device.id,
            name: device.name.clone(),
            address: device.address.clone(),
            created_at: device.created_at.into(),
            last_seen_at: device.last_seen_at.into(),
            expires_at: device.ends_at.into(),
            is_current,
        }
    }
}
