//! Moments and days. A moment is unix microseconds, UTC; days and months are East Africa Time.
use std::fmt;
use time::{Date, Month, OffsetDateTime, UtcOffset, macros::offset};

/// East Africa Time has no summer time.
pub const EAT: UtcOffset = offset!(+3);

/// A moment: microseconds since 1970, UTC, from the application's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// Later by whole seconds.
    pub fn plus_seconds(self, seconds: i64) -> Timestamp {
        Timestamp(self.0 + seconds * 1_000_000)
    }

    /// Earlier by whole seconds.
    pub fn minus_seconds(self, seconds: i64) -> Timestamp {
        self.plus_seconds(-seconds)
    }

    /// Whole seconds from `earlier` to this; negative where this is the earlier one.
    pub fn seconds_since(self, earlier: Timestamp) -> i64 {
        (self.0 - earlier.0).div_euclid(1_000_000)
    }

    /// The same wall-clock time that many calendar months later, on the last day of the month where it has no
    /// such day.
    pub fn plus_months(self, months: i64) -> Timestamp {
        let here = self.east_africa();
        let index = i64::from(here.year()) * 12 + i64::from(u8::from(here.month())) - 1 + months;
        let year = i32::try_from(index.div_euclid(12)).unwrap_or(here.year());
        let month = u8::try_from(index.rem_euclid(12) + 1)
            .ok()
            .and_then(|m| Month::try_from(m).ok())
            .unwrap_or(here.month());
        let day = here.day().min(month.length(year));
        let moved = Date::from_calendar_date(year, month, day).map_or(here, |date| here.replace_date(date));
        Timestamp(i64::try_from(moved.unix_timestamp_nanos() / 1000).unwrap_or(self.0))
    }

    /// The calendar and clock in Tanzania.
    pub fn east_africa(self) -> OffsetDateTime {
        OffsetDateTime::from_unix_timestamp_nanos(i128::from(self.0) * 1000)
            .unwrap_or(OffsetDateTime::UNIX_EPOCH)
            .to_offset(EAT)
    }
}

/// A day in Tanzania: whole days since 1970-01-01 by the clock there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i64);

const DAY_MICROS: i64 = 86_400_000_000;
/// What East Africa Time is ahead of UTC.
const AHEAD_MICROS: i64 = 3 * 3_600_000_000;
/// 1970-01-01 as `time` counts days.
const JULIAN_1970: i64 = 2_440_588;

impl Day {
    /// The day that it was in Tanzania then.
    pub fn of(moment: Timestamp) -> Day {
        Day((moment.0 + AHEAD_MICROS).div_euclid(DAY_MICROS))
    }

    /// Its midnight.
    pub fn start(self) -> Timestamp {
        Timestamp(self.0 * DAY_MICROS - AHEAD_MICROS)
    }

    /// Later by whole days.
    pub fn plus(self, days: i64) -> Day {
        Day(self.0 + days)
    }

    /// Reads `2026-11-23`.
    pub fn parse(text: &str) -> Option<Day> {
        let mut parts = text.splitn(3, '-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        let plain = year.len() == 4 && month.len() == 2 && day.len() == 2;
        let month = Month::try_from(month.parse::<u8>().ok()?).ok()?;
        let date = Date::from_calendar_date(year.parse().ok()?, month, day.parse().ok()?).ok()?;
        plain.then(|| Day(i64::from(date.to_julian_day()) - JULIAN_1970))
    }
}

/// `2026-11-23`.
impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let julian = i32::try_from(self.0 + JULIAN_1970).map_err(|_| fmt::Error)?;
        let date = Date::from_julian_day(julian).map_err(|_| fmt::Error)?;
        write!(f, "{:04}-{:02}-{:02}", date.year(), u8::from(date.month()), date.day())
    }
}

/// A span of days, both ends in it: at least one, at most 400.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    from: Day,
    to: Day,
}

impl Days {
    /// The most that are looked at together.
    pub const MOST: i64 = 400;

    /// None where the span is empty, too long or nowhere near our time.
    pub fn new(from: Day, to: Day) -> Option<Days> {
        let sound =
            (0..Self::MOST).contains(&(to.0 - from.0)) && (0..=100_000).contains(&to.0) && from.0 >= 0;
        sound.then_some(Days { from, to })
    }

    /// The last `count` days up to this one.
    pub fn last(count: i64, today: Day) -> Option<Days> {
        Days::new(today.plus(1 - count), today)
    }

    /// The first day.
    pub fn from(self) -> Day {
        self.from
    }

    /// The last day.
    pub fn to(self) -> Day {
        self.to
    }

    /// Each of them, in order.
    pub fn each(self) -> impl Iterator<Item = Day> {
        (self.from.0..=self.to.0).map(Day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    fn at(moment: OffsetDateTime) -> Timestamp {
        Timestamp(i64::try_from(moment.unix_timestamp_nanos() / 1000).unwrap())
    }

    #[test]
    fn months_end_where_the_calendar_ends() {
        let bought = at(datetime!(2027-01-31 12:00 +3));
        assert_eq!(bought.plus_months(1), at(datetime!(2027-02-28 12:00 +3)));
        assert_eq!(bought.plus_months(12), at(datetime!(2028-01-31 12:00 +3)));
        assert_eq!(bought.plus_months(13), at(datetime!(2028-02-29 12:00 +3)));
    }

    #[test]
    fn a_day_begins_at_midnight_in_dar_es_salaam() {
        let day = Day::parse("2026-11-23").unwrap();
        assert_eq!(day.to_string(), "2026-11-23");
        assert_eq!(day.start(), at(datetime!(2026-11-23 00:00 +3)));
        assert_eq!(Day::of(at(datetime!(2026-11-23 00:30 +3))), day);
        assert_eq!(Day::of(at(datetime!(2026-11-22 23:59:59 +3))), day.plus(-1));
        for wrong in
            ["", "2026-11", "2026-13-01", "2026-02-30", "26-11-23", "2026-11-3", "x-y-z", "2026-11-23-1"]
        {
            assert_eq!(Day::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_span_has_its_bounds() {
        let day = Day::parse("2026-11-23").unwrap();
        assert_eq!(Days::last(14, day).unwrap().each().count(), 14);
        assert!(Days::last(400, day).is_some());
        for (from, to) in [
            (day, day.plus(-1)),
            (day.plus(-400), day),
            (Day(-1), Day(3)),
            (Day(i64::MAX - 1), Day(i64::MAX)),
        ] {
            assert_eq!(Days::new(from, to), None);
        }
    }
}
