//! What is wrong with a form, in the locale files' keys.
use crate::pages::{FieldError, format};
use hollyn_core::domain::{field_error::FieldError as Found, time::Timestamp, user};

/// The core's finding as the page's sentence.
pub fn problem(found: &Found) -> FieldError {
    let key = match (found.field, found.code) {
        ("name", "long") => "problem-name-long",
        ("name", "characters") => "problem-name-characters",
        ("name", _) => "problem-name",
        ("email", "taken") => "problem-email-registered",
        ("email", _) => "problem-email",
        ("phone", _) => "problem-phone",
        ("domain", _) => "problem-domain",
        ("months", _) => "problem-months",
        ("password", "short") => "problem-password-short",
        ("password", "long") => "problem-password-long",
        ("password", "own") => "problem-password-own",
        ("password", "common") => "problem-password-common",
        ("password", _) => "problem-password-empty",
        ("plan", _) => "problem-plan-gone",
        (_, _) => "problem-form",
    };
    let most = match (found.field, found.code) {
        ("name", "long") => user::PersonName::MAX,
        ("password", "long") => user::NewPassword::MAX,
        (_, _) => return FieldError::new(found.field, key),
    };
    FieldError::new(found.field, key).with("n", i64::try_from(most).unwrap_or(0))
}

/// All of them.
pub fn problems(found: &[Found]) -> Vec<FieldError> {
    found.iter().map(problem).collect()
}

/// A limit's sentence, with the time at which one may go on.
pub fn limited(key: &str, again: Timestamp) -> FieldError {
    FieldError::new("", key).with("time", format::clock(again.0))
}

/// The same where the account's own password was asked for.
pub fn own(found: &Found) -> FieldError {
    match (found.field, found.code) {
        ("password" | "current", "wrong") => FieldError::new(found.field, "problem-password-wrong"),
        ("email", "taken") => FieldError::new("email", "problem-email-used"),
        (_, _) => problem(found),
    }
}
