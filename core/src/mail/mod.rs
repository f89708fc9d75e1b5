//! Mails: one struct per mail with its fields, and sending by SMTP. The portal renders them.
//!
//! A new mail is a struct here with its variant of [`Mail`], its `MailContent` in the portal's `pages/mail`,
//! its messages in both locales, and a sample in the portal's `pages/samples/mails.rs`.
mod account;
mod orders;
mod secrets;
mod services;
mod smtp;

pub use self::{
    account::{
        EmailChangeAnnounced, EmailChangeRequested, EmailChanged, Invitation, NewDevice, PasswordChanged,
        ResetPassword, StaffChange, StaffChanged, TwoFactorReset, VerifyEmail,
    },
    orders::{OrderReceived, PaymentReceived},
    secrets::{Link, PanelPassword},
    services::{Credentials, Resumed, ServiceReady, SetupDelayed, StaffSetupFailed, Suspended},
    smtp::{Encryption, Smtp, SmtpConfig},
};

use crate::keys::{KeyError, Keys};
use async_trait::async_trait;
use serde::{Deserialize, Serialize};

/// Any mail, as its row stores it until it is sent. Links and passwords are sealed in it.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq, strum::IntoStaticStr, strum::VariantNames)]
#[serde(tag = "mail", rename_all = "snake_case")]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum Mail {
    OrderReceived(OrderReceived),
    PaymentReceived(PaymentReceived),
    ServiceReady(ServiceReady),
    SetupDelayed(SetupDelayed),
    StaffSetupFailed(StaffSetupFailed),
    VerifyEmail(VerifyEmail),
    ResetPassword(ResetPassword),
    PasswordChanged(PasswordChanged),
    EmailChanged(EmailChanged),
    NewDevice(NewDevice),
    Invitation(Invitation),
    EmailChangeRequested(EmailChangeRequested),
    EmailChangeAnnounced(EmailChangeAnnounced),
    TwoFactorReset(TwoFactorReset),
    StaffChanged(StaffChanged),
    Suspended(Suspended),
    Resumed(Resumed),
    Credentials(Credentials),
}

impl Mail {
    /// All kinds, as stored.
    pub const KINDS: &[&str] = <Mail as strum::VariantNames>::VARIANTS;

    /// The mail with its link or its password unsealed, for sending.
    ///
    /// # Errors
    /// What is sealed cannot be read with the keys.
    pub fn opened(mut self, keys: &Keys) -> Result<Mail, KeyError> {
        if let Mail::Credentials(Credentials { password, .. }) = &mut self {
            *password = password.take().map(|password| password.open(keys)).transpose()?;
        }
        if let Mail::VerifyEmail(VerifyEmail { link, .. })
        | Mail::ResetPassword(ResetPassword { link, .. })
        | Mail::Invitation(Invitation { link })
        | Mail::EmailChangeRequested(EmailChangeRequested { link, .. }) = &mut self
        {
            *link = link.clone().open(keys)?;
        }
        Ok(self)
    }

    /// The mail for an address that its owner never confirmed: without the name and the domain, which a
    /// stranger may have typed together with the address. A domain that was set up stays: it has cost money.
    pub fn for_unconfirmed(mut self) -> Mail {
        match &mut self {
            Mail::OrderReceived(OrderReceived { name, domain, .. })
            | Mail::PaymentReceived(PaymentReceived { name, domain, .. }) => {
                name.clear();
                *domain = None;
            }
            Mail::ServiceReady(ServiceReady { name, .. })
            | Mail::SetupDelayed(SetupDelayed { name, .. })
            | Mail::VerifyEmail(VerifyEmail { name, .. })
            | Mail::ResetPassword(ResetPassword { name, .. })
            | Mail::PasswordChanged(PasswordChanged { name, .. })
            | Mail::EmailChanged(EmailChanged { name, .. })
            | Mail::NewDevice(NewDevice { name, .. })
            | Mail::Suspended(Suspended { name, .. })
            | Mail::Resumed(Resumed { name, .. })
            | Mail::EmailChangeRequested(EmailChangeRequested { name, .. })
            | Mail::TwoFactorReset(TwoFactorReset { name, .. })
            | Mail::Credentials(Credentials { name, .. }) => name.clear(),
            // Without a name anyway.
            Mail::Invitation(_) | Mail::EmailChangeAnnounced(_) => {}
            // To staff, whom the portal has in its table.
            Mail::StaffSetupFailed(_) | Mail::StaffChanged(_) => {}
        }
        self
    }

    /// The kind, as stored.
    pub fn kind(&self) -> &'static str {
        self.into_str()
    }
}

/// A mail's subject and bodies in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RenderedMail {
    pub subject: String,
    pub text: String,
    pub html: String,
}

/// Renders mails in a language (`en`, `sw`).
pub trait RenderMail: Send + Sync {
    /// Fails only where a template is broken.
    fn render(&self, mail: &Mail, locale: &str) -> Result<RenderedMail, String>;
}

/// Why a mail was not sent.
#[derive(Debug, Clone, thiserror::Error)]
pub enum MailError {
    /// Another attempt may succeed.
    #[error("the mail server did not accept it: {0}")]
    Transient(String),
    /// No attempt can succeed.
    #[error("the mail cannot be sent: {0}")]
    Permanent(String),
}

/// One mail to send.
pub struct Outgoing<'a> {
    pub to: &'a str,
    pub locale: &'a str,
    /// The same for every attempt, so that mail programs recognise a second copy.
    pub message_id: &'a str,
    pub mail: &'a Mail,
}

/// Sends mails.
#[async_trait]
pub trait Mailer: Send + Sync {
    /// Returns when the mail server has accepted the mail.
    async fn send(&self, outgoing: Outgoing<'_>) -> Result<(), MailError>;
    /// Whether the mail server answers: a sentence, for `hollyn-portal check`.
    async fn test(&self) -> Result<String, String>;
}
