//! What a mail holds sealed until it is sent, so that a copy of the table opens no account.
use crate::keys::{KeyError, Keys};
use serde::{Deserialize, Serialize};

/// A link's token.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Link {
    /// As stored: the row of `email_tokens` and the sealed token.
    Sealed { row: i64, sealed: String },
    /// As sent.
    Open(String),
}

impl Link {
    /// Seals a token for its row.
    pub fn seal(keys: &Keys, row: i64, token: &str) -> Link {
        Link::Sealed { row, sealed: keys.seal("email_tokens", row, "token", token) }
    }

    pub(super) fn open(self, keys: &Keys) -> Result<Link, KeyError> {
        match self {
            Link::Sealed { row, sealed } => {
                Ok(Link::Open(keys.open("email_tokens", row, "token", &sealed)?))
            }
            Link::Open(token) => Ok(Link::Open(token)),
        }
    }

    /// The token where it is open; empty where it is sealed.
    pub fn token(&self) -> &str {
        match self {
            Link::Open(token) => token,
            Link::Sealed { .. } => "",
        }
    }
}

/// A panel password, sealed as the service's row has it.
#[derive(Clone, Serialize, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum PanelPassword {
    /// As stored: the row of `services` and the sealed password.
    Sealed { service: i64, sealed: String },
    /// As sent.
    Open(String),
}

impl PanelPassword {
    pub(super) fn open(self, keys: &Keys) -> Result<PanelPassword, KeyError> {
        match self {
            PanelPassword::Sealed { service, sealed } => {
                Ok(PanelPassword::Open(keys.open("services", service, "password", &sealed)?))
            }
            PanelPassword::Open(password) => Ok(PanelPassword::Open(password)),
        }
    }

    /// The password where it is open.
    pub fn opened(&self) -> Option<&str> {
        match self {
            PanelPassword::Open(password) => Some(password),
            PanelPassword::Sealed { .. } => None,
        }
    }
}

impl std::fmt::Debug for PanelPassword {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PanelPassword(********)")
    }
}
