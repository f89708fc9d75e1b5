//! The contents of mails: their words in the recipient's language, in one layout for all.
//!
//! The fields of a mail are those of its struct in `hollyn_core::mail`. Text and HTML part are rendered from
//! one [`Content`], so they cannot say different things.

mod account;
mod account_by_staff;
mod orders;
mod services;

use hollyn_core::mail::{Mail, RenderMail, RenderedMail};
use rocket_dyn_templates::tera::{self, Context, Tera};
use serde::Serialize;

use super::{format, help_way, mail_tera};
use crate::i18n::{Arg, Lang, t};

/// What all mails say about the company.
#[derive(Clone, Debug, Serialize)]
pub struct Site {
    /// From the configuration, never from a request; without a slash at its end.
    pub base_url: String,
    pub company: String,
    pub help_url: String,
}

/// Everything that a mail says, in one language.
#[derive(Clone, Debug, Serialize)]
struct Content {
    subject: String,
    /// The order that a reply should name; None for a mail about the account.
    number: Option<String>,
    /// To staff: without help line and without the promise about PINs.
    staff: bool,
    /// What a mail program shows beside the subject.
    preview: String,
    badge: String,
    /// `ok`, `info` or `warn`.
    tone: &'static str,
    head: String,
    text: String,
    rows: Vec<Row>,
    button: Option<String>,
    link: String,
    notes: Vec<String>,
}

/// One line of a mail's table.
#[derive(Clone, Debug, Serialize)]
struct Row {
    label: String,
    value: String,
    total: bool,
    /// Where the value leads, for addresses; the text part shows this instead of the value.
    link: Option<String>,
}

/// A mail that can be rendered.
trait MailContent {
    /// The mail's words in a language.
    fn content(&self, lang: Lang, site: &Site) -> Content;
}

fn content(mail: &Mail, lang: Lang, site: &Site) -> Content {
    match mail {
        Mail::OrderReceived(mail) => mail.content(lang, site),
        Mail::PaymentReceived(mail) => mail.content(lang, site),
        Mail::ServiceReady(mail) => mail.content(lang, site),
        Mail::SetupDelayed(mail) => mail.content(lang, site),
        Mail::StaffSetupFailed(mail) => mail.content(lang, site),
        Mail::VerifyEmail(mail) => mail.content(lang, site),
        Mail::ResetPassword(mail) => mail.content(lang, site),
        Mail::PasswordChanged(mail) => mail.content(lang, site),
        Mail::EmailChanged(mail) => mail.content(lang, site),
        Mail::NewDevice(mail) => mail.content(lang, site),
        Mail::Invitation(mail) => mail.content(lang, site),
        Mail::EmailChangeRequested(mail) => mail.content(lang, site),
        Mail::EmailChangeAnnounced(mail) => mail.content(lang, site),
        Mail::TwoFactorReset(mail) => mail.content(lang, site),
        Mail::StaffChanged(mail) => mail.content(lang, site),
        Mail::Suspended(mail) => mail.content(lang, site),
        Mail::Resumed(mail) => mail.content(lang, site),
        Mail::Credentials(mail) => mail.content(lang, site),
    }
}

/// Subject, text and HTML of a mail. `tera` is [`super::tera`] or [`mail_tera`].
///
/// # Errors
/// A template that does not fit the content.
pub fn render(tera: &Tera, mail: &Mail, lang: Lang, site: &Site) -> tera::Result<RenderedMail> {
    let content = content(mail, lang, site);
    let content = Content { text: capitalised(&content.text), ..content };
    let mut context = Context::new();
    context.insert("l", lang.code());
    context.insert("way", help_way(&site.help_url));
    context.insert("site", site);
    context.insert("m", &content);
    Ok(RenderedMail {
        text: tera.render("mail/message.txt", &context)?,
        html: tera.render("mail/message.html", &context)?,
        subject: content.subject,
    })
}

/// Renders mails with the templates and locale files in the program.
pub struct MailRenderer {
    tera: Tera,
    site: Site,
}

impl MailRenderer {
    /// # Errors
    /// A template that does not parse.
    pub fn new(site: Site) -> tera::Result<MailRenderer> {
        Ok(MailRenderer { tera: mail_tera()?, site })
    }
}

impl RenderMail for MailRenderer {
    fn render(&self, mail: &Mail, locale: &str) -> Result<RenderedMail, String> {
        let lang = Lang::from_code(locale).unwrap_or(Lang::En);
        render(&self.tera, mail, lang, &self.site).map_err(|error| {
            format!("{error}: {:?}", std::error::Error::source(&error).map(ToString::to_string))
        })
    }
}

fn row(lang: Lang, key: &str, value: &str) -> Row {
    Row { label: t(lang, key, &[]), value: value.to_owned(), total: false, link: None }
}

/// The panel's address, shown without its scheme.
fn panel_row(lang: Lang, url: &str) -> Row {
    Row { link: Some(url.to_owned()), ..row(lang, "fact-panel", url.trim_start_matches("https://")) }
}

/// The name in a greeting; other words where there is none.
fn name(lang: Lang, full_name: &str) -> (&'static str, Arg) {
    match hollyn_core::domain::user::first_name(full_name) {
        "" => ("name", t(lang, "mail-no-name", &[]).into()),
        first_name => ("name", first_name.into()),
    }
}

/// A sentence that may begin with the words in place of a name.
fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn domain(domain: &str) -> (&'static str, Arg) {
    ("domain", domain.into())
}

fn amount(tzs: i64) -> (&'static str, Arg) {
    ("amount", format::money(tzs).into())
}
