//! Signing in, registering, password reset, impersonation and error pages.

use serde::Serialize;

use super::{FieldError, Page};

/// `GET /login`; posts `next`, `email`, `password`, `remember`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Login {
    /// One of our own paths, checked by the route.
    pub next: String,
    pub email: String,
    pub remember: bool,
    pub problems: Vec<FieldError>,
    /// The sign-in interrupts an order: say that what was typed is kept.
    pub ordering: bool,
    /// This browser was signed in, and its session has ended: idle for long, or ended elsewhere.
    pub ended: bool,
}

/// `GET /register`; posts `next`, `name`, `email`, `phone`, `password`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Register {
    pub next: String,
    pub name: String,
    pub email: String,
    pub phone: String,
    pub problems: Vec<FieldError>,
}

/// `GET` and `POST /login/code`, the second step of signing in; posts `next`, `remember`, `code`. The code is
/// six digits from the app or one of the recovery codes.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Code {
    pub next: String,
    pub remember: bool,
    pub problems: Vec<FieldError>,
}

/// `GET` and `POST /confirm-password`; posts `next`, `password`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Confirm {
    pub next: String,
    pub problems: Vec<FieldError>,
}

/// `GET` and `POST /forgot-password`; posts `email`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Forgot {
    pub email: String,
    pub problems: Vec<FieldError>,
    /// The answer to every address that could be one, with an account or without.
    pub sent: bool,
}

/// `GET` and `POST /reset-password/{token}`; posts `password` to the same address.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Reset {
    /// The first password of an account that staff created: `/invitation/{token}`.
    pub is_invitation: bool,
    /// False for a link that is wrong, used or too old.
    pub token_ok: bool,
    /// The new password is set.
    pub done: bool,
    pub problems: Vec<FieldError>,
}

/// `GET` and `POST /verify-email/{token}`. The GET shows a button: programs that look into mails follow
/// links, and must not use them up.
#[derive(Clone, Debug, Serialize)]
pub struct Verify {
    pub state: VerifyState,
    /// The address, where the token tells it.
    pub email: Option<String>,
}

/// How far the confirmation of an address is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum VerifyState {
    Ready,
    Done,
    /// Wrong, used or too old.
    Invalid,
}

impl VerifyState {
    /// All, for the test that each has its words.
    pub const ALL: [Self; 3] = [Self::Ready, Self::Done, Self::Invalid];
}

/// Any error page.
#[derive(Clone, Debug, Serialize)]
pub struct ErrorPage {
    pub status: u16,
    pub kind: ErrorKind,
    /// Host and path as asked for, for `not_found`.
    pub address: Option<String>,
    /// When one may try again, for `too_many`.
    pub retry_at: Option<i64>,
}

/// Which words an error page has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorKind {
    BadRequest,
    Forbidden,
    NotFound,
    TooLarge,
    Unprocessable,
    TooMany,
    Server,
    Unavailable,
    /// Refused because it came from another site.
    Csrf,
    /// Refused because staff look at the site as a customer.
    Viewing,
}

impl ErrorKind {
    /// All, for the tests and for looking at them.
    pub const ALL: [Self; 10] = [
        Self::BadRequest,
        Self::Forbidden,
        Self::NotFound,
        Self::TooLarge,
        Self::Unprocessable,
        Self::TooMany,
        Self::Server,
        Self::Unavailable,
        Self::Csrf,
        Self::Viewing,
    ];

    /// What a status means when nothing more is known.
    pub fn from_status(status: u16) -> Self {
        match status {
            401 | 403 => Self::Forbidden,
            404 | 405 => Self::NotFound,
            413 => Self::TooLarge,
            422 => Self::Unprocessable,
            429 => Self::TooMany,
            503 => Self::Unavailable,
            400..=499 => Self::BadRequest,
            _ => Self::Server,
        }
    }
}

/// `GET` and `POST /impersonate/{ticket}`, `POST /impersonate/stop`, and every page after the look has ended.
/// The GET shows a button: browsers open addresses ahead, and must not use them up.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Impersonate {
    pub state: ImpersonateState,
    /// The customer's name, where it may be told.
    pub customer: Option<String>,
    /// Why, for `ready`.
    pub reason: Option<String>,
}

/// How far staff are with looking at the site as a customer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ImpersonateState {
    Ready,
    /// The ticket is wrong, used or too old.
    #[default]
    Gone,
    /// Staff look at the site as a customer already.
    Busy,
    /// It is over, and they have not left yet.
    Ended,
    Left,
}

impl ImpersonateState {
    /// All, for the test that each has its words.
    pub const ALL: [Self; 5] = [Self::Ready, Self::Gone, Self::Busy, Self::Ended, Self::Left];
}

/// `GET /email-change/{token}`, and the answer to its form: posts `action`, `confirm` or `cancel`. A change
/// of the e-mail by staff that waits.
#[derive(Clone, Debug, Default, Serialize)]
pub struct EmailChange {
    pub state: EmailChangeState,
    /// For `ready`.
    pub change: Option<ChangeFacts>,
}

/// What is to be confirmed or cancelled.
#[derive(Clone, Debug, Serialize)]
pub struct ChangeFacts {
    pub old_email: String,
    pub new_email: String,
    /// As staff entered it.
    pub reason: String,
    pub applies_at: i64,
}

/// How far the change is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EmailChangeState {
    Ready,
    Confirmed,
    Cancelled,
    /// The link is wrong or used, or the change is no more.
    #[default]
    Invalid,
}

impl EmailChangeState {
    /// All, for the test that each has its words.
    pub const ALL: [Self; 4] = [Self::Ready, Self::Confirmed, Self::Cancelled, Self::Invalid];
}

/// `GET /admin`: the admin is the desktop app.
#[derive(Clone, Debug, Serialize)]
pub struct Admin {}

impl Page for Login {
    const TEMPLATE: &'static str = "login.html";
}

impl Page for Register {
    const TEMPLATE: &'static str = "register.html";
}

impl Page for ErrorPage {
    const TEMPLATE: &'static str = "error.html";
}

impl Page for Admin {
    const TEMPLATE: &'static str = "admin.html";
}

impl Page for Impersonate {
    const TEMPLATE: &'static str = "impersonate.html";
}

impl Page for Code {
    const TEMPLATE: &'static str = "code.html";
}

impl Page for Confirm {
    const TEMPLATE: &'static str = "confirm.html";
}

impl Page for Forgot {
    const TEMPLATE: &'static str = "forgot.html";
}

impl Page for Reset {
    const TEMPLATE: &'static str = "reset.html";
}

impl Page for EmailChange {
    const TEMPLATE: &'static str = "email_change.html";
}

impl Page for Verify {
    const TEMPLATE: &'static str = "verify.html";
}
