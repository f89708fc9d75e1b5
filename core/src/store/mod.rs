//! SQL, a file per noun: no decisions, no calls to providers.
//!
//! Functions take a connection, so that an op shows where its transaction begins and ends. A write that
//! depends on what was read has that in its `where` and errors with `Stale` where the row has changed since.
//! A write of what searches find or counters count updates `search_terms` and `counters` itself, so that no
//! op can omit it.
pub mod app_keys;
pub mod attention;
pub mod audit;
pub mod candidates;
pub mod circuit_breakers;
pub mod counters;
pub mod customer_summary;
mod db;
mod dialect;
pub mod email_changes;
pub mod email_tokens;
mod error;
pub mod exports;
mod history;
pub mod hits;
pub mod impersonations;
pub mod inbox;
pub mod jobs;
pub mod known_devices;
pub mod lists;
pub mod mails;
pub mod orders;
pub mod panel_requests;
pub mod payment_events;
pub mod payment_limits;
pub mod payments;
pub mod plans;
pub mod projection_versions;
pub mod provisioning_logs;
pub mod rate_limit_events;
pub mod recompute;
pub mod search_terms;
pub mod service_edits;
pub mod services;
pub mod sessions;
pub mod staff_tokens;
pub mod status_changes;
pub mod timeline;
pub mod two_factor;
pub mod users;
pub mod webhook_budgets;

pub use db::{Db, Tx, limit};
pub use error::{Error, Record, Result, UniqueKey};

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

/// Stale where a guarded write did not change exactly one row.
fn expect_one_row(result: sqlx::any::AnyQueryResult, record: Record) -> Result<()> {
    if result.rows_affected() == 1 { Ok(()) } else { Err(Error::Stale(record)) }
}

/// The id of the row that this connection inserted last. The `Any` driver does not return it on SQLite.
async fn last_insert_id(tx: &mut Tx, result: sqlx::any::AnyQueryResult) -> Result<i64> {
    match result.last_insert_id() {
        Some(id) => Ok(id),
        None => Ok(sqlx::query_scalar("select last_insert_rowid()").fetch_one(tx.connection()).await?),
    }
}

/// Cuts a text to the `n` characters of a `varchar(n)`.
fn truncate(text: &str, most: usize) -> &str {
    match text.char_indices().nth(most) {
        Some((at, _)) => &text[..at],
        None => text,
    }
}
