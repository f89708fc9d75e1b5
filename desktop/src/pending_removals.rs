//! Removed offline credentials that the portal's audit log does not know of yet.
use std::sync::Arc;

use hollyn_core::api::{Client, ErrorCode};
use tokio::sync::Mutex;

use crate::{persisted_state::OfflineEntry, settings_store::SettingsStore};

/// The removals that must be reported to the portal.
pub struct PendingRemovals {
    settings: Arc<SettingsStore>,
    /// Held while removals are sent, so that each is sent once.
    sending: Mutex<()>,
}

impl PendingRemovals {
    pub fn new(settings: Arc<SettingsStore>) -> PendingRemovals {
        PendingRemovals { settings, sending: Mutex::default() }
    }

    /// Reports the removals of a staff member to the portal. Those that fail are sent again at the next call.
    pub async fn send(&self, profile: &str, staff: i64, client: &Client) {
        let _sending = self.sending.lock().await;
        let is_own = |entry: &&OfflineEntry| entry.profile == profile && entry.staff == staff;
        let entries: Vec<OfflineEntry> =
            self.settings.state().pending_removals.iter().filter(is_own).cloned().collect();
        for entry in entries {
            if let Err(error) = client.remove_offline_credentials(entry.service).await {
                let is_gone = error.refusal().is_some_and(|refusal| refusal.code == ErrorCode::NotFound);
                if !is_gone {
                    tracing::info!(%error, service = entry.service, "the removal is reported later");
                    return;
                }
            }
            self.settings.update(|state| state.pending_removals.retain(|other| *other != entry));
        }
    }

    /// Discards the removals of a portal.
    pub fn discard(&self, profile: &str) {
        self.settings.update(|state| state.pending_removals.retain(|entry| entry.profile != profile));
    }
}
