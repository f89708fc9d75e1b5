//! Why a statement or a transaction failed, with what it was about.
use crate::domain::{InvalidTransition, UnknownVariant};
use std::fmt;

/// What every store function returns.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a transaction was not committed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database refused a statement or could not be reached.
    #[error("the database did not answer as expected")]
    Sql(#[source] sqlx::Error),
    /// The database did not answer within the time-out.
    #[error("the database did not answer in time")]
    TimedOut,
    /// The record has changed since it was read; nothing was written.
    #[error("{0} has changed since it was read")]
    Stale(Record),
    /// A unique key already has the value; nothing was written.
    #[error("the key {0} already has this value")]
    Duplicate(UniqueKey),
    /// Another machine wrote at the same moment; nothing was written, and the transaction runs again.
    #[error("{0} was written by another machine at the same moment")]
    WriteConflict(Record),
    /// The state machine has no such transition; nothing was written.
    #[error(transparent)]
    InvalidTransition(#[from] InvalidTransition),
    /// A row holds a value that this version does not know.
    #[error("a stored row cannot be read")]
    Unreadable(#[from] UnknownVariant),
    /// A row's columns contradict each other, like an order that is paid and has no time of payment.
    #[error("the row of {record} {id} is inconsistent: {what}")]
    Inconsistent { record: Record, id: i64, what: &'static str },
    /// The audit log is not what was written; nothing that needs an audit row can be done until it is looked
    /// at.
    #[error("the audit log {0}; run `hollyn-portal audit verify`")]
    AuditLogDamaged(&'static str),
    /// A backup does not pass the database's own check.
    #[error("the copy is damaged: {0}")]
    BackupDamaged(String),
    /// The migrations could not be run.
    #[error("the database could not be migrated")]
    Migrate(#[from] sqlx::migrate::MigrateError),
}

impl Error {
    /// Whether running the whole transaction again may succeed.
    pub(crate) fn is_transient(&self) -> bool {
        match self {
            Error::Sql(error) => is_busy(error),
            Error::WriteConflict(_) => true,
            Error::TimedOut
            | Error::Stale(_)
            | Error::Duplicate(_)
            | Error::InvalidTransition(_)
            | Error::Unreadable(_)
            | Error::Inconsistent { .. }
            | Error::AuditLogDamaged(_)
            | Error::BackupDamaged(_)
            | Error::Migrate(_) => false,
        }
    }

    /// Whether a column holds something that its type cannot be read from.
    pub fn is_unreadable_row(&self) -> bool {
        match self {
            Error::Unreadable(_) | Error::Inconsistent { .. } => true,
            Error::Sql(error) => matches!(
                error,
                sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) | sqlx::Error::AnyDriverError(_)
            ),
            Error::TimedOut
            | Error::Stale(_)
            | Error::Duplicate(_)
            | Error::WriteConflict(_)
            | Error::InvalidTransition(_)
            | Error::AuditLogDamaged(_)
            | Error::BackupDamaged(_)
            | Error::Migrate(_) => false,
        }
    }
}

/// SQLITE_BUSY, SQLITE_BUSY_SNAPSHOT, SQLITE_LOCKED, SQLITE_LOCKED_SHAREDCACHE.
fn is_busy(error: &sqlx::Error) -> bool {
    error.as_database_error().is_some_and(|e| matches!(e.code().as_deref(), Some("5" | "517" | "6" | "262")))
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Error {
        if matches!(error, sqlx::Error::PoolTimedOut) {
            return Error::TimedOut;
        }
        let violated = error
            .as_database_error()
            .filter(|database| database.is_unique_violation())
            .and_then(|database| UniqueKey::of_violation(database.message()));
        violated.map_or(Error::Sql(error), Error::Duplicate)
    }
}

/// A record that a guarded write is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Record {
    Account,
    AttentionItem,
    AuditLog,
    EmailAddress,
    EmailToken,
    ImpersonationTicket,
    JobLease,
    Order,
    PasswordHash,
    Payment,
    Plan,
    Projection,
    RecoveryCode,
    Service,
    ServiceUsername,
    TotpStep,
}

impl fmt::Display for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Record::Account => "the account",
            Record::AttentionItem => "the attention item",
            Record::AuditLog => "the audit log",
            Record::EmailAddress => "the e-mail address",
            Record::EmailToken => "the link",
            Record::ImpersonationTicket => "the impersonation ticket",
            Record::JobLease => "the job's lease",
            Record::Order => "the order",
            Record::PasswordHash => "the password",
            Record::Payment => "the payment",
            Record::Plan => "the plan",
            Record::Projection => "the projection",
            Record::RecoveryCode => "the recovery code",
            Record::Service => "the service",
            Record::ServiceUsername => "the service's username",
            Record::TotpStep => "the code",
        })
    }
}

