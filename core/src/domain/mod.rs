//! The words of the business, parsed and typed. Nothing here reads a clock, a file or a network.
pub mod account;
pub mod actor;
pub mod attention;
pub mod audit;
pub mod audit_action;
pub mod client_address;
pub mod customer;
pub mod email_change;
pub mod field_error;
pub mod history;
pub mod hostname;
pub mod ids;
pub mod input;
pub mod job;
pub mod list;
pub mod money;
pub mod operator;
pub mod order;
pub mod order_action;
pub mod payment;
pub mod phone;
pub mod plan;
pub mod provisioning;
pub mod rate_limit;
pub mod search;
pub mod service;
pub mod service_action;
pub mod session;
pub mod term;
pub mod text;
pub mod time;
pub mod timeline;
pub mod user;
pub mod user_agent;

/// A state machine was asked for a step it does not have.
///
/// It names both the state and the event, so that a log line reads alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{machine} cannot take {event} while {state}")]
pub struct InvalidTransition {
    /// Which machine: `order`, `payment` or `service`.
    pub machine: &'static str,
    /// The state it was in, as stored.
    pub state: &'static str,
    /// The event that was refused.
    pub event: &'static str,
}

/// A stored value that this version does not know: the row was written by a newer one, or by hand.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{value:?} is not a {kind}")]
pub struct UnknownVariant {
    /// The type that was expected.
    pub kind: &'static str,
    /// What was found.
    pub value: String,
}

impl UnknownVariant {
    /// Reads a stored value.
    pub fn parse<T: std::str::FromStr>(value: &str) -> Result<T, UnknownVariant> {
        let kind = std::any::type_name::<T>();
        let kind = kind.rsplit("::").next().unwrap_or(kind);
        value.parse().map_err(|_| UnknownVariant { kind, value: value.to_owned() })
    }
}
