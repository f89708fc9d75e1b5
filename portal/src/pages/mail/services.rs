//! Mails about a service: its set-up, its credentials, and what staff did with it.

use hollyn_core::mail::{
    Credentials, PanelPassword, Resumed, ServiceReady, SetupDelayed, StaffSetupFailed, Suspended,
};

use super::{Content, MailContent, Row, Site, domain, name, panel_row, row};
use crate::{
    i18n::{Lang, t},
    pages::format,
};

impl MailContent for ServiceReady {
    fn content(&self, lang: Lang, site: &Site) -> Content {
        let label = if self.is_temporary { "fact-temporary" } else { "fact-domain" };
        let mut notes = vec![t(lang, "mail-ready-note", &[])];
        if self.is_temporary {
            notes.push(t(lang, "mail-ready-temporary", &[]));
        }
        Content {
            subject: t(lang, "mail-ready-subject", &[domain(&self.domain)]),
            number: Some(self.order_number.clone()),
            staff: false,
            preview: t(lang, "mail-ready-preview", &[]),
            badge: t(lang, "mail-ready-badge", &[]),
            tone: "ok",
            head: t(lang, "mail-ready-head", &[]),
            text: t(lang, "mail-ready-text", &[name(lang, &self.name), domain(&self.domain)]),
            rows: vec![
                row(lang, label, &self.domain),
                row(lang, "fact-username", &self.username),
                panel_row(lang, &self.panel_url),
                row(lang, "fact-paid-until", &format::date(lang, self.paid_until)),
            ],
            button: Some(t(lang, "mail-ready-button", &[])),
            link: format!("{}/me/services/{}", site.base_url, self.service_id),
            notes,
        }
    }
}

impl MailContent for SetupDelayed {
    fn content(&self, lang: Lang, site: &Site) -> Content {
        Content {
            subject: t(lang, "mail-delayed-subject", &[domain(&self.domain)]),
            number: Some(self.order_number.clone()),
            staff: false,
            preview: t(lang, "mail-delayed-preview", &[]),
            badge: t(lang, "mail-delayed-badge", &[]),
            tone: "info",
            head: t(lang, "mail-delayed-head", &[]),
            text: t(lang, "mail-delayed-text", &[name(lang, &self.name)]),
            rows: service_rows(lang, &self.order_number, &self.domain),
            button: Some(t(lang, "mail-delayed-button", &[])),
            link: format!("{}/order/{}", site.base_url, self.order_uuid),
            notes: Vec::new(),
        }
    }
}

impl MailContent for StaffSetupFailed {
    fn content(&self, lang: Lang, _site: &Site) -> Content {
        let subject = [domain(&self.domain), ("number", self.order_number.as_str().into())];
        Content {
            subject: t(lang, "mail-staff-subject", &subject),
            number: Some(self.order_number.clone()),
            staff: true,
            preview: t(lang, "mail-staff-preview", &[("reason", self.error.as_str().into())]),
            badge: t(lang, "mail-staff-badge", &[]),
            tone: "warn",
            head: t(lang, "mail-staff-head", &[domain(&self.domain)]),
            text: t(lang, "mail-staff-text", &[("n", self.tries.into())]),
            rows: vec![
                row(lang, "fact-order", &self.order_number),
                row(lang, "fact-plan", &self.plan),
                row(lang, "fact-customer", &self.customer_name),
                row(lang, "mail-staff-email", &self.customer_email),
                row(lang, "mail-staff-reason", &self.error),
            ],
            button: None,
            link: String::new(),
            notes: Vec::new(),
        }
    }
}

impl MailContent for Suspended {
    fn content(&self, lang: Lang, site: &Site) -> Content {
        let mut rows = service_rows(lang, &self.order_number, &self.domain);
        rows.extend(self.reason.as_deref().map(|reason| row(lang, "mail-reason", reason)));
        Content {
            subject: t(lang, "mail-suspended-subject", &[domain(&self.domain)]),
            number: Some(self.order_number.clone()),
            staff: false,
            preview: t(lang, "mail-suspended-preview", &[]),
            badge: t(lang, "mail-suspended-badge", &[]),
            tone: "warn",
            head: t(lang, "mail-suspended-head", &[domain(&self.domain)]),
            text: t(lang, "mail-suspended-text", &[name(lang, &self.name), domain(&self.domain)]),
            rows,
            button: Some(t(lang, "mail-suspended-button", &[])),
            link: site.help_url.clone(),
            notes: Vec::new(),
        }
    }
}

impl MailContent for Resumed {
    fn content(&self, lang: Lang, site: &Site) -> Content {
        Content {
            subject: t(lang, "mail-resumed-subject", &[domain(&self.domain)]),
            number: Some(self.order_number.clone()),
            staff: false,
            preview: t(lang, "mail-resumed-preview", &[]),
            badge: t(lang, "mail-ready-badge", &[]),
            tone: "ok",
            head: t(lang, "mail-resumed-head", &[domain(&self.domain)]),
            text: t(lang, "mail-resumed-text", &[name(lang, &self.name)]),
            rows: service_rows(lang, &self.order_number, &self.domain),
            button: Some(t(lang, "mail-resumed-button", &[])),
            link: format!("{}/me/services", site.base_url),
            notes: Vec::new(),
        }
    }
}

impl MailContent for Credentials {
    fn content(&self, lang: Lang, site: &Site) -> Content {
        let password = self.password.as_ref().and_then(PanelPassword::opened);
        let mut rows = service_rows(lang, &self.order_number, &self.domain);
        rows.push(row(lang, "fact-username", &self.username));
        rows.extend(password.map(|password| row(lang, "fact-password", password)));
        rows.push(panel_row(lang, &self.panel_url));
        let (preview, text, note) = match password {
            None => ("mail-credentials-preview", "mail-credentials-text", "mail-ready-note"),
            Some(_) => {
                ("mail-credentials-with-preview", "mail-credentials-with-text", "mail-credentials-with-note")
            }
        };
        Content {
            subject: t(lang, "mail-credentials-subject", &[domain(&self.domain)]),
            number: Some(self.order_number.clone()),
            staff: false,
            preview: t(lang, preview, &[]),
            badge: t(lang, "mail-credentials-badge", &[]),
            tone: "info",
            head: t(lang, "mail-credentials-head", &[domain(&self.domain)]),
            text: t(lang, text, &[name(lang, &self.name)]),
            rows,
            button: Some(t(lang, "mail-credentials-button", &[])),
            link: format!("{}/me/services/{}", site.base_url, self.service_id),
            notes: vec![t(lang, note, &[])],
        }
    }
}

fn service_rows(lang: Lang, number: &str, domain: &str) -> Vec<Row> {
    vec![row(lang, "fact-order", number), row(lang, "fact-domain", domain)]
}
