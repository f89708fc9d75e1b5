//! The state that outlives the app: settings, portals, the last users, and which services have offline
//! credentials. It contains neither tokens nor credentials; those are in the keyring.
use hollyn_core::{
    api::{Staff, Time},
    domain::time::Timestamp,
};
use serde::{Deserialize, Serialize};

use crate::{error::AppError, profile::Profile, settings::Settings};

/// The content of the state file.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct PersistedState {
    pub settings: Settings,
    pub profiles: Vec<Profile>,
    /// The id of the active profile.
    pub active: Option<String>,
    /// Whether the app is locked. An app that ends while locked starts locked.
    pub is_locked: bool,
    /// The offline credentials in the keyring.
    pub offline_credentials: Vec<OfflineEntry>,
    /// Offline credentials that were removed before they expired, which the portal must still be told.
    pub pending_removals: Vec<OfflineEntry>,
}

/// An offline credential in the keyring.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfflineEntry {
    /// The id of the profile.
    pub profile: String,
    /// The id of the staff member who saved it; it is available to no other.
    pub staff: i64,
    /// The id of the service.
    pub service: i64,
    pub domain: String,
    /// When it expires.
    pub until: Time,
}

impl OfflineEntry {
    /// Its name in the keyring.
    pub fn key(&self) -> String {
        format!("offline/{}/{}", self.profile, self.service)
    }
}

impl PersistedState {
    pub fn profile(&self, id: &str) -> Result<&Profile, AppError> {
        self.profiles
            .iter()
            .find(|profile| profile.id == id)
            .ok_or_else(|| AppError::refused("This portal is not in the app's list any more."))
    }

    pub fn active(&self) -> Option<&Profile> {
        self.profile(self.active.as_deref()?).ok()
    }

    /// Stores who is signed in at a portal, so that the next start works without asking the portal.
    pub fn set_staff(&mut self, profile: &str, staff: Staff) {
        if let Some(profile) = self.profiles.iter_mut().find(|known| known.id == profile) {
            profile.email = Some(staff.email.clone());
            profile.staff = Some(staff);
        }
    }

    pub fn clear_staff(&mut self, profile: &str) {
        if let Some(profile) = self.profiles.iter_mut().find(|known| known.id == profile) {
            profile.staff = None;
        }
    }

    /// Whether an offline credential has expired, or the staff member who saved it is not signed in any more.
    pub fn is_stale(&self, entry: &OfflineEntry, now: Timestamp) -> bool {
        let staff = self.profile(&entry.profile).ok().and_then(|profile| profile.staff.as_ref());
        entry.until.0 <= now || staff.is_none_or(|staff| staff.id != entry.staff)
    }

    /// Removes an offline credential from the list. The portal must be told if it has not expired.
    pub fn remove_offline_credential(&mut self, entry: &OfflineEntry, now: Timestamp) {
        let count = self.offline_credentials.len();
        self.offline_credentials.retain(|other| other != entry);
        if self.offline_credentials.len() < count && entry.until.0 > now {
            self.pending_removals.push(entry.clone());
        }
    }
}
