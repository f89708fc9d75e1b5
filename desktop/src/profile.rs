//! A portal that the app knows, and which addresses can be one.
use hollyn_core::api::Staff;
use serde::{Deserialize, Serialize};
use tauri::Url;

use crate::trouble::Trouble;

/// A portal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Profile {
    pub id: String,
    /// The company, as the portal says.
    pub name: String,
    /// Like `https://hollyn.online`.
    pub url: String,
    /// Who signed in last.
    pub email: Option<String>,
    /// Who is signed in, as the portal said last.
    #[serde(default)]
    pub staff: Option<Staff>,
}

/// The portal's origin from what a person typed: https, and http on this machine only, because a token goes with every
/// request. Whatever stands behind the host falls off, so that an address copied from a browser works.
pub fn origin(typed: &str) -> Result<String, Trouble> {
    let wrong = |why: &str| Trouble::field("url", why);
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(wrong("Enter the portal's address, like https://hollyn.online."));
    }
    let full = if typed.contains("://") { typed.to_owned() } else { format!("https://{typed}") };
    let url =
        Url::parse(&full).map_err(|_| wrong("This is no address. Enter one like https://hollyn.online."))?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(wrong("Enter the address without a name or password in it."));
    }
    match url.scheme() {
        "https" => {}
        "http" if is_this_machine(&url) => {}
        "http" => return Err(wrong("The address must begin with https://.")),
        _ => return Err(wrong("Enter a web address, like https://hollyn.online.")),
    }
    Ok(url.origin().ascii_serialization())
}

fn is_this_machine(url: &Url) -> bool {
    matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"))
}

/// Whether a link that the portal sent may be opened in the browser: over https, or on this machine.
pub fn is_openable(link: &str) -> bool {
    Url::parse(link)
        .is_ok_and(|url| url.scheme() == "https" || (url.scheme() == "http" && is_this_machine(&url)))
}

/// Whether a link leads to the portal itself.
pub fn is_at(link: &str, origin: &str) -> bool {
    Url::parse(link).is_ok_and(|url| url.origin().ascii_serialization() == origin)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_as_people_type_it_is_understood() {
        for (typed, meant) in [
            ("hollyn.online", "https://hollyn.online"),
            ("  https://Hollyn.Online/ ", "https://hollyn.online"),
            ("https://hollyn.online/plans?x=1#y", "https://hollyn.online"),
            ("https://hollyn.online:8443", "https://hollyn.online:8443"),
            ("http://localhost:8000", "http://localhost:8000"),
            ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
            ("http://[::1]:8000", "http://[::1]:8000"),
        ] {
            assert_eq!(origin(typed).unwrap(), meant, "{typed}");
        }
    }

    #[test]
    fn a_token_never_goes_where_others_can_read_it() {
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
    fn the_browser_is_not_sent_elsewhere() {
        assert!(is_at("https://hollyn.online/impersonate/abc", "https://hollyn.online"));
        assert!(!is_at("https://hollyn.online.evil.example/impersonate/abc", "https://hollyn.online"));
        assert!(is_openable("https://panel.example:2003/sess"));
        assert!(!is_openable("http://panel.example/sess"));
        assert!(!is_openable("file:///etc/passwd"));
    }
}
