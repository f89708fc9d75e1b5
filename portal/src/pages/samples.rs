//! Every page in every state, with people and numbers as they are. For the tests and for looking at pages;
//! no route uses it.

mod account;
mod orders;
mod shop;

use serde_json::Value;

use super::{
    Admin, Detail, ErrorKind, ErrorPage, Login, OrderFacts, Page, Problem, Register, Shell, Step, StepKind,
    StepState, context, mail,
};
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
    let mut samples = shop::storefront(lang);
    samples.extend(shop::checkout(lang));
    samples.extend(orders::pay(lang));
    samples.extend(orders::receipts(lang));
    samples.extend(account::dashboard(lang));
    samples.extend(account::service(lang));
    samples.extend(outside(lang));
    samples
}

/// What stands around a page at `path`, for nobody signed in.
pub fn shell(lang: Lang, path: &str) -> Shell {
    Shell {
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

pub(super) fn mine(lang: Lang, path: &str) -> Shell {
    Shell { signed_in: Some("Neema".to_owned()), ..shell(lang, path) }
}

pub(super) fn sample<P: Page>(name: &str, shell: &Shell, page: &P) -> Sample {
    Sample { name: name.to_owned(), template: P::TEMPLATE, context: context(shell, page) }
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

fn outside(lang: Lang) -> Vec<Sample> {
    let login = Login { next: "/dashboard".to_owned(), ..Login::default() };
    let wrong = Login {
        email: "neema.mushi@gmail.com".to_owned(),
        remember: true,
        problems: vec![Problem::new("", "problem-sign-in")],
        ..login.clone()
    };
    let ordering = Login { ordering: true, next: "/checkout/hollyn-boost".to_owned(), ..login.clone() };
    let register = Register { next: "/dashboard".to_owned(), ..Register::default() };
    let refused = Register {
        name: "Neema Mushi".to_owned(),
        email: "neema.mushi@gmail.com".to_owned(),
        phone: "0754 318".to_owned(),
        problems: vec![
            Problem::new("email", "problem-email-registered"),
            Problem::new("phone", "problem-phone"),
            Problem::new("password", "problem-password-short"),
        ],
        ..register.clone()
    };
    let mut samples = vec![
        sample("login", &shell(lang, "/login"), &login),
        sample("login-error", &shell(lang, "/login"), &wrong),
        sample("login-ordering", &shell(lang, "/login"), &ordering),
        sample("register", &shell(lang, "/register"), &register),
        sample("register-error", &shell(lang, "/register"), &refused),
        sample("admin", &shell(lang, "/admin"), &Admin {}),
    ];
    for (kind, status) in ErrorKind::ALL.into_iter().zip([400, 403, 404, 413, 422, 429, 500, 503, 403]) {
        let page = ErrorPage {
            status,
            kind,
            address: (kind == ErrorKind::NotFound).then(|| "hollyn.online/plan/gorw".to_owned()),
            retry_at: (kind == ErrorKind::TooMany).then_some(NOW + 600 * SECOND),
        };
        samples.push(sample(&format!("error-{status}-{}", kind as u8), &shell(lang, "/plan/gorw"), &page));
    }
    samples
}

/// What mails are told about the shop.
pub fn site() -> mail::Site {
    mail::Site {
        base_url: "https://hollyn.online".to_owned(),
        company: "Hollyn Online".to_owned(),
        help_url: "https://wa.me/255712000100".to_owned(),
    }
}

/// All mails, with a name for their files.
pub fn mails() -> Vec<(&'static str, Box<dyn mail::Mail>)> {
    let text = str::to_owned;
    let domain = Some(text("kahawakibo.co.tz"));
    let order = order();
    let ordered = mail::OrderReceived {
        first_name: text("Neema"),
        uuid: order.uuid.clone(),
        number: order.number.clone(),
        plan_name: order.plan_name.clone(),
        months: 1,
        domain: domain.clone(),
        total_tzs: 25_000,
    };
    let paid = mail::PaymentReceived {
        first_name: text("Neema"),
        uuid: order.uuid.clone(),
        number: order.number.clone(),
        receipt_number: format!("{}-1", order.number),
        at: NOW,
        phone: text("0754318206"),
        operator: Some(text("M-PESA")),
        reference: Some(text("CEJ3I3SETSN")),
        plan_name: text("Hollyn Boost"),
        months: 3,
        domain: domain.clone(),
        full_tzs: 75_000,
        percent: 10,
        discount_tzs: 7_500,
        paid_tzs: 67_500,
    };
    let ready = mail::ServiceReady {
        first_name: text("Neema"),
        number: order.number.clone(),
        service_id: text("42"),
        domain: text("neema-7k3m9q.hollyn.site"),
        temporary: true,
        username: text("neema7k3"),
        panel_url: Some(text("https://panel.hollyn.online:2003")),
        paid_until: Some(NOW + 30 * DAY),
    };
    let delayed = mail::SetupDelayed {
        first_name: text("Neema"),
        uuid: order.uuid,
        number: order.number.clone(),
        domain: domain.clone(),
    };
    let staff = mail::StaffSetupFailed {
        number: order.number,
        domain,
        plan_name: text("Hollyn Boost"),
        customer_name: text("Neema Mushi"),
        customer_email: text("neema.mushi@gmail.com"),
        tries: 3,
        last_step: text("create_account"),
        reason: text("The panel did not answer within 120 s"),
    };
    vec![
        ("order-received", Box::new(ordered)),
        ("payment-received", Box::new(paid)),
        ("service-ready", Box::new(ready)),
        ("setup-delayed", Box::new(delayed)),
        ("staff-setup-failed", Box::new(staff)),
    ]
}
