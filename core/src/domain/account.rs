//! Usernames on the panel: short, lower-case, and not one of the operating system's own.

/// A panel username: `^[a-z][a-z0-9]{2,7}$`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Username(String);

const RESERVED: &[&str] = &[
    "root", "admin", "test", "mysql", "mail", "mailman", "postfix", "dovecot", "exim", "named", "bind",
    "ftp", "proftpd", "pureftpd", "apache", "nginx", "httpd", "www", "wwwdata", "nobody", "daemon", "bin",
    "sys", "sync", "games", "man", "news", "uucp", "proxy", "backup", "list", "irc", "gnats", "sshd",
    "systemd", "postgres", "webuzo", "emps", "softacul", "user", "users", "all", "default", "guest",
    "support", "hollyn",
];

impl Username {
    /// The most that the panel takes.
    pub const MAX: usize = 8;

    /// Checks one that is stored or comes from the panel. A reserved one passes: it may have been taken
    /// before it was reserved.
    pub fn parse(text: &str) -> Option<Username> {
        let is_valid = (3..=Self::MAX).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
            && text.as_bytes()[0].is_ascii_lowercase();
        is_valid.then(|| Username(text.to_owned()))
    }

    /// The `nth` candidate (from 0) for a domain or e-mail address that starts with `seed`: `kahawaki`,
    /// `kahawak2`, ...
    ///
    /// Always valid and never reserved: a short seed is filled up, a reserved name gets the prefix `h`.
    pub fn candidate(seed: &str, nth: u32) -> Username {
        let letters: String = seed
            .to_ascii_lowercase()
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .skip_while(char::is_ascii_digit)
            .collect();
        let base = if letters.len() < 3 { format!("{letters}web") } else { letters };
        let number = if nth == 0 { String::new() } else { (nth + 1).to_string() };
        let mut kept: String = base.chars().take(Self::MAX.saturating_sub(number.len())).collect();
        kept.push_str(&number);
        let free = Username::parse(&kept).filter(|name| !RESERVED.contains(&name.as_str()));
        free.unwrap_or_else(|| {
            let short: String = kept.chars().take(Self::MAX - 1).collect();
            Username(format!("h{short}"))
        })
    }

    /// As stored and sent.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Username {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_candidate_is_a_name_the_panel_takes() {
        for seed in
            ["kahawakibo", "", "1", "x", "42shop", "root", "admin", "é☕", "UPPER.case", "test", "nginx"]
        {
            for nth in [0, 1, 8, 9, 98, 998] {
                let name = Username::candidate(seed, nth);
                assert!(Username::parse(name.as_str()).is_some(), "{seed} {nth}: {name}");
                assert!(!RESERVED.contains(&name.as_str()), "{seed} {nth}: {name}");
            }
        }
        assert_eq!(Username::candidate("kahawakibo", 0).as_str(), "kahawaki");
        assert_eq!(Username::candidate("kahawakibo", 1).as_str(), "kahawak2");
    }
}
