//! The operating system's keyring: the only place where a token or an offline credential outlives the app.
//!
//! The `keyring` crate opens the system's store once per process and never retries. This module opens the
//! store itself, so that a keyring that becomes available later is found and a missing one is reported.
use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use ::keyring::Entry;
use hollyn_core::error_chain;
use keyring_core::{CredentialStore, Error};
use secrecy::{ExposeSecret as _, SecretString};

use crate::sync::lock;

/// The service name of all entries: `secret-tool search service online.hollyn.desktop`.
pub const SERVICE: &str = "online.hollyn.desktop";

/// Why a secret store did not answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SecretStoreError {
    #[error("there is no keyring: {0}")]
    Missing(String),
    #[error("the keyring is locked")]
    Locked,
}

/// Stores secrets by name. Every call may block.
pub trait SecretStore: Send + Sync + 'static {
    fn read(&self, name: &str) -> Result<Option<SecretString>, SecretStoreError>;
    fn write(&self, name: &str, secret: &SecretString) -> Result<(), SecretStoreError>;
    /// Succeeds if there is no such secret.
    fn remove(&self, name: &str) -> Result<(), SecretStoreError>;
}

/// The keyring of the operating system.
#[derive(Default)]
pub struct SystemKeyring {
    store: Mutex<Option<Arc<CredentialStore>>>,
}

impl SystemKeyring {
    fn entry(&self, name: &str) -> keyring_core::Result<Entry> {
        let store = match &mut *lock(&self.store) {
            Some(store) => Arc::clone(store),
            none => Arc::clone(none.insert(open()?)),
        };
        // Only the Secret Service takes a label; the other systems show the entry's name.
        let labels = cfg!(target_os = "linux").then_some(("label", "Hollyn Online"));
        let labels = HashMap::from_iter(labels);
        let inner = keyring_core::Entry::new_in_store_with_modifiers(&store, SERVICE, name, &labels)?;
        Ok(Entry { inner })
    }

    fn fail(&self, error: &Error) -> SecretStoreError {
        // The next call opens the store again: the service may have been started in the meantime.
        *lock(&self.store) = None;
        tracing::warn!(error = error_chain(error), "the keyring request failed");
        if matches!(error, Error::NoStorageAccess(_)) {
            SecretStoreError::Locked
        } else {
            SecretStoreError::Missing(error_chain(error))
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

impl SecretStore for SystemKeyring {
    fn read(&self, name: &str) -> Result<Option<SecretString>, SecretStoreError> {
        match self.entry(name).and_then(|entry| entry.get_password()) {
            Ok(secret) => Ok(Some(secret.into())),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(self.fail(&error)),
        }
    }

    fn write(&self, name: &str, secret: &SecretString) -> Result<(), SecretStoreError> {
        self.entry(name)
            .and_then(|entry| entry.set_password(secret.expose_secret()))
            .map_err(|error| self.fail(&error))
    }

    fn remove(&self, name: &str) -> Result<(), SecretStoreError> {
        match self.entry(name).and_then(|entry| entry.delete_credential()) {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(self.fail(&error)),
        }
    }
}
