//! For how many months a plan is bought, and what that takes off its price.
use super::money::Tzs;

/// What can be chosen; one month is the default.
pub const MONTHS: [i64; 6] = [1, 3, 6, 12, 24, 36];

/// The discount table: from how many months, how many percent. Configuration; ordered by months.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discounts(Vec<(i64, i64)>);

impl Default for Discounts {
    fn default() -> Self {
        Self(vec![(3, 10), (6, 15), (12, 20)])
    }
}

impl Discounts {
    /// Reads `3:10,6:15,12:20`. None where a number is missing, months repeat or a percentage is not in
    /// 0..=90.
    pub fn parse(text: &str) -> Option<Self> {
        let mut steps = text
            .split(',')
            .filter(|step| !step.trim().is_empty())
            .map(|step| {
                let (months, percent) = step.split_once(':')?;
                Some((months.trim().parse().ok()?, percent.trim().parse().ok()?))
            })
            .collect::<Option<Vec<(i64, i64)>>>()?;
        steps.sort_unstable();
        let sane = steps.iter().all(|(m, p)| *m > 0 && (0..=90).contains(p))
            && steps.windows(2).all(|w| w[0].0 < w[1].0);
        sane.then_some(Self(steps))
    }

    /// Percent off for that many months.
    pub fn percent(&self, months: i64) -> i64 {
        self.0.iter().rev().find(|(from, _)| months >= *from).map_or(0, |(_, percent)| *percent)
    }
}

/// What one purchase comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quote {
    /// Months bought.
    pub months: i64,
    /// The plan's price for one month.
    pub monthly: Tzs,
    /// Percent off.
    pub percent: i64,
    /// Months × price, before the discount.
    pub full: Tzs,
    /// What the discount takes off.
    pub discount: Tzs,
    /// What the customer pays.
    pub total: Tzs,
}

impl Quote {
    /// None where the months are not sold or the total would not fit an integer.
    pub fn new(monthly: Tzs, months: i64, discounts: &Discounts) -> Option<Quote> {
        if !MONTHS.contains(&months) {
            return None;
        }
        let percent = discounts.percent(months);
        let full = monthly.times(months)?;
        let discount = full.percent(percent);
        Some(Quote { months, monthly, percent, full, discount, total: full - discount })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_of_boost_costs_what_the_price_list_says() {
        let quote = Quote::new(Tzs(25_000), 12, &Discounts::default()).unwrap();
        assert_eq!((quote.full, quote.discount, quote.total), (Tzs(300_000), Tzs(60_000), Tzs(240_000)));
        assert_eq!(Quote::new(Tzs(25_000), 2, &Discounts::default()), None);
    }

    #[test]
    fn a_discount_table_is_read_or_refused() {
        assert_eq!(Discounts::parse("12:20, 3:10,6:15"), Some(Discounts::default()));
        assert_eq!(Discounts::parse("").unwrap().percent(36), 0);
        for wrong in ["3", "3:x", "3:10,3:20", "0:5", "3:100"] {
            assert_eq!(Discounts::parse(wrong), None, "{wrong}");
        }
    }
}
