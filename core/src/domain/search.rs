//! What staff type to find something, and the words that things are found by.
//!
//! Everything is found by the beginnings of its words, in lower case. Phones are nine digits, whatever is
//! written before them; an order's number is its six letters, whether `H-` stands before them or not.
use super::{
    ids::{OrderId, OrderUuid, ServiceId, UserId},
    order::OrderStatus,
    service::ServiceStatus,
    time::Timestamp,
    user::Role,
};
use std::collections::BTreeSet;

/// The words that one thing is found by.
pub type Words = BTreeSet<String>;

/// Longest that is kept and looked for, in characters.
const LONGEST: usize = 190;

/// How many words of a search count.
const MOST_WORDS: usize = 5;

/// A parsed search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SearchQuery {
    /// All of these words begin some word of it. At least one; each has three letters or more, or all have
    /// two.
    Words(Vec<String>),
    /// One order, and what belongs to it.
    Order(OrderUuid),
}

impl SearchQuery {
    /// None where nothing is left to look for: words of one letter do not count.
    pub fn parse(text: &str) -> Option<SearchQuery> {
        let mut words: Vec<String> = Vec::new();
        let mut number = String::new();
        for chunk in text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';')) {
            if let Some(uuid) = OrderUuid::parse(chunk) {
                return Some(SearchQuery::Order(uuid));
            }
            // A phone is often written with spaces: `0754 318 206`.
            if is_number(chunk) {
                number.push_str(chunk);
                continue;
            }
            words.push(as_kept(&std::mem::take(&mut number)));
            words.push(as_kept(&order_number(&plain(chunk))));
        }
        words.push(as_kept(&number));
        let mut kept: Vec<String> = Vec::new();
        for word in words {
            if is_word(&word) && !kept.contains(&word) {
                kept.push(word);
            }
        }
        // Two letters say something only where nothing else does.
        let is_long = |word: &String| word.chars().nth(2).is_some();
        if kept.iter().any(is_long) {
            kept.retain(is_long);
        }
        kept.truncate(MOST_WORDS);
        (!kept.is_empty()).then_some(SearchQuery::Words(kept))
    }
}

/// Something that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    pub found: Found,
    /// A name, an order's number, or a domain.
    pub title: String,
    /// What distinguishes it from others of that title.
    pub line: String,
    /// Whether one of its words equals the first word of the search.
    pub is_exact: bool,
    pub created_at: Timestamp,
}

/// What was found, with its state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    User { id: UserId, role: Role, is_disabled: bool },
    Order { id: OrderId, uuid: OrderUuid, status: OrderStatus },
    Service { id: ServiceId, status: ServiceStatus },
}

/// A person's words: those of the name, the e-mail and what is inside it, the phone.
pub fn of_person(name: &str, email: &str, phone: Option<&str>) -> Words {
    let mut words = Words::new();
    for chunk in name.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';')) {
        keep(&mut words, &plain(chunk));
        chunk.split(|c: char| !c.is_alphanumeric()).for_each(|part| keep(&mut words, &plain(part)));
    }
    keep_email(&mut words, email);
    phone.into_iter().for_each(|phone| keep(&mut words, phone));
    words
}

/// An order's own words; its customer's come to them, and those of its payments.
pub fn of_order(uuid: OrderUuid, domain: Option<&str>) -> Words {
    let mut words = Words::new();
    keep(&mut words, &order_number(&uuid.number().to_lowercase()));
    domain.into_iter().for_each(|domain| keep_domain(&mut words, domain));
    words
}

/// A payment's words: what the gateway calls it, its money's names, the phone that was asked.
pub fn of_payment(gateway_order_id: &str, references: [Option<&str>; 2], payer_phone: &str) -> Words {
    let mut words = Words::new();
    keep(&mut words, gateway_order_id);
    references.into_iter().flatten().for_each(|reference| keep(&mut words, &plain(reference)));
    keep(&mut words, payer_phone);
    words
}

/// A service's words: its domain, its username, its customer's e-mail.
pub fn of_service(domain: &str, username: Option<&str>, email: &str) -> Words {
    let mut words = Words::new();
    keep_domain(&mut words, domain);
    username.into_iter().for_each(|username| keep(&mut words, username));
    keep_email(&mut words, email);
    words
}

fn is_word(word: &str) -> bool {
    word.chars().nth(1).is_some()
}

fn keep(words: &mut Words, word: &str) {
    let word = as_kept(word);
    if is_word(&word) {
        words.insert(word);
    }
}

/// Lower case, without what stands around it.
fn plain(text: &str) -> String {
    let edge = |c: char| !c.is_alphanumeric();
    text.trim_matches(edge).to_lowercase().chars().take(LONGEST).collect()
}

/// Only digits and what is written between the digits of a phone.
fn is_number(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | '-' | '.' | '(' | ')' | '\u{a0}'))
}

