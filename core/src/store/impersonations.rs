//! Impersonations: a ticket that can be used once, and the session that it opens. Stored as fingerprints.
//!
//! Both are valid only while the member of staff is an active admin and the customer an active customer:
//! every read joins the two.
use super::{
    Record, Result, Tx, expect_one_row, truncate,
    users::{COLUMNS, UserRow},
};
use crate::domain::{ids::UserId, session::Impersonation, time::Timestamp};
use sqlx::FromRow;

/// What a new ticket needs.
pub struct NewTicket<'a> {
    pub fingerprint: &'a str,
    pub staff: UserId,
    pub user: UserId,
    pub reason: &'a str,
    pub ends_at: Timestamp,
}

/// A ticket that is still valid.
#[derive(Debug, Clone, FromRow)]
pub struct TicketRow {
    pub id: i64,
    pub staff_id: UserId,
    pub user_id: UserId,
    pub user_name: String,
    pub reason: String,
}

#[derive(FromRow)]
struct ImpersonationRow {
    staff_id: UserId,
    session_ends_at: Timestamp,
    #[sqlx(flatten)]
    customer: UserRow,
}

/// A session, ended or not.
#[derive(Debug, Clone, FromRow)]
pub struct OpenedRow {
    pub id: i64,
    pub staff_id: UserId,
    pub user_id: UserId,
    pub user_name: String,
}

const BOTH_ACTIVE: &str = "join users s on s.id = i.staff_id and s.role = 'admin' and s.disabled_at is null \
    join users u on u.id = i.user_id and u.role = 'user' and u.disabled_at is null";

/// Writes a ticket.
pub async fn insert(tx: &mut Tx, now: Timestamp, new: &NewTicket<'_>) -> Result<()> {
    sqlx::query(
        "insert into impersonations (ticket_hash, staff_id, user_id, reason, created_at, ticket_ends_at) \
         values (?, ?, ?, ?, ?, ?)",
    )
    .bind(new.fingerprint)
    .bind(new.staff)
    .bind(new.user)
    .bind(truncate(new.reason, 500))
    .bind(now)
    .bind(new.ends_at)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// The ticket, where it is valid.
pub async fn ticket(tx: &mut Tx, now: Timestamp, fingerprint: &str) -> Result<Option<TicketRow>> {
    let sql = sqlx::AssertSqlSafe(format!(
        "select i.id, i.staff_id, i.user_id, u.name as user_name, i.reason \
         from impersonations i {BOTH_ACTIVE} \
         where i.ticket_hash = ? and i.used_at is null and i.ticket_ends_at > ?"
    ));
    Ok(sqlx::query_as(sql).bind(fingerprint).bind(now).fetch_optional(tx.connection()).await?)
}

/// Uses the ticket for a session. Stale where it was used before.
pub async fn open(tx: &mut Tx, now: Timestamp, id: i64, fingerprint: &str, ends_at: Timestamp) -> Result<()> {
    let result = sqlx::query(
        "update impersonations set used_at = ?, session_hash = ?, session_ends_at = ? \
         where id = ? and used_at is null and ticket_ends_at > ?",
    )
    .bind(now)
    .bind(fingerprint)
    .bind(ends_at)
    .bind(id)
    .bind(now)
    .execute(tx.connection())
    .await?;
    expect_one_row(result, Record::ImpersonationTicket)
}

/// The session of a token, where it is valid.
pub async fn by_session(tx: &mut Tx, now: Timestamp, fingerprint: &str) -> Result<Option<Impersonation>> {
    let sql = sqlx::AssertSqlSafe(format!(
        "select i.staff_id, i.session_ends_at, {COLUMNS} from impersonations i {BOTH_ACTIVE} \
         where i.session_hash = ? and i.ended_at is null and i.session_ends_at > ?"
    ));
    let row: Option<ImpersonationRow> =
        sqlx::query_as(sql).bind(fingerprint).bind(now).fetch_optional(tx.connection()).await?;
    Ok(row.map(|row| Impersonation {
        staff: row.staff_id,
        customer: row.customer.into(),
        ends_at: row.session_ends_at,
    }))
}

/// The session of a token, ended or not.
pub async fn opened(tx: &mut Tx, fingerprint: &str) -> Result<Option<OpenedRow>> {
    let sql = "select i.id, i.staff_id, i.user_id, u.name as user_name from impersonations i \
               join users u on u.id = i.user_id where i.session_hash = ?";
    Ok(sqlx::query_as(sql).bind(fingerprint).fetch_optional(tx.connection()).await?)
}

/// Ends the session. False where it had ended by itself or before.
pub async fn end(tx: &mut Tx, now: Timestamp, id: i64) -> Result<bool> {
    let result = sqlx::query(
        "update impersonations set ended_at = ? where id = ? and ended_at is null and session_ends_at > ?",
    )
    .bind(now)
    .bind(id)
    .bind(now)
    .execute(tx.connection())
    .await?;
    Ok(result.rows_affected() == 1)
}

/// Deletes tickets and sessions that ended before then.
pub async fn sweep(tx: &mut Tx, before: Timestamp) -> Result<()> {
    sqlx::query("delete from impersonations where ticket_ends_at < ? and coalesce(session_ends_at, 0) < ?")
        .bind(before)
        .bind(before)
        .execute(tx.connection())
        .await?;
    Ok(())
}
