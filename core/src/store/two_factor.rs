//! The second factor: a sealed seed, the last step that was used, and recovery codes as fingerprints.
use super::{Record, Result, Tx, expect_one_row};
use crate::domain::{ids::UserId, time::Timestamp};
use sqlx::FromRow;

/// A user's second factor.
#[derive(Clone, FromRow)]
pub struct FactorRow {
    pub secret_enc: String,
    /// None until a code of it was accepted.
    pub confirmed_at: Option<Timestamp>,
    /// The last 30-second step whose code was taken: none is taken twice.
    pub last_step: i64,
    /// The seed of a replacement that is not confirmed yet.
    pub next_secret_enc: Option<String>,
}

/// The user's second factor, confirmed or not.
pub async fn of(tx: &mut Tx, user: UserId) -> Result<Option<FactorRow>> {
    let sql = "select secret_enc, confirmed_at, last_step, next_secret_enc from two_factor where user_id = ?";
    Ok(sqlx::query_as(sql).bind(user).fetch_optional(tx.connection()).await?)
}

/// Replaces the factor by a new, unconfirmed one with this seed.
pub async fn begin(tx: &mut Tx, now: Timestamp, user: UserId, sealed: &str) -> Result<()> {
    sqlx::query("delete from two_factor where user_id = ?").bind(user).execute(tx.connection()).await?;
    sqlx::query("insert into two_factor (user_id, secret_enc, last_step, created_at) values (?, ?, 0, ?)")
        .bind(user)
        .bind(sealed)
        .bind(now)
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Takes a step: only a later one than before, so that no code is accepted twice. Stale otherwise.
pub async fn take_step(tx: &mut Tx, user: UserId, step: i64) -> Result<()> {
    let result = sqlx::query("update two_factor set last_step = ? where user_id = ? and last_step < ?")
        .bind(step)
        .bind(user)
        .bind(step)
        .execute(tx.connection())
        .await?;
    expect_one_row(result, Record::TotpStep)
}

/// Marks the factor as confirmed: from now on, signing in needs a code.
pub async fn confirm(tx: &mut Tx, now: Timestamp, user: UserId) -> Result<()> {
    sqlx::query("update two_factor set confirmed_at = ? where user_id = ?")
        .bind(now)
        .bind(user)
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Stores the seed of a replacement. The present one counts until [`replace`].
pub async fn set_next(tx: &mut Tx, user: UserId, sealed: &str) -> Result<()> {
    sqlx::query("update two_factor set next_secret_enc = ? where user_id = ? and confirmed_at is not null")
        .bind(sealed)
        .bind(user)
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Puts the replacement in the place of the factor: `sealed` is its seed, `step` its first code's. Stale
/// where another one than `next` is being set up by now.
pub async fn replace(
    tx: &mut Tx,
    now: Timestamp,
    user: UserId,
    next: &str,
    sealed: &str,
    step: i64,
) -> Result<()> {
    let result = sqlx::query(
        "update two_factor set secret_enc = ?, next_secret_enc = null, last_step = ?, confirmed_at = ? \
         where user_id = ? and next_secret_enc = ?",
    )
    .bind(sealed)
    .bind(step)
    .bind(now)
    .bind(user)
    .bind(next)
    .execute(tx.connection())
    .await?;
    expect_one_row(result, Record::TotpStep)
}

/// Removes the factor and its recovery codes.
pub async fn remove(tx: &mut Tx, user: UserId) -> Result<()> {
    sqlx::query("delete from two_factor where user_id = ?").bind(user).execute(tx.connection()).await?;
    sqlx::query("delete from recovery_codes where user_id = ?").bind(user).execute(tx.connection()).await?;
    Ok(())
}

/// Replaces all recovery codes.
pub async fn replace_codes(tx: &mut Tx, now: Timestamp, user: UserId, fingerprints: &[String]) -> Result<()> {
    sqlx::query("delete from recovery_codes where user_id = ?").bind(user).execute(tx.connection()).await?;
    for fingerprint in fingerprints {
        sqlx::query("insert into recovery_codes (user_id, code_hash, created_at) values (?, ?, ?)")
            .bind(user)
            .bind(fingerprint)
            .bind(now)
            .execute(tx.connection())
            .await?;
    }
    Ok(())
}

/// Uses a recovery code. Stale where there is no such code, or it was used.
pub async fn spend_code(tx: &mut Tx, now: Timestamp, user: UserId, fingerprint: &str) -> Result<()> {
    let result = sqlx::query(
        "update recovery_codes set used_at = ? where user_id = ? and code_hash = ? and used_at is null",
    )
    .bind(now)
    .bind(user)
    .bind(fingerprint)
    .execute(tx.connection())
    .await?;
    expect_one_row(result, Record::RecoveryCode)
}

/// How many recovery codes are left.
pub async fn codes_left(tx: &mut Tx, user: UserId) -> Result<i64> {
    let sql = "select count(*) from recovery_codes where user_id = ? and used_at is null";
    Ok(sqlx::query_scalar(sql).bind(user).fetch_one(tx.connection()).await?)
}
