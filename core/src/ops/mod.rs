//! What the business does: one function, one thing. Only here do the store and the providers meet.
//!
//! A transaction begins and ends in sight (`tx!`), and none is open while a provider is called.
pub mod access_failures;
pub mod analytics;
pub mod app_keys;
pub mod attention;
pub mod audit;
pub mod auth;
pub mod event_feed;
pub mod exports;
pub mod impersonation;
pub mod jobs;
pub mod mails;
pub mod orders;
pub mod pagination;
pub mod payments;
pub mod plans;
pub mod projections;
pub mod rate_limits;
pub mod search;
pub mod services;
mod staff_notice;
pub mod staff_sessions;
pub mod timeline;
pub mod users;

use crate::domain::{
    actor::{Actor, AuditContext},
    ids::UserId,
};

pub use crate::error::{Conflict, Error, Object, Result};

/// The person and the address behind a request: for rate limits, status history and audit log.
#[derive(Debug, Clone, Default)]
pub struct Caller {
    /// The customer who is signed in; beside `staff`, the one in whose place they act.
    pub user: Option<UserId>,
    /// The member of staff who acts.
    pub staff: Option<UserId>,
    /// The client's address.
    pub address: String,
    /// The `User-Agent` header.
    pub user_agent: String,
    /// The request's id.
    pub request_id: String,
    /// The fingerprint of the browser's device token, where it has one: a browser that some account was
    /// signed in with.
    pub device: Option<String>,
    /// A valid session: `session:7` of a browser, `token:7` of a device of staff.
    pub session: Option<String>,
}

impl Caller {
    /// What the status history and the audit log record of the caller.
    pub fn audit_context(&self) -> AuditContext {
        let (actor, on_behalf_of) = match (self.staff, self.user) {
            (Some(staff), user) => (Actor::Staff(staff), user),
            (None, Some(user)) => (Actor::Customer(user), None),
            (None, None) => (Actor::Visitor, None),
        };
        AuditContext {
            actor,
            on_behalf_of,
            address: Some(self.address.clone()),
            request_id: Some(self.request_id.clone()),
        }
    }
}
