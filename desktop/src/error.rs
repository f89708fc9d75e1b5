//! The error type of all commands: its kind, one sentence for the user, and details for the page.
use std::{collections::BTreeMap, error::Error, io};

use hollyn_core::{
    api::{self, ClientError, ErrorCode},
    error_chain,
};
use serde::Serialize;

/// Why a command failed.
#[derive(Debug, Clone, PartialEq, Serialize, thiserror::Error)]
#[error("{message}")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct AppError {
    pub kind: ErrorKind,
    /// The HTTP status of the portal's answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub status: Option<u16>,
    /// The portal's error code.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub code: Option<ErrorCode>,
    /// One sentence for the user: what happened and what to do.
    pub message: String,
    /// The message of each invalid field.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(test, ts(as = "Option<BTreeMap<String, String>>", optional))]
    pub fields: BTreeMap<String, String>,
    /// Identifies the request in the portal's log.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub request_id: Option<String>,
    /// Seconds until the request may be repeated.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub retry_after: Option<u64>,
}

/// The kind of an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum ErrorKind {
    /// The portal or the app refused the request.
    Refused,
    /// The portal did not answer.
    Unreachable,
    /// The answer is not one of a portal.
    Unreadable,
    /// The portal's certificate is invalid.
    Certificate,
    /// The portal's API version differs from the app's.
    Version,
    /// The app is locked.
    Locked,
    /// There is no session, or it ended.
    SignedOut,
}

impl AppError {
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> AppError {
        AppError {
            kind,
            status: None,
            code: None,
            message: message.into(),
            fields: BTreeMap::new(),
            request_id: None,
            retry_after: None,
        }
    }

    /// The app refuses the request.
    pub fn refused(message: impl Into<String>) -> AppError {
        AppError::new(ErrorKind::Refused, message)
    }

    /// One field is invalid.
    pub fn field(name: &str, message: &str) -> AppError {
        AppError {
            fields: BTreeMap::from([(name.to_owned(), message.to_owned())]),
            ..AppError::refused(message)
        }
    }

    pub fn signed_out() -> AppError {
        AppError::new(ErrorKind::SignedOut, "You are signed out. Sign in again to continue.")
    }

    pub fn locked() -> AppError {
        AppError::new(ErrorKind::Locked, "The app is locked. Unlock it with your password.")
    }

    /// The portal's API version differs from the app's.
    pub fn version(portal_version: i64) -> AppError {
        let message = if portal_version < api::VERSION {
            "This portal is older than the app can talk to. Ask its administrator to update it."
        } else {
            "This portal is newer than the app. Update the app."
        };
        AppError::new(ErrorKind::Version, message)
    }
}

impl From<ClientError> for AppError {
    fn from(error: ClientError) -> AppError {
        match error {
            ClientError::Refused { status, error, retry_after } => AppError {
                // The token ended; the request does not matter.
                kind: if error.code == ErrorCode::Unauthorized {
                    ErrorKind::SignedOut
                } else {
                    ErrorKind::Refused
                },
                status: Some(status),
                code: Some(error.code),
                message: error.message,
                fields: error.fields,
                request_id: Some(error.request_id).filter(|id| !id.is_empty()),
                retry_after,
            },
            ClientError::Unreachable(error) => unreachable_portal(&error),
            ClientError::Unreadable { status, why } => {
                tracing::warn!(status, why, "the answer cannot be parsed");
                let message = match status {
                    300..400 => {
                        "This address leads to another one. Enter the portal's own address.".to_owned()
                    }
                    500.. => {
                        format!("The portal's server answered with status {status}. Try again in a moment.")
                    }
                    _ => "What answers at this address is no Hollyn portal, or one of another version."
                        .to_owned(),
                };
                AppError { status: Some(status), ..AppError::new(ErrorKind::Unreadable, message) }
            }
        }
    }
}

fn unreachable_portal(error: &reqwest::Error) -> AppError {
    tracing::info!(error = error_chain(error), "the portal is unreachable");
    if let Some(why) = certificate_error(error) {
        let message = format!("The portal's certificate is refused ({why}). Nothing was sent to it.");
        return AppError::new(ErrorKind::Certificate, message);
    }
    let message = if error.is_timeout() {
        "The portal does not answer. Check the network, then try again."
    } else {
        "The portal cannot be reached. Check the network and the portal's address, then try again."
    };
    AppError::new(ErrorKind::Unreachable, message)
}

/// Returns why TLS refused the certificate, if it did. The cause is nested in several errors, some of them
/// I/O errors, which do not return it from `source`.
fn certificate_error(error: &(dyn Error + 'static)) -> Option<String> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(rustls::Error::InvalidCertificate(why)) = error.downcast_ref() {
            return Some(why.to_string());
        }
        next = match error.downcast_ref::<io::Error>() {
            Some(outer) => outer.get_ref().map(|inner| inner as &(dyn Error + 'static)),
            None => error.source(),
        };
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use hollyn_core::api::ErrorDetail;

    fn refusal(status: u16, code: ErrorCode) -> ClientError {
        let error = ErrorDetail {
            code,
            message: "Not now.".into(),
            fields: BTreeMap::new(),
            request_id: "r-1".into(),
        };
        ClientError::Refused { status, error, retry_after: Some(30) }
    }

    #[test]
    fn a_refusal_keeps_code_status_request_id_and_retry_time() {
        let error = AppError::from(refusal(429, ErrorCode::Limited));
        let expected = serde_json::json!({
            "kind": "refused", "status": 429, "code": "limited", "message": "Not now.",
            "request_id": "r-1", "retry_after": 30,
        });
        assert_eq!(serde_json::to_value(&error).unwrap(), expected);
    }

    #[test]
    fn only_the_code_unauthorized_ends_the_session() {
        assert_eq!(AppError::from(refusal(401, ErrorCode::Unauthorized)).kind, ErrorKind::SignedOut);
        for code in [ErrorCode::WrongCredentials, ErrorCode::TotpWrong, ErrorCode::Forbidden] {
            assert_eq!(AppError::from(refusal(401, code)).kind, ErrorKind::Refused);
        }
    }

    #[test]
    fn a_wrong_address_and_a_failing_server_have_different_messages() {
        let message =
            |status| AppError::from(ClientError::Unreadable { status, why: "<html>".into() }).message;
        assert!(message(200).contains("no Hollyn portal"));
        assert!(message(301).contains("another one"));
        assert!(message(502).contains("status 502"));
    }

    #[test]
    fn a_certificate_error_is_found_below_its_wrappers() {
        let certificate = rustls::Error::InvalidCertificate(rustls::CertificateError::Expired);
        let wrapped = io::Error::other(io::Error::other(certificate));
        assert!(certificate_error(&wrapped).is_some());
        assert!(certificate_error(&io::Error::other(rustls::Error::DecryptError)).is_none());
    }

    #[test]
    fn an_older_and_a_newer_portal_have_different_messages() {
        assert!(AppError::version(api::VERSION - 1).message.contains("older"));
        assert!(AppError::version(api::VERSION + 1).message.contains("newer"));
    }
}
