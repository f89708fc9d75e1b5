//! Whole Tanzanian shillings. There are no cents in use, and no float touches money.
use std::fmt;

/// An amount in whole shillings (TZS).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Tzs(pub i64);

/// The only currency that is sold in.
pub const CURRENCY: &str = "TZS";

impl Tzs {
    /// Nothing.
    pub const ZERO: Tzs = Tzs(0);

    /// Reads what a gateway writes: `1000`, `"1000"`, `"1000.00"`. Anything with real cents, a sign or an
    /// exponent is refused.
    pub fn parse(text: &str) -> Option<Tzs> {
        let (whole, cents) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
        let digits = !whole.is_empty() && whole.bytes().all(|b| b.is_ascii_digit());
        (digits && cents.bytes().all(|b| b == b'0')).then(|| whole.parse().ok().map(Tzs))?
    }

    /// This price for that many months. None where it would not fit; prices are capped far below.
    pub fn times(self, months: i64) -> Option<Tzs> {
        self.0.checked_mul(months).map(Tzs)
    }

    /// What `percent` of this comes to, in whole shillings, rounded down: a discount is never larger than
    /// announced.
    pub fn percent(self, percent: i64) -> Tzs {
        Tzs(self.0 / 100 * percent + self.0 % 100 * percent / 100)
    }
}

impl std::ops::Sub for Tzs {
    type Output = Tzs;
    fn sub(self, other: Tzs) -> Tzs {
        Tzs(self.0 - other.0)
    }
}

/// As people read it: `TSh 25,000`.
impl fmt::Display for Tzs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.0.unsigned_abs().to_string();
        let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
        for (i, digit) in digits.chars().enumerate() {
            if i > 0 && (digits.len() - i).is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        write!(f, "{}TSh {grouped}", if self.0 < 0 { "-" } else { "" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_read_as_people_write_them() {
        assert_eq!(Tzs(25_000).to_string(), "TSh 25,000");
        assert_eq!(Tzs(1_234_567).to_string(), "TSh 1,234,567");
        assert_eq!(Tzs(-500).to_string(), "-TSh 500");
    }

    #[test]
    fn only_whole_shillings_are_money() {
        assert_eq!(Tzs::parse("1000.00"), Some(Tzs(1000)));
        assert_eq!(Tzs::parse(" 1000 "), Some(Tzs(1000)));
        for nonsense in ["", "1000.50", "-1", "1e3", "1,000", "٣", "99999999999999999999"] {
            assert_eq!(Tzs::parse(nonsense), None, "{nonsense}");
        }
    }
}
