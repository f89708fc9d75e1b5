//! The app's own URLs, like `hollyn://order/0192...`, which open a record from a mail or a note.
use hollyn_core::api::Id as _;
use serde::Serialize;
use tauri::Url;

/// The record that a link opens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct LinkTarget {
    pub noun: LinkNoun,
    pub id: String,
}

/// The kinds of records that a link can open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum LinkNoun {
    User,
    Order,
    Service,
    Plan,
    Attention,
}

/// Parses a link; returns None if it names no known record. Links come from untrusted sources: only a known
/// noun and a plain id pass, and the app only shows the record.
pub fn parse(url: &Url) -> Option<LinkTarget> {
    if url.scheme() != "hollyn" {
        return None;
    }
    let noun = match url.host_str()? {
        "user" => LinkNoun::User,
        "order" => LinkNoun::Order,
        "service" => LinkNoun::Service,
        "plan" => LinkNoun::Plan,
        "attention" => LinkNoun::Attention,
        _ => return None,
    };
    let id = url.path().trim_matches('/');
    Some(LinkTarget { noun, id: String::read(id)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(url: &str) -> Option<LinkTarget> {
        parse(&Url::parse(url).unwrap())
    }

    #[test]
    fn an_order_link_opens_the_order() {
        let id = "0192f3c4-aaaa-7bbb-8ccc-0123456789ab";
        let expected = Some(LinkTarget { noun: LinkNoun::Order, id: id.into() });
        assert_eq!(target(&format!("hollyn://order/{id}")), expected);
        assert_eq!(target(&format!("hollyn://order/{id}/")), expected);
    }

    #[test]
    fn malformed_links_open_nothing() {
        for url in [
            "hollyn://order",
            "hollyn://order/",
            "hollyn://order/1/suspend",
            "hollyn://order/%2e%2e%2f",
            "hollyn://order/<script>",
            "hollyn://delete/7",
            "https://order/7",
        ] {
            assert_eq!(target(url), None, "{url}");
        }
    }
}
