//! What staff type to explain and to confirm an action. Parsed once, where the request is read.
use super::field_error::FieldError;

/// Why staff do something: 1 to 500 characters, kept with the action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason(String);

impl Reason {
    /// The longest reason, in characters.
    pub const MAX: usize = 500;

    /// Trims what was typed. Errors where nothing is left (`empty`) or too much (`long`).
    pub fn parse(typed: &str) -> Result<Reason, FieldError> {
        Self::optional(typed)?.ok_or(FieldError::new("reason", "empty"))
    }

    /// The same where the reason need not be given.
    pub fn optional(typed: &str) -> Result<Option<Reason>, FieldError> {
        let reason = typed.trim();
        if reason.chars().count() > Self::MAX {
            return Err(FieldError::new("reason", "long"));
        }
        Ok((!reason.is_empty()).then(|| Reason(reason.to_owned())))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The name of what a destructive action is done to, as it was typed to confirm the action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirmation(String);

impl Confirmation {
    /// Takes anything; [`check`](Self::check) compares it.
    pub fn new(typed: &str) -> Confirmation {
        Confirmation(typed.trim().to_lowercase())
    }

    /// Errors unless `name` was typed; blanks around it and capitals do not matter. `code` is the error's:
    /// what should have been typed, like `number`.
    pub fn check(&self, name: &str, code: &'static str) -> Result<(), FieldError> {
        if self.0 == name.to_lowercase() { Ok(()) } else { Err(FieldError::new("confirm", code)) }
    }
}

/// The reference of a payment that staff found at the gateway or the operator: at most 64 characters, in
/// capitals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference(String);

impl Reference {
    /// The longest reference, in bytes.
    pub const MAX: usize = 64;

    /// Operators write their references in capitals; one that is copied from a phone may not be.
    pub fn parse(typed: &str) -> Result<Reference, FieldError> {
        let reference = typed.trim().to_uppercase();
        match reference.len() {
            0 => Err(FieldError::new("reference", "empty")),
            1..=Self::MAX => Ok(Reference(reference)),
            _ => Err(FieldError::new("reference", "long")),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_trimmed_and_has_1_to_500_characters() {
        assert_eq!(Reason::parse("  by phone\n").unwrap().as_str(), "by phone");
        assert_eq!(Reason::parse(" \t"), Err(FieldError::new("reason", "empty")));
        assert_eq!(Reason::optional(" "), Ok(None));
        assert!(Reason::parse(&"ü".repeat(500)).is_ok());
        assert_eq!(Reason::parse(&"ü".repeat(501)), Err(FieldError::new("reason", "long")));
    }

    #[test]
    fn a_confirmation_is_the_name_whatever_its_capitals() {
        assert_eq!(Confirmation::new(" h-7k3m9q ").check("H-7K3M9Q", "number"), Ok(()));
        let wrong = Err(FieldError::new("confirm", "number"));
        assert_eq!(Confirmation::new("").check("H-7K3M9Q", "number"), wrong);
        assert_eq!(Confirmation::new("H-7K3M9").check("H-7K3M9Q", "number"), wrong);
    }

    #[test]
    fn a_reference_is_kept_in_capitals() {
        assert_eq!(Reference::parse(" cej3i3setsn ").unwrap().as_str(), "CEJ3I3SETSN");
        assert_eq!(Reference::parse(" "), Err(FieldError::new("reference", "empty")));
        assert_eq!(Reference::parse(&"A".repeat(65)), Err(FieldError::new("reference", "long")));
    }
}
