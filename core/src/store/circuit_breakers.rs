//! The panel's pause: while it refuses us altogether, no customer's tries are burnt on it.
use super::{Result, Tx, truncate};
use crate::domain::time::Timestamp;

/// Until when no set-up is tried, and why, where that is still to come.
pub async fn current(tx: &mut Tx, now: Timestamp) -> Result<Option<(Timestamp, String)>> {
    let sql = "select until_at, reason from circuit_breakers where id = 1 and until_at > ?";
    Ok(sqlx::query_as(sql).bind(now).fetch_optional(tx.connection()).await?)
}

/// Pauses until then.
pub async fn set(tx: &mut Tx, until: Timestamp, reason: &str) -> Result<()> {
    let updated = sqlx::query("update circuit_breakers set until_at = ?, reason = ? where id = 1")
        .bind(until)
        .bind(truncate(reason, 190))
        .execute(tx.connection())
        .await?;
    if updated.rows_affected() == 0 {
        sqlx::query("insert into circuit_breakers (id, until_at, reason) values (1, ?, ?)")
            .bind(until)
            .bind(truncate(reason, 190))
            .execute(tx.connection())
            .await?;
    }
    Ok(())
}

/// Ends the pause. True where there was one.
pub async fn end(tx: &mut Tx) -> Result<bool> {
    Ok(sqlx::query("delete from circuit_breakers where id = 1")
        .execute(tx.connection())
        .await?
        .rows_affected()
        == 1)
}
