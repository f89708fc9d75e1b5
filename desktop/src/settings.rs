//! What is kept between two starts, in one small file in the app's config folder: choices, portals, who was signed in
//! where, of which services a login is in the keyring. Never a token and never a login; those are the keyring's.
use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard},
};

use hollyn_core::api::Staff;
use serde::{Deserialize, Serialize};

use crate::{held, kept::Listed, profile::Profile, trouble::Trouble};

/// What a person chooses.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    pub theme: Theme,
    /// 1 is as it is drawn.
    pub zoom: f64,
    /// After how many minutes without a hand on it the app locks.
    pub lock_minutes: u32,
    /// After how many seconds a copied password leaves the clipboard.
    pub clipboard_seconds: u32,
    /// Whether the system's notifications are used.
    pub notifications: bool,
    pub sidebar: Sidebar,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    System,
    Light,
    Dark,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sidebar {
    Open,
    Narrow,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            theme: Theme::System,
            zoom: 1.0,
            lock_minutes: 10,
            clipboard_seconds: 30,
            notifications: true,
            sidebar: Sidebar::Open,
        }
    }
}

/// Some of the choices, changed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SettingsEdit {
    theme: Option<Theme>,
    zoom: Option<f64>,
    lock_minutes: Option<u32>,
    clipboard_seconds: Option<u32>,
    notifications: Option<bool>,
    sidebar: Option<Sidebar>,
}

impl Settings {
    /// These settings with what is changed, or which change cannot be.
    pub fn edited(&self, edit: &SettingsEdit) -> Result<Settings, Trouble> {
        if edit.zoom.is_some_and(|zoom| !(0.5..=2.0).contains(&zoom)) {
            return Err(Trouble::field("zoom", "Zoom goes from 50 % to 200 %."));
        }
        if edit.lock_minutes.is_some_and(|minutes| !(1..=60).contains(&minutes)) {
            return Err(Trouble::field("lock_minutes", "The app locks after 1 to 60 minutes."));
        }
        if edit.clipboard_seconds.is_some_and(|seconds| !(1..=120).contains(&seconds)) {
            return Err(Trouble::field(
                "clipboard_seconds",
                "The clipboard is cleared after 1 to 120 seconds.",
            ));
        }
        Ok(Settings {
            theme: edit.theme.unwrap_or(self.theme),
            zoom: edit.zoom.unwrap_or(self.zoom),
            lock_minutes: edit.lock_minutes.unwrap_or(self.lock_minutes),
            clipboard_seconds: edit.clipboard_seconds.unwrap_or(self.clipboard_seconds),
            notifications: edit.notifications.unwrap_or(self.notifications),
            sidebar: edit.sidebar.unwrap_or(self.sidebar),
        })
    }
}

/// All that the file holds.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Kept {
    pub settings: Settings,
    pub profiles: Vec<Profile>,
    /// The profile that is used.
    pub active: Option<String>,
    /// A locked app that is ended and started is locked still.
    pub is_locked: bool,
    /// The logins in the keyring that are kept for offline use.
    pub logins: Vec<Listed>,
    /// Those that were let go of before their day, and the portal does not know yet.
    pub untold: Vec<Listed>,
}

impl Kept {
    pub fn profile(&self, id: &str) -> Result<&Profile, Trouble> {
        self.profiles
            .iter()
            .find(|profile| profile.id == id)
            .ok_or_else(|| Trouble::refused("This portal is not in the app's list any more."))
    }

    pub fn active(&self) -> Option<&Profile> {
        self.profile(self.active.as_deref()?).ok()
    }

    /// Remembers who is signed in at a portal, so that the next start need not ask before it shows something.
    pub fn remember(&mut self, id: &str, staff: Staff) {
        if let Some(profile) = self.profiles.iter_mut().find(|profile| profile.id == id) {
            profile.email = Some(staff.email.clone());
            profile.staff = Some(staff);
        }
    }

