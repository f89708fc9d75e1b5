//! Mails about an account: links that prove an address, and security notices.

use hollyn_core::mail::{EmailChanged, NewDevice, PasswordChanged, ResetPassword, VerifyEmail};

use super::{Content, MailContent, Row, Site, name, row};
use crate::{
    i18n::{Lang, t},
    pages::format,
};

impl MailContent for VerifyEmail {
    fn content(&self, lang: Lang, site: &Site) -> Content {
        Content {
            subject: t(lang, "mail-verify-subject", &[]),
            number: None,
            staff: false,
            preview: t(lang, "mail-verify-preview", &[]),
            badge: t(lang, "mail-account-badge", &[]),
            tone: "info",
            head: t(lang, "mail-verify-head", &[]),
            text: t(lang, "mail-verify-text", &[name(lang, &self.name)]),
            rows: Vec::new(),
            button: Some(t(lang, "mail-verify-button", &[])),
            link: format!("{}/verify-email/{}", site.base_url, self.link.token()),
            notes: vec![t(lang, "mail-verify-note", &[])],
        }
    }
}

impl MailContent for ResetPassword {
    fn content(&self, lang: Lang, site: &Site) -> Content {
        Content {
            subject: t(lang, "mail-reset-subject", &[]),
            number: None,
            staff: false,
            preview: t(lang, "mail-reset-preview", &[]),
            badge: t(lang, "mail-account-badge", &[]),
            tone: "info",
            head: t(lang, "mail-reset-head", &[]),
            text: t(lang, "mail-reset-text", &[name(lang, &self.name)]),
            rows: Vec::new(),
            button: Some(t(lang, "mail-reset-button", &[])),
            link: format!("{}/reset-password/{}", site.base_url, self.link.token()),
            notes: vec![t(lang, "mail-reset-note", &[])],
        }
    }
}

impl MailContent for PasswordChanged {
    fn content(&self, lang: Lang, site: &Site) -> Content {
        Content {
            subject: t(lang, "mail-password-subject", &[]),
            preview: t(lang, "mail-password-preview", &[]),
            head: t(lang, "mail-password-head", &[]),
            text: t(lang, "mail-password-text", &[name(lang, &self.name)]),
            rows: origin_rows(lang, self.at, &self.device, &self.address),
            ..security_notice(lang, site)
        }
    }
}

impl MailContent for EmailChanged {
    fn content(&self, lang: Lang, site: &Site) -> Content {
        Content {
            subject: t(lang, "mail-email-subject", &[]),
            preview: t(lang, "mail-email-preview", &[]),
            head: t(lang, "mail-email-head", &[]),
            text: t(lang, "mail-email-text", &[name(lang, &self.name)]),
            rows: vec![
                row(lang, "mail-email-new", &self.new_email_masked),
                row(lang, "fact-date", &format::datetime(lang, self.at)),
            ],
            // A reset would be mailed to the new address: only staff can help with this one.
            button: Some(t(lang, "mail-email-button", &[])),
            link: site.help_url.clone(),
            notes: vec![t(lang, "mail-email-note", &[])],
            ..security_notice(lang, site)
        }
    }
}

impl MailContent for NewDevice {
    fn content(&self, lang: Lang, site: &Site) -> Content {
        Content {
            subject: t(lang, "mail-device-subject", &[]),
            preview: t(lang, "mail-device-preview", &[]),
            head: t(lang, "mail-device-head", &[]),
            text: t(lang, "mail-device-text", &[name(lang, &self.name)]),
            rows: origin_rows(lang, self.at, &self.device, &self.address),
            ..security_notice(lang, site)
        }
    }
}

/// What all security notices share: how to take the account back. The mail adds subject, head and text.
fn security_notice(lang: Lang, site: &Site) -> Content {
    Content {
        subject: String::new(),
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

/// When, with which browser and from which address something was done.
fn origin_rows(lang: Lang, at: i64, device: &str, address: &str) -> Vec<Row> {
    let mut rows = vec![row(lang, "fact-date", &format::datetime(lang, at))];
    for (key, value) in [("fact-device", device), ("fact-address", address)] {
        if !value.is_empty() {
            rows.push(row(lang, key, value));
        }
    }
    rows
}
