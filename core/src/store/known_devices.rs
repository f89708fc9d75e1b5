//! The table `known_devices`: browsers that an account was signed in with. Tokens are kept as fingerprints
//! only.
use super::{Result, Tx};
use crate::domain::{ids::UserId, time::Timestamp};

/// How many browsers are remembered per account.
const MOST: i64 = 20;

/// Whether the account was signed in with the browser.
pub async fn is_known(tx: &mut Tx, user: UserId, fingerprint: &str) -> Result<bool> {
    let found: i64 =
        sqlx::query_scalar("select count(*) from known_devices where token_hash = ? and user_id = ?")
            .bind(fingerprint)
            .bind(user)
            .fetch_one(tx.connection())
            .await?;
    Ok(found > 0)
}

/// Remembers the browser, and forgets the account's least recently used ones beyond [`MOST`].
pub async fn remember(tx: &mut Tx, now: Timestamp, user: UserId, fingerprint: &str) -> Result<()> {
    sqlx::query("delete from known_devices where token_hash = ? and user_id = ?")
        .bind(fingerprint)
        .bind(user)
        .execute(tx.connection())
        .await?;
    sqlx::query("insert into known_devices (token_hash, user_id, last_used_at) values (?, ?, ?)")
        .bind(fingerprint)
        .bind(user)
        .bind(now)
        .execute(tx.connection())
        .await?;
    let oldest: Option<i64> = sqlx::query_scalar(
        "select id from known_devices where user_id = ? order by last_used_at desc, id desc limit 1 offset ?",
    )
    .bind(user)
    .bind(MOST)
    .fetch_optional(tx.connection())
    .await?;
    if let Some(oldest) = oldest {
        sqlx::query("delete from known_devices where id = ?").bind(oldest).execute(tx.connection()).await?;
    }
    Ok(())
}

/// Forgets all browsers of the account.
pub async fn forget_all(tx: &mut Tx, user: UserId) -> Result<()> {
    sqlx::query("delete from known_devices where user_id = ?").bind(user).execute(tx.connection()).await?;
    Ok(())
}

/// Forgets the browsers that were not used since then.
pub async fn sweep(tx: &mut Tx, before: Timestamp) -> Result<()> {
    sqlx::query("delete from known_devices where last_used_at < ?")
        .bind(before)
        .execute(tx.connection())
        .await?;
    Ok(())
}