    pub fn forget(&mut self, id: &str) {
        if let Some(profile) = self.profiles.iter_mut().find(|profile| profile.id == id) {
            profile.staff = None;
        }
    }
}

/// The file and what is in it.
pub struct Book {
    path: PathBuf,
    kept: Mutex<Kept>,
}

impl Book {
    /// Opens the file in a folder. One that cannot be read is put aside, and the app starts as if new: it holds nothing
    /// that cannot be chosen again.
    pub fn open(folder: &Path) -> Book {
        let path = folder.join("desk.json");
        let kept = match fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes).unwrap_or_else(|error| {
                tracing::warn!(%error, "the settings cannot be read and are put aside");
                let _ = fs::rename(&path, path.with_extension("broken.json"));
                Kept::default()
            }),
            Err(error) => {
                if error.kind() != io::ErrorKind::NotFound {
                    tracing::warn!(%error, "the settings cannot be opened");
                }
                Kept::default()
            }
        };
        Book { path, kept: Mutex::new(kept) }
    }

    /// To read.
    pub fn kept(&self) -> MutexGuard<'_, Kept> {
        held(&self.kept)
    }

    /// Changes it, and the file with it. Where the disk does not take it, the app goes on with what it holds in memory;
    /// false, then.
    pub fn change(&self, change: impl FnOnce(&mut Kept)) -> bool {
        let mut kept = self.kept();
        let before = kept.clone();
        change(&mut kept);
        if *kept == before {
            return true;
        }
        let written = self.write(&kept);
        if let Err(error) = &written {
            tracing::warn!(%error, "the settings cannot be written");
        }
        written.is_ok()
    }

    /// Under another name first: a file half written would be no file at all.
    fn write(&self, kept: &Kept) -> io::Result<()> {
        if let Some(folder) = self.path.parent() {
            fs::create_dir_all(folder)?;
        }
        let beside = self.path.with_extension("new.json");
        fs::write(&beside, serde_json::to_vec_pretty(kept)?)?;
        fs::rename(&beside, &self.path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(json: serde_json::Value) -> SettingsEdit {
        serde_json::from_value(json).unwrap()
    }

    #[test]
    fn what_was_chosen_is_there_at_the_next_start() {
        let folder = tempfile::tempdir().unwrap();
        let dark = edit(serde_json::json!({ "theme": "dark", "clipboard_seconds": 5 }));
        let book = Book::open(folder.path());
        book.change(|kept| kept.settings = kept.settings.edited(&dark).unwrap());
        let again = Book::open(folder.path());
        assert_eq!(again.kept().settings.theme, Theme::Dark);
        assert_eq!(again.kept().settings.clipboard_seconds, 5);
        assert_eq!(again.kept().settings.lock_minutes, 10);
    }

    #[test]
    fn a_file_that_cannot_be_read_does_not_keep_the_app_from_starting() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("desk.json"), "{ not json").unwrap();
        assert_eq!(*Book::open(folder.path()).kept(), Kept::default());
        assert!(folder.path().join("desk.broken.json").exists());
    }

    #[test]
    fn a_file_of_an_older_app_gets_the_new_settings_as_they_come() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("desk.json"), r#"{"settings":{"theme":"dark"},"was":1}"#).unwrap();
        let book = Book::open(folder.path());
        assert_eq!(book.kept().settings, Settings { theme: Theme::Dark, ..Settings::default() });
    }

    #[test]
    fn settings_that_would_switch_the_safeguards_off_are_refused() {
        for wrong in [
            serde_json::json!({ "lock_minutes": 0 }),
            serde_json::json!({ "lock_minutes": 100_000 }),
            serde_json::json!({ "clipboard_seconds": 0 }),
            serde_json::json!({ "clipboard_seconds": 86_400 }),
            serde_json::json!({ "zoom": 40 }),
        ] {
            let (name, _) = wrong.as_object().unwrap().iter().next().unwrap();
            let trouble = Settings::default().edited(&edit(wrong.clone())).unwrap_err();
            assert!(trouble.fields.contains_key(name), "{wrong}");
        }
    }
}
