//! What the providers know, behind one lock, and the file that it survives in. The file is for a person who
//! restarts the portal in the middle of a demonstration; it holds sandbox passwords in clear, so only its
//! owner may read it.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::{Serialize, de::DeserializeOwned};

pub(super) struct Memory<S> {
    state: Mutex<S>,
    file: Option<PathBuf>,
}

impl<S: Default + Serialize + DeserializeOwned> Memory<S> {
    pub fn open(file: Option<PathBuf>) -> io::Result<Memory<S>> {
        let state = match &file {
            Some(path) => match fs::read(path) {
                Ok(bytes) => serde_json::from_slice(&bytes).map_err(|error| {
                    io::Error::new(io::ErrorKind::InvalidData, format!("{}: {error}", path.display()))
                })?,
                Err(error) if error.kind() == io::ErrorKind::NotFound => S::default(),
                Err(error) => return Err(error),
            },
            None => S::default(),
        };
        Ok(Memory { state: Mutex::new(state), file })
    }

    /// Reads under the lock.
    pub fn read<T>(&self, read: impl FnOnce(&S) -> T) -> T {
        read(&self.lock())
    }

    /// Changes under the lock, and writes the file before the change is visible.
    pub fn change<T>(&self, act: impl FnOnce(&mut S) -> T) -> T {
        let mut state = self.lock();
        let outcome = act(&mut state);
        if let Some(path) = &self.file
            && let Err(error) = write(path, &*state)
        {
            // The provider goes on without its file: a full disk must not look like a fault of the gateway.
            tracing::warn!(%error, file = %path.display(), "the sandbox could not write its state");
        }
        outcome
    }

    /// Changes what need not survive: counters, which would else write the file at every question of a
    /// poller.
    pub fn count(&self, act: impl FnOnce(&mut S)) {
        act(&mut self.lock());
    }

    fn lock(&self) -> MutexGuard<'_, S> {
        // A test's `on_call` may panic in a handler; what the provider knows is still whole.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn write(path: &Path, state: &impl Serialize) -> io::Result<()> {
    let bytes = serde_json::to_vec(state)?;
    let fresh = path.with_extension("new");
    let mut open = OpenOptions::new();
    open.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut open, 0o600);
    let mut file = open.open(&fresh)?;
    file.write_all(&bytes)?;
    drop(file);
    fs::rename(fresh, path)
}
