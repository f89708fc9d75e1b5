//! Mails: one variant per mail with the facts it tells, and the way out by SMTP. The words are the portal's.
mod smtp;

use crate::keys::{KeyError, Keys};
use async_trait::async_trait;
use serde::{Deserialize, Serialize};

pub use smtp::{Encryption, Smtp, SmtpConfig};

/// A mail's facts, as they are kept until it is sent. No password is among them in clear.
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
    /// To an address: whether its owner reads it.
    VerifyEmail { name: String, link: Link },
    /// To the customer who forgot the password, or to somebody who did not ask.
    ResetPassword { name: String, link: Link },
    /// To the customer: the password is another one.
    PasswordChanged { name: String, at: i64, device: String, address: String },
    /// To the old address: the account has another one.
    EmailChanged { name: String, new_email_masked: String, at: i64 },
    /// To the customer: a browser that we did not know signed in.
    NewDevice { name: String, at: i64, device: String, address: String },
    /// To the customer: the service is switched off.
    Suspended { name: String, order_number: String, domain: String, reason: Option<String> },
    /// To the customer: the service is on again.
    Resumed { name: String, order_number: String, domain: String },
    /// To the customer: where the details of the account are, and where its password can be seen.
    Credentials {
        name: String,
        order_number: String,
        service_id: i64,
        domain: String,
        username: String,
        panel_url: String,
        /// The panel password, where the portal is set so that mails hold it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        password: Option<PanelPassword>,
    },
}

/// A link's token. Kept sealed with the mail's facts and opened when the mail goes out: who reads the table has no links.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Link {
    /// As it is kept: the row of `email_tokens` and the sealed token.
    Sealed { row: i64, sealed: String },
    /// As it goes out.
    Open(String),
}

impl Link {
    /// Seals a token for its row.
    pub fn seal(keys: &Keys, row: i64, token: &str) -> Link {
        Link::Sealed { row, sealed: keys.seal("email_tokens", row, "token", token) }
    }

    fn open(self, keys: &Keys) -> Result<Link, KeyError> {
        match self {
            Link::Sealed { row, sealed } => {
                Ok(Link::Open(keys.open("email_tokens", row, "token", &sealed)?))
            }
            Link::Open(token) => Ok(Link::Open(token)),
        }
    }

    /// The token, where it is open; nothing where it is not.
    pub fn token(&self) -> &str {
        match self {
            Link::Open(token) => token,
            Link::Sealed { .. } => "",
        }
    }
}

/// A panel password that a mail holds. Kept as the service's row keeps it, and opened when the mail goes out.
#[derive(Clone, Serialize, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum PanelPassword {
    /// As it is kept: the row of `services` and the sealed password.
    Sealed { service: i64, sealed: String },
    /// As it goes out.
    Open(String),
}

impl PanelPassword {
    fn open(self, keys: &Keys) -> Result<PanelPassword, KeyError> {
        match self {
            PanelPassword::Sealed { service, sealed } => {
                Ok(PanelPassword::Open(keys.open("services", service, "password", &sealed)?))
            }
            PanelPassword::Open(password) => Ok(PanelPassword::Open(password)),
        }
    }

    /// The password, where it is open.
    pub fn opened(self) -> Option<String> {
        match self {
            PanelPassword::Open(password) => Some(password),
            PanelPassword::Sealed { .. } => None,
        }
    }
}

impl std::fmt::Debug for PanelPassword {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PanelPassword(********)")
    }
}

impl Mail {
    /// The mail with its link and its password opened, for sending.
    pub fn opened(mut self, keys: &Keys) -> Result<Mail, KeyError> {
        if let Mail::Credentials { password, .. } = &mut self {
            *password = password.take().map(|password| password.open(keys)).transpose()?;
        }
        if let Mail::VerifyEmail { link, .. } | Mail::ResetPassword { link, .. } = &mut self {
            *link = link.clone().open(keys)?;
        }
        Ok(self)
    }

    /// The kind, as stored.
    pub fn kind(&self) -> &'static str {
        match self {
            Mail::OrderReceived { .. } => "order_received",
            Mail::PaymentReceived { .. } => "payment_received",
            Mail::ServiceReady { .. } => "service_ready",
            Mail::SetupDelayed { .. } => "setup_delayed",
            Mail::StaffSetupFailed { .. } => "staff_setup_failed",
            Mail::VerifyEmail { .. } => "verify_email",
            Mail::ResetPassword { .. } => "reset_password",
            Mail::PasswordChanged { .. } => "password_changed",
            Mail::EmailChanged { .. } => "email_changed",
            Mail::NewDevice { .. } => "new_device",
            Mail::Suspended { .. } => "suspended",
            Mail::Resumed { .. } => "resumed",
            Mail::Credentials { .. } => "credentials",
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
