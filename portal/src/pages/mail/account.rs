//! The mails about an account: links that prove an address, news that must not be missed, and what staff did
//! with a service.
//!
//! A link's token is in the mail only; these structs get it as a path and keep nothing.

use super::{Letter, Mail, Row, Site, row};
use crate::{
    i18n::{Arg, Lang, t},
    pages::format,
};

/// To a new address: a link that confirms it, good for 60 minutes.
#[derive(Clone, Debug)]
pub struct VerifyEmail {
    pub first_name: String,
    /// `/verify-email/{token}`.
    pub link_path: String,
}

impl Mail for VerifyEmail {
    fn subject(&self, lang: Lang) -> String {
        t(lang, "mail-verify-subject", &[])
    }

    fn letter(&self, lang: Lang, site: &Site) -> Letter {
        Letter {
            number: None,
            staff: false,
            preview: t(lang, "mail-verify-preview", &[]),
            badge: t(lang, "mail-account-badge", &[]),
            tone: "info",
            head: t(lang, "mail-verify-head", &[]),
            text: t(lang, "mail-verify-text", &[name(&self.first_name)]),
            rows: Vec::new(),
            button: Some(t(lang, "mail-verify-button", &[])),
            link: format!("{}{}", site.base_url, self.link_path),
            notes: vec![t(lang, "mail-verify-note", &[])],
        }
    }
}

/// A link to choose a new password, good for 60 minutes and once.
#[derive(Clone, Debug)]
pub struct ResetPassword {
    pub first_name: String,
    /// `/reset-password/{token}`.
    pub link_path: String,
}

impl Mail for ResetPassword {
    fn subject(&self, lang: Lang) -> String {
        t(lang, "mail-reset-subject", &[])
    }

    fn letter(&self, lang: Lang, site: &Site) -> Letter {
        Letter {
            number: None,
            staff: false,
            preview: t(lang, "mail-reset-preview", &[]),
            badge: t(lang, "mail-account-badge", &[]),
            tone: "info",
            head: t(lang, "mail-reset-head", &[]),
            text: t(lang, "mail-reset-text", &[name(&self.first_name)]),
            rows: Vec::new(),
            button: Some(t(lang, "mail-reset-button", &[])),
            link: format!("{}{}", site.base_url, self.link_path),
            notes: vec![t(lang, "mail-reset-note", &[])],
        }
    }
}

/// The password is another one, by whatever way.
#[derive(Clone, Debug)]
pub struct PasswordChanged {
    pub first_name: String,
    pub at: i64,
    pub device: Option<String>,
    pub address: Option<String>,
}

impl Mail for PasswordChanged {
    fn subject(&self, lang: Lang) -> String {
        t(lang, "mail-password-subject", &[])
    }

    fn letter(&self, lang: Lang, site: &Site) -> Letter {
        Letter {
            preview: t(lang, "mail-password-preview", &[]),
            head: t(lang, "mail-password-head", &[]),
            text: t(lang, "mail-password-text", &[name(&self.first_name)]),
            rows: where_from(lang, self.at, self.device.as_deref(), self.address.as_deref()),
            ..not_you(lang, site)
        }
    }
}

/// To the old address: the account has another one now.
#[derive(Clone, Debug)]
pub struct EmailChanged {
    pub first_name: String,
    /// `n•••@gmail.com`: readers of the old mailbox do not see the new address.
    pub new_email_masked: String,
    pub at: i64,
}

impl Mail for EmailChanged {
    fn subject(&self, lang: Lang) -> String {
        t(lang, "mail-email-subject", &[])
    }

    fn letter(&self, lang: Lang, site: &Site) -> Letter {
        Letter {
            preview: t(lang, "mail-email-preview", &[]),
            head: t(lang, "mail-email-head", &[]),
            text: t(lang, "mail-email-text", &[name(&self.first_name)]),
            rows: vec![
                row(lang, "mail-email-new", &self.new_email_masked),
                row(lang, "fact-date", &format::datetime(lang, self.at)),
            ],
            // A reset would go to the new address: only we can help here.
            button: Some(t(lang, "mail-email-button", &[])),
            link: site.help_url.clone(),
            notes: vec![t(lang, "mail-email-note", &[])],
            ..not_you(lang, site)
        }
    }
}

/// A sign-in from a browser that was not seen before.
#[derive(Clone, Debug)]
pub struct NewDevice {
    pub first_name: String,
    pub at: i64,
    pub device: Option<String>,
    pub address: Option<String>,
}

impl Mail for NewDevice {
    fn subject(&self, lang: Lang) -> String {
        t(lang, "mail-device-subject", &[])
    }

    fn letter(&self, lang: Lang, site: &Site) -> Letter {
        Letter {
            preview: t(lang, "mail-device-preview", &[]),
            head: t(lang, "mail-device-head", &[]),
            text: t(lang, "mail-device-text", &[name(&self.first_name)]),
            rows: where_from(lang, self.at, self.device.as_deref(), self.address.as_deref()),
            ..not_you(lang, site)
        }
    }
}

/// Staff suspended a service.
#[derive(Clone, Debug)]
pub struct Suspended {
    pub first_name: String,
    pub number: String,
    pub domain: String,
    /// Staff's words, as they are.
    pub reason: Option<String>,
}

