//! The customer's own account: who they are, how they sign in, what was done with it.
//!
//! The pages with several forms name a problem's field `form.control`: see [`FieldError::in_form`].

use serde::Serialize;

use super::{FieldError, Page};

/// `GET /profile`, and the answer to each of its forms where something is wrong. The forms are `name`
/// (posts `name`), `email` (`email`, `password`), `phone` (`phone`, `password`) and `password` (`current`,
/// `password`), each to `/profile/{form}`; `POST /email/verification` sends the link once more.
#[derive(Clone, Debug, Serialize)]
pub struct Profile {
    pub name: String,
    pub email: String,
    pub is_verified: bool,
    /// The link to confirm the email was sent just now.
    pub pending_note: bool,
    pub phone: Option<String>,
    /// The form that the problems belong to.
    pub refused: Option<Refused>,
    pub problems: Vec<FieldError>,
    /// A locale key, `saved-…`.
    pub saved: Option<String>,
    pub has_two_factor: bool,
    /// No service lives.
    pub can_delete: bool,
}

/// A form that comes back: open, with what was typed.
#[derive(Clone, Debug, Serialize)]
pub struct Refused {
    /// `name`, `email`, `phone` or `password`.
    pub form: String,
    /// The name, email or phone; empty for passwords.
    pub typed: String,
}

/// `GET /profile/security`, and the answer to its forms: `confirm` (posts `code` to
/// `/profile/two-factor/confirm`), `replace` (posts `code` to `/profile/two-factor/replace`), `off` (posts
/// `password` and `code` to `/profile/two-factor/off`) and `codes` (posts `password` to
/// `/profile/two-factor/codes`). Without fields: `/profile/two-factor/start`, `/profile/sessions/{id}/end`
/// and `/profile/sessions/end-others`.
#[derive(Clone, Debug, Serialize)]
pub struct Security {
    /// This device first, then the newest.
    pub sessions: Vec<SessionLine>,
    pub two_factor: TwoFactor,
    /// In the answer that made them, and never again.
    pub recovery_codes: Option<Vec<String>>,
    pub problems: Vec<FieldError>,
    /// A locale key, `saved-…`.
    pub saved: Option<String>,
}

/// One device that is signed in.
#[derive(Clone, Debug, Serialize)]
pub struct SessionLine {
    pub id: String,
    /// A few words, `Chrome, Android`; none where the browser does not say.
    pub device: Option<String>,
    pub address: Option<String>,
    pub last_seen_at: i64,
    pub is_current: bool,
}

/// Whether signing in asks for a code as well.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum TwoFactor {
    /// None, and none can be set up: the email is not confirmed.
    Unverified,
    Off,
    /// The seed is made; a first code proves that the app has it.
    Starting {
        /// Base32, without spaces.
        secret: String,
        otpauth_uri: String,
        /// Markup of ours, an `<svg>` without a `style` attribute: it goes into the page as it is.
        qr_svg: String,
    },
    On {
        codes_left: i64,
        /// False for staff who must have one.
        can_turn_off: bool,
    },
}

/// `GET /profile/activity?page=`, the newest first.
#[derive(Clone, Debug, Serialize)]
pub struct Activity {
    pub entries: Vec<ActivityLine>,
    pub page: i64,
    pub pages: i64,
}

impl Activity {
    /// The kinds that have words of their own; every other one is called a change of the account.
    pub const KINDS: [&'static str; 29] = [
        "signed_in",
        "signed_out",
        "created",
        "password_changed",
        "password_reset",
        "email_changed",
        "email_change_asked",
        "email_change_cancelled",
        "invited",
        "email_verified",
        "phone_changed",
        "name_changed",
        "two_factor_on",
        "two_factor_off",
        "two_factor_reset",
        "two_factor_replaced",
        "recovery_codes_made",
        "sessions_ended",
        "password_shown",
        "order_placed",
        "impersonated",
        "language_changed",
        "disabled",
        "enabled",
        "edited",
        "credentials_sent",
        "panel_opened",
        "credentials_kept",
        "credentials_dropped",
    ];
}

/// One thing that was done with the account.
#[derive(Clone, Debug, Serialize)]
pub struct ActivityLine {
    pub kind: String,
    pub at: i64,
    pub address: Option<String>,
    pub device: Option<String>,
    /// By staff: their name and address are not shown.
    pub by_staff: bool,
}

/// `GET` and `POST /profile/delete`; posts `password`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct DeleteAccount {
    /// Domains of services that live: as long as there is one, the account stays.
    pub blocking: Vec<String>,
    /// Orders with a payment request that may still be answered: until it is, the account stays, too.
    pub being_paid: Vec<String>,
    pub problems: Vec<FieldError>,
    /// The account is deleted, and the visitor is signed out.
    pub done: bool,
}

impl Page for Profile {
    const TEMPLATE: &'static str = "profile.html";
}

impl Page for Security {
    const TEMPLATE: &'static str = "security.html";
}

impl Page for Activity {
    const TEMPLATE: &'static str = "activity.html";
}

impl Page for DeleteAccount {
    const TEMPLATE: &'static str = "delete.html";
}
