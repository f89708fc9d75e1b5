//! The operating system's keyring: the only place where a token, or a login that is kept, outlives the app.
//!
//! Entries are the `keyring` crate's. Its own start is tried once in the life of a process and never again, so the
//! system's store is opened here: a keyring that comes later is found, and one that is away is told.
use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use ::keyring::Entry;
use hollyn_core::error_chain;
use keyring_core::{CredentialStore, Error};
use serde::Serialize;

use crate::held;

/// Under what all of it is found: `secret-tool search service online.hollyn.desktop`.
pub const SERVICE: &str = "online.hollyn.desktop";

/// How long the keyring may think. One that is locked asks its owner and waits, for hours if need be.
const PATIENCE: Duration = Duration::from_secs(10);

/// How the keyring is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    Ok,
    /// There is none on this machine.
    None,
    /// It is there and does not open.
    Locked,
}

/// Why the keyring did not do it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    #[error("there is no keyring: {0}")]
    Missing(String),
    #[error("the keyring is locked")]
    Locked,
}

impl VaultError {
    pub fn condition(&self) -> Condition {
        match self {
            VaultError::Missing(_) => Condition::None,
            VaultError::Locked => Condition::Locked,
        }
    }
}

/// Where secrets are kept by name: a token under its profile's id, a login under `kept/...`. Every call may block.
pub trait Vault: Send + Sync + 'static {
    fn read(&self, name: &str) -> Result<Option<String>, VaultError>;
    fn write(&self, name: &str, secret: &str) -> Result<(), VaultError>;
    /// It is fine if there is none.
    fn remove(&self, name: &str) -> Result<(), VaultError>;
}

/// Asks off the threads that everything else runs on, and not for ever.
pub async fn ask<T: Send + 'static>(
    vault: &Arc<dyn Vault>,
    question: impl FnOnce(&dyn Vault) -> Result<T, VaultError> + Send + 'static,
) -> Result<T, VaultError> {
    let vault = Arc::clone(vault);
    let asked = tokio::task::spawn_blocking(move || question(&*vault));
    match tokio::time::timeout(PATIENCE, asked).await {
        Ok(Ok(answer)) => answer,
        Ok(Err(broken)) => Err(VaultError::Missing(broken.to_string())),
        Err(_) => Err(VaultError::Locked),
    }
}

/// The keyring of this system.
#[derive(Default)]
pub struct SystemKeyring {
    store: Mutex<Option<Arc<CredentialStore>>>,
}

impl SystemKeyring {
    fn entry(&self, name: &str) -> keyring_core::Result<Entry> {
        let store = match &mut *held(&self.store) {
            Some(store) => Arc::clone(store),
            none => Arc::clone(none.insert(open()?)),
        };
        // Only the Secret Service takes a label of ours; the others show the name under which it is kept.
        let labels = cfg!(target_os = "linux").then_some(("label", "Hollyn Online"));
        let labels = HashMap::from_iter(labels);
        let inner = keyring_core::Entry::new_in_store_with_modifiers(&store, SERVICE, name, &labels)?;
        Ok(Entry { inner })
    }

    fn failed(&self, error: &Error) -> VaultError {
        // The next time it is opened anew: the service may have been started meanwhile.
        *held(&self.store) = None;
        tracing::warn!(error = error_chain(error), "the keyring does not do it");
        if matches!(error, Error::NoStorageAccess(_)) {
            VaultError::Locked
        } else {
            VaultError::Missing(error_chain(error))
        }
    }
}

#[cfg(target_os = "linux")]
fn open() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(zbus_secret_service_keyring_store::Store::new()?)
}
#[cfg(target_os = "macos")]
fn open() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(apple_native_keyring_store::keychain::Store::new()?)
}
#[cfg(windows)]
fn open() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(windows_native_keyring_store::Store::new()?)
}

impl Vault for SystemKeyring {
    fn read(&self, name: &str) -> Result<Option<String>, VaultError> {
        match self.entry(name).and_then(|entry| entry.get_password()) {
            Ok(secret) => Ok(Some(secret)),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(self.failed(&error)),
        }
    }

    fn write(&self, name: &str, secret: &str) -> Result<(), VaultError> {
        self.entry(name).and_then(|entry| entry.set_password(secret)).map_err(|error| self.failed(&error))
    }

    fn remove(&self, name: &str) -> Result<(), VaultError> {
        match self.entry(name).and_then(|entry| entry.delete_credential()) {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(self.failed(&error)),
        }
    }
}
