//! Mails: one variant per mail with the facts it tells, and the way out by SMTP. The words are the portal's.
mod smtp;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

pub use smtp::{Encryption, Smtp, SmtpConfig};

/// A mail's facts, as they are kept until it is sent. No password is ever among them.
/// Amounts are whole shillings, times unix microseconds.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
#[serde(tag = "mail", rename_all = "snake_case")]
pub enum Mail {
    /// To the customer, at once: what was ordered, and where to pay.
    OrderReceived {
        name: String,
        order_uuid: String,
        order_number: String,
        plan: String,
        months: i64,
        total_tzs: i64,
        domain: Option<String>,
    },
    /// To the customer: the receipt.
    PaymentReceived {
        name: String,
        order_uuid: String,
        order_number: String,
        plan: String,
        months: i64,
        full_tzs: i64,
        discount_percent: i64,
        discount_tzs: i64,
        received_tzs: i64,
        domain: Option<String>,
        paid_at: i64,
        /// Empty where staff confirmed the payment.
        phone: String,
        operator: Option<String>,
        reference: Option<String>,
    },
    /// To the customer: the account is there, and where its password can be seen.
    ServiceReady {
        name: String,
        order_number: String,
        service_id: i64,
        domain: String,
        is_temporary: bool,
        username: String,
        panel_url: String,
        paid_until: i64,
    },
    /// To the customer: it takes longer, a person is on it.
    SetupDelayed { name: String, order_uuid: String, order_number: String, domain: String },
    /// To staff: every try failed.
    StaffSetupFailed {
        order_number: String,
        plan: String,
        customer_name: String,
        customer_email: String,
        domain: String,
        tries: i64,
        error: String,
    },
}

impl Mail {
    /// The kind, as stored.
    pub fn kind(&self) -> &'static str {
        match self {
            Mail::OrderReceived { .. } => "order_received",
            Mail::PaymentReceived { .. } => "payment_received",
            Mail::ServiceReady { .. } => "service_ready",
            Mail::SetupDelayed { .. } => "setup_delayed",
            Mail::StaffSetupFailed { .. } => "staff_setup_failed",
        }
    }
}

/// A mail in words.
#[derive(Debug, Clone)]
pub struct Letter {
    pub subject: String,
    pub text: String,
    pub html: String,
}

/// Finds the words for a mail, in a language (`en`, `sw`).
pub trait Words: Send + Sync {
    /// Fails only where a template is broken.
    fn letter(&self, mail: &Mail, locale: &str) -> Result<Letter, String>;
}

/// Why a mail did not go out.
#[derive(Debug, Clone, thiserror::Error)]
pub enum MailError {
    /// Trying again may help.
    #[error("the mail server did not take it: {0}")]
    Later(String),
    /// It never will.
    #[error("the mail cannot be sent: {0}")]
    Never(String),
}

/// One mail on its way.
pub struct Outgoing<'a> {
    pub to: &'a str,
    pub locale: &'a str,
    /// Made once per mail, so that a second copy is known as one.
    pub message_id: &'a str,
    pub mail: &'a Mail,
}

/// The way out.
#[async_trait]
pub trait Mailer: Send + Sync {
    /// Returns when the mail server has taken it.
    async fn send(&self, outgoing: Outgoing<'_>) -> Result<(), MailError>;
    /// Whether the mail server answers: a sentence, for `hollyn-portal check`.
    async fn test(&self) -> Result<String, String>;
}
