//! Addresses of the app's own, like `hollyn://order/0192...`: from a mail or a note straight to the thing.
use hollyn_core::api::Id as _;
use serde::Serialize;
use tauri::Url;

/// What is to be opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Opened {
    pub noun: &'static str,
    pub id: String,
}

const NOUNS: [&str; 5] = ["user", "order", "service", "plan", "attention"];

/// What an address means; None where it means nothing here. It comes from anywhere, so only a known noun and a plain id
/// pass, and nothing but looking happens.
pub fn read(url: &Url) -> Option<Opened> {
    if url.scheme() != "hollyn" {
        return None;
    }
    let noun = NOUNS.into_iter().find(|noun| url.host_str() == Some(*noun))?;
    let id = url.path().trim_matches('/');
    Some(Opened { noun, id: String::read(id)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened(url: &str) -> Option<Opened> {
        read(&Url::parse(url).unwrap())
    }

    #[test]
    fn a_link_in_a_mail_opens_the_order() {
        let id = "0192f3c4-aaaa-7bbb-8ccc-0123456789ab";
        let meant = Some(Opened { noun: "order", id: id.into() });
        assert_eq!(opened(&format!("hollyn://order/{id}")), meant);
        assert_eq!(opened(&format!("hollyn://order/{id}/")), meant);
    }

    #[test]
    fn a_link_made_to_harm_opens_nothing() {
        for url in [
            "hollyn://order",
            "hollyn://order/",
            "hollyn://order/1/suspend",
            "hollyn://order/%2e%2e%2f",
            "hollyn://order/<script>",
            "hollyn://delete/7",
            "https://order/7",
        ] {
            assert_eq!(opened(url), None, "{url}");
        }
    }
}
