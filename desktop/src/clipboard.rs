//! Copying to the system's clipboard. Secrets go there from Rust, marked so that clipboard managers ignore
//! them, and are cleared after some seconds, when the app locks and when it ends. Text that was copied later
//! is left alone.
use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use secrecy::{ExposeSecret as _, SecretString};

use crate::{error::AppError, sync::lock};

/// A clipboard. Every call may block and none may be made on the main thread.
pub trait ClipboardBackend: Send + Sync + 'static {
    /// Returns the text on the clipboard, if there is any.
    fn read(&self) -> Option<String>;
    fn write(&self, text: &str) -> Result<(), String>;
    /// As [`ClipboardBackend::write`], marked as a secret.
    fn write_secret(&self, text: &str) -> Result<(), String>;
    fn clear(&self) -> Result<(), String>;
}

/// Identifies one copied secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Generation(u64);

/// The clipboard and the app's secret that may be on it.
pub struct Clipboard {
    backend: Box<dyn ClipboardBackend>,
    next_generation: AtomicU64,
    secret: Mutex<Option<(Generation, SecretString)>>,
}

impl Clipboard {
    pub fn new(backend: impl ClipboardBackend) -> Clipboard {
        Clipboard { backend: Box::new(backend), next_generation: AtomicU64::new(0), secret: Mutex::new(None) }
    }

    /// Copies text that is not secret.
    pub async fn copy_text(self: &Arc<Self>, text: String) -> Result<(), AppError> {
        let clipboard = Arc::clone(self);
        blocking(move || clipboard.write_text(&text)).await
    }

    /// Copies a secret and clears it after a time.
    pub async fn copy_secret(
        self: &Arc<Self>,
        secret: SecretString,
        clear_after: Duration,
    ) -> Result<(), AppError> {
        let clipboard = Arc::clone(self);
        let generation = blocking(move || clipboard.write_secret(secret)).await?;
        let clipboard = Arc::clone(self);
        tokio::spawn(async move {
            tokio::time::sleep(clear_after).await;
            let _ = tokio::task::spawn_blocking(move || clipboard.clear_secret(Some(generation))).await;
        });
        Ok(())
    }

    /// Clears the app's secret, on a thread that may block.
    pub async fn clear(self: &Arc<Self>) {
        let clipboard = Arc::clone(self);
        let _ = tokio::task::spawn_blocking(move || clipboard.clear_secret(None)).await;
    }

    fn write_text(&self, text: &str) -> Result<(), AppError> {
        self.backend.write(text).map_err(not_copied)
    }

    fn write_secret(&self, text: SecretString) -> Result<Generation, AppError> {
        let mut secret = lock(&self.secret);
        self.backend.write_secret(text.expose_secret()).map_err(not_copied)?;
        let generation = Generation(self.next_generation.fetch_add(1, Ordering::Relaxed));
        *secret = Some((generation, text));
        Ok(generation)
    }

    /// Clears the secret of this generation, or any secret without one. Blocks.
    pub fn clear_secret(&self, generation: Option<Generation>) {
        let mut secret = lock(&self.secret);
        let is_meant = |copied: Generation| generation.is_none_or(|generation| generation == copied);
        let Some((_, text)) = secret.take_if(|(copied, _)| is_meant(*copied)) else { return };
        if self.backend.read().as_deref() != Some(text.expose_secret()) {
            return;
        }
        if let Err(error) = self.backend.clear() {
            tracing::warn!(error, "the clipboard was not cleared");
        }
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, AppError> + Send + 'static,
) -> Result<T, AppError> {
    tokio::task::spawn_blocking(work).await.map_err(|panicked| not_copied(panicked.to_string()))?
}

fn not_copied(error: String) -> AppError {
    tracing::warn!(error, "copying to the clipboard failed");
    AppError::refused("The system's clipboard did not take it. Try again.")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A clipboard in memory that records each write.
    #[derive(Clone, Default)]
    struct MemoryClipboard(Arc<Mutex<(Option<String>, Vec<String>)>>);

    impl ClipboardBackend for MemoryClipboard {
        fn read(&self) -> Option<String> {
            lock(&self.0).0.clone()
        }
        fn write(&self, text: &str) -> Result<(), String> {
            let mut memory = lock(&self.0);
            memory.0 = Some(text.to_owned());
            memory.1.push(format!("plain {text}"));
            Ok(())
        }
        fn write_secret(&self, text: &str) -> Result<(), String> {
            let mut memory = lock(&self.0);
            memory.0 = Some(text.to_owned());
            memory.1.push(format!("secret {text}"));
            Ok(())
        }
        fn clear(&self) -> Result<(), String> {
            lock(&self.0).0 = None;
            Ok(())
        }
    }

    fn clipboard() -> (Clipboard, MemoryClipboard) {
        let memory = MemoryClipboard::default();
        (Clipboard::new(memory.clone()), memory)
    }

    #[test]
    fn a_copied_password_is_marked_secret_and_cleared() {
        let (clipboard, memory) = clipboard();
        let generation = clipboard.write_secret("hunter2".into()).unwrap();
        assert_eq!(lock(&memory.0).1, ["secret hunter2"]);
        clipboard.clear_secret(Some(generation));
        assert_eq!(memory.read(), None);
    }

    #[test]
    fn text_copied_after_the_password_is_not_cleared() {
        let (clipboard, memory) = clipboard();
        let generation = clipboard.write_secret("hunter2".into()).unwrap();
        memory.write("a shopping list").unwrap();
        clipboard.clear_secret(Some(generation));
        assert_eq!(memory.read().as_deref(), Some("a shopping list"));
    }

    #[test]
    fn the_timer_of_a_first_password_does_not_clear_a_second_one() {
        let (clipboard, memory) = clipboard();
        let first = clipboard.write_secret("one".into()).unwrap();
        let second = clipboard.write_secret("two".into()).unwrap();
        clipboard.clear_secret(Some(first));
        assert_eq!(memory.read().as_deref(), Some("two"));
        clipboard.clear_secret(Some(second));
        assert_eq!(memory.read(), None);
    }

    #[test]
    fn copying_the_same_password_again_restarts_its_timer() {
        let (clipboard, memory) = clipboard();
        let first = clipboard.write_secret("hunter2".into()).unwrap();
        clipboard.write_secret("hunter2".into()).unwrap();
        clipboard.clear_secret(Some(first));
        assert_eq!(memory.read().as_deref(), Some("hunter2"));
    }

    #[test]
    fn clearing_without_a_generation_removes_any_secret_and_no_plain_text() {
        let (clipboard, memory) = clipboard();
        clipboard.write_secret("hunter2".into()).unwrap();
        clipboard.clear_secret(None);
        assert_eq!(memory.read(), None);
        clipboard.write_text("shop.example").unwrap();
        clipboard.clear_secret(None);
        assert_eq!(memory.read().as_deref(), Some("shop.example"));
    }

    #[test]
    fn the_secret_is_not_in_debug_output() {
        let (clipboard, _) = clipboard();
        clipboard.write_secret("hunter2".into()).unwrap();
        assert!(!format!("{:?}", clipboard.secret).contains("hunter2"));
    }
}
