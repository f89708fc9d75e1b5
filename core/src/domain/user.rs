//! Users: customers and staff.
use super::{field_error::FieldError, ids::UserId, time::Timestamp};

/// A customer or a member of staff. The password is not part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    pub id: UserId,
    pub name: String,
    /// In lower case. After deletion a made-up address that takes no mail.
    pub email: String,
    /// As typed in the country: `0712345678`.
    pub phone: Option<String>,
    pub role: Role,
    /// `en` or `sw`.
    pub locale: String,
    pub email_verified_at: Option<Timestamp>,
    pub state: UserState,
}

/// Whether a user can sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UserState {
    /// The user can sign in.
    Active,
    /// Staff disabled the account; it can be enabled again.
    Disabled { at: Timestamp },
    /// The personal data was removed; what remains belongs to the payment records.
    Deleted { at: Timestamp },
}

impl User {
    /// Whether the user can sign in.
    pub fn is_active(&self) -> bool {
        match self.state {
            UserState::Active => true,
            UserState::Disabled { .. } | UserState::Deleted { .. } => false,
        }
    }

    /// Whether the personal data was removed.
    pub fn is_deleted(&self) -> bool {
        match self.state {
            UserState::Deleted { .. } => true,
            UserState::Active | UserState::Disabled { .. } => false,
        }
    }

    /// Since when the user cannot sign in. Deletion disables an account as well.
    pub fn disabled_at(&self) -> Option<Timestamp> {
        match self.state {
            UserState::Active => None,
            UserState::Disabled { at } | UserState::Deleted { at } => Some(at),
        }
    }
}

/// What a person may do.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    strum::Display,
    strum::EnumString,
    strum::IntoStaticStr,
    strum::VariantArray,
)]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum Role {
    /// A customer.
    User,
    /// Staff who help customers.
    Support,
    /// Staff who can do all.
    Admin,
}

/// An address to which mail can be tried: something, one `@`, a name with a dot. Lower case.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Email(String);

impl Email {
    /// Longest that the column keeps.
    pub const MAX: usize = 190;

    /// The field's own problem where it is none.
    pub fn parse(text: &str) -> Result<Email, FieldError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(FieldError::new("email", "empty"));
        }
        if text.len() > Self::MAX {
            return Err(FieldError::new("email", "long"));
        }
        let lower = text.to_lowercase();
        let sound = lower.split_once('@').is_some_and(|(local, host)| {
            !local.is_empty()
                && local.len() <= 64
                && local.bytes().all(|b| b.is_ascii_graphic() && !b"@,;:<>()[]\\\"".contains(&b))
                && !local.starts_with('.')
                && !local.ends_with('.')
                && !local.contains("..")
                && super::hostname::Hostname::parse(host)
                    .is_some_and(|h| host == h.as_str() || host.strip_prefix("www.") == Some(h.as_str()))
        });
        if sound { Ok(Email(lower)) } else { Err(FieldError::new("email", "wrong")) }
    }

    /// As stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part before the `@`.
    pub fn local_part(&self) -> &str {
        self.0.split('@').next().unwrap_or_default()
    }
}

/// A person's name as typed, trimmed, without control characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonName(String);

impl PersonName {
    /// Longest that the column keeps, in characters.
    pub const MAX: usize = 120;

    /// The field's own problem where nothing is left or too much is there.
    pub fn parse(text: &str) -> Result<PersonName, FieldError> {
        let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() {
            return Err(FieldError::new("name", "empty"));
        }
        if name.chars().count() > Self::MAX {
            return Err(FieldError::new("name", "long"));
        }
        if name.chars().any(char::is_control) {
            return Err(FieldError::new("name", "wrong"));
        }
        Ok(PersonName(name))
    }

    /// As stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What people are greeted by.
pub fn first_name(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or(name)
}

/// A password that may be set: long enough, not one that everybody tries first. Never printed.
pub struct NewPassword(String);

impl NewPassword {
    /// Shortest, in characters.
    pub const MIN: usize = 10;
    /// Longest: argon2 takes more, but a form has to end somewhere.
    pub const MAX: usize = 200;

    /// The field's own problem where it may not be used.
    pub fn parse(text: &str) -> Result<NewPassword, FieldError> {
        let length = text.chars().count();
        if length == 0 {
            return Err(FieldError::new("password", "empty"));
        }
        if length < Self::MIN {
            return Err(FieldError::new("password", "short"));
        }
        if length > Self::MAX {
            return Err(FieldError::new("password", "long"));
        }
        let lower = text.to_lowercase();
        let one_letter = lower.chars().collect::<std::collections::HashSet<_>>().len() == 1;
        if one_letter || COMMON.lines().any(|common| common == lower) {
            return Err(FieldError::new("password", "common"));
        }
        Ok(NewPassword(text.to_owned()))
    }

    /// For hashing.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

/// Passwords of ten characters and more that are tried first by everybody who tries.
const COMMON: &str = include_str!("../../data/common-passwords.txt");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_or_refused() {
        assert_eq!(Email::parse(" Neema.Mushi@Gmail.com ").unwrap().as_str(), "neema.mushi@gmail.com");
        for wrong in [
            "neema",
            "neema@",
            "@gmail.com",
            "a@b",
            "a@b@c.tz",
            "a b@c.tz",
            "a@c.tz\r\nBcc: x@y.tz",
            "a@www.",
            "\"x\"@c.tz",
            "a@http://c.tz",
        ] {
            assert_eq!(Email::parse(wrong).unwrap_err().code, "wrong", "{wrong}");
        }
        assert_eq!(Email::parse("  ").unwrap_err().code, "empty");
    }

    #[test]
    fn passwords_that_everybody_tries_are_refused() {
        for (text, code) in
            [("", "empty"), ("short", "short"), ("password123", "common"), ("aaaaaaaaaaaa", "common")]
        {
            assert_eq!(NewPassword::parse(text).err().map(|p| p.code), Some(code), "{text}");
        }
        assert!(NewPassword::parse("mkahawa kibo saba").is_ok());
        assert!(NewPassword::parse(&"ée".repeat(100)).is_ok());
    }
}
