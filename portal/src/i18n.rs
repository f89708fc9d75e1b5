//! The portal's languages, and the texts of its pages and mails, from `locales/{en,sw}/*.ftl`.

use std::{
    borrow::Cow,
    collections::BTreeSet,
    fmt,
    sync::{LazyLock, Mutex},
};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use fluent_langneg::{NegotiationStrategy, negotiate_languages, parse_accepted_languages};
use rust_embed::RustEmbed;
use serde::{Serialize, Serializer};
use unic_langid::LanguageIdentifier;

#[derive(RustEmbed)]
#[folder = "locales"]
#[include = "*.ftl"]
struct Locales;

/// The languages' identifiers, in the order of [`Lang::ALL`].
static IDS: LazyLock<[LanguageIdentifier; 2]> =
    LazyLock::new(|| Lang::ALL.map(|lang| lang.code().parse().unwrap_or_default()));

static BUNDLES: LazyLock<[FluentBundle<FluentResource>; 2]> =
    LazyLock::new(|| [bundle(Lang::En), bundle(Lang::Sw)]);

/// Keys already reported: each missing key is logged once.
static MISSING: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

/// A language of the portal. Serialises as its code, `en` or `sw`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    #[default]
    En,
    Sw,
}

impl Lang {
    /// Both, in the order of the bundles.
    pub const ALL: [Self; 2] = [Self::En, Self::Sw];

    /// The code that goes into `lang="…"`, the cookie and the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Sw => "sw",
        }
    }

    /// The language of a code, region ignored (`sw-TZ` is `sw`); None for other languages.
    pub fn from_code(code: &str) -> Option<Self> {
        let base = code.trim().split(['-', '_']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|lang| base.eq_ignore_ascii_case(lang.code()))
    }

    /// The one that the language switch offers.
    pub fn other(self) -> Self {
        match self {
            Self::En => Self::Sw,
            Self::Sw => Self::En,
        }
    }

    /// The language for an `Accept-Language` header; English where it names no language of the portal.
    pub fn from_accept(header: &str) -> Self {
        // The negotiation goes by order alone; a header may be ordered by weights instead.
        let weight = |part: &str| match part.split_once("q=") {
            Some((_, q)) => q.trim().parse().unwrap_or(0.0),
            None => 1.0_f32,
        };
        let mut parts: Vec<&str> = header.split(',').filter(|part| weight(part) > 0.0).collect();
        parts.sort_by(|a, b| weight(b).total_cmp(&weight(a)));
        let requested = parse_accepted_languages(&parts.join(","));
        let found = negotiate_languages(&requested, &*IDS, None, NegotiationStrategy::Lookup);
        found.first().and_then(|id| Self::from_code(id.language.as_str())).unwrap_or_default()
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Serialize for Lang {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

/// What is put into a message. Numbers choose plural forms; text does not.
#[derive(Clone, Debug, PartialEq)]
pub enum Arg {
    Text(String),
    Number(i64),
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Arg {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

/// The message of `key` in `lang`. A missing key is an error in the log and shows as the key itself:
/// an ugly word on the page is better than no page.
pub fn t(lang: Lang, key: &str, args: &[(&str, Arg)]) -> String {
    try_t(lang, key, args).unwrap_or_else(|| {
        let id = format!("{lang}/{key}");
        let mut missing = MISSING.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        if missing.insert(id) {
            tracing::error!(%lang, key, "no text for this key in the locale files");
        }
        key.to_owned()
    })
}

/// As [`t`], for keys that need not exist: names that come from data.
pub fn try_t(lang: Lang, key: &str, args: &[(&str, Arg)]) -> Option<String> {
    let bundle = &BUNDLES[lang as usize];
    let pattern = bundle.get_message(key)?.value()?;
    let args: FluentArgs<'_> = args.iter().map(|(name, arg)| (Cow::Borrowed(*name), value(arg))).collect();
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned();
    if !errors.is_empty() {
        tracing::error!(%lang, key, ?errors, "a message could not be filled in");
        #[cfg(test)]
        panic!("{lang}/{key}: {errors:?}");
    }
    Some(text)
}

/// Keys that were asked for and not found since the start, as `en/key`.
pub fn missing() -> Vec<String> {
    MISSING.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).iter().cloned().collect()
}

/// Reads the locale files now and not at the first request. Returns how many languages there are.
pub fn load() -> usize {
    LazyLock::force(&BUNDLES).len()
}

fn value(arg: &Arg) -> FluentValue<'_> {
    match arg {
        Arg::Text(text) => FluentValue::from(text.as_str()),
        Arg::Number(number) => FluentValue::from(*number),
    }
}

fn bundle(lang: Lang) -> FluentBundle<FluentResource> {
    let mut bundle = FluentBundle::new_concurrent(vec![IDS[lang as usize].clone()]);
    // The isolating marks would be visible as boxes on old phones and would break copied numbers.
    bundle.set_use_isolating(false);
    for path in Locales::iter().filter(|path| path.starts_with(&format!("{lang}/"))) {
        let Some(file) = Locales::get(&path) else { continue };
        let text = String::from_utf8_lossy(&file.data).into_owned();
        let resource = FluentResource::try_new(text).unwrap_or_else(|(resource, errors)| {
            tracing::error!(%path, ?errors, "a locale file has entries that cannot be read");
            resource
        });
        if let Err(errors) = bundle.add_resource(resource) {
            tracing::error!(%path, ?errors, "a locale file repeats a key");
        }
    }
    bundle
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browser_chooses_the_language() {
        assert_eq!(Lang::from_accept("sw-TZ,sw;q=0.9,en;q=0.8"), Lang::Sw);
        assert_eq!(Lang::from_accept("fr, en;q=0.5, sw;q=0.7"), Lang::Sw);
        assert_eq!(Lang::from_accept("en-GB"), Lang::En);
        assert_eq!(Lang::from_accept("de"), Lang::En);
        assert_eq!(Lang::from_accept("en;q=0, SW-tz;q=0.1"), Lang::Sw);
        assert_eq!(Lang::from_accept("*;q=0.5, sw;q=x, \u{1f600}"), Lang::En);
        assert_eq!(Lang::from_accept(""), Lang::En);
    }

    #[test]
    fn a_missing_key_shows_itself() {
        assert_eq!(t(Lang::Sw, "no-such-key", &[]), "no-such-key");
    }

    #[test]
    fn one_month_is_not_months() {
        let months = |lang, n: i64| t(lang, "months", &[("n", n.into())]);
        assert_eq!(months(Lang::En, 1), "1 month");
        assert_eq!(months(Lang::En, 3), "3 months");
        assert_eq!(months(Lang::Sw, 1), "mwezi 1");
        assert_eq!(months(Lang::Sw, 12), "miezi 12");
    }
}
