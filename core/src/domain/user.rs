//! Users: customers and staff.
use super::{field_error::FieldError, hostname::Hostname, ids::UserId, text, time::Timestamp};
use email_address::{EmailAddress, Options};
use secrecy::{ExposeSecret, SecretString};

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

/// What a user may do.
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

/// An e-mail address, in lower case.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Email(String);

impl Email {
    /// Longest that the column keeps.
    pub const MAX: usize = 190;

    /// Reads an address: `empty`, `long` or `wrong` where it cannot be used. What is accepted here can be
    /// mailed to.
    pub fn parse(text: &str) -> Result<Email, FieldError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(FieldError::new("email", "empty"));
        }
        if text.len() > Self::MAX {
            return Err(FieldError::new("email", "long"));
        }
        let options = Options::default().with_required_tld().without_domain_literal().without_display_text();
        // Addresses with other letters, and quoted ones, are more than panel and gateway take.
        let is_valid = text.is_ascii()
            && !text.contains('"')
            && EmailAddress::parse_with_options(text, options)
                .is_ok_and(|address| Hostname::parse(address.domain()).is_some());
        if is_valid { Ok(Email(text.to_lowercase())) } else { Err(FieldError::new("email", "wrong")) }
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

/// A user's name as typed, trimmed, in one Unicode form. It holds nothing that a mail program makes a link
/// of, and no invisible or direction characters: a stranger's registration mails it to an address of the
/// stranger's choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonName(String);

impl PersonName {
    /// Longest that the column keeps, in characters.
    pub const MAX: usize = 120;

    /// Collapses blanks: `empty`, `long` or `characters` where the name cannot be used.
    pub fn parse(text: &str) -> Result<PersonName, FieldError> {
        let name = text::nfc(&text.split_whitespace().collect::<Vec<_>>().join(" "));
        if name.is_empty() {
            return Err(FieldError::new("name", "empty"));
        }
        if name.chars().count() > Self::MAX {
            return Err(FieldError::new("name", "long"));
        }
        if !text::is_name(&name) {
            return Err(FieldError::new("name", "characters"));
        }
        Ok(PersonName(name))
    }

    /// As stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// `n***@gmail.com`: enough for its owner, too little for another reader of the mailbox.
pub fn masked_email(email: &str) -> String {
    let (local, host) = email.split_once('@').unwrap_or((email, ""));
    let first = local.chars().next().unwrap_or('*');
    format!("{first}***@{host}")
}

/// The name in a greeting.
pub fn first_name(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or(name)
}

/// A password that may be set: long enough, and not among the most common ones.
#[derive(Debug, Clone)]
pub struct NewPassword(SecretString);

impl NewPassword {
    /// Shortest, in characters.
    pub const MIN: usize = 10;
    /// Longest, in characters; argon2 would take more.
    pub const MAX: usize = 200;

    /// `empty`, `short`, `long` or `common` where it may not be set.
    pub fn parse(text: &str) -> Result<NewPassword, FieldError> {
        let text = text::opaque_string(text);
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
        Ok(NewPassword(text.into()))
    }

    /// The password, unless it is little more than what others know of its owner or of the site: `own` where
    /// fewer than [`LEAST_OF_ITS_OWN`] letters and digits remain without these words.
    pub fn differs_from(self, known: &[&str]) -> Result<NewPassword, FieldError> {
        let mut rest = letters_and_digits(self.expose());
        let words = known.iter().flat_map(|text| [vec![*text], text.split(SEPARATORS).collect()].concat());
        let mut words: Vec<String> = words.map(letters_and_digits).filter(|word| word.len() >= 4).collect();
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        for word in &words {
            rest = rest.replace(word.as_str(), "");
        }
        let is_own = rest.chars().count() < LEAST_OF_ITS_OWN && rest != letters_and_digits(self.expose());
        if is_own { Err(FieldError::new("password", "own")) } else { Ok(self) }
    }

    /// For hashing.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

/// How many letters and digits of a password must not be known to others.
const LEAST_OF_ITS_OWN: usize = 6;

/// What stands between the words of a name, an address or a phone number.
const SEPARATORS: [char; 6] = [' ', '.', '@', '-', '_', '+'];

fn letters_and_digits(text: &str) -> String {
    text::plain(text).to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The most common passwords of ten characters and more, one a line.
const COMMON: &str = include_str!("../../data/common-passwords.txt");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_cannot_be_mailed_to_is_refused() {
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
    fn short_and_common_passwords_are_refused() {
        for (text, code) in
            [("", "empty"), ("short", "short"), ("password123", "common"), ("aaaaaaaaaaaa", "common")]
        {
            assert_eq!(NewPassword::parse(text).err().map(|p| p.code), Some(code), "{text}");
        }
        assert!(NewPassword::parse("mkahawa kibo saba").is_ok());
        assert!(NewPassword::parse(&"ée".repeat(100)).is_ok());
        assert!(COMMON.lines().filter(|line| !line.starts_with('#')).count() >= 10_000);
    }

    #[test]
    fn a_password_of_what_others_know_is_refused() {
        let known = ["neema.mushi@gmail.com", "Neema Mushi", "0754318206", "Hollyn Online", "hollyn.online"];
        for own in [
            "neema.mushi@gmail.com",
            "NeemaMushi",
            "Mushi Neema 2026",
            "neemamushi1",
            "0754 318 206",
            "0754318206!",
            "hollynonline",
            "Hollyn.Online1",
            "\u{ff28}ollyn Online",
        ] {
            // Some of them are common as well, and refused for that.
            let parsed = NewPassword::parse(own).and_then(|password| password.differs_from(&known).map(drop));
            let code = parsed.err().map(|error| error.code);
            assert!(matches!(code, Some("own" | "common")), "{own}: {code:?}");
        }
        for good in ["mkahawa wa neema", "kahawa-kibo-hollyn", "!!!!!!!!!!?", "\u{738b}".repeat(5).as_str()] {
            let Ok(password) = NewPassword::parse(good) else { continue };
            assert!(password.differs_from(&known).is_ok(), "{good}");
        }
        let short = NewPassword::parse("!?!?!?!?!?").unwrap();
        assert!(short.differs_from(&["Al", "a@b.tz"]).is_ok(), "what is not known is not refused");
    }
}
