//! Domain names that a hosting account can have.
use idna::{
    AsciiDenyList,
    uts46::{DnsLength, Hyphens, Uts46},
};
use std::fmt;

/// A host name in lower case that can be registered: at least two labels, and not a public suffix such as
/// `co.tz` alone. A name in other letters than a to z is kept in its ASCII form, with `xn--` labels.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Hostname(String);

impl Hostname {
    /// The most that the column keeps.
    const MAX: usize = 190;

    /// Reads what is pasted: `https://WWW.Kahawa.co.tz/` is `kahawa.co.tz`. None where no host name is left.
    pub fn parse(text: &str) -> Option<Hostname> {
        let lower = text.trim().to_lowercase();
        let bare = lower.trim_start_matches("https://").trim_start_matches("http://");
        let bare = bare.split(['/', '?', '#']).next().unwrap_or_default();
        let bare = bare.strip_prefix("www.").unwrap_or(bare).trim_end_matches('.');
        // UTS 46 takes symbols, such as emoji, that no registry sells.
        if !bare.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '.' | '。' | '．' | '｡')) {
            return None;
        }
        let name = Uts46::new()
            .to_ascii(bare.as_bytes(), AsciiDenyList::STD3, Hyphens::CheckFirstLast, DnsLength::Verify)
            .ok()?;
        let top = name.rsplit_once('.')?.1;
        let is_top = top.len() > 1 && !top.bytes().all(|b| b.is_ascii_digit());
        (name.len() <= Self::MAX && is_top && !is_public_suffix(&name)).then(|| Hostname(name.into_owned()))
    }

    /// The first label, which a username is made from.
    pub fn first_label(&self) -> &str {
        self.0.split('.').next().unwrap_or_default()
    }

    /// Whether a domain is a name below this one. The temporary domains of services are below one name of
    /// ours.
    pub fn is_above(&self, domain: &str) -> bool {
        domain.strip_suffix(&self.0).is_some_and(|rest| rest.ends_with('.'))
    }

    /// As stored and sent.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether names are registered under it by a registry, as under `tz` and `co.tz`.
fn is_public_suffix(name: &str) -> bool {
    psl::suffix(name.as_bytes())
        .is_some_and(|suffix| suffix.typ() == Some(psl::Type::Icann) && suffix.as_bytes() == name.as_bytes())
}

impl fmt::Display for Hostname {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn parsed(text: &str, expected: Option<&str>) {
        assert_eq!(Hostname::parse(text).as_ref().map(Hostname::as_str), expected, "{text}");
    }

    #[test]
    fn a_pasted_address_becomes_a_name() {
        for text in ["kahawa.co.tz", " https://WWW.Kahawa.co.tz/shop?x=1 ", "http://kahawa.co.tz."] {
            parsed(text, Some("kahawa.co.tz"));
        }
    }

    #[test]
    fn what_is_no_host_name_is_refused() {
        for text in [
            "",
            "kahawa",
            "localhost",
            "mkahawa.☕",
            "☕.co.tz",
            "-a.tz",
            "a-.tz",
            "a..tz",
            ".tz",
            "a b.tz",
            "a_b.tz",
            "10.0.0.1",
            "kahawa.co.tz<script>",
            "a@b.tz",
            "www.",
        ] {
            parsed(text, None);
        }
        parsed(&format!("{}.tz", "a".repeat(64)), None);
        parsed(&format!("{}.tz", "a".repeat(63)), Some(&format!("{}.tz", "a".repeat(63))));
        parsed(&format!("{0}.{0}.{0}.tz", "a".repeat(63)), None);
    }

    #[test]
    fn a_name_in_its_own_letters_is_kept_in_its_ascii_form() {
        for text in
            ["bücher.example", "BÜCHER.example", "https://www.bücher.example/", "xn--bcher-kva.example"]
        {
            parsed(text, Some("xn--bcher-kva.example"));
        }
        parsed("قهوة.co.tz", Some("xn--ogb3cpe.co.tz"));
        parsed("例え.jp", Some("xn--r8jz45g.jp"));
        parsed("ｋａｈａｗａ．ｃｏ．ｔｚ", Some("kahawa.co.tz"));
    }

    #[test]
    fn an_ascii_form_that_stands_for_nothing_is_refused() {
        for text in ["xn--a.example", "xn--.example", "xn--kahawa.co.tz", "xn--bcher-kva\u{200d}.example"] {
            parsed(text, None);
        }
    }

    #[test]
    fn a_public_suffix_alone_is_refused() {
        for text in ["co.tz", "www.co.tz", "or.tz", "co.uk", "com.au"] {
            parsed(text, None);
        }
        for text in
            ["kahawa.co.tz", "kahawa.tz", "github.io", "x.temp.hollyn.example", "a--b.tz", "shop.localhost"]
        {
            parsed(text, Some(text));
        }
    }
}
