//! The payment page, from *send the request* to *your hosting is ready*.

use serde::Serialize;

use super::{FieldError, OrderFacts, Page, Step, format};
use crate::i18n::{Lang, t};

/// `GET /pay/{uuid}`.
///
/// Its forms post to the same address: `action` = `send` (with `phone`), `other` (with a typed `phone`)
/// or `check`, and always `attempt`, the number of the last payment that the page knew (0 for none).
#[derive(Clone, Debug, Serialize)]
pub struct Pay {
    pub order: OrderFacts,
    pub state: PayState,
    /// The payment that the page shows; none before the first.
    pub payment: Option<PaymentFacts>,
    /// The number that `send` goes to: the last one used, else the order's.
    pub phone: String,
    /// The network that its prefix hints at.
    pub operator: Option<String>,
    /// What was typed as another number and could not be taken.
    pub typed: Option<String>,
    /// Why it was refused, a key `refused-…-title` and `refused-…-text` without these ends: `cancelled`,
    /// `wrong_pin`, `low_balance`, `expired`, `limit`; anything else reads as `other`.
    pub refused: Option<String>,
    /// How many requests this phone may still get now.
    pub requests_left: i64,
    /// When the limits allow the next one, if they do not now.
    pub retry_at: Option<i64>,
    /// The name on the phone's prompt.
    pub payee: String,
    pub log: Vec<Step>,
    pub poll_ms: i64,
    /// When we last asked the network.
    pub last_asked_at: Option<i64>,
    /// What arrived, in the state `short`.
    pub received_tzs: i64,
    /// The service, once it is active: `POST /me/panel/{id}`.
    pub service_id: Option<String>,
    /// Paid, and set-up does not begin by itself: `POST /me/services/provision/{uuid}`.
    pub can_finish: bool,
    /// A typed number that could not be taken, field `phone`.
    pub problems: Vec<FieldError>,
    /// Let a browser with JavaScript send the first request by itself. False after it came to nothing.
    pub auto: bool,
    /// The fingerprint that the status answer carries as `view`.
    pub view: String,
    pub now: i64,
}

/// Where the payment stands, in the order in which it usually goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PayState {
    Start,
    /// Up to 30 s.
    Sent,
    /// From 30 s.
    Slow,
    /// From 90 s.
    Ask,
    /// From 120 s, or at once where the gateway's answer could not be understood.
    Unknown,
    Refused,
    /// Less than asked has arrived.
    Short,
    /// Paid, being set up.
    Paid,
    /// Paid, the set-up takes longer than usual.
    Late,
    Active,
    Cancelled,
}

impl PayState {
    /// All, for the tests and for looking at them.
    pub const ALL: [Self; 11] = [
        Self::Start,
        Self::Sent,
        Self::Slow,
        Self::Ask,
        Self::Unknown,
        Self::Refused,
        Self::Short,
        Self::Paid,
        Self::Late,
        Self::Active,
        Self::Cancelled,
    ];

    /// Its name in templates and locale keys.
    pub fn code(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Sent => "sent",
            Self::Slow => "slow",
            Self::Ask => "ask",
            Self::Unknown => "unknown",
            Self::Refused => "refused",
            Self::Short => "short",
            Self::Paid => "paid",
            Self::Late => "late",
            Self::Active => "active",
            Self::Cancelled => "cancelled",
        }
    }
}

/// One payment.
#[derive(Clone, Debug, Serialize)]
pub struct PaymentFacts {
    pub phone: String,
    /// `M-PESA`; none where the prefix tells nothing.
    pub operator: Option<String>,
    pub attempt: i64,
    pub sent_at: i64,
    /// Of the 120 that a request lives.
    pub seconds_left: i64,
    pub reference: Option<String>,
    pub channel: Option<String>,
}

impl Pay {
    /// The one sentence that a screen reader hears when the state changes, and `message` of the status
    /// answer.
    pub fn message(&self, lang: Lang) -> String {
        let phone = self.payment.as_ref().map_or(&self.phone, |payment| &payment.phone);
        let args = [
            ("amount", format::money(self.order.total_tzs).into()),
            ("phone", format::phone(phone).into()),
            ("email", self.order.customer_email.clone().into()),
        ];
        if self.can_finish {
            return t(lang, "order-lead-finish", &args);
        }
        t(lang, &format!("pay-says-{}", self.state.code()), &args)
    }
}

impl Page for Pay {
    const TEMPLATE: &'static str = "pay.html";
}
