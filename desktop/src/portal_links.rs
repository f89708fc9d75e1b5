//! Links from the portal that open in the system's browser. They sign their bearer in, so the page does not
//! receive them.
use std::sync::Arc;

use hollyn_core::api::{Reason, Time};
use serde::Serialize;

use crate::{error::AppError, profile, session::CurrentSession, settings_store::SettingsStore};

/// A link to the portal as a customer.
pub struct ImpersonationLink {
    pub url: String,
    pub expires_at: Time,
}

/// An impersonation that was opened in the browser.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Impersonation {
    /// When its link expires.
    pub expires_at: Time,
}

/// Requests links from the portal.
pub struct PortalLinks {
    pub session: Arc<CurrentSession>,
    pub settings: Arc<SettingsStore>,
}

impl PortalLinks {
    /// Returns a link that signs in as a customer. Refuses a link to another site.
    pub async fn impersonate(&self, user: i64, reason: String) -> Result<ImpersonationLink, AppError> {
        let session = self.session.require_session()?;
        let answer = session.client.impersonate(user, &Reason { reason }).await;
        let link = self.session.check(&session, answer).await?;
        let origin = self.settings.state().profile(&session.profile)?.url.clone();
        if !profile::has_origin(&link.url, &origin) {
            return Err(AppError::refused(
                "The portal's link leads to another site, so it was not opened. \
                 Its APP_URL should be the address you use here.",
            ));
        }
        Ok(ImpersonationLink { url: link.url, expires_at: link.expires_at })
    }

    /// Returns a link that signs in to a customer's control panel.
    pub async fn panel(&self, service: i64) -> Result<String, AppError> {
        let session = self.session.require_session()?;
        let answer = session.client.open_panel(service).await;
        Ok(self.session.check(&session, answer).await?.url)
    }
}
