//! Mails about what staff did with an account: to its owner, and to all admins where it is one of staff.

use hollyn_core::mail::{
    EmailChangeAnnounced, EmailChangeRequested, Invitation, StaffChange, StaffChanged, TwoFactorReset,
};

use super::{Content, MailContent, Site, capitalised, name, row};
use crate::{
    i18n::{Lang, t},
    pages::format,
};

impl MailContent for Invitation {
    fn content(&self, lang: Lang, site: &Site) -> Content {
        Content {
            subject: t(lang, "mail-invitation-subject", &[]),
            number: None,
            staff: false,
            preview: t(lang, "mail-invitation-preview", &[]),
            badge: t(lang, "mail-account-badge", &[]),
            tone: "info",
            head: t(lang, "mail-invitation-head", &[]),
            text: t(lang, "mail-invitation-text", &[]),
            rows: Vec::new(),
            button: Some(t(lang, "mail-invitation-button", &[])),
            link: format!("{}/invitation/{}", site.base_url, self.link.token()),
            notes: vec![t(lang, "mail-invitation-note", &[])],
        }
    }
}

impl MailContent for EmailChangeRequested {
    fn content(&self, lang: Lang, site: &Site) -> Content {
        Content {
            subject: t(lang, "mail-change-subject", &[]),
            number: None,
            staff: false,
            preview: t(lang, "mail-change-preview", &[]),
            badge: t(lang, "mail-security-badge", &[]),
            tone: "warn",
            head: t(lang, "mail-change-head", &[]),
            text: capitalised(&t(lang, "mail-change-text", &[name(lang, &self.name)])),
            rows: vec![
                row(lang, "mail-email-new", &self.new_email_masked),
                row(lang, "mail-reason", &self.reason),
                row(lang, "mail-change-when", &format::datetime(lang, self.applies_at)),
            ],
            button: Some(t(lang, "mail-change-button", &[])),
            link: format!("{}/email-change/{}", site.base_url, self.link.token()),
            notes: vec![t(lang, "mail-change-note", &[])],
        }
    }
}

impl MailContent for EmailChangeAnnounced {
    fn content(&self, lang: Lang, site: &Site) -> Content {
        Content {
            subject: t(lang, "mail-announced-subject", &[]),
            number: None,
            staff: false,
            preview: t(lang, "mail-announced-preview", &[]),
            badge: t(lang, "mail-account-badge", &[]),
            tone: "info",
            head: t(lang, "mail-announced-head", &[]),
            text: t(lang, "mail-announced-text", &[]),
            rows: vec![
                row(lang, "mail-announced-old", &self.old_email_masked),
                row(lang, "mail-change-when", &format::datetime(lang, self.applies_at)),
            ],
            button: None,
            link: site.base_url.clone(),
            notes: vec![t(lang, "mail-announced-note", &[])],
        }
    }
}

impl MailContent for TwoFactorReset {
    fn content(&self, lang: Lang, site: &Site) -> Content {
        Content {
            subject: t(lang, "mail-two-factor-subject", &[]),
            number: None,
            staff: false,
            preview: t(lang, "mail-two-factor-preview", &[]),
            badge: t(lang, "mail-security-badge", &[]),
            tone: "warn",
            head: t(lang, "mail-two-factor-head", &[]),
            text: capitalised(&t(lang, "mail-two-factor-text", &[name(lang, &self.name)])),
            rows: vec![
                row(lang, "mail-reason", &self.reason),
                row(lang, "fact-date", &format::datetime(lang, self.at)),
            ],
            button: Some(t(lang, "mail-not-you-button", &[])),
            link: format!("{}/forgot-password", site.base_url),
            notes: vec![t(lang, "mail-two-factor-note", &[])],
        }
    }
}

impl MailContent for StaffChanged {
    fn content(&self, lang: Lang, site: &Site) -> Content {
        let key = match self.change {
            StaffChange::Created => "mail-staff-created",
            StaffChange::Edited => "mail-staff-edited",
            StaffChange::Role => "mail-staff-role",
            StaffChange::Email => "mail-staff-email-change",
            StaffChange::Disabled => "mail-staff-disabled",
            StaffChange::Enabled => "mail-staff-enabled",
            StaffChange::Deleted => "mail-staff-deleted",
            StaffChange::TwoFactorReset => "mail-staff-two-factor",
        };
        let what = t(lang, key, &[]);
        Content {
            subject: t(lang, "mail-staff-changed-subject", &[("what", what.as_str().into())]),
            number: None,
            staff: true,
            preview: t(lang, "mail-staff-changed-preview", &[]),
            badge: t(lang, "mail-security-badge", &[]),
            tone: "warn",
            head: what,
            text: t(lang, "mail-staff-changed-text", &[]),
            rows: vec![
                row(lang, "mail-staff-changed-account", &self.staff_name),
                row(lang, "mail-staff-email", &self.staff_email),
                row(lang, "mail-staff-changed-by", &self.by),
                row(lang, "fact-date", &format::datetime(lang, self.at)),
            ],
            button: None,
            link: site.base_url.clone(),
            notes: vec![t(lang, "mail-staff-changed-note", &[])],
        }
    }
}