/// Declares the unique keys: the name of each in MySQL, and its columns, by which SQLite reports it.
macro_rules! unique_keys {
    ($($(#[$doc:meta])* $key:ident = $name:literal, $columns:literal;)+) => {
        /// A unique key of the tables. Primary keys that the database numbers itself are not among them.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum UniqueKey { $($(#[$doc])* $key),+ }

        impl UniqueKey {
            /// Every key.
            pub const ALL: &'static [UniqueKey] = &[$(UniqueKey::$key),+];

            /// The constraint's name in the migrations.
            pub fn name(self) -> &'static str {
                match self { $(UniqueKey::$key => $name),+ }
            }

            /// The key's columns as SQLite lists them: `payments.order_id, payments.attempt`.
            pub fn columns(self) -> &'static str {
                match self { $(UniqueKey::$key => $columns),+ }
            }
        }
    };
}

unique_keys! {
    AppKeysId = "app_keys_id", "app_keys.id";
    AttentionKey = "attention_attention_key", "attention.attention_key";
    AuditLogId = "audit_log_id", "audit_log.id";
    AuditSealsRow = "audit_seals_audit_id", "audit_seals.audit_id";
    CountersKey = "counters_key", "counters.what, counters.day, counters.word";
    EmailTokensHash = "email_tokens_token_hash", "email_tokens.token_hash";
    ImpersonationsSession = "impersonations_session_hash", "impersonations.session_hash";
    ImpersonationsTicket = "impersonations_ticket_hash", "impersonations.ticket_hash";
    JobsKey = "jobs_job_key", "jobs.job_key";
    MailsMessageId = "mails_message_id", "mails.message_id";
    /// The same customer has the same purchase pending.
    OrdersDedupKey = "orders_dedup_key", "orders.dedup_key";
    OrdersUuid = "orders_order_uuid", "orders.order_uuid";
    PanelRequestsUsername = "panel_requests_service_username",
        "panel_requests.service_id, panel_requests.username";
    /// The order has a payment that counts already.
    PaymentsActiveOrder = "payments_active_order_id", "payments.active_order_id";
    PaymentsAttempt = "payments_attempt", "payments.order_id, payments.attempt";
    PaymentsGatewayOrderId = "payments_gateway_order_id", "payments.gateway_order_id";
    /// The gateway's transaction was recorded for another payment.
    PaymentsTransid = "payments_transid", "payments.transid";
    PlansSlug = "plans_slug", "plans.slug";
    RecoveryCodesHash = "recovery_codes_code_hash", "recovery_codes.user_id, recovery_codes.code_hash";
    SearchTermsKey = "search_terms_key", "search_terms.noun, search_terms.term, search_terms.object_id";
    /// The order has a service already.
    ServicesOrder = "services_order_id", "services.order_id";
    ServicesUsername = "services_webuzo_username", "services.webuzo_username";
    SessionsHash = "sessions_token_hash", "sessions.token_hash";
    StaffTokensHash = "staff_tokens_token_hash", "staff_tokens.token_hash";
    /// The e-mail has an account already.
    UsersEmail = "users_email", "users.email";
}

impl fmt::Display for UniqueKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl UniqueKey {
    /// The key that a database's message names: `UNIQUE constraint failed: users.email` (SQLite), or
    /// `Duplicate entry '...' for key 'users.users_email'` (MySQL; MariaDB leaves the table out).
    fn of_violation(message: &str) -> Option<UniqueKey> {
        let named = |key: &UniqueKey| match message.split_once(" failed: ") {
            Some((_, columns)) => columns == key.columns(),
            None => message
                .rsplit_once(" for key ")
                .map(|(_, name)| name.trim_matches('\''))
                .is_some_and(|name| name.rsplit('.').next() == Some(key.name())),
        };
        UniqueKey::ALL.iter().copied().find(named)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_violation_names_its_key_in_every_engine() {
        for key in UniqueKey::ALL {
            let table = key.columns().split('.').next().unwrap();
            for message in [
                format!("UNIQUE constraint failed: {}", key.columns()),
                format!("Duplicate entry 'it''s for key' for key '{}'", key.name()),
                format!("Duplicate entry 'x' for key '{table}.{}'", key.name()),
            ] {
                assert_eq!(UniqueKey::of_violation(&message), Some(*key), "{message}");
            }
        }
        assert_eq!(UniqueKey::of_violation("UNIQUE constraint failed: users.phone"), None);
    }
}
