//! What the business does: one function, one thing. Only here do the store and the providers meet.
//!
//! A transaction begins and ends in sight (`tx!`), and none is open while a provider is called.
pub mod accounts;
pub mod attention;
pub mod checkout;
pub mod jobs;
pub mod limits;
pub mod mails;
pub mod orders;
pub mod payments;
pub mod plans;
pub mod price_list;
pub mod profile;
pub mod provisioning;
pub mod recovery;
pub mod service_desk;
pub mod service_edits;
pub mod services;
pub mod staff;
pub mod two_factor;

use crate::{domain::ids::UserId, store};

/// What every op answers.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why an op could not be tried at all. What a person can do wrong is in each op's own answer.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// A sealed value did not open.
    #[error(transparent)]
    Key(#[from] crate::keys::KeyError),
    /// Something that must not happen did.
    #[error("{0}")]
    Broken(&'static str),
}

/// Who asks, from where: for limits, history and audit.
#[derive(Debug, Clone, Default)]
pub struct Caller {
    /// The customer who is signed in; beside `staff`, the one in whose place they act.
    pub user: Option<UserId>,
    /// The member of staff who acts.
    pub staff: Option<UserId>,
    /// The client's address.
    pub address: String,
    /// The browser, as it calls itself.
    pub user_agent: String,
    /// The request's id.
    pub request_id: String,
}

impl Caller {
    /// For the rows that say who did it.
    pub fn by(&self) -> store::By {
        let user = self.user.map(|id| format!("user:{id}"));
        let (actor, subject) = match self.staff {
            Some(staff) => (format!("staff:{staff}"), user),
            None => (user.unwrap_or_else(|| "visitor".to_owned()), None),
        };
        store::By {
            actor,
            subject,
            address: Some(self.address.clone()),
            request_id: Some(self.request_id.clone()),
        }
    }
}
