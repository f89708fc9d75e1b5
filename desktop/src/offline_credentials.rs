//! Saving a service's credentials for offline use, for a limited number of days, in the system's keyring.
//!
//! The portal writes an audit entry before it answers with credentials, and another one when they are
//! removed.
use std::sync::Arc;

use hollyn_core::{
    api::{self, SaveOfflineCredentials, Time},
    domain::time::Timestamp,
};
use serde::Serialize;

use crate::{
    clock::Clock,
    error::AppError,
    idle::IdleTimer,
    keyring::Keyring,
    offline_store::{Credential, OfflineStore, not_saved},
    pending_removals::PendingRemovals,
    persisted_state::OfflineEntry,
    secret_store::SecretStoreError,
    session::{CurrentSession, Session},
};

/// A saved credential, without its password.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct OfflineCredential {
    /// The id of the service.
    pub service: i64,
    pub domain: String,
    /// None if the service has none or the keyring did not open.
    pub username: Option<String>,
    pub panel_url: Option<String>,
    /// When it expires.
    pub until: Time,
}

impl OfflineCredential {
    fn new(entry: OfflineEntry, credential: Option<Credential>) -> OfflineCredential {
        let OfflineEntry { service, domain, until, .. } = entry;
        let (username, panel_url) =
            credential.map(|credential| (credential.username, credential.panel_url)).unwrap_or_default();
        OfflineCredential { service, domain, username, panel_url, until }
    }
}

/// Saves, lists and removes the offline credentials of the signed-in staff member.
pub struct OfflineCredentials {
    pub session: Arc<CurrentSession>,
    pub store: Arc<OfflineStore>,
    pub pending_removals: Arc<PendingRemovals>,
    pub keyring: Arc<Keyring>,
    pub idle: Arc<IdleTimer>,
    pub clock: Clock,
}

impl OfflineCredentials {
    /// Saves the credentials of a service for some days.
    pub async fn save(&self, service: i64, days: i64) -> Result<OfflineCredential, AppError> {
        let session = self.session.require_session()?;
        self.idle.touch();
        // Tested first, so that the portal does not log a save that fails.
        self.keyring.probe().await.map_err(|error| not_saved(&error))?;
        // An older pending removal, sent later, would appear to remove the new credential.
        self.send_removals().await;
        let answer = session.client.save_offline_credentials(service, &SaveOfflineCredentials { days }).await;
        let api::OfflineCredentials { domain, username, password, panel_url, until } =
            self.session.check(&session, answer).await?;
        let entry = OfflineEntry {
            profile: session.profile.clone(),
            staff: session.staff.id,
            service,
            domain,
            until: until.min(self.latest_expiry(days)),
        };
        let credential = Credential { username, password: password.into(), panel_url };
        let saved = self.store.put(&entry, &credential).await;
        // The session may have ended in the meantime.
        if saved.is_err() || !self.session.is_current(&session) {
            if let Err(error) = self.store.remove(&entry).await {
                tracing::warn!(%error, service, "an unlisted offline credential may be in the keyring");
            }
            self.send_removals().await;
            return Err(saved.err().unwrap_or_else(AppError::signed_out));
        }
        Ok(OfflineCredential::new(entry, Some(credential)))
    }

    /// Lists the saved credentials. Entries that another program removed from the keyring are dropped.
    pub async fn list(&self) -> Result<Vec<OfflineCredential>, AppError> {
        let session = self.session.require_unlocked_session()?;
        let entries = self.entries(&session);
        if entries.is_empty() {
            return Ok(Vec::new());
        }
        let Ok(credentials) = self.store.read_all(&entries).await else {
            return Ok(entries.into_iter().map(|entry| OfflineCredential::new(entry, None)).collect());
        };
        let mut listed = Vec::new();
        for (entry, credential) in entries.into_iter().zip(credentials) {
            match credential {
                Some(credential) => listed.push(OfflineCredential::new(entry, Some(credential))),
                None => self.store.remove_missing(&entry).await,
            }
        }
        Ok(listed)
    }

    /// Removes a credential from the keyring. [`OfflineCredentials::send_removals`] reports it to the portal.
    pub async fn remove(&self, service: i64) -> Result<(), AppError> {
        let session = self.session.require_unlocked_session()?;
        self.idle.touch();
        let Some(entry) = self.store.entry(&session.profile, session.staff.id, service) else {
            return Ok(());
        };
        self.store.remove(&entry).await.map_err(|error| {
            AppError::refused(match error {
                SecretStoreError::Missing(_) => {
                    "The keyring does not answer, so the credentials are still in it. Try again."
                }
                SecretStoreError::Locked => {
                    "The keyring is locked, so the credentials are still in it. \
                     Unlock the keyring and remove it again."
                }
            })
        })
    }

    /// Reports pending removals to the portal.
    pub async fn send_removals(&self) {
        if let Some(session) = self.session.get() {
            self.pending_removals.send(&session.profile, session.staff.id, &session.client).await;
        }
    }

    fn entries(&self, session: &Session) -> Vec<OfflineEntry> {
        self.store.entries(&session.profile, session.staff.id)
    }

    /// The expiry by this computer's clock, which decides when credentials are removed.
    fn latest_expiry(&self, days: i64) -> Time {
        let now: Timestamp = (self.clock)();
        Time(now.plus_seconds(days * 24 * 3600))
    }
}