/// Of numbers the digits; `0754...`, `255754...` and `754...` are the same. Other words as they are.
fn as_kept(word: &str) -> String {
    if !is_number(word) {
        return word.to_owned();
    }
    let digits: String = word.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.as_str();
    let mobile = |rest: &&str| rest.starts_with(['6', '7']);
    let bare = digits.strip_prefix("00").unwrap_or(digits);
    let bare = bare.strip_prefix("255").filter(mobile).or_else(|| digits.strip_prefix('0').filter(mobile));
    bare.unwrap_or(digits).chars().take(LONGEST).collect()
}

/// `h-7k3m9q` is `7k3m9q`.
fn order_number(word: &str) -> String {
    let short = word.strip_prefix("h-").filter(|rest| rest.len() <= 6 && !rest.contains(['.', '-', '@']));
    short.unwrap_or(word).to_owned()
}

/// The whole, and the later words of what is before the `@`: `neema.mushi@example.com` is found by `mushi`
/// too.
fn keep_email(words: &mut Words, email: &str) {
    let email = email.to_lowercase();
    let local = email.split('@').next().unwrap_or_default();
    local.split(['.', '_', '-', '+']).skip(1).for_each(|part| keep(words, part));
    keep(words, &email);
}

/// The whole, and its later words without the ending: `ctx.kahawa-kibo.co.tz` is found by `kahawa` and `kibo`
/// too.
fn keep_domain(words: &mut Words, domain: &str) {
    let labels: Vec<&str> = domain.split('.').collect();
    let has_second = labels.len() > 2
        && labels.last().is_some_and(|top| top.len() == 2)
        && labels.get(labels.len() - 2).is_some_and(|second| second.len() <= 3);
    let own = labels.len().saturating_sub(if has_second { 2 } else { 1 });
    labels[..own].iter().flat_map(|label| label.split('-')).skip(1).for_each(|part| keep(words, part));
    keep(words, domain);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(text: &str) -> Vec<String> {
        match SearchQuery::parse(text) {
            Some(SearchQuery::Words(words)) => words,
            Some(SearchQuery::Order(uuid)) => vec![uuid.to_string()],
            None => Vec::new(),
        }
    }

    fn words(words: Words) -> String {
        words.into_iter().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn every_spelling_of_a_phone_is_one_word() {
        for text in ["0754 318 206", "+255 754-318-206", "255754318206", "754318206", "(0754) 318206"] {
            assert_eq!(query(text), ["754318206"], "{text}");
        }
        assert_eq!(query("juma 0754 318 Hamisi"), ["juma", "754318", "hamisi"]);
        assert_eq!(query("1003020496"), ["1003020496"], "a reference is no phone");
    }

    #[test]
    fn order_numbers_need_no_h() {
        assert_eq!(query("H-7K3M9Q"), ["7k3m9q"]);
        assert_eq!(query("7k3m9q"), ["7k3m9q"]);
        assert_eq!(query("H-073219"), query("073219"));
        assert_eq!(query("h-hotel.co.tz"), ["h-hotel.co.tz"]);
    }

    #[test]
    fn nothing_is_left_of_single_letters_and_signs() {
        for text in ["", " ", "a", "- %", "%_", "\"'"] {
            assert_eq!(SearchQuery::parse(text), None, "{text}");
        }
        assert_eq!(query("Juma, H. HAMISI juma"), ["juma", "hamisi"]);
        assert_eq!(query("aa1 bb2 cc3 dd4 ee5 ff6 gg7").len(), MOST_WORDS);
        assert_eq!(query("ju"), ["ju"]);
        assert_eq!(query("juma ha"), ["juma"]);
    }

    #[test]
    fn a_uuid_is_the_order_whatever_stands_beside_it() {
        let uuid = "018f2d4e-0000-7000-8000-000000000000";
        assert_eq!(query(&format!("order {uuid}")), [uuid]);
    }

    #[test]
    fn things_are_found_by_their_words() {
        let person = of_person("Neema O'Neil Asha-Maria", "neema.mushi@example.com", Some("0754318206"));
        assert_eq!(
            words(person),
            "754318206 asha asha-maria maria mushi neema neema.mushi@example.com neil o'neil"
        );
        let service = of_service("shop.kahawa-kibo.co.tz", Some("kahawaki"), "a@b.tz");
        assert_eq!(words(service), "a@b.tz kahawa kahawaki kibo shop.kahawa-kibo.co.tz");
        assert_eq!(words(of_service("duka5.co.tz", None, "")), "duka5.co.tz");
        let uuid = OrderUuid::parse("018f2d4e-0000-7000-8000-000000000000").unwrap();
        assert_eq!(
            words(of_order(uuid, Some("duka.com"))),
            format!("{} duka.com", &uuid.number()[2..].to_lowercase())
        );
        let payment = of_payment("k3j5h7", [Some("CEJ3I3SETSN"), Some("1003020496")], "255754318206");
        assert_eq!(words(payment), "1003020496 754318206 cej3i3setsn k3j5h7");
    }
}
