//! The hosting control panel, as the business sees it. Shaped so that other panels than Webuzo can stand behind it.
mod pin;
pub mod webuzo;
mod webuzo_wire;

use crate::domain::account::Username;
use async_trait::async_trait;

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

/// An account that we want there to be. The password is masked wherever this is printed.
#[derive(Clone)]
pub struct Wanted {
    pub username: Username,
    pub password: String,
    pub domain: String,
    pub email: String,
    /// Our plan; the panel finds its own for it.
    pub plan: OurPlan,
}

/// What an account that is ours is to be from now on. Its password stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
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
    /// The panel refuses *us*: wrong credentials, or a certificate that we do not trust. No customer's fault.
    #[error("the panel refuses us: {0}")]
    Locked(String),
    /// The panel said no.
    #[error("the panel refused: {0}")]
    Refused(String),
    /// The panel says that something of that name is there. Whose, only looking tells.
    #[error("the panel says that it exists: {0}")]
    Exists(String),
    /// It may have happened. Only looking tells.
    #[error("the panel's answer cannot be read: {0}")]
    Unknown(String),
    /// The panel has no such thing.
    #[error("the panel has no such account")]
    Missing,
}

impl PanelError {
    /// The same error in other words, for masking what must not be repeated.
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

/// What a call did, with both sides' words for the log. Secrets in them are masked.
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
    /// Makes the account with its primary domain.
    async fn create(&self, wanted: &Wanted) -> Reply<()>;
    /// Adds the domain, where that is a step of its own; None where the domain came with the account.
    async fn add_domain(&self, wanted: &Wanted) -> Option<Reply<()>>;
    /// Makes plan and password of an account that is ours the ones that are wanted.
    async fn change(&self, wanted: &Wanted) -> Reply<()>;
    /// Makes domain, e-mail and plan of an account that is ours the ones in the record, and nothing else.
    async fn edit(&self, record: &Record) -> Reply<()>;
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
    /// Where customers sign in by hand.
    fn end_user_url(&self) -> &str;
    /// Whether it can be reached and takes our credentials: a sentence, for `hollyn-portal check`.
    async fn test(&self) -> Result<String, String>;
}
