//! SQL, and nothing else: a file per noun, no decisions, no calls to the outside.
//!
//! Functions take a connection, so that an op shows where its transaction begins and ends. A write that depends on
//! what was read carries that in its `where` and answers `Stale` when somebody was faster. One that changes what lists
//! find or figures count gives that on to `search_terms` and `tallies` itself, so that no op can forget it.
pub mod attention;
pub mod audit;
pub mod candidates;
pub mod changes;
mod db;
mod dialect;
pub mod email_tokens;
pub mod exports;
pub mod fillings;
pub mod history;
pub mod hits;
pub mod impersonations;
pub mod inbox;
pub mod jobs;
pub mod lists;
pub mod logs;
pub mod mails;
pub mod orders;
pub mod panel_pause;
pub mod payments;
pub mod plans;
pub mod recount;
pub mod search_terms;
pub mod service_edits;
pub mod services;
pub mod sessions;
pub mod staff_tokens;
pub mod tallies;
pub mod timeline;
pub mod tries;
pub mod two_factor;
pub mod users;
pub mod views;

pub use db::{Db, limit};
pub use history::By;

use crate::domain::{NoSuchStep, UnknownWord};

/// What every store function answers.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a transaction did not happen.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database refused or could not be reached.
    #[error("the database did not answer as expected")]
    Sql(#[from] sqlx::Error),
    /// What was read has moved on since; nothing was written.
    #[error("{0} was changed by somebody else meanwhile")]
    Stale(&'static str),
    /// Another machine wrote at the same moment; nothing was written, and the transaction runs again by itself.
    #[error("{0} was written to by another machine at the same moment")]
    Raced(&'static str),
    /// A state machine has no such step; nothing was written.
    #[error(transparent)]
    NoSuchStep(#[from] NoSuchStep),
    /// A row holds a word that this version does not know.
    #[error("a stored row cannot be read")]
    Unreadable(#[from] UnknownWord),
    /// The migrations could not be run.
    #[error("the database could not be migrated")]
    Migrate(#[from] sqlx::migrate::MigrateError),
}

impl Error {
    /// Whether a unique key said that the row is there already. Unique violations are answers here, not failures.
    pub fn is_duplicate(&self) -> bool {
        match self {
            Error::Sql(error) => error.as_database_error().is_some_and(|e| e.is_unique_violation()),
            Error::Stale(_)
            | Error::Raced(_)
            | Error::NoSuchStep(_)
            | Error::Unreadable(_)
            | Error::Migrate(_) => false,
        }
    }
}

/// A query that is put together; its parts are ours, what people typed is bound.
type Sql = sqlx::QueryBuilder<sqlx::Any>;

/// A query's tail `in (?, ?, ...)` for some ids; the caller has seen that there is one.
fn push_ids<T>(sql: &mut Sql, ids: &[T])
where
    T: Copy + Send + 'static + for<'q> sqlx::Encode<'q, sqlx::Any> + sqlx::Type<sqlx::Any>,
{
    sql.push(" in (");
    let mut list = sql.separated(", ");
    for id in ids {
        list.push_bind(*id);
    }
    sql.push(")");
}

/// One row changed, or somebody was faster.
fn one(result: sqlx::any::AnyQueryResult, what: &'static str) -> Result<()> {
    if result.rows_affected() == 1 { Ok(()) } else { Err(Error::Stale(what)) }
}

/// The id of the row that this connection inserted last. The `Any` driver does not tell it on SQLite.
async fn inserted(c: &mut sqlx::AnyConnection, result: sqlx::any::AnyQueryResult) -> Result<i64> {
    match result.last_insert_id() {
        Some(id) => Ok(id),
        None => Ok(sqlx::query_scalar("select last_insert_rowid()").fetch_one(c).await?),
    }
}

/// Cuts a text that goes into a `varchar(n)`, on a character's edge.
fn clip(text: &str, most: usize) -> &str {
    match text.char_indices().nth(most) {
        Some((at, _)) => &text[..at],
        None => text,
    }
}
