//! What the providers know, behind one lock, and the file that it survives in. The file is for a person who
//! restarts the portal in the middle of a demonstration; it holds sandbox passwords in clear, so only its
//! owner may read it.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};

use super::gateway::GatewayState;
use super::mailbox::MailState;
use super::panel::PanelState;

/// All the providers' facts.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct State {
    pub gateway: GatewayState,
    pub panel: PanelState,
    pub mail: MailState,
    last_number: i64,
}

impl State {
    /// A number that never comes twice, also not after the file was lost: it grows with the clock, and by one
    /// where the clock stands still.
    pub fn number(&mut self, now: i64) -> i64 {
        self.last_number = now.max(self.last_number + 1);
        self.last_number
    }
}

pub(super) struct Memory {
    state: Mutex<State>,
    file: Option<PathBuf>,
}

impl Memory {
    pub fn open(file: Option<PathBuf>) -> io::Result<Memory> {
        let state = match &file {
            Some(path) => match fs::read(path) {
                Ok(bytes) => serde_json::from_slice(&bytes).map_err(|error| {
                    io::Error::new(io::ErrorKind::InvalidData, format!("{}: {error}", path.display()))
                })?,
                Err(error) if error.kind() == io::ErrorKind::NotFound => State::default(),
                Err(error) => return Err(error),
            },
            None => State::default(),
        };
        Ok(Memory { state: Mutex::new(state), file })
    }

    /// Reads under the lock.
    pub fn read<T>(&self, ask: impl FnOnce(&State) -> T) -> T {
        ask(&self.lock())
    }

    /// Changes under the lock, and writes the file before anybody else sees the change.
    pub fn change<T>(&self, act: impl FnOnce(&mut State) -> T) -> T {
        let mut state = self.lock();
        let outcome = act(&mut state);
        if let Some(path) = &self.file
            && let Err(error) = write(path, &state)
        {
            // The provider goes on without its file: a full disk must not look like a fault of the gateway.
            tracing::warn!(%error, file = %path.display(), "the sandbox could not write its state");
        }
        outcome
    }

    /// Changes what need not survive: counters, which would else write the file at every question of a poller.
    pub fn count(&self, act: impl FnOnce(&mut State)) {
        act(&mut self.lock());
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // A test's `on_call` may panic in a handler; what the provider knows is still whole.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn write(path: &Path, state: &State) -> io::Result<()> {
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
