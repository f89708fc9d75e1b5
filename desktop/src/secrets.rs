//! Secrets that are serialised.
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize, Serializer};

/// A secret that serialises as plain text: for the keyring, and for a password that the user asked to see.
#[derive(Debug, Clone, Deserialize)]
#[serde(transparent)]
pub struct PlainSecret(pub SecretString);

impl PlainSecret {
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl From<String> for PlainSecret {
    fn from(secret: String) -> PlainSecret {
        PlainSecret(secret.into())
    }
}

impl Serialize for PlainSecret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.expose())
    }
}
