//! The file that holds the persisted state, in the app's configuration folder.
use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard},
};

use crate::{persisted_state::PersistedState, sync::lock};

/// The persisted state and its file.
pub struct SettingsStore {
    path: PathBuf,
    state: Mutex<PersistedState>,
}

impl SettingsStore {
    /// Opens the file in a folder. A file that cannot be parsed is renamed and the app starts with the
    /// defaults: the file holds only what the user can choose again.
    pub fn open(folder: &Path) -> SettingsStore {
        let path = folder.join("state.json");
        let state = match fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes).unwrap_or_else(|error| {
                tracing::warn!(%error, "the settings cannot be parsed; the file is renamed");
                let _ = fs::rename(&path, path.with_extension("broken.json"));
                PersistedState::default()
            }),
            Err(error) => {
                if error.kind() != io::ErrorKind::NotFound {
                    tracing::warn!(%error, "the settings cannot be read");
                }
                PersistedState::default()
            }
        };
        SettingsStore { path, state: Mutex::new(state) }
    }

    /// Locks the state for reading.
    pub fn state(&self) -> MutexGuard<'_, PersistedState> {
        lock(&self.state)
    }

    /// Changes the state and writes it to the file. Returns false if the file cannot be written; the change
    /// then lasts until the app ends.
    pub fn update(&self, change: impl FnOnce(&mut PersistedState)) -> bool {
        let mut state = self.state();
        let before = state.clone();
        change(&mut state);
        if *state == before {
            return true;
        }
        let written = self.write(&state);
        if let Err(error) = &written {
            tracing::warn!(%error, "the settings cannot be written");
        }
        written.is_ok()
    }

    /// Writes to a temporary file and renames it, so that the file is always complete.
    fn write(&self, state: &PersistedState) -> io::Result<()> {
        if let Some(folder) = self.path.parent() {
            fs::create_dir_all(folder)?;
        }
        let temporary = self.path.with_extension("new.json");
        fs::write(&temporary, serde_json::to_vec_pretty(state)?)?;
        fs::rename(&temporary, &self.path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::{Settings, Theme};

    #[test]
    fn settings_are_restored_at_the_next_start() {
        let folder = tempfile::tempdir().unwrap();
        let dark = Settings { theme: Theme::Dark, clipboard_seconds: 5, ..Settings::default() };
        SettingsStore::open(folder.path()).update(|state| state.settings = dark.clone());
        assert_eq!(SettingsStore::open(folder.path()).state().settings, dark);
    }

    #[test]
    fn a_malformed_file_is_renamed_and_the_app_starts_with_defaults() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("state.json"), "{ not json").unwrap();
        assert_eq!(*SettingsStore::open(folder.path()).state(), PersistedState::default());
        assert!(folder.path().join("state.broken.json").exists());
    }

    #[test]
    fn fields_that_a_file_lacks_have_their_defaults() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("state.json"), r#"{"settings":{"theme":"dark"},"was":1}"#).unwrap();
        let store = SettingsStore::open(folder.path());
        assert_eq!(store.state().settings, Settings { theme: Theme::Dark, ..Settings::default() });
    }
}
