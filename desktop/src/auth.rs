//! Signing in and out, and restoring the session of the last start.
use std::sync::Arc;

use hollyn_core::api::{self, About, Client, Enrol, Enrolment, SessionOpened, SignIn, Staff};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Serialize;
use tokio::sync::OnceCell;

use crate::{
    error::{AppError, ErrorKind},
    keyring::Keyring,
    pending_removals::PendingRemovals,
    profile::Profile,
    session::CurrentSession,
    settings_store::SettingsStore,
};

/// The result of signing in, without the token.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SignInResult {
    pub user: Staff,
    /// If the sign-in confirmed a new second factor: its recovery codes, which are shown once.
    pub recovery_codes: Vec<String>,
}

/// The result of signing out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SignOutResult {
    /// Whether the portal revoked the token. If it was unreachable, the token expires there.
    pub is_revoked: bool,
}

/// Signs staff in and out.
pub struct Auth {
    pub http: reqwest::Client,
    pub session: Arc<CurrentSession>,
    pub settings: Arc<SettingsStore>,
    pub keyring: Arc<Keyring>,
    pub pending_removals: Arc<PendingRemovals>,
    pub restored: OnceCell<()>,
}

impl Auth {
    /// Signs in on this device. Without a keyring the token lasts until the app ends.
    pub async fn sign_in(&self, profile: &str, input: SignIn) -> Result<SignInResult, AppError> {
        self.session.require_unlocked()?;
        let url = self.settings.state().profile(profile)?.url.clone();
        self.connect(&url).await?;
        let client = Client::new(self.http.clone(), &url);
        let SessionOpened { token, user, recovery_codes, .. } = client.sign_in(&input).await?;
        let token = SecretString::from(token);
        let client = client.with_token(token.expose_secret());
        // The status tells the page that the token was not stored.
        let _ = self.keyring.write(profile, token).await;
        self.session.open(profile, client, user.clone(), false);
        Ok(SignInResult { user, recovery_codes })
    }

    /// Starts the setup of a second factor for a staff member who needs one to sign in.
    pub async fn enrol(&self, profile: &str, input: Enrol) -> Result<Enrolment, AppError> {
        self.session.require_unlocked()?;
        let url = self.settings.state().profile(profile)?.url.clone();
        Ok(Client::new(self.http.clone(), &url).enrol(&input).await?)
    }

    /// Revokes the token, and removes it and all offline credentials from the keyring. They are removed even
    /// if the portal is unreachable.
    pub async fn sign_out(&self) -> Result<SignOutResult, AppError> {
        let Some(session) = self.session.close() else { return Ok(SignOutResult { is_revoked: true }) };
        let removed = self.session.remove_secrets(&session).await;
        // Sent while the token is still valid.
        self.pending_removals.send(&session.profile, session.staff.id, &session.client).await;
        let is_revoked = match session.client.sign_out().await.map_err(AppError::from) {
            Ok(_) => true,
            Err(error) => error.kind == ErrorKind::SignedOut,
        };
        removed?;
        Ok(SignOutResult { is_revoked })
    }

    /// Revokes a token that is stored in the keyring and not in use. Ignores errors: the portal may not exist
    /// any more.
    pub async fn revoke_stored_token(&self, profile: &Profile) {
        if let Ok(Some(token)) = self.keyring.read(&profile.id).await {
            let client = Client::new(self.http.clone(), &profile.url).with_token(token.expose_secret());
            if let Some(staff) = &profile.staff {
                self.pending_removals.send(&profile.id, staff.id, &client).await;
            }
            let _ = client.sign_out().await;
        }
    }

    /// Restores the session once per start; later calls wait for the first.
    pub async fn restore_once(&self) {
        self.restored.get_or_init(|| self.restore()).await;
    }

    /// Restores the session of the active portal from the token in the keyring.
    pub async fn restore(&self) {
        let active = self.settings.state().active().cloned();
        let Some(Profile { id, url, staff, .. }) = active else {
            // Updates the keyring's status, which the sign-in page shows.
            let _ = self.keyring.probe().await;
            return;
        };
        let token = match self.keyring.read(&id).await {
            Ok(Some(token)) => token,
            Ok(None) => {
                self.settings.update(|state| state.is_locked = false);
                return;
            }
            // The token may still exist, so a locked app stays locked until the keyring opens.
            Err(_) => return,
        };
        let client = Client::new(self.http.clone(), &url).with_token(token.expose_secret());
        let staff = match staff {
            Some(staff) => staff,
            None => match client.session().await {
                Ok(session) => session.user,
                Err(error) => {
                    tracing::warn!(%error, "the session cannot be restored from the stored token");
                    return;
                }
            },
        };
        self.session.open(&id, client, staff, self.session.is_locked());
    }

    /// Asks the portal whether a restored session is still valid, and updates its staff member.
    pub async fn confirm(&self) {
        let Some(session) = self.session.get() else { return };
        let Ok(url) = self.settings.state().profile(&session.profile).map(|profile| profile.url.clone())
        else {
            return;
        };
        // If the portal is unreachable or incompatible, the page's first request reports it.
        let _ = self.connect(&url).await;
        let confirmed = session.client.session().await;
        if let Ok(confirmed) = self.session.check(&session, confirmed).await {
            self.session.set_staff(&session, confirmed.user);
        }
    }

    /// Asks a portal what it is, and refuses it if its API version differs from the app's.
    pub async fn connect(&self, url: &str) -> Result<About, AppError> {
        let about = Client::new(self.http.clone(), url).about().await?;
        self.session.set_about(about.clone());
        if about.api == api::VERSION { Ok(about) } else { Err(AppError::version(about.api)) }
    }
}
