//! A service's password: copied without being shown, or shown on request. The portal writes an audit entry
//! before it answers. If it is unreachable, an offline credential is used.
use std::{sync::Arc, time::Duration};

use hollyn_core::api::Time;
use serde::Serialize;

use crate::{
    clipboard::Clipboard,
    error::{AppError, ErrorKind},
    idle::IdleTimer,
    offline_store::OfflineStore,
    secrets::PlainSecret,
    session::{CurrentSession, Session},
    settings_store::SettingsStore,
};

/// Seconds after which an offline password is hidden. For other passwords the portal decides.
const HIDE_AFTER_SECONDS: i64 = 30;

/// A password that the user asked to see.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ShownPassword {
    #[cfg_attr(test, ts(type = "string"))]
    pub password: PlainSecret,
    pub hide_after_seconds: i64,
    /// When it expires, if it is an offline credential.
    pub offline_until: Option<Time>,
}

/// Reveals passwords.
pub struct Passwords {
    pub session: Arc<CurrentSession>,
    pub offline: Arc<OfflineStore>,
    pub clipboard: Arc<Clipboard>,
    pub settings: Arc<SettingsStore>,
    pub idle: Arc<IdleTimer>,
}

impl Passwords {
    /// Copies the password of a service; the page does not receive it. The clipboard is cleared after the
    /// time in the settings. Returns when the password expires, if it is an offline credential.
    pub async fn copy(&self, service: i64) -> Result<Option<Time>, AppError> {
        let ShownPassword { password, offline_until, .. } = self.show(service).await?;
        let seconds = self.settings.state().settings.clipboard_seconds;
        self.clipboard.copy_secret(password.0, Duration::from_secs(seconds.into())).await?;
        Ok(offline_until)
    }

    /// Returns the password of a service, to show it.
    pub async fn show(&self, service: i64) -> Result<ShownPassword, AppError> {
        let session = self.session.require_session()?;
        self.idle.touch();
        let answer = session.client.reveal_password(service).await;
        let error = match self.session.check(&session, answer).await {
            Ok(revealed) => {
                return Ok(ShownPassword {
                    password: revealed.password.into(),
                    hide_after_seconds: revealed.hide_after_seconds,
                    offline_until: None,
                });
            }
            Err(error) => error,
        };
        if !is_portal_down(&error) {
            return Err(error);
        }
        self.offline_password(&session, service).await?.ok_or(error)
    }

    /// Returns the offline credential of a service, if there is one.
    async fn offline_password(
        &self,
        session: &Session,
        service: i64,
    ) -> Result<Option<ShownPassword>, AppError> {
        let Some(entry) = self.offline.entry(&session.profile, session.staff.id, service) else {
            return Ok(None);
        };
        let credential = self.offline.read(&entry).await.map_err(|_| {
            AppError::refused(
                "The portal cannot be reached, and the keyring with the offline credentials does not open.",
            )
        })?;
        // The app may have been locked while the keyring asked for its password.
        self.session.require_session()?;
        let Some(credential) = credential else {
            self.offline.remove_missing(&entry).await;
            return Ok(None);
        };
        Ok(Some(ShownPassword {
            password: credential.password,
            hide_after_seconds: HIDE_AFTER_SECONDS,
            offline_until: Some(entry.until),
        }))
    }
}

/// Whether the portal did not answer, or only a proxy in front of it did. An answer of the portal itself is
/// final.
fn is_portal_down(error: &AppError) -> bool {
    match error.kind {
        ErrorKind::Unreachable => true,
        ErrorKind::Unreadable => error.status.is_some_and(|status| status >= 500),
        ErrorKind::Refused
        | ErrorKind::Certificate
        | ErrorKind::Version
        | ErrorKind::Locked
        | ErrorKind::SignedOut => false,
    }
}
