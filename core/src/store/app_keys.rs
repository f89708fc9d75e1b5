//! The table `app_keys`, and the columns that hold what those keys made. Only ids of keys are stored.
use super::{Result, Tx};
use crate::domain::time::Timestamp;

/// The ids of the keys that the database's values may be encrypted or signed with, oldest first.
pub async fn in_use(tx: &mut Tx) -> Result<Vec<String>> {
    let sql = "select id from app_keys order by first_used_at, id";
    Ok(sqlx::query_scalar(sql).fetch_all(tx.connection()).await?)
}

/// Records that a key is used. A duplicate where it is recorded.
pub async fn add(tx: &mut Tx, now: Timestamp, id: &str) -> Result<()> {
    sqlx::query("insert into app_keys (id, first_used_at) values (?, ?)")
        .bind(id)
        .bind(now)
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Records that no other key is used any more.
pub async fn remove_others(tx: &mut Tx, id: &str) -> Result<()> {
    sqlx::query("delete from app_keys where id <> ?").bind(id).execute(tx.connection()).await?;
    Ok(())
}

/// A column whose values name the key that made them: `x1.<key id>.` (encrypted), `a1.<key id>.` (signed), or
/// such values inside JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::VariantArray)]
pub enum KeyedColumn {
    ServicePassword,
    TwoFactorSecret,
    MailPayload,
    AuditSeal,
}

impl KeyedColumn {
    /// Table, primary key and column.
    fn names(self) -> (&'static str, &'static str, &'static str) {
        match self {
            KeyedColumn::ServicePassword => ("services", "id", "webuzo_temp_password_enc"),
            KeyedColumn::TwoFactorSecret => ("two_factor", "user_id", "secret_enc"),
            KeyedColumn::MailPayload => ("mails", "id", "payload"),
            KeyedColumn::AuditSeal => ("audit_seals", "audit_id", "seal"),
        }
    }
}

/// A value of a keyed column.
#[derive(Debug, sqlx::FromRow)]
pub struct KeyedValue {
    /// The row's primary key.
    pub row: i64,
    pub value: String,
}

/// The next values of the column that the key `id` made, after the row `after`, by primary key.
pub async fn made_by(
    tx: &mut Tx,
    column: KeyedColumn,
    id: &str,
    after: i64,
    limit: i64,
) -> Result<Vec<KeyedValue>> {
    let (table, key, value) = column.names();
    let sql = format!(
        "select {key} as \"row\", {value} as value from {table} \
         where {key} > ? and instr({value}, ?) > 0 order by {key} limit ?"
    );
    let mark = format!("1.{id}.");
    Ok(sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(after)
        .bind(mark)
        .bind(limit)
        .fetch_all(tx.connection())
        .await?)
}

/// Replaces a value that is still `old`. False where it has changed meanwhile.
pub async fn replace(tx: &mut Tx, column: KeyedColumn, old: &KeyedValue, new: &str) -> Result<bool> {
    let (table, key, value) = column.names();
    let sql = format!("update {table} set {value} = ? where {key} = ? and {value} = ?");
    let result = sqlx::query(sqlx::AssertSqlSafe(sql))
        .bind(new)
        .bind(old.row)
        .bind(&old.value)
        .execute(tx.connection())
        .await?;
    Ok(result.rows_affected() == 1)
}
