//! Every page in every state, with people and numbers as they are. For the tests and for looking at pages;
//! no route uses it.

mod account;
mod auth;
mod mails;
mod orders;
mod profile;
mod storefront;

use serde_json::Value;

pub use self::mails::mails;
use super::{Detail, Layout, OrderFacts, Page, Step, StepKind, StepState, Viewing, context, mail};
use crate::i18n::Lang;

/// 23 November 2026, 12:30:41 in Dar es Salaam.
pub const NOW: i64 = 1_795_426_241_000_000;
pub(super) const SECOND: i64 = 1_000_000;
pub(super) const DAY: i64 = 86_400 * SECOND;

/// A page to look at.
pub struct Sample {
    /// For the file: `pay-sent`.
    pub name: String,
    pub template: &'static str,
    pub context: Value,
}

/// All pages in all states, in one language.
pub fn all(lang: Lang) -> Vec<Sample> {
    let mut samples = storefront::public_pages(lang);
    samples.extend(storefront::checkout(lang));
    samples.extend(orders::pay(lang));
    samples.extend(orders::receipts(lang));
    samples.extend(account::dashboard(lang));
    samples.extend(account::service(lang));
    samples.extend(account::lists(lang));
    samples.extend(profile::profile(lang));
    samples.extend(profile::security(lang));
    samples.extend(profile::activity(lang));
    samples.extend(profile::delete(lang));
    samples.extend(auth::outside(lang));
    samples.extend(auth::auth(lang));
    samples.extend(auth::staff(lang));
    samples
}

/// What stands around a page at `path`, for visitors who are not signed in.
pub fn layout(lang: Lang, path: &str) -> Layout {
    Layout {
        lang,
        path: path.to_owned(),
        signed_in: None,
        company: "Hollyn Online".to_owned(),
        help_url: "https://wa.me/255712000100".to_owned(),
        help_phone: Some("+255 712 000 100".to_owned()),
        sandbox: false,
        impersonating: None,
        request_id: "0198a3c2-7f1e-7d20-9a44-5be0c1d2e3f4".to_owned(),
    }
}

pub(super) fn mine(lang: Lang, path: &str) -> Layout {
    Layout { signed_in: Some("Neema".to_owned()), ..layout(lang, path) }
}

pub(super) fn viewing() -> Viewing {
    Viewing { name: "Neema Mushi".to_owned(), until: NOW + 840 * SECOND }
}

pub(super) fn sample<P: Page>(name: &str, layout: &Layout, page: &P) -> Sample {
    Sample { name: name.to_owned(), template: P::TEMPLATE, context: context(layout, page) }
}

pub(super) fn order() -> OrderFacts {
    OrderFacts {
        uuid: "6f9d1a52-0c6e-4a57-9d0b-2f6f6f0a7b11".to_owned(),
        number: "H-7K3M9Q".to_owned(),
        plan_name: "Hollyn Boost".to_owned(),
        months: 1,
        domain: Some("kahawakibo.co.tz".to_owned()),
        total_tzs: 25_000,
        customer_email: "neema.mushi@gmail.com".to_owned(),
        first_name: "Neema".to_owned(),
        placed_at: NOW - 61 * SECOND,
        paid_until: None,
    }
}

pub(super) fn step(kind: StepKind, state: StepState, at: i64) -> Step {
    Step { kind, state, at: (at != 0).then_some(at), subject: None, detail: None }
}

pub(super) fn paid_step(amount: bool) -> Step {
    let detail = Detail::Payment {
        operator: Some("M-PESA".to_owned()),
        reference: Some("CEJ3I3SETSN".to_owned()),
        amount_tzs: amount.then_some(25_000),
    };
    Step { detail: Some(detail), ..step(StepKind::Paid, StepState::Done, NOW) }
}

/// The site as mails name it.
pub fn site() -> mail::Site {
    mail::Site {
        base_url: "https://hollyn.online".to_owned(),
        company: "Hollyn Online".to_owned(),
        help_url: "https://wa.me/255712000100".to_owned(),
    }
}
