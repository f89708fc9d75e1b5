//! Mails about an order and its payment.

use hollyn_core::mail::{OrderReceived, PaymentReceived};

use super::{Content, MailContent, Row, Site, amount, domain, name, row};
use crate::{
    i18n::{Lang, t},
    pages::format,
};

impl MailContent for OrderReceived {
    fn content(&self, lang: Lang, site: &Site) -> Content {
        let amount = amount(self.total_tzs);
        let subject = [
            ("number", self.order_number.as_str().into()),
            ("plan", self.plan.as_str().into()),
            amount.clone(),
        ];
        let mut rows = vec![
            row(lang, "fact-order", &self.order_number),
            row(lang, "fact-plan", &plan_months(lang, &self.plan, self.months)),
        ];
        rows.extend(self.domain.as_deref().map(|domain| row(lang, "fact-domain", domain)));
        rows.push(total(lang, "fact-to-pay", self.total_tzs));
        Content {
            subject: t(lang, "mail-order-subject", &subject),
            number: Some(self.order_number.clone()),
            staff: false,
            preview: t(lang, "mail-order-preview", &[]),
            badge: t(lang, "mail-order-badge", &[]),
            tone: "info",
            head: t(lang, "mail-order-head", &[]),
            text: t(lang, "mail-order-text", &[name(lang, &self.name), amount.clone()]),
            rows,
            button: Some(t(lang, "mail-order-button", &[amount])),
            link: format!("{}/pay/{}", site.base_url, self.order_uuid),
            notes: vec![t(lang, "mail-order-note", &[])],
        }
    }
}

impl MailContent for PaymentReceived {
    fn content(&self, lang: Lang, site: &Site) -> Content {
        let name = name(lang, &self.name);
        let paid = amount(self.received_tzs);
        Content {
            subject: t(lang, "mail-paid-subject", &[paid.clone(), ("plan", self.plan.as_str().into())]),
            number: Some(self.order_number.clone()),
            staff: false,
            preview: match &self.reference {
                _ if !self.is_set_up => t(lang, "order-lead-finish", &[]),
                Some(reference) => t(lang, "mail-paid-preview", &[("reference", reference.as_str().into())]),
                None => t(lang, "mail-paid-preview-plain", &[]),
            },
            badge: t(lang, "mail-paid-badge", &[]),
            tone: "ok",
            head: t(lang, "mail-paid-head", &[paid]),
            text: match &self.domain {
                _ if !self.is_set_up => t(lang, "mail-paid-text-finish", &[name]),
                Some(typed) => t(lang, "mail-paid-text", &[name, domain(typed)]),
                None => t(lang, "mail-paid-text-plain", &[name]),
            },
            rows: receipt_rows(lang, self),
            button: Some(t(lang, if self.is_set_up { "mail-paid-button" } else { "finish-setup" }, &[])),
            link: format!("{}/order/{}", site.base_url, self.order_uuid),
            notes: vec![t(lang, "mail-paid-note", &[])],
        }
    }
}

fn receipt_rows(lang: Lang, mail: &PaymentReceived) -> Vec<Row> {
    let plain = |label: String, value: String| Row { label, value, total: false, link: None };
    let mut rows = vec![
        row(lang, "fact-receipt", &format!("{}-1", mail.order_number)),
        row(lang, "fact-date", &format::datetime(lang, mail.paid_at)),
    ];
    if !mail.phone.is_empty() {
        let phone = format::phone(&mail.phone);
        let from = mail.operator.as_ref().map_or(phone.clone(), |operator| format!("{phone}, {operator}"));
        rows.push(row(lang, "fact-paid-from", &from));
    }
    rows.extend(mail.reference.as_deref().map(|reference| row(lang, "fact-reference", reference)));
    rows.push(plain(plan_months(lang, &mail.plan, mail.months), format::money(mail.full_tzs)));
    if mail.discount_tzs > 0 {
        let label = t(lang, "percent-off", &[("percent", mail.discount_percent.into())]);
        rows.push(plain(label, format!("–\u{a0}{}", format::money(mail.discount_tzs))));
    }
    rows.push(total(lang, "fact-paid", mail.received_tzs));
    rows
}

fn total(lang: Lang, key: &str, tzs: i64) -> Row {
    Row { total: true, ..row(lang, key, &format::money(tzs)) }
}

fn plan_months(lang: Lang, plan: &str, months: i64) -> String {
    t(lang, "plan-months", &[("plan", plan.into()), ("n", months.into())])
}
