//! Why an op did not do what it was asked. Mapped once to the admin API's error body and once to pages.
use crate::{
    domain::{InvalidTransition, field_error::FieldError, time::Timestamp},
    keys::KeyError,
    panel::PanelError,
    password_hashing::HashingError,
    store::{self, Record},
};
use std::fmt;

/// What every op returns.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why an op failed. Nothing was changed, unless the variant says otherwise.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The object does not exist, or the actor must not learn that it does.
    #[error("there is no such {0}")]
    NotFound(Object),
    /// The present state does not allow it.
    #[error("{0}")]
    Conflict(Conflict),
    /// Fields of the input cannot be used.
    #[error("the input cannot be used: {}", field_names(.0))]
    Invalid(Vec<FieldError>),
    /// Too many attempts; the next is possible from then on.
    #[error("too many attempts; the next is possible at {}", .0.0)]
    RateLimited(Timestamp),
    /// Too much work is waiting; trying again in a few seconds may succeed.
    #[error("too much work is waiting")]
    Busy,
    /// The actor may not do this. The sentence is for them.
    #[error("{0}")]
    Forbidden(&'static str),
    /// The actor must type the password again first, with a code of the second factor where `with_code`.
    #[error("the password must be confirmed first")]
    ReauthRequired { with_code: bool },
    /// The panel did not do what it was asked.
    #[error("the panel: {0}")]
    Provider(#[source] PanelError),
    /// The database cannot be used now; trying again later may succeed.
    #[error("the database is not available")]
    Unavailable(#[source] store::Error),
    /// A fault on our side.
    #[error("a fault on our side")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// What was looked for and not found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Object {
    AttentionItem,
    Device,
    /// A link to verify an address or to reset a password.
    EmailLink,
    Order,
    Payment,
    Plan,
    Service,
    User,
}

impl fmt::Display for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Object::AttentionItem => "attention item",
            Object::Device => "device",
            Object::EmailLink => "link",
            Object::Order => "order",
            Object::Payment => "payment",
            Object::Plan => "plan",
            Object::Service => "service",
            Object::User => "user",
        })
    }
}

/// How the present state stands against what was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Conflict {
    /// The record changed between the read and the write.
    Stale(Record),
    /// The state machine has no such transition.
    Transition(InvalidTransition),
    /// A rule of the business refuses it. A sentence in English, for staff.
    Rule(String),
}

impl fmt::Display for Conflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Conflict::Stale(record) => write!(f, "{record} has changed since it was read"),
            Conflict::Transition(transition) => transition.fmt(f),
            Conflict::Rule(sentence) => sentence.fmt(f),
        }
    }
}

impl Error {
    /// A conflict with a rule of the business: a sentence for staff.
    pub fn conflict(sentence: impl Into<String>) -> Error {
        Error::Conflict(Conflict::Rule(sentence.into()))
    }

    /// One field cannot be used.
    pub fn invalid(field: &'static str, code: &'static str) -> Error {
        Error::Invalid(vec![FieldError::new(field, code)])
    }

    /// Something that must not happen did.
    pub fn internal(what: &'static str) -> Error {
        Error::Internal(what.into())
    }

    /// Whether another writer was faster: the record changed since it was read, or took the step itself.
    pub fn is_stale(&self) -> bool {
        match self {
            Error::Conflict(Conflict::Stale(_) | Conflict::Transition(_)) => true,
            Error::Conflict(Conflict::Rule(_))
            | Error::NotFound(_)
            | Error::Invalid(_)
            | Error::RateLimited(_)
            | Error::Busy
            | Error::Forbidden(_)
            | Error::ReauthRequired { .. }
            | Error::Provider(_)
            | Error::Unavailable(_)
            | Error::Internal(_) => false,
        }
    }
}

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Error {
        if error.is_transient() || matches!(error, store::Error::TimedOut) {
            return Error::Unavailable(error);
        }
        match error {
            store::Error::Stale(record) => Error::Conflict(Conflict::Stale(record)),
            store::Error::InvalidTransition(transition) => Error::Conflict(Conflict::Transition(transition)),
            error @ (store::Error::Sql(_)
            | store::Error::TimedOut
            | store::Error::Duplicate(_)
            | store::Error::WriteConflict(_)
            | store::Error::Unreadable(_)
            | store::Error::Inconsistent { .. }
            | store::Error::AuditLogDamaged(_)
            | store::Error::BackupDamaged(_)
            | store::Error::Migrate(_)) => Error::Internal(Box::new(error)),
        }
    }
}

impl From<KeyError> for Error {
    fn from(error: KeyError) -> Error {
        Error::Internal(Box::new(error))
    }
}

impl From<HashingError> for Error {
    fn from(error: HashingError) -> Error {
        match error {
            HashingError::Busy => Error::Busy,
            HashingError::Failed => Error::Internal(Box::new(error)),
        }
    }
}

impl From<FieldError> for Error {
    fn from(error: FieldError) -> Error {
        Error::Invalid(vec![error])
    }
}

impl From<Vec<FieldError>> for Error {
    fn from(errors: Vec<FieldError>) -> Error {
        Error::Invalid(errors)
    }
}

fn field_names(errors: &[FieldError]) -> String {
    errors.iter().map(|error| format!("{} ({})", error.field, error.code)).collect::<Vec<_>>().join(", ")
}
