//! The circuit breaker of the panel: while the panel refuses our credentials, set-ups wait and use up no
//! attempts.
use super::{Result, Tx, truncate};
use crate::domain::time::Timestamp;

/// Until when it is open, and why; none where it is closed.
pub async fn open_until(tx: &mut Tx, now: Timestamp) -> Result<Option<(Timestamp, String)>> {
    let sql = "select until_at, reason from circuit_breakers where id = 1 and until_at > ?";
    Ok(sqlx::query_as(sql).bind(now).fetch_optional(tx.connection()).await?)
}

/// Opens it until then.
pub async fn open(tx: &mut Tx, until: Timestamp, reason: &str) -> Result<()> {
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

/// Closes it. Returns whether it was open.
pub async fn close(tx: &mut Tx) -> Result<bool> {
    let deleted = sqlx::query("delete from circuit_breakers where id = 1").execute(tx.connection()).await?;
    Ok(deleted.rows_affected() == 1)
}
