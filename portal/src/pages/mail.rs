//! Mails: one struct of facts each, its words chosen here, one layout for all.
//!
//! Text and HTML part come from the same [`Letter`], so they cannot say different things.

mod account;
mod setup;

use rocket_dyn_templates::tera::{self, Context, Tera};
use serde::Serialize;

pub use self::{
    account::{
        Credentials, EmailChanged, NewDevice, PasswordChanged, ResetPassword, Resumed, Suspended, VerifyEmail,
    },
    setup::{ServiceReady, SetupDelayed, StaffSetupFailed},
};
use super::{format, help_way};
use crate::i18n::{Arg, Lang, t};

/// What all mails need to know about the company.
#[derive(Clone, Debug, Serialize)]
pub struct Site {
    /// From the configuration, never from a request; without a slash at its end.
    pub base_url: String,
    pub company: String,
    pub help_url: String,
}

/// A mail, ready to be queued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    pub subject: String,
    pub text: String,
    pub html: String,
}

/// A mail's words in one language.
#[derive(Clone, Debug, Serialize)]
pub struct Letter {
    /// The order that an answer should name; none for a mail about the account.
    pub number: Option<String>,
    /// To staff: no help line, no promise about PINs.
    pub staff: bool,
    /// What a mail program shows beside the subject.
    pub preview: String,
    pub badge: String,
    /// `ok`, `info` or `warn`.
    pub tone: &'static str,
    pub head: String,
    pub text: String,
    pub rows: Vec<Row>,
    pub button: Option<String>,
    pub link: String,
    pub notes: Vec<String>,
}

/// One line of a mail's facts.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    pub label: String,
    pub value: String,
    pub total: bool,
    /// Where the value leads, for addresses; the text part shows this in its place.
    pub link: Option<String>,
}

/// The content of a mail.
pub trait Mail {
    /// The subject line.
    fn subject(&self, lang: Lang) -> String;
    /// All other words.
    fn letter(&self, lang: Lang, site: &Site) -> Letter;
}

/// Subject, text and HTML of a mail. `tera` is [`super::tera`].
///
/// # Errors
/// A template that does not fit its facts.
pub fn render(tera: &Tera, mail: &dyn Mail, lang: Lang, site: &Site) -> tera::Result<Rendered> {
    let subject = mail.subject(lang);
    let mut context = Context::new();
    context.insert("l", lang.code());
    context.insert("way", help_way(&site.help_url));
    context.insert("site", site);
    context.insert("subject", &subject);
    context.insert("m", &mail.letter(lang, site));
    Ok(Rendered {
        text: tera.render("mail/message.txt", &context)?,
        html: tera.render("mail/message.html", &context)?,
        subject,
    })
}

/// After checkout: the order waits for its money.
#[derive(Clone, Debug)]
pub struct OrderReceived {
    pub first_name: String,
    pub uuid: String,
    pub number: String,
    pub plan_name: String,
    pub months: i64,
    pub domain: Option<String>,
    pub total_tzs: i64,
}

impl Mail for OrderReceived {
    fn subject(&self, lang: Lang) -> String {
        let args = [
            ("number", self.number.clone().into()),
            ("plan", self.plan_name.clone().into()),
            ("amount", format::money(self.total_tzs).into()),
        ];
        t(lang, "mail-order-subject", &args)
    }

    fn letter(&self, lang: Lang, site: &Site) -> Letter {
        let amount = Arg::from(format::money(self.total_tzs));
        let mut rows = vec![
            row(lang, "fact-order", &self.number),
            row(lang, "fact-plan", &plan_months(lang, &self.plan_name, self.months)),
        ];
        rows.extend(self.domain.as_deref().map(|domain| row(lang, "fact-domain", domain)));
        rows.push(total(lang, "fact-to-pay", self.total_tzs));
        Letter {
            number: Some(self.number.clone()),
            staff: false,
            preview: t(lang, "mail-order-preview", &[]),
            badge: t(lang, "mail-order-badge", &[]),
            tone: "info",
            head: t(lang, "mail-order-head", &[]),
            text: t(
                lang,
                "mail-order-text",
                &[("name", self.first_name.clone().into()), ("amount", amount.clone())],
            ),
            rows,
            button: Some(t(lang, "mail-order-button", &[("amount", amount)])),
            link: format!("{}/pay/{}", site.base_url, self.uuid),
            notes: vec![t(lang, "mail-order-note", &[])],
        }
    }
}

