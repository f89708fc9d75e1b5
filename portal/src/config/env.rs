//! Variables as they are set, and the key that a sandbox keeps for itself.
use super::ConfigError;
use hollyn_core::keys::Keys;
use std::{collections::BTreeMap, ops::RangeInclusive, path::Path};

/// The environment's variables. Empty values and Laravel's `null` count as missing.
#[derive(Debug, Clone, Default)]
pub struct Env(BTreeMap<String, String>);

impl Env {
    /// From the process and, for what it does not set, from `.env` in the working folder. Folders above it
    /// are not searched: their files are not this portal's.
    pub fn of_process() -> Result<Env, ConfigError> {
        match dotenvy::from_path(".env") {
            Ok(_) => {}
            Err(error) if error.not_found() => {}
            Err(error) => return Err(ConfigError::new(".env", format!("cannot be read: {error}"))),
        }
        Ok(Env::of(std::env::vars()))
    }

    /// From pairs.
    pub fn of<K: Into<String>, V: Into<String>>(pairs: impl IntoIterator<Item = (K, V)>) -> Env {
        Env(pairs.into_iter().map(|(name, value)| (name.into(), value.into())).collect())
    }

    /// The value, where there is one.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(|value| value.trim()).filter(|value| !value.is_empty() && *value != "null")
    }

    /// A whole number in a range.
    pub fn number(&self, name: &str, default: i64, range: RangeInclusive<i64>) -> Result<i64, ConfigError> {
        let Some(text) = self.get(name) else { return Ok(default) };
        let what = || {
            ConfigError::new(
                name,
                format!("should be a whole number from {} to {}", range.start(), range.end()),
            )
        };
        text.parse().ok().filter(|number| range.contains(number)).ok_or_else(what)
    }

    /// `true` or `false`.
    pub fn flag(&self, name: &str, default: bool) -> Result<bool, ConfigError> {
        match self.get(name) {
            None => Ok(default),
            Some("true" | "1" | "on" | "yes") => Ok(true),
            Some("false" | "0" | "off" | "no") => Ok(false),
            Some(_) => Err(ConfigError::new(name, "should be true or false")),
        }
    }
}

/// The key that lies in the data folder, made where there is none. Only for a portal that is not in
/// production.
pub(super) fn kept_key(file: &Path) -> Result<String, ConfigError> {
    let cannot = |error: std::io::Error| {
        ConfigError::new(
            "HOLLYN_DATA_DIR",
            format!("should be a folder that can be written: {}: {error}", file.display()),
        )
    };
    match std::fs::read_to_string(file) {
        Ok(key) => Ok(key.trim().to_owned()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let key = Keys::generate();
            if let Some(folder) = file.parent() {
                std::fs::create_dir_all(folder).map_err(cannot)?;
            }
            write_private(file, &key).map_err(cannot)?;
            Ok(key)
        }
        Err(error) => Err(cannot(error)),
    }
}

#[cfg(unix)]
fn write_private(file: &Path, text: &str) -> std::io::Result<()> {
    use std::{io::Write, os::unix::fs::OpenOptionsExt};
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(file)?;
    file.write_all(text.as_bytes())
}

#[cfg(not(unix))]
fn write_private(file: &Path, text: &str) -> std::io::Result<()> {
    std::fs::write(file, text)
}
