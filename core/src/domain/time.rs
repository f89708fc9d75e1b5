//! Moments and days. A moment is unix microseconds, UTC; days and months are East Africa Time.
use time::{Date, Month, OffsetDateTime, UtcOffset, macros::offset};

/// East Africa Time has no summer time.
pub const EAT: UtcOffset = offset!(+3);

/// A moment: microseconds since 1970, UTC, from the application's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Moment(pub i64);

impl Moment {
    /// Later by whole seconds.
    pub fn plus_seconds(self, seconds: i64) -> Moment {
        Moment(self.0 + seconds * 1_000_000)
    }

    /// Earlier by whole seconds.
    pub fn minus_seconds(self, seconds: i64) -> Moment {
        self.plus_seconds(-seconds)
    }

    /// Whole seconds from `earlier` to this; negative where this is the earlier one.
    pub fn seconds_since(self, earlier: Moment) -> i64 {
        (self.0 - earlier.0).div_euclid(1_000_000)
    }

    /// The same wall-clock time that many calendar months later, on the last day of the month where it has no such day.
    pub fn plus_months(self, months: i64) -> Moment {
        let here = self.east_africa();
        let index = i64::from(here.year()) * 12 + i64::from(u8::from(here.month())) - 1 + months;
        let year = i32::try_from(index.div_euclid(12)).unwrap_or(here.year());
        let month = u8::try_from(index.rem_euclid(12) + 1)
            .ok()
            .and_then(|m| Month::try_from(m).ok())
            .unwrap_or(here.month());
        let day = here.day().min(month.length(year));
        let moved = Date::from_calendar_date(year, month, day).map_or(here, |date| here.replace_date(date));
        Moment(i64::try_from(moved.unix_timestamp_nanos() / 1000).unwrap_or(self.0))
    }

    /// The calendar and clock in Tanzania.
    pub fn east_africa(self) -> OffsetDateTime {
        OffsetDateTime::from_unix_timestamp_nanos(i128::from(self.0) * 1000)
            .unwrap_or(OffsetDateTime::UNIX_EPOCH)
            .to_offset(EAT)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    fn at(moment: OffsetDateTime) -> Moment {
        Moment(i64::try_from(moment.unix_timestamp_nanos() / 1000).unwrap())
    }

    #[test]
    fn months_end_where_the_calendar_ends() {
        let bought = at(datetime!(2027-01-31 12:00 +3));
        assert_eq!(bought.plus_months(1), at(datetime!(2027-02-28 12:00 +3)));
        assert_eq!(bought.plus_months(12), at(datetime!(2028-01-31 12:00 +3)));
        assert_eq!(bought.plus_months(13), at(datetime!(2028-02-29 12:00 +3)));
    }
}
