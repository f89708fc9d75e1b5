//! A portal in the app's list, and the rules for its address.
use hollyn_core::api::Staff;
use serde::{Deserialize, Serialize};
use tauri::Url;

use crate::error::AppError;

/// A portal in the app's list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Profile {
    pub id: String,
    /// The company, from the portal.
    pub name: String,
    /// Like `https://hollyn.online`.
    pub url: String,
    /// The e-mail address of the last sign-in.
    pub email: Option<String>,
    /// The staff member who is signed in.
    #[serde(default)]
    pub staff: Option<Staff>,
}

/// Returns the portal's origin from an address that the user typed. It must be https, or http on this
/// machine, because every request carries a token. Path and query are dropped, so that an address copied from
/// a browser works.
pub fn origin(typed: &str) -> Result<String, AppError> {
    let invalid = |message: &str| AppError::field("url", message);
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(invalid("Enter the portal's address, like https://hollyn.online."));
    }
    let full = if typed.contains("://") { typed.to_owned() } else { format!("https://{typed}") };
    let url = Url::parse(&full)
        .map_err(|_| invalid("This is no address. Enter one like https://hollyn.online."))?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(invalid("Enter the address without a name or password in it."));
    }
    match url.scheme() {
        "https" => {}
        "http" if is_this_machine(&url) => {}
        "http" => return Err(invalid("The address must begin with https://.")),
        _ => return Err(invalid("Enter a web address, like https://hollyn.online.")),
    }
    Ok(url.origin().ascii_serialization())
}

fn is_this_machine(url: &Url) -> bool {
    matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"))
}

/// Whether a link from the portal may be opened in the browser: https, or http on this machine.
pub fn is_openable(link: &str) -> bool {
    Url::parse(link)
        .is_ok_and(|url| url.scheme() == "https" || (url.scheme() == "http" && is_this_machine(&url)))
}

/// Whether a link leads to the portal itself.
pub fn has_origin(link: &str, origin: &str) -> bool {
    Url::parse(link).is_ok_and(|url| url.origin().ascii_serialization() == origin)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_addresses_become_origins() {
        for (typed, expected) in [
            ("hollyn.online", "https://hollyn.online"),
            ("  https://Hollyn.Online/ ", "https://hollyn.online"),
            ("https://hollyn.online/plans?x=1#y", "https://hollyn.online"),
            ("https://hollyn.online:8443", "https://hollyn.online:8443"),
            ("http://localhost:8000", "http://localhost:8000"),
            ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
            ("http://[::1]:8000", "http://[::1]:8000"),
        ] {
            assert_eq!(origin(typed).unwrap(), expected, "{typed}");
        }
    }

    #[test]
    fn insecure_and_malformed_addresses_are_refused() {
        for typed in [
            "http://hollyn.online",
            "http://127.0.0.1.example.com",
            "http://localhost.example.com",
            "ftp://hollyn.online",
            "file:///etc/passwd",
            "javascript://hollyn.online",
            "https://me:secret@hollyn.online",
            "https://hollyn.online@evil.example",
            "",
            "https://",
        ] {
            assert!(origin(typed).unwrap_err().fields.contains_key("url"), "{typed}");
        }
    }

    #[test]
    fn only_links_to_the_portal_and_secure_links_are_opened() {
        assert!(has_origin("https://hollyn.online/impersonate/abc", "https://hollyn.online"));
        assert!(!has_origin("https://hollyn.online.evil.example/impersonate/abc", "https://hollyn.online"));
        assert!(is_openable("https://panel.example:2003/sess"));
        assert!(!is_openable("http://panel.example/sess"));
        assert!(!is_openable("file:///etc/passwd"));
    }
}
