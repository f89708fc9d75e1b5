//! What is sold.
use super::{field_error::FieldError, ids::PlanId, money::Tzs, text, time::Timestamp};

/// One hosting plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Row id.
    pub id: PlanId,
    /// `Hollyn Boost`.
    pub name: String,
    /// `hollyn-boost`: its name in addresses and on the panel.
    pub slug: String,
    /// Price of one month.
    pub monthly: Tzs,
    /// What it includes, label and value, in the order in which it is shown.
    pub features: Vec<(String, String)>,
    /// Whether it can be ordered.
    pub is_active: bool,
    /// Its place in the price list, from 0.
    pub position: i64,
    /// The panel's plan that staff chose for it; None where the panel's plan is found by name.
    pub panel_plan: Option<String>,
    /// The last change, also the version that a guarded write compares with.
    pub updated_at: Timestamp,
}

/// What was sold of a plan, of all time and at present.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PlanFigures {
    /// Orders placed.
    pub orders: i64,
    /// Orders that a payment was applied to, whatever became of them later.
    pub orders_paid: i64,
    /// The money applied to those orders.
    pub revenue: Tzs,
    /// Services of the plan, in any status.
    pub services: i64,
    pub services_active: i64,
    /// What the active services bring in a month.
    pub mrr: Tzs,
}

/// A plan with what was sold of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanSummary {
    pub plan: Plan,
    pub figures: PlanFigures,
}

/// Identifies the state of the price list. It changes whenever a plan is created, changed or deleted, so
/// rendered pages are cached under it: the count shows a deleted plan, the newest id its replacement, the
/// last change everything else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PriceListVersion {
    pub plans: i64,
    pub newest: i64,
    pub changed_at: Timestamp,
}

impl Plan {
    /// The value of one feature, by its label.
    pub fn feature(&self, label: &str) -> Option<&str> {
        self.features.iter().find(|(l, _)| l == label).map(|(_, value)| value.as_str())
    }

    /// Whether the plan has this name, in any case.
    pub fn has_name(&self, name: &str) -> bool {
        self.name.to_lowercase() == name.to_lowercase()
    }
}

/// The plan's address: lower-case letters, digits and hyphens.
pub fn slug_ok(text: &str) -> bool {
    (1..=80).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// The longest name of a plan, in characters.
const LONGEST_NAME: usize = 80;
/// What a month may cost.
const PRICES: std::ops::RangeInclusive<i64> = 100..=10_000_000;
/// How many features a plan lists at most.
const MOST_FEATURES: usize = 40;
const LONGEST_LABEL: usize = 60;
const LONGEST_VALUE: usize = 80;

/// A plan's name as it is typed: blanks made one, something in it that a slug can be made from.
pub fn read_name(typed: &str) -> Result<String, FieldError> {
    let name = text::nfc(&typed.split_whitespace().collect::<Vec<_>>().join(" "));
    if name.is_empty() {
        return Err(FieldError::new("name", "empty"));
    }
    if name.chars().count() > LONGEST_NAME {
        return Err(FieldError::new("name", "long"));
    }
    if slug_of(&name).is_empty() {
        return Err(FieldError::new("name", "wrong"));
    }
    // It stands in mails.
    if !text::is_name(&name) {
        return Err(FieldError::new("name", "characters"));
    }
    Ok(name)
}

/// `Hollyn Boost+` is `hollyn-boost`: lower-case letters and digits, one hyphen for whatever is between them.
pub fn slug_of(name: &str) -> String {
    let lower = name.to_ascii_lowercase();
    let words = lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let slug = words.collect::<Vec<_>>().join("-");
    debug_assert!(slug.is_empty() || slug_ok(&slug), "{slug}");
    slug
}

/// The price of a month.
pub fn read_price(shillings: i64) -> Result<Tzs, FieldError> {
    PRICES.contains(&shillings).then_some(Tzs(shillings)).ok_or(FieldError::new("price_tzs", "wrong"))
}

/// What a plan includes, trimmed.
pub fn read_features(typed: &[(String, String)]) -> Result<Vec<(String, String)>, FieldError> {
    if typed.len() > MOST_FEATURES {
        return Err(FieldError::new("features", "many"));
    }
    let read = |text: &str, longest: usize| {
        let text = text.trim();
        let sound = (1..=longest).contains(&text.chars().count()) && !text.chars().any(char::is_control);
        sound.then(|| text.to_owned()).ok_or(FieldError::new("features", "wrong"))
    };
    typed
        .iter()
        .map(|(label, value)| Ok((read(label, LONGEST_LABEL)?, read(value, LONGEST_VALUE)?)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_made_from_what_is_left_of_a_name() {
        for (name, slug) in [
            ("Hollyn Boost", "hollyn-boost"),
            ("  Max / 2026 (new!) ", "max-2026-new"),
            ("Mpango wa Biashara", "mpango-wa-biashara"),
            ("Café", "caf"),
            ("计划", ""),
            ("--", ""),
        ] {
            assert_eq!(slug_of(name), slug, "{name}");
        }
        assert!(slug_ok(&slug_of(&"a b".repeat(26))), "the longest name still has a slug");
    }
}
