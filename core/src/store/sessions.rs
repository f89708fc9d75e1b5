//! Who is signed in where. Tokens are kept as fingerprints only.
use super::{Result, Tx, dialect::Flag, truncate, users::UserRow};
use crate::domain::{ids::UserId, time::Timestamp};
use sqlx::FromRow;

/// A session with its person.
#[derive(Clone, FromRow)]
pub struct SessionRow {
    pub session_id: i64,
    pub is_remembered: Flag,
    pub last_seen_at: Timestamp,
    pub ends_at: Timestamp,
    /// How far the record of changes was when the session was read: what was made of older rows may be outdated.
    pub record: i64,
    #[sqlx(flatten)]
    pub user: UserRow,
}

/// What a new session needs.
pub struct NewSession<'a> {
    pub fingerprint: &'a str,
    pub user: UserId,
    pub is_remembered: bool,
    pub address: &'a str,
    pub user_agent: &'a str,
    pub ends_at: Timestamp,
}

/// Signs a browser in.
pub async fn insert(tx: &mut Tx, now: Timestamp, new: &NewSession<'_>) -> Result<()> {
    sqlx::query(
        "insert into sessions (token_hash, user_id, is_remembered, address, user_agent, created_at, last_seen_at, ends_at) \
         values (?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(new.fingerprint)
    .bind(new.user)
    .bind(Flag::from(new.is_remembered))
    .bind(truncate(new.address, 64))
    .bind(truncate(new.user_agent, 190))
    .bind(now)
    .bind(now)
    .bind(new.ends_at)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// The session of a token that has not ended, of a person who is not disabled.
pub async fn by_fingerprint(tx: &mut Tx, now: Timestamp, fingerprint: &str) -> Result<Option<SessionRow>> {
    let sql = "select s.id as session_id, s.is_remembered, s.last_seen_at, s.ends_at, \
               (select last_id from audit_head where id = 1) as record, u.id, u.name, u.email, u.password, u.phone, u.role, u.locale, u.email_verified_at, u.disabled_at from sessions s join users u on u.id = s.user_id \
               where s.token_hash = ? and s.ends_at > ? and u.disabled_at is null";
    Ok(sqlx::query_as(sql).bind(fingerprint).bind(now).fetch_optional(tx.connection()).await?)
}

/// Notes that the browser was seen, and moves the end on.
pub async fn touch(tx: &mut Tx, now: Timestamp, id: i64, ends_at: Timestamp) -> Result<()> {
    sqlx::query("update sessions set last_seen_at = ?, ends_at = ? where id = ?")
        .bind(now)
        .bind(ends_at)
        .bind(id)
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Ends one session.
pub async fn end(tx: &mut Tx, fingerprint: &str) -> Result<()> {
    sqlx::query("delete from sessions where token_hash = ?")
        .bind(fingerprint)
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Forgets sessions that ended before then.
pub async fn sweep(tx: &mut Tx, before: Timestamp) -> Result<()> {
    sqlx::query("delete from sessions where ends_at < ?").bind(before).execute(tx.connection()).await?;
    Ok(())
}

/// One of a person's signed-in browsers.
#[derive(Debug, Clone, FromRow)]
pub struct BrowserRow {
    pub id: i64,
    pub token_hash: String,
    pub address: String,
    pub user_agent: String,
    pub last_seen_at: Timestamp,
}

/// A person's signed-in browsers, the latest seen first.
pub async fn of_user(tx: &mut Tx, now: Timestamp, user: UserId) -> Result<Vec<BrowserRow>> {
    let sql = "select id, token_hash, address, user_agent, last_seen_at from sessions \
               where user_id = ? and ends_at > ? order by last_seen_at desc, id desc";
    Ok(sqlx::query_as(sql).bind(user).bind(now).fetch_all(tx.connection()).await?)
}

/// Signs one of the person's browsers out. False where it is none of theirs.
pub async fn end_one(tx: &mut Tx, user: UserId, id: i64) -> Result<bool> {
    let result = sqlx::query("delete from sessions where id = ? and user_id = ?")
        .bind(id)
        .bind(user)
        .execute(tx.connection())
        .await?;
    Ok(result.rows_affected() == 1)
}

/// Signs all of the person's browsers out, but the one with this fingerprint (an empty one spares none).
pub async fn end_all(tx: &mut Tx, user: UserId, except: &str) -> Result<()> {
    sqlx::query("delete from sessions where user_id = ? and token_hash <> ?")
        .bind(user)
        .bind(except)
        .execute(tx.connection())
        .await?;
    Ok(())
}
