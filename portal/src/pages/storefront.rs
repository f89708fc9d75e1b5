//! Landing page and price list. Rendered once per language, the same for all visitors.

use serde::Serialize;

use super::Page;

/// `GET /`. Cheapest plan first; `plans` are the four that are shown, `from_tzs` the lowest price.
#[derive(Clone, Debug, Serialize)]
pub struct Landing {
    pub plans: Vec<PlanLine>,
    pub from_tzs: i64,
    /// One row per step of the discount, without the full price: 3 months 10, 6 months 15, 12 months 20.
    pub discounts: Vec<Discount>,
    /// The name that the network's request shows, `HOLLYN ONLINE`.
    pub payee: String,
}

/// `GET /plans`.
#[derive(Clone, Debug, Serialize)]
pub struct Plans {
    pub plans: Vec<PlanSheet>,
    pub from_tzs: i64,
    /// All lengths on sale, one month (0 %) first. Up to 12 months are offered here, longer ones are named.
    pub terms: Vec<Discount>,
    /// The length chosen before, else 1.
    pub months: i64,
    /// Labels of all features of all plans, in their order: the rows of the table.
    pub labels: Vec<String>,
}

/// A line of the price list. What the plan is good for comes from the locale files, by its slug.
#[derive(Clone, Debug, Serialize)]
pub struct PlanLine {
    pub name: String,
    pub slug: String,
    pub price_tzs: i64,
    pub headline: Headline,
}

/// A plan with everything in it. `values` stand in the order of [`Plans::labels`]; none is shown as a dash.
#[derive(Clone, Debug, Serialize)]
pub struct PlanSheet {
    pub name: String,
    pub slug: String,
    pub price_tzs: i64,
    pub headline: Headline,
    pub terms: Vec<PlanTerm>,
    pub values: Vec<Option<String>>,
}

/// What a plan costs for a length: the month's share and the sums before and after the discount.
#[derive(Clone, Debug, Serialize)]
pub struct PlanTerm {
    pub months: i64,
    pub percent: i64,
    pub monthly_tzs: i64,
    pub full_tzs: i64,
    pub total_tzs: i64,
}

/// From this many months on, this much off.
#[derive(Clone, Debug, Serialize)]
pub struct Discount {
    pub months: i64,
    pub percent: i64,
}

/// A feature of a plan as it is kept: `Disk space`, `30 GB`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Feature {
    pub label: String,
    pub value: String,
}

/// The figures that people compare. As text, since they may be `Unlimited`; none where the plan is silent.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Headline {
    pub disk: Option<String>,
    pub mailboxes: Option<String>,
    pub websites: Option<String>,
    pub databases: Option<String>,
    pub traffic: Option<String>,
}

impl Headline {
    /// Picks the figures out of a plan's features by their labels. Websites are the addon domains and
    /// the main one.
    pub fn from_features(features: &[Feature]) -> Self {
        let find = |label: &str| {
            features.iter().find(|f| f.label.eq_ignore_ascii_case(label)).map(|f| f.value.clone())
        };
        let websites = find("Addon domains")
            .map(|addons| addons.parse::<i64>().map_or(addons, |addons| (addons + 1).to_string()));
        Self {
            disk: find("Disk space"),
            mailboxes: find("E-mail accounts"),
            websites,
            databases: find("MySQL databases"),
            traffic: find("Monthly bandwidth"),
        }
    }
}

impl Page for Landing {
    const TEMPLATE: &'static str = "landing.html";
}

impl Page for Plans {
    const TEMPLATE: &'static str = "plans.html";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_main_domain_is_a_website_too() {
        let features = |addons: &str| [Feature { label: "Addon domains".into(), value: addons.into() }];
        assert_eq!(Headline::from_features(&features("5")).websites.as_deref(), Some("6"));
        assert_eq!(Headline::from_features(&features("Unlimited")).websites.as_deref(), Some("Unlimited"));
        assert_eq!(Headline::from_features(&[]), Headline::default());
    }
}
