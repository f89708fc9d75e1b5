//! What the panel accepts as a name, a password, a domain, a plan.

use super::PanelState;

/// The plans on the server: slug, name, disk in GB (0: without limit).
pub const PLANS: [(&str, &str, u32); 4] = [
    ("hollyn-lite", "Hollyn Lite", 5),
    ("hollyn-grow", "Hollyn Grow", 10),
    ("hollyn-boost", "Hollyn Boost", 30),
    ("hollyn-max", "Hollyn Max", 0),
];

/// A part of the names that belong to the system.
const RESERVED: [&str; 18] = [
    "root", "admin", "test", "mysql", "webuzo", "nobody", "www", "ftp", "mail", "apache", "nginx", "bin",
    "daemon", "sys", "sshd", "postfix", "dovecot", "named",
];

pub(super) fn username(user: &str) -> Result<(), &'static str> {
    let mut letters = user.bytes();
    let shaped = letters.next().is_some_and(|first| first.is_ascii_lowercase())
        && letters.all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit())
        && (3..=8).contains(&user.len());
    if !shaped {
        return Err("The username is invalid. It should be 3 to 8 lowercase letters and digits");
    }
    if RESERVED.contains(&user) {
        return Err("The username is reserved");
    }
    Ok(())
}

pub(super) fn password(user: &str, password: &str, again: &str) -> Result<(), &'static str> {
    if password != again {
        return Err("The passwords do not match");
    }
    let has = |class: fn(&u8) -> bool| password.bytes().any(|letter| class(&letter));
    let classes = has(u8::is_ascii_lowercase)
        && has(u8::is_ascii_uppercase)
        && has(u8::is_ascii_digit)
        && has(u8::is_ascii_punctuation);
    if password.len() < 14 || !classes || password.to_lowercase().contains(user) {
        return Err("The password strength is too weak");
    }
    Ok(())
}

pub(super) fn domain(domain: &str) -> Result<(), &'static str> {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    if domain.len() <= 253 && domain.contains('.') && domain.split('.').all(label) {
        Ok(())
    } else {
        Err("The domain name is invalid")
    }
}

/// The slug of a plan that is on the server, by slug or name.
pub(super) fn plan(wanted: &str) -> Result<&'static str, &'static str> {
    PLANS
        .iter()
        .find(|(slug, name, _)| *slug == wanted || name.eq_ignore_ascii_case(wanted))
        .map(|(slug, _, _)| *slug)
        .ok_or("The plan does not exist")
}

/// Whose domain it is already.
pub(super) fn owner<'a>(state: &'a PanelState, domain: &str) -> Option<&'a str> {
    state
        .accounts
        .values()
        .find(|account| account.domain == domain || account.addon_domains.iter().any(|addon| addon == domain))
        .map(|account| account.user.as_str())
}
