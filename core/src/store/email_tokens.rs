//! Links by mail, to verify an address or to set a new password. Stored as fingerprints; each is valid once.
use super::{Record, Result, Tx, expect_one_row, last_insert_id};
use crate::domain::{ids::UserId, time::Timestamp};
use sqlx::FromRow;

/// What a link is for.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    strum::Display,
    strum::EnumString,
    strum::IntoStaticStr,
    strum::VariantArray,
)]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum TokenKind {
    /// To show that an address is read by its owner.
    Verify,
    /// To set a new password.
    Reset,
    /// To set the first password of an account that staff created.
    Invitation,
    /// To confirm or cancel a change of the address by staff; mailed to the present address.
    EmailChange,
}

/// A link that is still valid.
#[derive(Debug, Clone, FromRow)]
pub struct TokenRow {
    pub id: i64,
    pub user_id: UserId,
    pub email: String,
}

/// Writes a link's fingerprint and revokes earlier links of the same kind.
pub async fn replace(
    tx: &mut Tx,
    now: Timestamp,
    kind: TokenKind,
    user: UserId,
    email: &str,
    fingerprint: &str,
    ends_at: Timestamp,
) -> Result<i64> {
    end_all(tx, now, kind, user).await?;
    let result = sqlx::query(
        "insert into email_tokens (kind, token_hash, user_id, email, created_at, ends_at) \
         values (?, ?, ?, ?, ?, ?)",
    )
    .bind(kind.into_str())
    .bind(fingerprint)
    .bind(user)
    .bind(email)
    .bind(now)
    .bind(ends_at)
    .execute(tx.connection())
    .await?;
    last_insert_id(tx, result).await
}

/// The link, where it is valid.
pub async fn valid(
    tx: &mut Tx,
    now: Timestamp,
    kind: TokenKind,
    fingerprint: &str,
) -> Result<Option<TokenRow>> {
    let sql = "select id, user_id, email from email_tokens \
               where token_hash = ? and kind = ? and used_at is null and ends_at > ?";
    Ok(sqlx::query_as(sql)
        .bind(fingerprint)
        .bind(kind.into_str())
        .bind(now)
        .fetch_optional(tx.connection())
        .await?)
}

/// Uses the link. Stale where it was used before.
pub async fn mark_used(tx: &mut Tx, now: Timestamp, id: i64) -> Result<()> {
    let result =
        sqlx::query("update email_tokens set used_at = ? where id = ? and used_at is null and ends_at > ?")
            .bind(now)
            .bind(id)
            .bind(now)
            .execute(tx.connection())
            .await?;
    expect_one_row(result, Record::EmailToken)
}

/// Revokes all links of that kind.
pub async fn end_all(tx: &mut Tx, now: Timestamp, kind: TokenKind, user: UserId) -> Result<()> {
    sqlx::query("update email_tokens set used_at = ? where user_id = ? and kind = ? and used_at is null")
        .bind(now)
        .bind(user)
        .bind(kind.into_str())
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Deletes links that ended before then.
pub async fn sweep(tx: &mut Tx, before: Timestamp) -> Result<()> {
    sqlx::query("delete from email_tokens where ends_at < ?").bind(before).execute(tx.connection()).await?;
    Ok(())
}
