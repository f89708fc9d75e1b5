//! Tanzanian mobile numbers.
use super::{
    field_error::FieldError,
    text::{is_invisible, plain},
};

/// The longest text that is read, in bytes.
const LONGEST: usize = 64;

/// Hyphens and dashes of all lengths.
fn is_dash(c: char) -> bool {
    ('\u{2010}'..='\u{2015}').contains(&c)
}

/// Blanks and what shows nothing: what may stand before a number that is copied.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || is_invisible(c)
}

/// A mobile number: nine digits that start with 6 or 7, without the country code.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Phone(String);

impl Phone {
    /// Reads `0754 318 206`, `754318206`, `255754318206`, `+255 (0) 754 318 206`, `00255-754-318-206`: all
    /// that has the nine digits, whatever stands between them. The prefix is never a reason to refuse.
    pub fn parse(text: &str) -> Option<Phone> {
        if text.len() > LONGEST {
            return None;
        }
        let stands_between = |c: char| is_blank(c) || "+-.()/\u{2212}".contains(c) || is_dash(c);
        let digits: String = plain(text).chars().filter(|c| !stands_between(*c)).collect();
        let national = digits
            .strip_prefix("00255")
            .or_else(|| digits.strip_prefix("255").filter(|rest| rest.len() >= 9))
            .unwrap_or(&digits);
        // `+255 (0) 754` has the zero that is left out behind the country code.
        let nine = national.strip_prefix('0').unwrap_or(national);
        let is_foreign =
            plain(text).trim_start_matches(is_blank).starts_with('+') && !digits.starts_with("255");
        let is_mobile =
            nine.len() == 9 && nine.bytes().all(|b| b.is_ascii_digit()) && nine.starts_with(['6', '7']);
        (is_mobile && !is_foreign).then(|| Phone(nine.to_owned()))
    }

    /// The same where the phone need not be given: None where nothing is typed.
    pub fn parse_optional(typed: &str) -> Result<Option<Phone>, FieldError> {
        match typed.trim() {
            "" => Ok(None),
            text => Phone::parse(text).map(Some).ok_or(FieldError::new("phone", "wrong")),
        }
    }

    /// `0754318206`: how people write it, and how the gateway wants it.
    pub fn local(&self) -> String {
        format!("0{}", self.0)
    }

    /// `255754318206`: how networks write it.
    pub fn international(&self) -> String {
        format!("255{}", self.0)
    }

    /// `075`: what the hint of the operator goes by.
    pub fn prefix(&self) -> String {
        format!("0{}", &self.0[..2])
    }

    /// `0754***206`: enough to recognise in a log, too little to ring.
    pub fn masked(&self) -> String {
        format!("0{}***{}", &self.0[..3], &self.0[6..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_usual_spelling_is_the_same_number() {
        for text in [
            "0754318206",
            "0754 318 206",
            "255754318206",
            "+255 754-318.206",
            " 0754 318 206 ",
            "+255 (0) 754 318 206",
            "+2550754318206",
            "754318206",
            "754 318 206",
            "00255754318206",
            "00255 754 318 206",
            "0754\t318\t206",
            "0754\u{202f}318\u{2009}206",
            "\u{202a}0754318206\u{202c}",
            "\u{200e}+255 754 318 206",
            "\u{2068}0754 318 206\u{2069}",
            "0754\u{2013}318\u{2011}206",
            "0754/318206",
            "\u{ff10}\u{ff17}\u{ff15}\u{ff14}318206",
        ] {
            let phone = Phone::parse(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((phone.local(), phone.international()), ("0754318206".into(), "255754318206".into()));
        }
    }

    #[test]
    fn nonsense_is_no_number() {
        for text in [
            "",
            "0754318",
            "07543182061",
            "0254318206",
            "abc",
            "+254754318206",
            "0754 318 2O6",
            "75431820",
            "+754318206",
        ] {
            assert_eq!(Phone::parse(text), None, "{text}");
        }
    }

    #[test]
    fn an_unheard_of_prefix_is_still_a_number() {
        assert!(Phone::parse("0600000000").is_some());
        assert!(Phone::parse("0640000000").is_some());
    }
}
