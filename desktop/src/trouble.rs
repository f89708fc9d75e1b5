//! Why something did not happen, as the page is told: what kind of trouble, one sentence for the person, and what a
//! program needs to go on.
use std::{collections::BTreeMap, error::Error, io};

use hollyn_core::{
    api::{self, ClientError, ErrorCode},
    chain,
};
use serde::Serialize;

/// What the page shows and acts on.
#[derive(Debug, Clone, PartialEq, Serialize, thiserror::Error)]
#[error("{message}")]
pub struct Trouble {
    pub kind: Kind,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// What the portal said, for the program.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<ErrorCode>,
    /// One sentence: what happened and what to do.
    pub message: String,
    /// What is wrong with which field.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<String, String>,
    /// Under which the portal's log tells more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    /// After how many seconds to try again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u64>,
}

/// What kind of trouble it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The portal, or the app itself, said no.
    Refused,
    /// No answer came.
    Unreachable,
    /// An answer came that no portal gives.
    Unreadable,
    /// The portal could not show that it is who it says.
    Certificate,
    /// The portal is older or newer than this app can talk to.
    Version,
    /// The app is locked.
    Locked,
    /// Nobody is signed in, or not any more.
    SignedOut,
}

impl Trouble {
    pub fn new(kind: Kind, message: impl Into<String>) -> Trouble {
        Trouble {
            kind,
            status: None,
            code: None,
            message: message.into(),
            fields: BTreeMap::new(),
            request_id: None,
            retry_after: None,
        }
    }

    /// The app itself says no.
    pub fn refused(message: impl Into<String>) -> Trouble {
        Trouble::new(Kind::Refused, message)
    }

    /// One field cannot be used.
    pub fn field(name: &str, message: &str) -> Trouble {
        Trouble {
            fields: BTreeMap::from([(name.to_owned(), message.to_owned())]),
            ..Trouble::refused(message)
        }
    }

    pub fn signed_out() -> Trouble {
        Trouble::new(Kind::SignedOut, "You are signed out. Sign in again to go on.")
    }

    pub fn locked() -> Trouble {
        Trouble::new(Kind::Locked, "The app is locked. Unlock it with your password.")
    }

    /// The portal's API has another number than ours.
    pub fn version(theirs: i64) -> Trouble {
        let message = if theirs < api::VERSION {
            "This portal is older than the app can talk to. Ask its administrator to update it."
        } else {
            "This portal is newer than the app. Update the app."
        };
        Trouble::new(Kind::Version, message)
    }
}

impl From<ClientError> for Trouble {
    fn from(error: ClientError) -> Trouble {
        match error {
            ClientError::Refused { status, error, retry_after } => Trouble {
                // The token is worth nothing any more, whatever was asked with it.
                kind: if error.code == ErrorCode::Unauthorized { Kind::SignedOut } else { Kind::Refused },
                status: Some(status),
                code: Some(error.code),
                message: error.message,
                fields: error.fields,
                request_id: Some(error.request_id).filter(|id| !id.is_empty()),
                retry_after,
            },
            ClientError::Unreachable(error) => unreachable_portal(&error),
            ClientError::Unreadable { status, why } => {
                tracing::warn!(status, why, "an answer cannot be read");
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
                Trouble { status: Some(status), ..Trouble::new(Kind::Unreadable, message) }
            }
        }
    }
}

fn unreachable_portal(error: &reqwest::Error) -> Trouble {
    tracing::info!(error = error_chain(error), "the portal is not reached");
    if let Some(why) = refused_certificate(error) {
        let message = format!("The portal's certificate is refused ({why}). Nothing was sent to it.");
        return Trouble::new(Kind::Certificate, message);
    }
    let message = if error.is_timeout() {
        "The portal does not answer. Check the network, then try again."
    } else {
        "The portal cannot be reached. Check the network and the portal's address, then try again."
    };
    Trouble::new(Kind::Unreachable, message)
}

/// Why TLS said no, where it was TLS. It lies below several layers, and inside of I/O errors, which hide it from `source`.
fn refused_certificate(error: &(dyn Error + 'static)) -> Option<String> {
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
    fn a_refusal_keeps_what_helps_to_go_on() {
        let trouble = Trouble::from(refusal(429, ErrorCode::Limited));
        let told = serde_json::to_value(&trouble).unwrap();
        let expected = serde_json::json!({
            "kind": "refused", "status": 429, "code": "limited", "message": "Not now.", "request_id": "r-1", "retry_after": 30,
        });
        assert_eq!(told, expected);
    }

    #[test]
    fn only_a_dead_token_signs_out() {
        assert_eq!(Trouble::from(refusal(401, ErrorCode::Unauthorized)).kind, Kind::SignedOut);
        for code in [ErrorCode::WrongCredentials, ErrorCode::TotpWrong, ErrorCode::Forbidden] {
            assert_eq!(Trouble::from(refusal(401, code)).kind, Kind::Refused);
        }
    }

    #[test]
    fn a_wrong_address_and_a_broken_server_are_told_apart() {
        let told = |status| Trouble::from(ClientError::Unreadable { status, why: "<html>".into() }).message;
        assert!(told(200).contains("no Hollyn portal"));
        assert!(told(301).contains("another one"));
        assert!(told(502).contains("status 502"));
    }

    #[test]
    fn a_refused_certificate_is_found_below_what_wraps_it() {
        let refused = rustls::Error::InvalidCertificate(rustls::CertificateError::Expired);
        let wrapped = io::Error::other(io::Error::other(refused));
        assert!(refused_certificate(&wrapped).is_some());
        assert!(refused_certificate(&io::Error::other(rustls::Error::DecryptError)).is_none());
    }

    #[test]
    fn an_old_and_a_new_portal_are_told_apart() {
        assert!(Trouble::version(api::VERSION - 1).message.contains("older"));
        assert!(Trouble::version(api::VERSION + 1).message.contains("newer"));
    }
}
