//! How each state came about, and who did what.
use super::{Result, clip};
use crate::domain::time::Moment;
use sqlx::AnyConnection;

/// Who is behind a change, for the history and the audit log.
#[derive(Debug, Clone, Default)]
pub struct By {
    /// `user:7`, `staff:2`, `worker`, `gateway`.
    pub actor: String,
    /// The client's address, where a request caused it.
    pub address: Option<String>,
    /// The request's id, where a request caused it.
    pub request_id: Option<String>,
}

impl By {
    /// The background worker.
    pub fn worker() -> By {
        By { actor: "worker".into(), ..By::default() }
    }
}

/// One state change, as it is shown and searched.
pub struct Change<'a> {
    /// `order`, `payment` or `service`.
    pub subject: &'static str,
    /// Its row.
    pub id: i64,
    /// What happened.
    pub event: &'a str,
    /// The state before.
    pub from: &'a str,
    /// The state after.
    pub to: &'a str,
    /// Why, where somebody said so.
    pub reason: Option<&'a str>,
}

/// Writes the change's history row and its audit row.
pub(super) async fn record(c: &mut AnyConnection, now: Moment, by: &By, change: Change<'_>) -> Result<()> {
    sqlx::query(
        "insert into status_history (subject, subject_id, event, from_status, to_status, actor, reason, created_at) \
         values (?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(change.subject)
    .bind(change.id)
    .bind(change.event)
    .bind(change.from)
    .bind(change.to)
    .bind(&by.actor)
    .bind(change.reason.map(|r| clip(r, 500)))
    .bind(now)
    .execute(&mut *c)
    .await?;
    let action = format!("{}.{}", change.subject, change.event);
    let details = format!("{} -> {}", change.from, change.to);
    audit(c, now, by, &action, change.subject, Some(change.id), Some(&details)).await
}

/// Writes one audit row. `details` holds no secrets.
pub async fn audit(
    c: &mut AnyConnection,
    now: Moment,
    by: &By,
    action: &str,
    object: &str,
    object_id: Option<i64>,
    details: Option<&str>,
) -> Result<()> {
    sqlx::query(
        "insert into audit_log (actor, action, object, object_id, details, address, request_id, created_at) \
         values (?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(&by.actor)
    .bind(action)
    .bind(object)
    .bind(object_id)
    .bind(details)
    .bind(by.address.as_deref())
    .bind(by.request_id.as_deref())
    .bind(now)
    .execute(c)
    .await?;
    Ok(())
}
