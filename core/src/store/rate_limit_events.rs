//! What limits are counted by. In the database, so that two portals count together.
use super::{Result, Tx, last_insert_id, truncate};
use crate::domain::time::Timestamp;

/// Counts one; the answer is for [`take_back`].
pub async fn note(tx: &mut Tx, now: Timestamp, what: &str, who: &str) -> Result<i64> {
    let result = sqlx::query("insert into rate_limit_events (what, who, created_at) values (?, ?, ?)")
        .bind(what)
        .bind(truncate(who, 190))
        .bind(now)
        .execute(tx.connection())
        .await?;
    last_insert_id(tx, result).await
}

/// Uncounts one: it was no wrong one.
pub async fn take_back(tx: &mut Tx, id: i64) -> Result<()> {
    sqlx::query("delete from rate_limit_events where id = ?").bind(id).execute(tx.connection()).await?;
    Ok(())
}

/// When they were since then, oldest first.
pub async fn since(tx: &mut Tx, what: &str, who: &str, since: Timestamp) -> Result<Vec<Timestamp>> {
    let sql = "select created_at from rate_limit_events where what = ? and who = ? and created_at > ? order by created_at";
    Ok(sqlx::query_scalar(sql)
        .bind(what)
        .bind(truncate(who, 190))
        .bind(since)
        .fetch_all(tx.connection())
        .await?)
}

/// Forgives them: the sign-in was right at last.
pub async fn forget(tx: &mut Tx, what: &str, who: &str) -> Result<()> {
    sqlx::query("delete from rate_limit_events where what = ? and who = ?")
        .bind(what)
        .bind(truncate(who, 190))
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Forgets what no window reaches back to.
pub async fn sweep(tx: &mut Tx, before: Timestamp) -> Result<()> {
    sqlx::query("delete from rate_limit_events where created_at < ?")
        .bind(before)
        .execute(tx.connection())
        .await?;
    Ok(())
}
