//! The accounts that services asked the panel for, by username. Whether an account on the panel is ours is
//! decided by these rows.
use super::{Result, Tx};
use crate::domain::{account::Username, ids::ServiceId, provisioning::PanelRequestOutcome, time::Timestamp};

/// Writes what came of the service's request for that username, in place of what was written before.
pub async fn record(
    tx: &mut Tx,
    now: Timestamp,
    service: ServiceId,
    username: &Username,
    outcome: PanelRequestOutcome,
) -> Result<()> {
    let updated = sqlx::query(
        "update panel_requests set outcome = ?, updated_at = ? where service_id = ? and username = ?",
    )
    .bind(outcome)
    .bind(now)
    .bind(service)
    .bind(username.as_str())
    .execute(tx.connection())
    .await?;
    if updated.rows_affected() == 0 {
        sqlx::query(
            "insert into panel_requests (service_id, username, outcome, created_at, updated_at) \
             values (?, ?, ?, ?, ?)",
        )
        .bind(service)
        .bind(username.as_str())
        .bind(outcome)
        .bind(now)
        .bind(now)
        .execute(tx.connection())
        .await?;
    }
    Ok(())
}

/// What came of the service's request for that username; none where it never asked for it.
pub async fn outcome(
    tx: &mut Tx,
    service: ServiceId,
    username: &Username,
) -> Result<Option<PanelRequestOutcome>> {
    let sql = "select outcome from panel_requests where service_id = ? and username = ?";
    Ok(sqlx::query_scalar(sql).bind(service).bind(username.as_str()).fetch_optional(tx.connection()).await?)
}

/// Whether the panel may have an account of ours for the service: it was asked for the reserved username.
pub async fn may_exist(tx: &mut Tx, service: ServiceId, username: Option<&Username>) -> Result<bool> {
    match username {
        Some(username) => {
            Ok(outcome(tx, service, username).await?.is_some_and(PanelRequestOutcome::may_be_ours))
        }
        None => Ok(false),
    }
}
