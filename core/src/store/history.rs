//! The status history: each change of a status machine, with its audit row.
use super::{Result, Tx, audit, truncate};
use crate::domain::{actor::AuditContext, audit_action::AuditAction, time::Timestamp};

/// One status change.
pub(super) struct Change<'a> {
    /// The event, as an audit action.
    pub action: AuditAction,
    /// The event as stored.
    pub event: &'static str,
    /// The row of the order, payment or service.
    pub id: i64,
    /// The status before.
    pub from: &'static str,
    /// The status after.
    pub to: &'static str,
    /// The reason that was given, if one was.
    pub reason: Option<&'a str>,
}

/// Writes the change's history row and its audit row.
pub(super) async fn record(
    tx: &mut Tx,
    now: Timestamp,
    context: &AuditContext,
    change: Change<'_>,
) -> Result<()> {
    sqlx::query(
        "insert into status_history (subject, subject_id, event, from_status, to_status, actor, reason, \
         created_at) values (?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(change.action.object())
    .bind(change.id)
    .bind(change.event)
    .bind(change.from)
    .bind(change.to)
    .bind(context.actor)
    .bind(change.reason.map(|r| truncate(r, 500)))
    .bind(now)
    .execute(tx.connection())
    .await?;
    let details = format!("{} -> {}", change.from, change.to);
    audit::append(tx, now, context, change.action, Some(change.id), Some(&details)).await
}
