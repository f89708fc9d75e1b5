//! What staff type for an account.
use crate::domain::{field_error::FieldError, user::Role};

/// Languages that mails and pages are written in.
const LOCALES: [&str; 2] = ["en", "sw"];

/// What staff typed for an account. Fields that are None were not sent.
#[derive(Debug, Clone, Default)]
pub struct UserInput {
    pub name: Option<String>,
    pub email: Option<String>,
    /// An empty one removes the phone.
    pub phone: Option<String>,
    pub role: Option<Role>,
    pub locale: Option<String>,
    /// Why the e-mail is changed.
    pub reason: Option<String>,
}

/// A language of ours.
pub(super) fn parse_locale(typed: &str) -> Result<String, FieldError> {
    if LOCALES.contains(&typed) { Ok(typed.to_owned()) } else { Err(FieldError::new("locale", "wrong")) }
}