impl Mail for Suspended {
    fn subject(&self, lang: Lang) -> String {
        t(lang, "mail-suspended-subject", &[domain(&self.domain)])
    }

    fn letter(&self, lang: Lang, site: &Site) -> Letter {
        let mut rows = service_rows(lang, &self.number, &self.domain);
        rows.extend(self.reason.as_deref().map(|reason| row(lang, "mail-reason", reason)));
        Letter {
            number: Some(self.number.clone()),
            staff: false,
            preview: t(lang, "mail-suspended-preview", &[]),
            badge: t(lang, "mail-suspended-badge", &[]),
            tone: "warn",
            head: t(lang, "mail-suspended-head", &[domain(&self.domain)]),
            text: t(lang, "mail-suspended-text", &[name(&self.first_name), domain(&self.domain)]),
            rows,
            button: Some(t(lang, "mail-suspended-button", &[])),
            link: site.help_url.clone(),
            notes: Vec::new(),
        }
    }
}

/// Staff brought a service back.
#[derive(Clone, Debug)]
pub struct Resumed {
    pub first_name: String,
    pub number: String,
    pub domain: String,
}

impl Mail for Resumed {
    fn subject(&self, lang: Lang) -> String {
        t(lang, "mail-resumed-subject", &[domain(&self.domain)])
    }

    fn letter(&self, lang: Lang, site: &Site) -> Letter {
        Letter {
            number: Some(self.number.clone()),
            staff: false,
            preview: t(lang, "mail-resumed-preview", &[]),
            badge: t(lang, "mail-ready-badge", &[]),
            tone: "ok",
            head: t(lang, "mail-resumed-head", &[domain(&self.domain)]),
            text: t(lang, "mail-resumed-text", &[name(&self.first_name)]),
            rows: service_rows(lang, &self.number, &self.domain),
            button: Some(t(lang, "mail-resumed-button", &[])),
            link: format!("{}/me/services", site.base_url),
            notes: Vec::new(),
        }
    }
}

/// Staff sent the access once more. Without a password, it is shown on the customer's page only.
#[derive(Clone)]
pub struct Credentials {
    pub first_name: String,
    pub number: String,
    pub service_id: String,
    pub domain: String,
    pub username: String,
    pub panel_url: Option<String>,
    /// Where the portal is set so that mails hold it.
    pub password: Option<String>,
}

impl Mail for Credentials {
    fn subject(&self, lang: Lang) -> String {
        t(lang, "mail-credentials-subject", &[domain(&self.domain)])
    }

    fn letter(&self, lang: Lang, site: &Site) -> Letter {
        let mut rows = service_rows(lang, &self.number, &self.domain);
        rows.push(row(lang, "fact-username", &self.username));
        rows.extend(self.password.as_deref().map(|password| row(lang, "fact-password", password)));
        rows.extend(self.panel_url.as_deref().map(|url| Row {
            link: Some(url.to_owned()),
            ..row(lang, "fact-panel", url.trim_start_matches("https://"))
        }));
        let (preview, text, note) = match self.password {
            None => ("mail-credentials-preview", "mail-credentials-text", "mail-ready-note"),
            Some(_) => {
                ("mail-credentials-with-preview", "mail-credentials-with-text", "mail-credentials-with-note")
            }
        };
        Letter {
            number: Some(self.number.clone()),
            staff: false,
            preview: t(lang, preview, &[]),
            badge: t(lang, "mail-credentials-badge", &[]),
            tone: "info",
            head: t(lang, "mail-credentials-head", &[domain(&self.domain)]),
            text: t(lang, text, &[name(&self.first_name)]),
            rows,
            button: Some(t(lang, "mail-credentials-button", &[])),
            link: format!("{}/me/services/{}", site.base_url, self.service_id),
            notes: vec![t(lang, note, &[])],
        }
    }
}

/// What every piece of bad news ends with: how to take the account back.
fn not_you(lang: Lang, site: &Site) -> Letter {
    Letter {
        number: None,
        staff: false,
        preview: String::new(),
        badge: t(lang, "mail-security-badge", &[]),
        tone: "warn",
        head: String::new(),
        text: String::new(),
        rows: Vec::new(),
        button: Some(t(lang, "mail-not-you-button", &[])),
        link: format!("{}/forgot-password", site.base_url),
        notes: vec![t(lang, "mail-not-you", &[])],
    }
}

fn where_from(lang: Lang, at: i64, device: Option<&str>, address: Option<&str>) -> Vec<Row> {
    let mut rows = vec![row(lang, "fact-date", &format::datetime(lang, at))];
    rows.extend(device.map(|device| row(lang, "fact-device", device)));
    rows.extend(address.map(|address| row(lang, "fact-address", address)));
    rows
}

fn service_rows(lang: Lang, number: &str, domain: &str) -> Vec<Row> {
    vec![row(lang, "fact-order", number), row(lang, "fact-domain", domain)]
}

fn name(first_name: &str) -> (&'static str, Arg) {
    ("name", first_name.into())
}

fn domain(domain: &str) -> (&'static str, Arg) {
    ("domain", domain.into())
}
