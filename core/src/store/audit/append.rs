//! Appends to the audit log's chain.
use super::head;
use crate::{
    domain::{
        actor::{Actor, AuditContext},
        audit::{Act, Head},
        audit_action::AuditAction,
        time::Timestamp,
    },
    store::{Error, Record, Result, Tx, UniqueKey, truncate},
};

/// Appends one row to the audit log's chain. `details` holds no secrets.
///
/// The head moves before the row is written, and only from where it was read. Of two machines that append at
/// once, one gets a write conflict there and runs its transaction again; the chain never forks.
pub async fn append(
    tx: &mut Tx,
    now: Timestamp,
    context: &AuditContext,
    action: AuditAction,
    object_id: Option<i64>,
    details: Option<&str>,
) -> Result<()> {
    let Some(Head { last_id, last_hash: prev_hash }) = head(tx).await? else {
        return Err(Error::AuditLogDamaged("has lost its head"));
    };
    let actor = context.actor.to_string();
    let subject = context.on_behalf_of.map(|user| Actor::Customer(user).to_string());
    // The hash covers the row as it is stored, so every text is cut to its column here.
    let act = Act {
        id: last_id + 1,
        actor: &actor,
        subject: subject.as_deref(),
        action: action.into_str(),
        object: action.object().into_str(),
        object_id,
        details: details.map(|details| truncate(details, 2000)),
        address: context.address.as_deref().map(|address| truncate(address, 64)),
        request_id: context.request_id.as_deref().map(|id| truncate(id, 36)),
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
        "insert into audit_log (id, prev_hash, hash, actor, subject, action, object, object_id, details, \
         address, request_id, created_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
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
