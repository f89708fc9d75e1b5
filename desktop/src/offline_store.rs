//! The offline credentials on this computer: the secrets in the keyring, and their list in the settings file.
//!
//! The list names services and domains without user names and passwords, so that credentials can be found and
//! removed when they expire.
use std::sync::Arc;

use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};

use crate::{
    clock::Clock,
    error::AppError,
    keyring::{Keyring, KeyringStatus},
    persisted_state::{OfflineEntry, PersistedState},
    secret_store::SecretStoreError,
    secrets::PlainSecret,
    settings_store::SettingsStore,
};

/// The secret part of an offline credential, as JSON in the keyring.
#[derive(Debug, Serialize, Deserialize)]
pub struct Credential {
    pub username: Option<String>,
    pub password: PlainSecret,
    pub panel_url: Option<String>,
}

impl Credential {
    fn to_json(&self) -> Result<SecretString, serde_json::Error> {
        serde_json::to_string(self).map(SecretString::from)
    }

    /// Returns None for malformed JSON.
    fn from_json(json: &SecretString) -> Option<Credential> {
        serde_json::from_str(json.expose_secret()).ok()
    }
}

/// The offline credentials in the keyring.
pub struct OfflineStore {
    pub settings: Arc<SettingsStore>,
    pub keyring: Arc<Keyring>,
    pub clock: Clock,
}

impl OfflineStore {
    /// The credentials that a staff member saved at a portal and that have not expired.
    pub fn entries(&self, profile: &str, staff: i64) -> Vec<OfflineEntry> {
        let now = (self.clock)();
        self.select(|_, entry| entry.profile == profile && entry.staff == staff && entry.until.0 > now)
    }

    /// The credential that a staff member saved of a service.
    pub fn entry(&self, profile: &str, staff: i64, service: i64) -> Option<OfflineEntry> {
        self.entries(profile, staff).into_iter().find(|entry| entry.service == service)
    }

    /// Adds a credential to the list, then to the keyring: a secret without an entry would never be removed.
    pub async fn put(&self, entry: &OfflineEntry, credential: &Credential) -> Result<(), AppError> {
        let is_listed = self.settings.update(|state| {
            state.offline_credentials.retain(|other| other.key() != entry.key());
            state.offline_credentials.push(entry.clone());
        });
        if !is_listed {
            return Err(AppError::refused("The app's settings cannot be written, so nothing was saved."));
        }
        let secret =
            credential.to_json().map_err(|_| AppError::refused("The credentials cannot be saved."))?;
        self.keyring.write_or_undo(&entry.key(), secret).await.map_err(|error| not_saved(&error))
    }

    /// Reads the secrets of these entries, in their order; None where the keyring has none.
    pub async fn read_all(
        &self,
        entries: &[OfflineEntry],
    ) -> Result<Vec<Option<Credential>>, SecretStoreError> {
        let secrets = self.keyring.read_all(entries.iter().map(OfflineEntry::key).collect()).await?;
        Ok(secrets.iter().map(|secret| secret.as_ref().and_then(Credential::from_json)).collect())
    }

    pub async fn read(&self, entry: &OfflineEntry) -> Result<Option<Credential>, SecretStoreError> {
        let secret = self.keyring.read(&entry.key()).await?;
        Ok(secret.as_ref().and_then(Credential::from_json))
    }

    /// Removes a credential from the keyring, then from the list. One that has not expired becomes a pending
    /// removal.
    pub async fn remove(&self, entry: &OfflineEntry) -> Result<(), SecretStoreError> {
        self.keyring.remove(&entry.key()).await?;
        let now = (self.clock)();
        self.settings.update(|state| state.remove_offline_credential(entry, now));
        Ok(())
    }

    /// Removes the entry of a credential that another program removed from the keyring.
    pub async fn remove_missing(&self, entry: &OfflineEntry) {
        tracing::warn!(service = entry.service, "an offline credential is missing from the keyring");
        self.remove_or_log(entry).await;
    }

    /// Removes all credentials of a portal. [`OfflineStore::remove_stale`] retries those that fail.
    pub async fn remove_profile(&self, profile: &str) {
        for entry in self.select(|_, entry| entry.profile == profile) {
            if !self.remove_or_log(&entry).await {
                return;
            }
        }
    }

    /// Removes expired credentials and those of signed-out staff. Does nothing while the keyring is not open:
    /// each request would ask the user for the keyring's password.
    pub async fn remove_stale(&self) {
        let now = (self.clock)();
        if self.settings.state().pending_removals.iter().any(|entry| entry.until.0 <= now) {
            self.settings.update(|state| state.pending_removals.retain(|entry| entry.until.0 > now));
        }
        for entry in self.select(|state, entry| state.is_stale(entry, now)) {
            if self.keyring.status() != KeyringStatus::Ok {
                return;
            }
            self.remove_or_log(&entry).await;
        }
    }

    /// Returns whether the credential was removed.
    async fn remove_or_log(&self, entry: &OfflineEntry) -> bool {
        let removed = self.remove(entry).await;
        if let Err(error) = &removed {
            tracing::warn!(%error, service = entry.service, "an offline credential remains in the keyring");
        }
        removed.is_ok()
    }

    fn select(&self, matches: impl Fn(&PersistedState, &OfflineEntry) -> bool) -> Vec<OfflineEntry> {
        let state = self.settings.state();
        state.offline_credentials.iter().filter(|entry| matches(&state, entry)).cloned().collect()
    }
}

/// Explains why a credential was not saved.
pub fn not_saved(error: &SecretStoreError) -> AppError {
    AppError::refused(match error {
        SecretStoreError::Missing(_) => "This computer has no keyring, so no credentials can be saved on it.",
        SecretStoreError::Locked => {
            "The keyring of this computer is locked, so nothing was saved. Unlock it and try again."
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_credential_survives_the_keyring_and_its_password_is_not_in_debug_output() {
        let credential = Credential {
            username: Some("kahawaco".into()),
            password: "hunter2".to_owned().into(),
            panel_url: None,
        };
        assert!(!format!("{credential:?}").contains("hunter2"));
        let read = Credential::from_json(&credential.to_json().unwrap()).unwrap();
        assert_eq!((read.username.as_deref(), read.password.expose()), (Some("kahawaco"), "hunter2"));
    }
}
