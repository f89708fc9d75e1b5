//! The table `rate_limit_events`: the events that rate limits count, shared by all portals of one database.
use super::{Result, Tx, last_insert_id, truncate};
use crate::domain::{client_address, rate_limit::LimitedAction, time::Timestamp};

/// The longest stored subject, in characters.
const LONGEST_SUBJECT: usize = 190;

/// What is counted: a client address by its network, other subjects as they are.
fn key(action: LimitedAction, subject: &str) -> String {
    match action.counts_addresses() {
        true => client_address::network(subject),
        false => truncate(subject, LONGEST_SUBJECT).to_owned(),
    }
}

/// Adds an event. Returns its id, for [`delete`].
pub async fn insert(tx: &mut Tx, now: Timestamp, action: LimitedAction, subject: &str) -> Result<i64> {
    let result = sqlx::query("insert into rate_limit_events (action, subject, created_at) values (?, ?, ?)")
        .bind(action)
        .bind(key(action, subject))
        .bind(now)
        .execute(tx.connection())
        .await?;
    last_insert_id(tx, result).await
}

/// Removes an event that turned out not to count.
pub async fn delete(tx: &mut Tx, id: i64) -> Result<()> {
    sqlx::query("delete from rate_limit_events where id = ?").bind(id).execute(tx.connection()).await?;
    Ok(())
}

/// The times of a subject's events since then, oldest first.
pub async fn since(
    tx: &mut Tx,
    action: LimitedAction,
    subject: &str,
    since: Timestamp,
) -> Result<Vec<Timestamp>> {
    let sql = "select created_at from rate_limit_events where action = ? and subject = ? and created_at > ? \
               order by created_at";
    Ok(sqlx::query_scalar(sql)
        .bind(action)
        .bind(key(action, subject))
        .bind(since)
        .fetch_all(tx.connection())
        .await?)
}

/// How many events a subject has since then.
pub async fn count(tx: &mut Tx, action: LimitedAction, subject: &str, since: Timestamp) -> Result<usize> {
    let sql = "select count(*) from rate_limit_events where action = ? and subject = ? and created_at > ?";
    let count: i64 = sqlx::query_scalar(sql)
        .bind(action)
        .bind(key(action, subject))
        .bind(since)
        .fetch_one(tx.connection())
        .await?;
    Ok(usize::try_from(count).unwrap_or(0))
}

/// Removes a subject's events that no window reaches back to, for actions that are counted often.
pub async fn forget(tx: &mut Tx, action: LimitedAction, subject: &str, before: Timestamp) -> Result<()> {
    sqlx::query("delete from rate_limit_events where action = ? and subject = ? and created_at <= ?")
        .bind(action)
        .bind(key(action, subject))
        .bind(before)
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Removes all events of a subject: the sign-in succeeded.
pub async fn clear(tx: &mut Tx, action: LimitedAction, subject: &str) -> Result<()> {
    sqlx::query("delete from rate_limit_events where action = ? and subject = ?")
        .bind(action)
        .bind(key(action, subject))
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Removes the events that no window reaches back to.
pub async fn sweep(tx: &mut Tx, before: Timestamp) -> Result<()> {
    sqlx::query("delete from rate_limit_events where created_at < ?")
        .bind(before)
        .execute(tx.connection())
        .await?;
    Ok(())
}
