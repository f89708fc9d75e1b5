//! How each state came about, and who did what. What was written is read in [`audit`](super::audit).
use super::{Error, Record, Result, Tx, UniqueKey, audit::head, truncate};
use crate::domain::{
    audit::{Act, Head},
    time::Timestamp,
};

/// Who is behind a change, for the history and the audit log.
#[derive(Debug, Clone, Default)]
pub struct By {
    /// `user:7`, `staff:2`, `worker`, `gateway`, `visitor`.
    pub actor: String,
    /// In whose place they acted, `user:7`; None where in their own.
    pub subject: Option<String>,
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
pub(super) async fn record(tx: &mut Tx, now: Timestamp, by: &By, change: Change<'_>) -> Result<()> {
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
    .bind(change.reason.map(|r| truncate(r, 500)))
    .bind(now)
    .execute(tx.connection())
    .await?;
    let action = format!("{}.{}", change.subject, change.event);
    let details = format!("{} -> {}", change.from, change.to);
    audit(tx, now, by, &action, change.subject, Some(change.id), Some(&details)).await
}

/// Appends one row to the audit log's chain. `details` holds no secrets.
///
/// The head is moved before the row is written, and only from where it was read: two machines that append at once meet
/// there, and one of them runs its transaction again. On a fork both would have found their place.
pub async fn audit(
    tx: &mut Tx,
    now: Timestamp,
    by: &By,
    action: &str,
    object: &str,
    object_id: Option<i64>,
    details: Option<&str>,
) -> Result<()> {
    let Some(Head { last_id, last_hash: prev_hash }) = head(tx).await? else {
        return Err(Error::AuditLogDamaged("has lost its head"));
    };
    // What is hashed is what is stored, so it is cut to the columns here.
    let act = Act {
        id: last_id + 1,
        actor: truncate(&by.actor, 64),
        subject: by.subject.as_deref().map(|subject| truncate(subject, 64)),
        action: truncate(action, 64),
        object: truncate(object, 64),
        object_id,
        details: details.map(|details| truncate(details, 2000)),
        address: by.address.as_deref().map(|address| truncate(address, 64)),
        request_id: by.request_id.as_deref().map(|id| truncate(id, 36)),
        created_at: now,
    };
    let hash = act.hash(&prev_hash);
    let moved = sqlx::query("update audit_head set last_id = ?, last_hash = ? where id = 1 and last_id = ?")
        .bind(act.id)
        .bind(&hash)
        .bind(last_id)
        .execute(tx.connection())
        .await?;
    if moved.rows_affected() != 1 {
        return Err(Error::WriteConflict(Record::AuditLog));
    }
    let written = sqlx::query(
        "insert into audit_log (id, prev_hash, hash, actor, subject, action, object, object_id, details, address, \
         request_id, created_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(act.id)
    .bind(prev_hash)
    .bind(&hash)
    .bind(act.actor)
    .bind(act.subject)
    .bind(act.action)
    .bind(act.object)
    .bind(act.object_id)
    .bind(act.details)
    .bind(act.address)
    .bind(act.request_id)
    .bind(act.created_at)
    .execute(tx.connection())
    .await
    .map_err(Error::from);
    match written {
        Ok(_) => Ok(()),
        Err(Error::Duplicate(UniqueKey::AuditLogId)) => {
            Err(Error::AuditLogDamaged("has a row after its head"))
        }
        Err(error) => Err(error),
    }
}
