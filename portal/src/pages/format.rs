//! Money, dates and numbers as people read them. Pages, mails and status messages all write them here.

use time::{OffsetDateTime, UtcOffset};

use crate::i18n::{Lang, t};

/// `25000` as `25,000`.
pub fn amount(value: i64) -> String {
    let digits = value.unsigned_abs().to_string();
    let mut text = String::with_capacity(digits.len() + 4);
    if value < 0 {
        text.push('–');
    }
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Shillings as `TSh 25,000`; the space does not break.
pub fn money(tzs: i64) -> String {
    format!("TSh\u{a0}{}", amount(tzs))
}

/// Unix microseconds as `23 November 2026`, East Africa Time.
pub fn date(lang: Lang, micros: i64) -> String {
    let at = local(micros);
    let month = t(lang, &format!("month-{}", u8::from(at.month())), &[]);
    format!("{}\u{a0}{month} {}", at.day(), at.year())
}

/// `23 November 2026, 12:30`.
pub fn datetime(lang: Lang, micros: i64) -> String {
    format!("{}, {}", date(lang, micros), hour(micros))
}

/// `12:30:41`.
pub fn clock(micros: i64) -> String {
    format!("{}:{:02}", hour(micros), local(micros).second())
}

/// `12:30`.
pub fn hour(micros: i64) -> String {
    let at = local(micros);
    format!("{:02}:{:02}", at.hour(), at.minute())
}

/// Seconds as `1:52`.
pub fn countdown(seconds: i64) -> String {
    let seconds = seconds.max(0);
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// `0754318206` or `255754318206` as `0754 318 206`; what is no Tanzanian number stays as it is.
pub fn phone(number: &str) -> String {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let local = match digits.strip_prefix("255") {
        Some(rest) if rest.len() == 9 => format!("0{rest}"),
        _ => digits,
    };
    if local.len() == 10 && local.starts_with('0') {
        format!("{} {} {}", &local[..4], &local[4..7], &local[7..])
    } else {
        number.to_owned()
    }
}

/// A key for typing, in groups of four.
pub fn fours(key: &str) -> Vec<String> {
    let letters: Vec<char> = key.chars().collect();
    letters.chunks(4).map(|group| group.iter().collect()).collect()
}

/// `Hollyn Boost` as `Boost`, where the company's name stands beside it anyway.
pub fn short_plan(name: &str) -> &str {
    name.strip_prefix("Hollyn ").unwrap_or(name)
}

/// A name from data as the tail of a locale key: `Disk space` is `disk-space`.
pub fn key_of(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    for part in name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty()) {
        if !key.is_empty() {
            key.push('-');
        }
        key.push_str(&part.to_ascii_lowercase());
    }
    key
}

fn local(micros: i64) -> OffsetDateTime {
    let east_africa = UtcOffset::from_hms(3, 0, 0).unwrap_or(UtcOffset::UTC);
    OffsetDateTime::from_unix_timestamp_nanos(i128::from(micros) * 1000)
        .unwrap_or(OffsetDateTime::UNIX_EPOCH)
        .to_offset(east_africa)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 23 November 2026, 12:30:41 in Dar es Salaam.
    const AT: i64 = 1_795_426_241_000_000;

    #[test]
    fn money_is_grouped_and_stays_on_one_line() {
        assert_eq!(money(0), "TSh\u{a0}0");
        assert_eq!(money(5_000), "TSh\u{a0}5,000");
        assert_eq!(money(1_234_567), "TSh\u{a0}1,234,567");
    }

    #[test]
    fn times_are_those_of_east_africa() {
        assert_eq!(date(Lang::Sw, AT), "23\u{a0}Novemba 2026");
        assert_eq!(datetime(Lang::En, AT), "23\u{a0}November 2026, 12:30");
        assert_eq!(clock(AT), "12:30:41");
    }

    #[test]
    fn phones_are_written_as_people_write_them() {
        assert_eq!(phone("0754318206"), "0754 318 206");
        assert_eq!(phone("255754318206"), "0754 318 206");
        assert_eq!(phone("0754 318"), "0754 318");
    }

    #[test]
    fn names_from_data_become_keys() {
        assert_eq!(key_of("Hourly e-mail limit per domain"), "hourly-e-mail-limit-per-domain");
        assert_eq!(countdown(112), "1:52");
    }
}
