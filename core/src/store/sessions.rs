//! Signed-in browsers. Tokens are kept as fingerprints only.
use super::{
    Result, Tx,
    dialect::Flag,
    truncate,
    users::{COLUMNS, UserRow},
};
use crate::domain::{
    ids::UserId,
    session::{Browser, Session},
    time::Timestamp,
};
use sqlx::FromRow;

#[derive(FromRow)]
struct SessionRow {
    session_id: i64,
    is_remembered: Flag,
    last_seen_at: Timestamp,
    ends_at: Timestamp,
    audit_position: i64,
    #[sqlx(flatten)]
    user: UserRow,
}

impl From<SessionRow> for Session {
    fn from(row: SessionRow) -> Session {
        Session {
            id: row.session_id,
            user: row.user.into(),
            is_remembered: row.is_remembered.into(),
            last_seen_at: row.last_seen_at,
            ends_at: row.ends_at,
            audit_position: row.audit_position,
        }
    }
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
        "insert into sessions (token_hash, user_id, is_remembered, address, user_agent, created_at, \
         last_seen_at, ends_at) values (?, ?, ?, ?, ?, ?, ?, ?)",
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

/// The session of a token that has not ended, of a user who is not disabled.
pub async fn by_fingerprint(tx: &mut Tx, now: Timestamp, fingerprint: &str) -> Result<Option<Session>> {
    let sql = sqlx::AssertSqlSafe(format!(
        "select s.id as session_id, s.is_remembered, s.last_seen_at, s.ends_at, \
         (select last_id from audit_head where id = 1) as audit_position, {COLUMNS} \
         from sessions s join users u on u.id = s.user_id \
         where s.token_hash = ? and s.ends_at > ? and u.disabled_at is null"
    ));
    let row: Option<SessionRow> =
        sqlx::query_as(sql).bind(fingerprint).bind(now).fetch_optional(tx.connection()).await?;
    Ok(row.map(Session::from))
}

/// Records that the browser was seen, and when its session ends now.
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

/// Deletes sessions that ended before then.
pub async fn sweep(tx: &mut Tx, before: Timestamp) -> Result<()> {
    sqlx::query("delete from sessions where ends_at < ?").bind(before).execute(tx.connection()).await?;
    Ok(())
}

#[derive(FromRow)]
struct BrowserRow {
    id: i64,
    token_hash: String,
    address: String,
    user_agent: String,
    last_seen_at: Timestamp,
}

/// A user's signed-in browsers, the latest seen first. The one with the fingerprint `current` is marked.
pub async fn of_user(tx: &mut Tx, now: Timestamp, user: UserId, current: &str) -> Result<Vec<Browser>> {
    let sql = "select id, token_hash, address, user_agent, last_seen_at from sessions \
               where user_id = ? and ends_at > ? order by last_seen_at desc, id desc";
    let rows: Vec<BrowserRow> = sqlx::query_as(sql).bind(user).bind(now).fetch_all(tx.connection()).await?;
    let browser = |row: BrowserRow| Browser {
        id: row.id,
        is_current: row.token_hash == current,
        address: row.address,
        user_agent: row.user_agent,
        last_seen_at: row.last_seen_at,
    };
    Ok(rows.into_iter().map(browser).collect())
}

/// Signs one of the user's browsers out. False where the user has no such browser.
pub async fn end_one(tx: &mut Tx, user: UserId, id: i64) -> Result<bool> {
    let result = sqlx::query("delete from sessions where id = ? and user_id = ?")
        .bind(id)
        .bind(user)
        .execute(tx.connection())
        .await?;
    Ok(result.rows_affected() == 1)
}

/// Signs all of the user's browsers out, except the one with this fingerprint (an empty one matches none).
pub async fn end_all(tx: &mut Tx, user: UserId, except: &str) -> Result<()> {
    sqlx::query("delete from sessions where user_id = ? and token_hash <> ?")
        .bind(user)
        .bind(except)
        .execute(tx.connection())
        .await?;
    Ok(())
}
