//! The table `email_changes`: changes of an e-mail by staff that have not taken effect yet, one per account.
use super::{Result, Tx, truncate};
use crate::domain::{email_change::EmailChange, ids::UserId, time::Timestamp};
use sqlx::FromRow;

#[derive(FromRow)]
struct EmailChangeRow {
    user_id: UserId,
    new_email: String,
    requested_by: UserId,
    reason: String,
    created_at: Timestamp,
    applies_at: Timestamp,
}

impl From<EmailChangeRow> for EmailChange {
    fn from(row: EmailChangeRow) -> EmailChange {
        EmailChange {
            user_id: row.user_id,
            new_email: row.new_email,
            requested_by: row.requested_by,
            reason: row.reason,
            created_at: row.created_at,
            applies_at: row.applies_at,
        }
    }
}

/// Stores a change in the place of an earlier one of the account.
pub async fn replace(tx: &mut Tx, change: &EmailChange) -> Result<()> {
    remove(tx, change.user_id).await?;
    sqlx::query(
        "insert into email_changes (user_id, new_email, requested_by, reason, created_at, applies_at) \
         values (?, ?, ?, ?, ?, ?)",
    )
    .bind(change.user_id)
    .bind(&change.new_email)
    .bind(change.requested_by)
    .bind(truncate(&change.reason, 500))
    .bind(change.created_at)
    .bind(change.applies_at)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// The change of the account that waits.
pub async fn of_user(tx: &mut Tx, user: UserId) -> Result<Option<EmailChange>> {
    let sql = "select user_id, new_email, requested_by, reason, created_at, applies_at from email_changes \
               where user_id = ?";
    let row: Option<EmailChangeRow> = sqlx::query_as(sql).bind(user).fetch_optional(tx.connection()).await?;
    Ok(row.map(EmailChange::from))
}

/// Removes the account's change. False where none waits.
pub async fn remove(tx: &mut Tx, user: UserId) -> Result<bool> {
    let result = sqlx::query("delete from email_changes where user_id = ?")
        .bind(user)
        .execute(tx.connection())
        .await?;
    Ok(result.rows_affected() == 1)
}
