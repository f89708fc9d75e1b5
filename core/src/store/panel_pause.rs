//! The panel's pause: while it refuses us altogether, no customer's tries are burnt on it.
use super::{Result, clip};
use crate::domain::time::Moment;
use sqlx::AnyConnection;

/// Until when no set-up is tried, and why, where that is still to come.
pub async fn current(c: &mut AnyConnection, now: Moment) -> Result<Option<(Moment, String)>> {
    let sql = "select until_at, reason from panel_pause where id = 1 and until_at > ?";
    Ok(sqlx::query_as(sql).bind(now).fetch_optional(c).await?)
}

/// Pauses until then.
pub async fn set(c: &mut AnyConnection, until: Moment, reason: &str) -> Result<()> {
    let updated = sqlx::query("update panel_pause set until_at = ?, reason = ? where id = 1")
        .bind(until)
        .bind(clip(reason, 190))
        .execute(&mut *c)
        .await?;
    if updated.rows_affected() == 0 {
        sqlx::query("insert into panel_pause (id, until_at, reason) values (1, ?, ?)")
            .bind(until)
            .bind(clip(reason, 190))
            .execute(c)
            .await?;
    }
    Ok(())
}

/// Ends the pause. True where there was one.
pub async fn end(c: &mut AnyConnection) -> Result<bool> {
    Ok(sqlx::query("delete from panel_pause where id = 1").execute(c).await?.rows_affected() == 1)
}
