//! Adding, removing and switching portals.
use std::sync::Arc;

use uuid::Uuid;

use crate::{
    auth::Auth,
    error::AppError,
    keyring::Keyring,
    offline_store::OfflineStore,
    pending_removals::PendingRemovals,
    profile::{self, Profile},
    session::CurrentSession,
    settings_store::SettingsStore,
};

/// The app's list of portals.
pub struct Profiles {
    pub auth: Arc<Auth>,
    pub session: Arc<CurrentSession>,
    pub settings: Arc<SettingsStore>,
    pub keyring: Arc<Keyring>,
    pub offline: Arc<OfflineStore>,
    pub pending_removals: Arc<PendingRemovals>,
}

impl Profiles {
    /// Adds a portal after asking it what it is. Returns the existing profile if the address is already in
    /// the list.
    pub async fn add(&self, address: &str) -> Result<Profile, AppError> {
        self.session.require_unlocked()?;
        let url = profile::origin(address)?;
        let about = self.auth.connect(&url).await?;
        let mut added =
            Profile { id: Uuid::new_v4().to_string(), name: about.company, url, email: None, staff: None };
        self.settings.update(|state| {
            match state.profiles.iter_mut().find(|known| known.url == added.url) {
                Some(known) => {
                    known.name.clone_from(&added.name);
                    added = known.clone();
                }
                None => state.profiles.push(added.clone()),
            }
            if state.active.is_none() {
                state.active = Some(added.id.clone());
            }
        });
        Ok(added)
    }

    /// Removes a portal with its token and its offline credentials.
    pub async fn remove(&self, id: &str) -> Result<(), AppError> {
        self.session.require_unlocked()?;
        let profile = self.settings.state().profile(id)?.clone();
        if self.session.get().is_some_and(|session| session.profile == id) {
            self.auth.sign_out().await?;
        } else {
            self.offline.remove_profile(id).await;
            self.auth.revoke_stored_token(&profile).await;
            self.keyring.remove_token(id).await?;
        }
        self.pending_removals.discard(id);
        self.settings.update(|state| {
            state.profiles.retain(|profile| profile.id != id);
            if state.active.as_deref() == Some(id) {
                state.active = state.profiles.first().map(|profile| profile.id.clone());
            }
        });
        Ok(())
    }

    /// Switches to a portal and restores its session. Also retries a keyring that did not open.
    pub async fn switch_to(&self, id: &str) -> Result<(), AppError> {
        self.session.require_unlocked()?;
        self.settings.state().profile(id)?;
        self.session.leave().await;
        self.settings.update(|state| state.active = Some(id.to_owned()));
        self.auth.restore().await;
        Ok(())
    }
}
