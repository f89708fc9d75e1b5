//! The table `rate_limit_events`: the events that rate limits count, shared by all portals of one database.
use super::{Result, Tx, last_insert_id, truncate};
use crate::domain::{rate_limit::LimitedAction, time::Timestamp};

/// The longest stored subject, in characters.
const LONGEST_SUBJECT: usize = 190;

/// Adds an event. Returns its id, for [`delete`].
pub async fn insert(tx: &mut Tx, now: Timestamp, action: LimitedAction, subject: &str) -> Result<i64> {
    let result = sqlx::query("insert into rate_limit_events (action, subject, created_at) values (?, ?, ?)")
        .bind(action)
        .bind(truncate(subject, LONGEST_SUBJECT))
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
        .bind(truncate(subject, LONGEST_SUBJECT))
        .bind(since)
        .fetch_all(tx.connection())
        .await?)
}

/// Removes all events of a subject: the sign-in succeeded.
pub async fn clear(tx: &mut Tx, action: LimitedAction, subject: &str) -> Result<()> {
    sqlx::query("delete from rate_limit_events where action = ? and subject = ?")
        .bind(action)
        .bind(truncate(subject, LONGEST_SUBJECT))
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
