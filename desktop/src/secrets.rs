//! A customer's password: copied without being shown, or shown because somebody chose to. The portal notes each in its
//! record before it answers.
use std::{sync::Arc, time::Duration};

use hollyn_core::api::Password;

use crate::{desk::Desk, trouble::Trouble};

impl Desk {
    /// Reveals and copies. The page learns nothing of it; the clipboard is cleared after the chosen seconds.
    pub async fn copy_password(&self, service: i64) -> Result<(), Trouble> {
        let Password { password, .. } = self.show_password(service).await?;
        let clipboard = Arc::clone(&self.clipboard);
        let turn = blocking(move || clipboard.copy_secret(&password)).await?;
        let seconds = self.book.kept().settings.clipboard_seconds;
        let clipboard = Arc::clone(&self.clipboard);
        tokio::spawn(async move {
            tokio::time::sleep(Duration::from_secs(seconds.into())).await;
            let _ = tokio::task::spawn_blocking(move || clipboard.clear(Some(turn))).await;
        });
        Ok(())
    }

    /// Reveals, for the one place where a password is looked at.
    pub async fn show_password(&self, service: i64) -> Result<Password, Trouble> {
        let signed_in = self.at_work()?;
        self.touch();
        match signed_in.client.reveal_password(service).await {
            Ok(password) => Ok(password),
            Err(error) => Err(self.failed(&signed_in, error).await),
        }
    }

    /// Copies what is no secret.
    pub async fn copy_text(&self, text: String) -> Result<(), Trouble> {
        self.refuse_while_locked()?;
        let clipboard = Arc::clone(&self.clipboard);
        blocking(move || clipboard.copy(&text)).await
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Trouble> + Send + 'static,
) -> Result<T, Trouble> {
    let broken = |_| Trouble::refused("The system's clipboard did not take it. Try again.");
    tokio::task::spawn_blocking(work).await.map_err(broken)?
}
