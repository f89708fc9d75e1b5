//! What is sold.
use super::{ids::PlanId, money::Tzs};

/// One hosting plan, as the storefront shows it.
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
}

impl Plan {
    /// The value of one feature, by its label.
    pub fn feature(&self, label: &str) -> Option<&str> {
        self.features.iter().find(|(l, _)| l == label).map(|(_, value)| value.as_str())
    }
}

/// The plan's address: lower-case letters, digits and hyphens.
pub fn slug_ok(text: &str) -> bool {
    (1..=80).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}
