//! A customer's password: copied without being shown, or shown because somebody chose to. The portal notes each in its
//! record before it answers. Where nothing of it answers, one that is kept for offline use comes from the keyring.
use std::{sync::Arc, time::Duration};

use hollyn_core::api::Time;
use serde::Serialize;

use crate::{
    desk::Desk,
    trouble::{Kind, Trouble},
};

/// After how many seconds a screen hides a password that came from the keyring; the portal says it of its own.
const HIDE_AFTER_SECONDS: i64 = 30;

/// A password that somebody looks at.
#[derive(Debug, Clone, Serialize)]
pub struct Shown {
    pub password: String,
    pub hide_after_seconds: i64,
    /// Until when it is kept, where it is the one from the keyring.
    pub kept_until: Option<Time>,
}

impl Desk {
    /// Reveals and copies. The page learns nothing of it; the clipboard is cleared after the chosen seconds. Until when it
    /// is kept, where it was the one from the keyring.
    pub async fn copy_password(&self, service: i64) -> Result<Option<Time>, Trouble> {
        let Shown { password, kept_until, .. } = self.show_password(service).await?;
        let clipboard = Arc::clone(&self.clipboard);
        let turn = blocking(move || clipboard.copy_secret(&password)).await?;
        let seconds = self.book.kept().settings.clipboard_seconds;
        let clipboard = Arc::clone(&self.clipboard);
        tokio::spawn(async move {
            tokio::time::sleep(Duration::from_secs(seconds.into())).await;
            let _ = tokio::task::spawn_blocking(move || clipboard.clear(Some(turn))).await;
        });
        Ok(kept_until)
    }

    /// Reveals, for the one place where a password is looked at.
    pub async fn show_password(&self, service: i64) -> Result<Shown, Trouble> {
        let signed_in = self.at_work()?;
        self.touch();
        let trouble = match signed_in.client.reveal_password(service).await {
            Ok(told) => {
                let hide_after_seconds = told.hide_after_seconds;
                return Ok(Shown { password: told.password, hide_after_seconds, kept_until: None });
            }
            Err(error) => self.failed(&signed_in, error).await,
        };
        if !is_away(&trouble) {
            return Err(trouble);
        }
        let (password, until) = self.kept_password(&signed_in, service).await?.ok_or(trouble)?;
        Ok(Shown { password, hide_after_seconds: HIDE_AFTER_SECONDS, kept_until: Some(until) })
    }

    /// Copies what is no secret.
    pub async fn copy_text(&self, text: String) -> Result<(), Trouble> {
        self.refuse_while_locked()?;
        let clipboard = Arc::clone(&self.clipboard);
        blocking(move || clipboard.copy(&text)).await
    }
}

/// Nothing of the portal answered, at most a server before it. Whatever the portal itself said, counts.
fn is_away(trouble: &Trouble) -> bool {
    match trouble.kind {
        Kind::Unreachable => true,
        Kind::Unreadable => trouble.status.is_some_and(|status| status >= 500),
        Kind::Refused | Kind::Certificate | Kind::Version | Kind::Locked | Kind::SignedOut => false,
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Trouble> + Send + 'static,
) -> Result<T, Trouble> {
    let broken = |_| Trouble::refused("The system's clipboard did not take it. Try again.");
    tokio::task::spawn_blocking(work).await.map_err(broken)?
}