/// The receipt.
#[derive(Clone, Debug)]
pub struct PaymentReceived {
    pub first_name: String,
    pub uuid: String,
    pub number: String,
    /// `H-7K3M9Q-1`.
    pub receipt_number: String,
    pub at: i64,
    pub phone: String,
    pub operator: Option<String>,
    pub reference: Option<String>,
    pub plan_name: String,
    pub months: i64,
    pub domain: Option<String>,
    pub full_tzs: i64,
    pub percent: i64,
    pub discount_tzs: i64,
    pub paid_tzs: i64,
    /// Set-up has begun by itself; else the person starts it on the order's page.
    pub is_set_up: bool,
}

impl Mail for PaymentReceived {
    fn subject(&self, lang: Lang) -> String {
        let args = [("amount", format::money(self.paid_tzs).into()), ("plan", self.plan_name.clone().into())];
        t(lang, "mail-paid-subject", &args)
    }

    fn letter(&self, lang: Lang, site: &Site) -> Letter {
        let name = ("name", Arg::from(self.first_name.clone()));
        let phone = format::phone(&self.phone);
        let from = self.operator.as_ref().map_or(phone.clone(), |operator| format!("{phone}, {operator}"));
        let mut rows = vec![
            row(lang, "fact-receipt", &self.receipt_number),
            row(lang, "fact-date", &format::datetime(lang, self.at)),
        ];
        if !self.phone.is_empty() {
            rows.push(row(lang, "fact-paid-from", &from));
        }
        rows.extend(self.reference.as_deref().map(|reference| row(lang, "fact-reference", reference)));
        rows.push(Row {
            label: plan_months(lang, &self.plan_name, self.months),
            value: format::money(self.full_tzs),
            total: false,
            link: None,
        });
        if self.discount_tzs > 0 {
            rows.push(Row {
                label: t(lang, "percent-off", &[("percent", self.percent.into())]),
                value: format!("–\u{a0}{}", format::money(self.discount_tzs)),
                total: false,
                link: None,
            });
        }
        rows.push(total(lang, "fact-paid", self.paid_tzs));
        Letter {
            number: Some(self.number.clone()),
            staff: false,
            preview: match &self.reference {
                _ if !self.is_set_up => t(lang, "order-lead-finish", &[]),
                Some(reference) => t(lang, "mail-paid-preview", &[("reference", reference.clone().into())]),
                None => t(lang, "mail-paid-preview-plain", &[]),
            },
            badge: t(lang, "mail-paid-badge", &[]),
            tone: "ok",
            head: t(lang, "mail-paid-head", &[("amount", format::money(self.paid_tzs).into())]),
            text: match &self.domain {
                _ if !self.is_set_up => t(lang, "mail-paid-text-finish", &[name]),
                Some(domain) => t(lang, "mail-paid-text", &[name, ("domain", domain.clone().into())]),
                None => t(lang, "mail-paid-text-plain", &[name]),
            },
            rows,
            button: Some(t(lang, if self.is_set_up { "mail-paid-button" } else { "finish-setup" }, &[])),
            link: format!("{}/order/{}", site.base_url, self.uuid),
            notes: vec![t(lang, "mail-paid-note", &[])],
        }
    }
}

fn row(lang: Lang, key: &str, value: &str) -> Row {
    Row { label: t(lang, key, &[]), value: value.to_owned(), total: false, link: None }
}

fn total(lang: Lang, key: &str, tzs: i64) -> Row {
    Row { label: t(lang, key, &[]), value: format::money(tzs), total: true, link: None }
}

fn plan_months(lang: Lang, plan: &str, months: i64) -> String {
    t(lang, "plan-months", &[("plan", plan.into()), ("n", months.into())])
}
