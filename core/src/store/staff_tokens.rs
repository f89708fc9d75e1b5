//! Devices on which staff are signed in. Tokens are kept as fingerprints only.
use super::{
    Result, Tx, truncate,
    users::{COLUMNS, UserRow},
};
use crate::domain::{
    ids::UserId,
    session::{Device, StaffSession},
    time::Timestamp,
};
use sqlx::FromRow;

#[derive(FromRow)]
struct TokenRow {
    token_id: i64,
    device: String,
    last_seen_at: Timestamp,
    confirmed_at: Timestamp,
    code_confirmed_at: Option<Timestamp>,
    ends_at: Timestamp,
    totp_confirmed_at: Option<Timestamp>,
    #[sqlx(flatten)]
    user: UserRow,
}

impl From<TokenRow> for StaffSession {
    fn from(row: TokenRow) -> StaffSession {
        StaffSession {
            token_id: row.token_id,
            user: row.user.into(),
            device: row.device,
            last_seen_at: row.last_seen_at,
            confirmed_at: row.confirmed_at,
            code_confirmed_at: row.code_confirmed_at,
            ends_at: row.ends_at,
            has_totp: row.totp_confirmed_at.is_some(),
        }
    }
}

/// What a new token needs.
pub struct NewToken<'a> {
    pub fingerprint: &'a str,
    pub user: UserId,
    pub device: &'a str,
    pub address: &'a str,
    pub user_agent: &'a str,
    /// Whether a code of the second factor was typed.
    pub has_code: bool,
    pub ends_at: Timestamp,
}

/// Signs a device in.
pub async fn insert(tx: &mut Tx, now: Timestamp, new: &NewToken<'_>) -> Result<()> {
    sqlx::query(
        "insert into staff_tokens (token_hash, user_id, device, address, user_agent, created_at, \
         last_seen_at, confirmed_at, code_confirmed_at, ends_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(new.fingerprint)
    .bind(new.user)
    .bind(truncate(new.device, 120))
    .bind(truncate(new.address, 64))
    .bind(truncate(new.user_agent, 190))
    .bind(now)
    .bind(now)
    .bind(now)
    .bind(new.has_code.then_some(now))
    .bind(new.ends_at)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// The token with that fingerprint, where it was seen after `idle_since`, has not ended, and its user is
/// staff still.
pub async fn by_fingerprint(
    tx: &mut Tx,
    now: Timestamp,
    idle_since: Timestamp,
    fingerprint: &str,
) -> Result<Option<StaffSession>> {
    let sql = sqlx::AssertSqlSafe(format!(
        "select t.id as token_id, t.device, t.last_seen_at, t.confirmed_at, t.code_confirmed_at, \
         t.ends_at, \
         f.confirmed_at as totp_confirmed_at, {COLUMNS} \
         from staff_tokens t join users u on u.id = t.user_id left join two_factor f on f.user_id = u.id \
         where t.token_hash = ? and t.ends_at > ? and t.last_seen_at > ? \
         and u.disabled_at is null and u.role <> 'user'"
    ));
    let row: Option<TokenRow> = sqlx::query_as(sql)
        .bind(fingerprint)
        .bind(now)
        .bind(idle_since)
        .fetch_optional(tx.connection())
        .await?;
    Ok(row.map(StaffSession::from))
}

/// Records that the device was seen.
pub async fn touch(tx: &mut Tx, now: Timestamp, id: i64) -> Result<()> {
    sqlx::query("update staff_tokens set last_seen_at = ? where id = ?")
        .bind(now)
        .bind(id)
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Records that the password was typed on it.
pub async fn confirm(tx: &mut Tx, now: Timestamp, id: i64) -> Result<()> {
    sqlx::query("update staff_tokens set confirmed_at = ?, last_seen_at = ? where id = ?")
        .bind(now)
        .bind(now)
        .bind(id)
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Records that a code of the second factor was typed on it.
pub async fn confirm_code(tx: &mut Tx, now: Timestamp, id: i64) -> Result<()> {
    sqlx::query("update staff_tokens set code_confirmed_at = ? where id = ?")
        .bind(now)
        .bind(id)
        .execute(tx.connection())
        .await?;
    Ok(())
}

#[derive(FromRow)]
struct DeviceRow {
    id: i64,
    device: String,
    address: String,
    created_at: Timestamp,
    last_seen_at: Timestamp,
    ends_at: Timestamp,
}

/// A user's signed-in devices, the latest seen first.
pub async fn of_user(
    tx: &mut Tx,
    now: Timestamp,
    idle_since: Timestamp,
    user: UserId,
) -> Result<Vec<Device>> {
    let sql = "select id, device, address, created_at, last_seen_at, ends_at from staff_tokens \
               where user_id = ? and ends_at > ? and last_seen_at > ? order by last_seen_at desc, id desc";
    let rows: Vec<DeviceRow> =
        sqlx::query_as(sql).bind(user).bind(now).bind(idle_since).fetch_all(tx.connection()).await?;
    let device = |row: DeviceRow| Device {
        id: row.id,
        name: row.device,
        address: row.address,
        created_at: row.created_at,
        last_seen_at: row.last_seen_at,
        ends_at: row.ends_at,
    };
    Ok(rows.into_iter().map(device).collect())
}

/// Revokes one of the user's tokens. False where the user has no such token.
pub async fn end_one(tx: &mut Tx, user: UserId, id: i64) -> Result<bool> {
    let result = sqlx::query("delete from staff_tokens where id = ? and user_id = ?")
        .bind(id)
        .bind(user)
        .execute(tx.connection())
        .await?;
    Ok(result.rows_affected() == 1)
}

/// Revokes all of the user's tokens, except one (0 matches none).
pub async fn end_all(tx: &mut Tx, user: UserId, except: i64) -> Result<()> {
    sqlx::query("delete from staff_tokens where user_id = ? and id <> ?")
        .bind(user)
        .bind(except)
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Deletes tokens that ended.
pub async fn sweep(tx: &mut Tx, now: Timestamp, idle_since: Timestamp) -> Result<()> {
    sqlx::query("delete from staff_tokens where ends_at < ? or last_seen_at < ?")
        .bind(now)
        .bind(idle_since)
        .execute(tx.connection())
        .await?;
    Ok(())
}
