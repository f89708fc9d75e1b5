//! The mails about a set-up: it is ready, it takes longer, it needs staff.

use super::{Letter, Mail, Row, Site, row};
use crate::{
    i18n::{Arg, Lang, t},
    pages::format,
};

/// The hosting is ready. Carries no password: that one is shown on the customer's page only.
#[derive(Clone, Debug)]
pub struct ServiceReady {
    pub first_name: String,
    pub number: String,
    pub service_id: String,
    pub domain: String,
    /// The domain is one of ours.
    pub temporary: bool,
    pub username: String,
    pub panel_url: Option<String>,
    pub paid_until: Option<i64>,
}

impl Mail for ServiceReady {
    fn subject(&self, lang: Lang) -> String {
        t(lang, "mail-ready-subject", &[("domain", self.domain.clone().into())])
    }

    fn letter(&self, lang: Lang, site: &Site) -> Letter {
        let args = [("name", self.first_name.clone().into()), ("domain", self.domain.clone().into())];
        let domain = if self.temporary { "fact-temporary" } else { "fact-domain" };
        let mut rows = vec![row(lang, domain, &self.domain), row(lang, "fact-username", &self.username)];
        rows.extend(self.panel_url.as_deref().map(|url| Row {
            link: Some(url.to_owned()),
            ..row(lang, "fact-panel", url.trim_start_matches("https://"))
        }));
        rows.extend(self.paid_until.map(|at| row(lang, "fact-paid-until", &format::date(lang, at))));
        let mut notes = vec![t(lang, "mail-ready-note", &[])];
        if self.temporary {
            notes.push(t(lang, "mail-ready-temporary", &[]));
        }
        Letter {
            number: Some(self.number.clone()),
            staff: false,
            preview: t(lang, "mail-ready-preview", &[]),
            badge: t(lang, "mail-ready-badge", &[]),
            tone: "ok",
            head: t(lang, "mail-ready-head", &[]),
            text: t(lang, "mail-ready-text", &args),
            rows,
            button: Some(t(lang, "mail-ready-button", &[])),
            link: format!("{}/me/services/{}", site.base_url, self.service_id),
            notes,
        }
    }
}

/// To the customer, when the set-up has come to nothing so far.
#[derive(Clone, Debug)]
pub struct SetupDelayed {
    pub first_name: String,
    pub uuid: String,
    pub number: String,
    pub domain: Option<String>,
}

impl Mail for SetupDelayed {
    fn subject(&self, lang: Lang) -> String {
        match &self.domain {
            Some(domain) => t(lang, "mail-delayed-subject", &[("domain", domain.clone().into())]),
            None => t(lang, "mail-delayed-subject-plain", &[("number", self.number.clone().into())]),
        }
    }

    fn letter(&self, lang: Lang, site: &Site) -> Letter {
        let mut rows = vec![row(lang, "fact-order", &self.number)];
        rows.extend(self.domain.as_deref().map(|domain| row(lang, "fact-domain", domain)));
        Letter {
            number: Some(self.number.clone()),
            staff: false,
            preview: t(lang, "mail-delayed-preview", &[]),
            badge: t(lang, "mail-delayed-badge", &[]),
            tone: "info",
            head: t(lang, "mail-delayed-head", &[]),
            text: t(lang, "mail-delayed-text", &[("name", self.first_name.clone().into())]),
            rows,
            button: Some(t(lang, "mail-delayed-button", &[])),
            link: format!("{}/order/{}", site.base_url, self.uuid),
            notes: Vec::new(),
        }
    }
}

/// To staff: all tries are used up.
#[derive(Clone, Debug)]
pub struct StaffSetupFailed {
    pub number: String,
    pub domain: Option<String>,
    pub plan_name: String,
    pub customer_name: String,
    pub customer_email: String,
    pub tries: i64,
    /// Without secrets, as in the set-up's log.
    pub reason: String,
}

impl StaffSetupFailed {
    fn domain(&self) -> Arg {
        self.domain.clone().unwrap_or_else(|| self.plan_name.clone()).into()
    }
}

impl Mail for StaffSetupFailed {
    fn subject(&self, lang: Lang) -> String {
        let args = [("domain", self.domain()), ("number", self.number.clone().into())];
        t(lang, "mail-staff-subject", &args)
    }

    fn letter(&self, lang: Lang, _site: &Site) -> Letter {
        Letter {
            number: Some(self.number.clone()),
            staff: true,
            preview: t(lang, "mail-staff-preview", &[("reason", self.reason.clone().into())]),
            badge: t(lang, "mail-staff-badge", &[]),
            tone: "warn",
            head: t(lang, "mail-staff-head", &[("domain", self.domain())]),
            text: t(lang, "mail-staff-text", &[("n", self.tries.into())]),
            rows: vec![
                row(lang, "fact-order", &self.number),
                row(lang, "fact-plan", &self.plan_name),
                row(lang, "fact-customer", &self.customer_name),
                row(lang, "mail-staff-email", &self.customer_email),
                row(lang, "mail-staff-reason", &self.reason),
            ],
            button: None,
            link: String::new(),
            notes: Vec::new(),
        }
    }
}
