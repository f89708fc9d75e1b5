//! Which mobile-money network a number probably belongs to.
//!
//! Numbers move between networks since 2017, so this is a hint for a logo. It never refuses and never routes.
use super::phone::Phone;

/// Prefix → wallet name, as the company keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Operators(Vec<(String, String)>);

impl Operators {
    /// Reads lines of `prefixes = wallet`, like `074 075 = M-PESA`. `#` starts a comment.
    /// Errors name the line that cannot be read.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut table = Vec::new();
        for line in text.lines() {
            let line = line.split('#').next().unwrap_or_default().trim();
            if line.is_empty() {
                continue;
            }
            let (prefixes, wallet) = line.split_once('=').ok_or_else(|| line.to_owned())?;
            for prefix in prefixes.split_whitespace() {
                if prefix.len() != 3 || !prefix.bytes().all(|b| b.is_ascii_digit()) {
                    return Err(line.to_owned());
                }
                table.push((prefix.to_owned(), wallet.trim().to_owned()));
            }
        }
        Ok(Self(table))
    }

    /// The wallet's name, where the prefix is known.
    pub fn of(&self, phone: &Phone) -> Option<&str> {
        let prefix = phone.prefix();
        self.0.iter().find(|(p, _)| *p == prefix).map(|(_, wallet)| wallet.as_str())
    }
}
