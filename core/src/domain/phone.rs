//! Tanzanian mobile numbers.
use super::field_error::FieldError;

/// A mobile number: nine digits that start with 6 or 7, without the country code.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Phone(String);

impl Phone {
    /// Reads `0754 318 206`, `0754-318-206`, `255754318206`, `+255 754 318 206`. The prefix is never a reason
    /// to refuse.
    pub fn parse(text: &str) -> Option<Phone> {
        if text.len() > 32 {
            return None;
        }
        let kept: String =
            text.trim().chars().filter(|c| !matches!(c, ' ' | '.' | '-' | '(' | ')' | '\u{a0}')).collect();
        let nine = kept
            .strip_prefix("+255")
            .or_else(|| kept.strip_prefix("255").filter(|rest| rest.len() == 9))
            .or_else(|| kept.strip_prefix('0'))?;
        let mobile =
            nine.len() == 9 && nine.bytes().all(|b| b.is_ascii_digit()) && nine.starts_with(['6', '7']);
        mobile.then(|| Phone(nine.to_owned()))
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
        for text in ["0754318206", "0754 318 206", "255754318206", "+255 754-318.206", " 0754 318 206 "] {
            let phone = Phone::parse(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((phone.local(), phone.international()), ("0754318206".into(), "255754318206".into()));
        }
    }

    #[test]
    fn nonsense_is_no_number() {
        for text in
            ["", "0754318", "07543182061", "0254318206", "abc", "+254754318206", "0754 318 2O6", "754318206"]
        {
            assert_eq!(Phone::parse(text), None, "{text}");
        }
    }

    #[test]
    fn an_unheard_of_prefix_is_still_a_number() {
        assert!(Phone::parse("0600000000").is_some());
        assert!(Phone::parse("0640000000").is_some());
    }
}
