//! The hosting control panel. Webuzo is the one that there is; the trait leaves room for others.
mod pin;
pub mod webuzo;
mod webuzo_wire;

use crate::domain::account::Username;
use async_trait::async_trait;
use secrecy::SecretString;

pub use crate::http::Tls;
pub use pin::pinned;
pub use webuzo::{Auth, Webuzo, WebuzoConfig};

/// An account as the panel shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    pub username: String,
    pub domain: String,
    pub email: String,
    /// The panel's plan, as the panel names it; empty where it does not say.
    pub plan: String,
    pub is_suspended: bool,
}

/// One of the panel's own plans.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PanelPlan {
    /// What the panel is called with.
    pub slug: String,
    pub name: String,
}

/// One of our plans, as far as a panel's plan is found by it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OurPlan {
    pub slug: String,
    pub name: String,
    /// The panel's plan that staff chose for it, as the panel spells it.
    pub chosen: Option<String>,
}

/// Which of the panel's plans one of ours is set up with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fit {
    /// It is on the panel.
    Found(String),
    /// The panel has none that fits ours: its default is taken.
    Default(String),
}

impl Fit {
    /// The panel's name of it.
    pub fn name(&self) -> &str {
        match self {
            Fit::Found(name) | Fit::Default(name) => name,
        }
    }
}

/// An account as it is to be created, or taken over.
#[derive(Debug, Clone)]
pub struct AccountSpec {
    pub username: Username,
    pub password: SecretString,
    pub domain: String,
    pub email: String,
    /// Our plan; the panel finds its own for it.
    pub plan: OurPlan,
}

/// The record of an account that is ours, as it is to be changed. Its password stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountRecord {
    pub username: Username,
    pub domain: String,
    pub email: String,
    /// The panel's own name of the plan.
    pub plan: String,
}

/// Why a call did not do what it should.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PanelError {
    /// Nothing was sent: the panel cannot be reached.
    #[error("the panel cannot be reached: {0}")]
    NotSent(String),
    /// The panel refuses *our* credentials, or its certificate is not trusted. It concerns no single
    /// customer.
    #[error("the panel refuses us: {0}")]
    Locked(String),
    /// The panel said no.
    #[error("the panel refused: {0}")]
    Refused(String),
    /// The panel says that the name exists. Whose it is, only looking tells.
    #[error("the panel says that it exists: {0}")]
    Exists(String),
    /// The request may have been carried out. Only looking tells.
    #[error("the panel's answer cannot be read: {0}")]
    Unknown(String),
    /// The panel has no such thing.
    #[error("the panel has no such account")]
    Missing,
}

impl PanelError {
    /// The same error with its text changed, to mask secrets in it.
    fn reworded(self, words: impl Fn(&str) -> String) -> PanelError {
        match self {
            PanelError::NotSent(why) => PanelError::NotSent(words(&why)),
            PanelError::Locked(why) => PanelError::Locked(words(&why)),
            PanelError::Refused(why) => PanelError::Refused(words(&why)),
            PanelError::Exists(why) => PanelError::Exists(words(&why)),
            PanelError::Unknown(why) => PanelError::Unknown(words(&why)),
            PanelError::Missing => PanelError::Missing,
        }
    }
}

/// The outcome of a call, with request and response for the log. Secrets in them are masked.
#[derive(Debug, Clone)]
pub struct Reply<T> {
    pub outcome: Result<T, PanelError>,
    pub request: String,
    pub response: String,
}

/// A hosting control panel. Every write may be repeated.
#[async_trait]
pub trait ControlPanel: Send + Sync {
    /// The account of exactly that name, where there is one.
    async fn look(&self, username: &Username) -> Reply<Option<Account>>;
    /// Creates the account with its primary domain.
    async fn create(&self, spec: &AccountSpec) -> Reply<()>;
    /// Adds the domain, where that is a step of its own; none where the domain came with the account.
    async fn add_domain(&self, spec: &AccountSpec) -> Option<Reply<()>>;
    /// Sets plan and password of an account that is ours to those of the spec.
    async fn change(&self, spec: &AccountSpec) -> Reply<()>;
    /// Sets domain, e-mail and plan of an account that is ours to those of the record, and nothing else.
    async fn edit(&self, record: &AccountRecord) -> Reply<()>;
    /// The panel's own plans.
    async fn plans(&self) -> Reply<Vec<PanelPlan>>;
    /// Which of them one of ours is set up with.
    fn fitting(&self, plans: &[PanelPlan], ours: &OurPlan) -> Fit;
    /// Switches the account off and keeps it.
    async fn suspend(&self, username: &Username) -> Reply<()>;
    /// Switches it on again.
    async fn resume(&self, username: &Username) -> Reply<()>;
    /// Deletes the account and all that is in it.
    async fn delete(&self, username: &Username) -> Reply<()>;
    /// A one-time address that signs the customer in. A password: never logged, never stored.
    async fn sign_on(&self, username: &Username) -> Result<String, PanelError>;
    /// The panel's own sign-in page for customers.
    fn end_user_url(&self) -> &str;
    /// Whether it can be reached and takes our credentials: a sentence, for `hollyn-portal check`.
    async fn test(&self) -> Result<String, String>;
}
