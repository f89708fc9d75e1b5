//! Asynchronous access to the secret store, with a time-out, and the store's last known status.
use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use secrecy::SecretString;
use serde::Serialize;

use crate::{
    error::AppError,
    secret_store::{SecretStore, SecretStoreError},
    sync::lock,
};

/// How long a request may take. A locked keyring asks its user for a password and may wait for hours.
const TIMEOUT: Duration = Duration::from_secs(10);

/// A name that is never written, for requests that only test the store.
const PROBE: &str = "probe";

/// Whether secrets outlive the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum KeyringStatus {
    Ok,
    /// This machine has no keyring.
    None,
    /// The keyring exists but does not open.
    Locked,
}

impl From<&SecretStoreError> for KeyringStatus {
    fn from(error: &SecretStoreError) -> KeyringStatus {
        match error {
            SecretStoreError::Missing(_) => KeyringStatus::None,
            SecretStoreError::Locked => KeyringStatus::Locked,
        }
    }
}

/// The secret store, called from asynchronous code. A token is stored under the id of its profile.
pub struct Keyring {
    store: Arc<dyn SecretStore>,
    status: Mutex<KeyringStatus>,
}

impl Keyring {
    pub fn new(store: impl SecretStore) -> Keyring {
        Keyring { store: Arc::new(store), status: Mutex::new(KeyringStatus::Ok) }
    }

    /// The result of the last request.
    pub fn status(&self) -> KeyringStatus {
        *lock(&self.status)
    }

    /// Tests whether the store answers.
    pub async fn probe(&self) -> Result<(), SecretStoreError> {
        self.read(PROBE).await.map(drop)
    }

    pub async fn read(&self, name: &str) -> Result<Option<SecretString>, SecretStoreError> {
        let name = name.to_owned();
        self.request(move |store| store.read(&name)).await
    }

    /// Reads several secrets within one time-out.
    pub async fn read_all(&self, names: Vec<String>) -> Result<Vec<Option<SecretString>>, SecretStoreError> {
        self.request(move |store| names.iter().map(|name| store.read(name)).collect()).await
    }

    pub async fn write(&self, name: &str, secret: SecretString) -> Result<(), SecretStoreError> {
        let name = name.to_owned();
        self.request(move |store| store.write(&name, &secret)).await
    }

    /// Writes a secret. A write that completes after the time-out is undone.
    pub async fn write_or_undo(&self, name: &str, secret: SecretString) -> Result<(), SecretStoreError> {
        let name = name.to_owned();
        let is_awaited = Arc::new(AtomicBool::new(true));
        let is_still_awaited = Arc::clone(&is_awaited);
        let written =
            self.request(move |store| write_if_awaited(store, &name, &secret, &is_still_awaited)).await;
        if written.is_err() {
            is_awaited.store(false, Ordering::SeqCst);
        }
        written
    }

    pub async fn remove(&self, name: &str) -> Result<(), SecretStoreError> {
        let name = name.to_owned();
        self.request(move |store| store.remove(&name)).await
    }

    /// Removes the token of a profile. Succeeds if there is no keyring.
    pub async fn remove_token(&self, profile: &str) -> Result<(), AppError> {
        match self.remove(profile).await {
            Ok(()) | Err(SecretStoreError::Missing(_)) => Ok(()),
            Err(SecretStoreError::Locked) => Err(AppError::refused(
                "The keyring is locked, so the token is still in it. Unlock the keyring and sign out again.",
            )),
        }
    }

    /// Runs a request on a thread that may block, and records the status.
    async fn request<T: Send + 'static>(
        &self,
        request: impl FnOnce(&dyn SecretStore) -> Result<T, SecretStoreError> + Send + 'static,
    ) -> Result<T, SecretStoreError> {
        let store = Arc::clone(&self.store);
        let task = tokio::task::spawn_blocking(move || request(&*store));
        let result = match tokio::time::timeout(TIMEOUT, task).await {
            Ok(Ok(result)) => result,
            Ok(Err(panicked)) => Err(SecretStoreError::Missing(panicked.to_string())),
            Err(_) => Err(SecretStoreError::Locked),
        };
        *lock(&self.status) = result.as_ref().map_or_else(KeyringStatus::from, |_| KeyringStatus::Ok);
        result
    }
}

fn write_if_awaited(
    store: &dyn SecretStore,
    name: &str,
    secret: &SecretString,
    is_awaited: &AtomicBool,
) -> Result<(), SecretStoreError> {
    store.write(name, secret)?;
    if is_awaited.load(Ordering::SeqCst) { Ok(()) } else { store.remove(name) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A store whose write completes after the caller timed out.
    struct SlowStore {
        is_awaited: &'static AtomicBool,
        names: Mutex<Vec<String>>,
    }

    impl SecretStore for SlowStore {
        fn read(&self, _: &str) -> Result<Option<SecretString>, SecretStoreError> {
            Ok(None)
        }
        fn write(&self, name: &str, _: &SecretString) -> Result<(), SecretStoreError> {
            lock(&self.names).push(name.to_owned());
            self.is_awaited.store(false, Ordering::SeqCst);
            Ok(())
        }
        fn remove(&self, name: &str) -> Result<(), SecretStoreError> {
            lock(&self.names).retain(|other| other != name);
            Ok(())
        }
    }

    #[test]
    fn a_write_that_completes_after_the_timeout_is_undone() {
        static IS_AWAITED: AtomicBool = AtomicBool::new(true);
        let store = SlowStore { is_awaited: &IS_AWAITED, names: Mutex::default() };
        write_if_awaited(&store, "offline/a/7", &"hunter2".into(), &IS_AWAITED).unwrap();
        assert!(lock(&store.names).is_empty());
    }
}
