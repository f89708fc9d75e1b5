//! On which devices staff are signed in. Tokens are kept as fingerprints only.
use super::{Result, clip, users::UserRow};
use crate::domain::{ids::UserId, time::Moment};
use sqlx::{AnyConnection, FromRow};

/// A device's token with its person.
#[derive(Clone, FromRow)]
pub struct TokenRow {
    pub token_id: i64,
    pub device: String,
    pub last_seen_at: Moment,
    /// When the password was typed on it last.
    pub confirmed_at: Moment,
    pub ends_at: Moment,
    /// When the person's second factor was confirmed; None where there is none.
    pub factor_at: Option<Moment>,
    #[sqlx(flatten)]
    pub user: UserRow,
}

/// What a new token needs.
pub struct NewToken<'a> {
    pub fingerprint: &'a str,
    pub user: UserId,
    pub device: &'a str,
    pub address: &'a str,
    pub user_agent: &'a str,
    pub ends_at: Moment,
}

/// Signs a device in.
pub async fn insert(c: &mut AnyConnection, now: Moment, new: &NewToken<'_>) -> Result<()> {
    sqlx::query(
        "insert into staff_tokens (token_hash, user_id, device, address, user_agent, created_at, last_seen_at, \
         confirmed_at, ends_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(new.fingerprint)
    .bind(new.user)
    .bind(clip(new.device, 120))
    .bind(clip(new.address, 64))
    .bind(clip(new.user_agent, 190))
    .bind(now)
    .bind(now)
    .bind(now)
    .bind(new.ends_at)
    .execute(c)
    .await?;
    Ok(())
}

/// The token with that fingerprint, where it was seen after `idle_since`, has not ended, and its person still is staff.
pub async fn by_fingerprint(
    c: &mut AnyConnection,
    now: Moment,
    idle_since: Moment,
    fingerprint: &str,
) -> Result<Option<TokenRow>> {
    let sql = "select t.id as token_id, t.device, t.last_seen_at, t.confirmed_at, t.ends_at, f.confirmed_at as factor_at, \
               u.id, u.name, u.email, u.password, u.phone, u.role, u.locale, u.email_verified_at, u.disabled_at \
               from staff_tokens t join users u on u.id = t.user_id left join two_factor f on f.user_id = u.id \
               where t.token_hash = ? and t.ends_at > ? and t.last_seen_at > ? and u.disabled_at is null and u.role <> 'user'";
    Ok(sqlx::query_as(sql).bind(fingerprint).bind(now).bind(idle_since).fetch_optional(c).await?)
}

/// Notes that the device was seen.
pub async fn touch(c: &mut AnyConnection, now: Moment, id: i64) -> Result<()> {
    sqlx::query("update staff_tokens set last_seen_at = ? where id = ?")
        .bind(now)
        .bind(id)
        .execute(c)
        .await?;
    Ok(())
}

/// Notes that the password was typed on it.
pub async fn confirm(c: &mut AnyConnection, now: Moment, id: i64) -> Result<()> {
    sqlx::query("update staff_tokens set confirmed_at = ?, last_seen_at = ? where id = ?")
        .bind(now)
        .bind(now)
        .bind(id)
        .execute(c)
        .await?;
    Ok(())
}

/// A device in its owner's list.
#[derive(Debug, Clone, FromRow)]
pub struct DeviceRow {
    pub id: i64,
    pub device: String,
    pub address: String,
    pub created_at: Moment,
    pub last_seen_at: Moment,
    pub ends_at: Moment,
}

/// A person's signed-in devices, the latest seen first.
pub async fn of_user(
    c: &mut AnyConnection,
    now: Moment,
    idle_since: Moment,
    user: UserId,
) -> Result<Vec<DeviceRow>> {
    let sql = "select id, device, address, created_at, last_seen_at, ends_at from staff_tokens \
               where user_id = ? and ends_at > ? and last_seen_at > ? order by last_seen_at desc, id desc";
    Ok(sqlx::query_as(sql).bind(user).bind(now).bind(idle_since).fetch_all(c).await?)
}

/// Revokes one of the person's tokens. False where it is none of theirs.
pub async fn end_one(c: &mut AnyConnection, user: UserId, id: i64) -> Result<bool> {
    let result = sqlx::query("delete from staff_tokens where id = ? and user_id = ?")
        .bind(id)
        .bind(user)
        .execute(c)
        .await?;
    Ok(result.rows_affected() == 1)
}

/// Revokes all of the person's tokens, but one (0 spares none).
pub async fn end_all(c: &mut AnyConnection, user: UserId, except: i64) -> Result<()> {
    sqlx::query("delete from staff_tokens where user_id = ? and id <> ?")
        .bind(user)
        .bind(except)
        .execute(c)
        .await?;
    Ok(())
}

/// Forgets tokens that ended.
pub async fn sweep(c: &mut AnyConnection, now: Moment, idle_since: Moment) -> Result<()> {
    sqlx::query("delete from staff_tokens where ends_at < ? or last_seen_at < ?")
        .bind(now)
        .bind(idle_since)
        .execute(c)
        .await?;
    Ok(())
}
