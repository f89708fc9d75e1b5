//! The user's settings.
use serde::{Deserialize, Serialize};

use crate::error::AppError;

/// The user's settings.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Settings {
    pub theme: Theme,
    /// The zoom factor, from 0.5 to 2.
    pub zoom: f64,
    /// Minutes without input after which the app locks, from 1 to 60.
    pub lock_minutes: u32,
    /// Seconds after which a copied password is cleared from the clipboard, from 1 to 120.
    pub clipboard_seconds: u32,
    /// Whether the app shows desktop notifications.
    pub notifications: bool,
    pub sidebar: Sidebar,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum Theme {
    System,
    Light,
    Dark,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS))]
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

/// Changes to the settings. Absent fields keep their values.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct SettingsEdit {
    theme: Option<Theme>,
    zoom: Option<f64>,
    lock_minutes: Option<u32>,
    clipboard_seconds: Option<u32>,
    notifications: Option<bool>,
    sidebar: Option<Sidebar>,
}

impl Settings {
    /// Returns the settings with the changes applied, or the first invalid field.
    pub fn edited(&self, edit: &SettingsEdit) -> Result<Settings, AppError> {
        if edit.zoom.is_some_and(|zoom| !(0.5..=2.0).contains(&zoom)) {
            return Err(AppError::field("zoom", "Zoom goes from 50 % to 200 %."));
        }
        if edit.lock_minutes.is_some_and(|minutes| !(1..=60).contains(&minutes)) {
            return Err(AppError::field("lock_minutes", "The app locks after 1 to 60 minutes."));
        }
        if edit.clipboard_seconds.is_some_and(|seconds| !(1..=120).contains(&seconds)) {
            return Err(AppError::field(
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

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn edit(json: serde_json::Value) -> SettingsEdit {
        serde_json::from_value(json).unwrap()
    }

    #[test]
    fn absent_fields_keep_their_values() {
        let edited =
            Settings::default().edited(&edit(json!({ "theme": "dark", "clipboard_seconds": 5 }))).unwrap();
        let expected = Settings { theme: Theme::Dark, clipboard_seconds: 5, ..Settings::default() };
        assert_eq!(edited, expected);
    }

    #[test]
    fn settings_that_disable_a_safeguard_are_refused() {
        for wrong in [
            json!({ "lock_minutes": 0 }),
            json!({ "lock_minutes": 100_000 }),
            json!({ "clipboard_seconds": 0 }),
            json!({ "clipboard_seconds": 86_400 }),
            json!({ "zoom": 40 }),
        ] {
            let (name, _) = wrong.as_object().unwrap().iter().next().unwrap();
            let error = Settings::default().edited(&edit(wrong.clone())).unwrap_err();
            assert!(error.fields.contains_key(name), "{wrong}");
        }
    }
}
