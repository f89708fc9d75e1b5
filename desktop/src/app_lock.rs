//! Locking the app: while it is locked, no command answers.
use std::sync::Arc;

use hollyn_core::api::ConfirmPassword;

use crate::{
    clipboard::Clipboard,
    error::AppError,
    events::{Emit, Event},
    idle::IdleTimer,
    session::CurrentSession,
    settings_store::SettingsStore,
};

/// Locks and unlocks the app.
pub struct AppLock {
    pub session: Arc<CurrentSession>,
    pub settings: Arc<SettingsStore>,
    pub clipboard: Arc<Clipboard>,
    pub idle: Arc<IdleTimer>,
    pub emit: Emit,
}

impl AppLock {
    /// Locks the app and clears a copied password. Does nothing without a session.
    pub async fn lock(&self) {
        if self.session.get().is_none() || self.session.is_locked() {
            return;
        }
        self.settings.update(|state| state.is_locked = true);
        self.clipboard.clear().await;
        (self.emit)(Event::Locked);
    }

    /// Locks the app if it was idle for the time in the settings.
    pub async fn lock_if_idle(&self) {
        let minutes = self.settings.state().settings.lock_minutes;
        if self.idle.is_idle(minutes) {
            self.lock().await;
        }
    }

    /// Unlocks the app with the password, which the portal verifies.
    pub async fn unlock(&self, password: String) -> Result<(), AppError> {
        let session = self.session.get().ok_or_else(AppError::signed_out)?;
        let confirmed = session.client.confirm_password(&ConfirmPassword { password, totp: None }).await;
        self.session.check(&session, confirmed).await?;
        self.idle.touch();
        self.settings.update(|state| state.is_locked = false);
        Ok(())
    }
}
