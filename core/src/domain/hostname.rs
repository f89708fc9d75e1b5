//! Domain names that a hosting account can have.
use std::fmt;

/// A registrable host name in lower case: at least two labels, letters, digits and inner hyphens.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Hostname(String);

impl Hostname {
    /// Reads what people paste: `https://WWW.Kahawa.co.tz/` is `kahawa.co.tz`. None where no host name is left.
    pub fn parse(text: &str) -> Option<Hostname> {
        let lower = text.trim().to_ascii_lowercase();
        let bare = lower.trim_start_matches("https://").trim_start_matches("http://");
        let bare = bare.split(['/', '?', '#']).next().unwrap_or_default();
        let bare = bare.strip_prefix("www.").unwrap_or(bare).trim_end_matches('.');
        let labels: Vec<&str> = bare.split('.').collect();
        let label_ok = |label: &&str| {
            (1..=63).contains(&label.len())
                && label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
                && !label.starts_with('-')
                && !label.ends_with('-')
        };
        let top_ok =
            labels.last().is_some_and(|top| top.len() > 1 && !top.bytes().all(|b| b.is_ascii_digit()));
        let sound = bare.len() <= 190 && labels.len() > 1 && labels.iter().all(label_ok) && top_ok;
        sound.then(|| Hostname(bare.to_owned()))
    }

    /// The first label, which a username is made from.
    pub fn first_label(&self) -> &str {
        self.0.split('.').next().unwrap_or_default()
    }

    /// As stored and sent.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Hostname {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_paste_becomes_a_name() {
        for text in ["kahawa.co.tz", " https://WWW.Kahawa.co.tz/shop?x=1 ", "http://kahawa.co.tz."] {
            assert_eq!(Hostname::parse(text).unwrap().as_str(), "kahawa.co.tz");
        }
        for text in [
            "",
            "kahawa",
            "-a.tz",
            "a..tz",
            "a b.tz",
            "10.0.0.1",
            "kahawa.co.tz<script>",
            "mkahawa.☕",
            "a@b.tz",
        ] {
            assert_eq!(Hostname::parse(text), None, "{text}");
        }
    }
}
