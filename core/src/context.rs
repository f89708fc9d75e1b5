//! What every op works with: database, clock, keys, providers, settings.
use crate::{
    access_failures::AccessFailures,
    clock::Clock,
    domain::{hostname::Hostname, operator::Operators, rate_limit::Limits, term::Discounts, time::Timestamp},
    gateway::PaymentGateway,
    keys::Keys,
    mail::Mailer,
    panel::ControlPanel,
    password_hashing::PasswordHashing,
    store::{Db, inbox::Inbox},
};
use secrecy::SecretString;
use std::{sync::Arc, time::Duration};
use tokio::sync::Notify;

/// What can be configured about the business itself.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The portal's own address, like `https://hollyn.online`, without a slash at the end. From configuration
    /// only.
    pub base_url: String,
    /// The company's name.
    pub company: String,
    /// Where the gateway reports; the token is appended.
    pub webhook_url: String,
    /// Makes the webhook tokens.
    pub webhook_secret: SecretString,
    /// What the gateway may send back in `x-api-key`.
    pub gateway_key: SecretString,
    pub discounts: Discounts,
    pub operators: Operators,
    /// Whether set-up starts by itself when an order is paid.
    pub provision_on_payment: bool,
    /// How often a set-up is tried.
    pub provision_tries: i64,
    /// Seconds until the second, third, ... try; the last one repeats.
    pub provision_backoff: Vec<i64>,
    /// Customers without a domain get a name under this one.
    pub temp_domain: Hostname,
    /// Whether staff must have a second factor.
    pub is_totp_required: bool,
    /// Whether a mail with an account's details may hold its panel password; else a link leads to where it is
    /// shown.
    pub mails_passwords: bool,
    pub limits: Limits,
}

/// A line of the code at which a test may end the process: `payments.created`.
pub type Failpoint = fn(&'static str);

/// What every op works with.
pub struct AppContext {
    pub db: Db,
    pub inbox: Inbox,
    pub clock: Clock,
    pub keys: Keys,
    pub gateway: Arc<dyn PaymentGateway>,
    pub panel: Arc<dyn ControlPanel>,
    pub mailer: Arc<dyn Mailer>,
    pub settings: Settings,
    /// Notified when a job became due, so that the worker does not wait for its next poll.
    pub job_notify: Notify,
    pub password_hashing: PasswordHashing,
    pub access_failures: AccessFailures,
    /// Called at the points where the crash tests end the process; does nothing elsewhere.
    pub failpoint: Failpoint,
}

/// How long a worker holds a job without renewing its lease.
pub const LEASE: Duration = Duration::from_secs(30);

impl AppContext {
    /// The current time.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Until when a lease taken now lasts.
    pub fn lease_end(&self) -> Timestamp {
        Timestamp(self.now().0 + i64::try_from(LEASE.as_micros()).expect("30 seconds fit"))
    }
}
