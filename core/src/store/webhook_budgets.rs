//! The table `webhook_budgets`: how many notices without a proof were kept on a day, and how many were only
//! counted.
use super::{Result, Tx};
use crate::domain::time::Timestamp;

/// Days since 1970, in UTC.
fn day(at: Timestamp) -> i64 {
    at.0.div_euclid(86_400_000_000)
}

/// Takes the room for one notice from the day's budget; false where it is used up.
pub async fn take(tx: &mut Tx, now: Timestamp, bytes: i64, most_rows: i64, most_bytes: i64) -> Result<bool> {
    add_day(tx, now).await?;
    let result = sqlx::query(
        "update webhook_budgets set stored_rows = stored_rows + 1, stored_bytes = stored_bytes + ? \
         where day = ? and stored_rows < ? and stored_bytes + ? <= ?",
    )
    .bind(bytes)
    .bind(day(now))
    .bind(most_rows)
    .bind(bytes)
    .bind(most_bytes)
    .execute(tx.connection())
    .await?;
    Ok(result.rows_affected() == 1)
}

/// Counts a notice that is not kept. The first of a day is logged.
pub async fn count_refused(tx: &mut Tx, now: Timestamp, bytes: i64) -> Result<()> {
    add_day(tx, now).await?;
    sqlx::query(
        "update webhook_budgets set refused_rows = refused_rows + 1, refused_bytes = refused_bytes + ? \
         where day = ?",
    )
    .bind(bytes)
    .bind(day(now))
    .execute(tx.connection())
    .await?;
    let refused: i64 = sqlx::query_scalar("select refused_rows from webhook_budgets where day = ?")
        .bind(day(now))
        .fetch_one(tx.connection())
        .await?;
    if refused == 1 {
        tracing::warn!(
            "too many webhooks without a valid token or key; more of them are counted and not kept"
        );
    }
    Ok(())
}

async fn add_day(tx: &mut Tx, now: Timestamp) -> Result<()> {
    let known: i64 = sqlx::query_scalar("select count(*) from webhook_budgets where day = ?")
        .bind(day(now))
        .fetch_one(tx.connection())
        .await?;
    if known == 0 {
        sqlx::query(
            "insert into webhook_budgets (day, stored_rows, stored_bytes, refused_rows, refused_bytes) \
             values (?, 0, 0, 0, 0)",
        )
        .bind(day(now))
        .execute(tx.connection())
        .await?;
    }
    Ok(())
}

/// Removes the days before then.
pub async fn sweep(tx: &mut Tx, before: Timestamp) -> Result<()> {
    sqlx::query("delete from webhook_budgets where day < ?")
        .bind(day(before))
        .execute(tx.connection())
        .await?;
    Ok(())
}
