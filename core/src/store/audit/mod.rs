//! The audit log: its rows, its head and its seals.
mod append;
mod search;

use super::{Result, Tx};
use crate::domain::{
    audit::{Activity, AuditEntry, AuditEvent, AuditSeal, Head},
    ids::UserId,
    time::Timestamp,
};
use sqlx::FromRow;

pub use append::append;
pub use search::page;

#[derive(FromRow)]
struct AuditRow {
    id: i64,
    prev_hash: String,
    hash: String,
    actor: String,
    subject: Option<String>,
    action: String,
    object: String,
    object_id: Option<i64>,
    details: Option<String>,
    address: Option<String>,
    request_id: Option<String>,
    created_at: Timestamp,
}

impl From<AuditRow> for AuditEntry {
    fn from(row: AuditRow) -> AuditEntry {
        AuditEntry {
            id: row.id,
            prev_hash: row.prev_hash,
            hash: row.hash,
            actor: row.actor,
            subject: row.subject,
            action: row.action,
            object: row.object,
            object_id: row.object_id,
            details: row.details,
            address: row.address,
            request_id: row.request_id,
            created_at: row.created_at,
        }
    }
}

fn entries(rows: Vec<AuditRow>) -> Vec<AuditEntry> {
    rows.into_iter().map(AuditEntry::from).collect()
}

const COLUMNS: &str = "id, prev_hash, hash, actor, subject, action, object, object_id, details, address, \
    request_id, created_at";

/// Where the chain ends; None where the head was deleted.
pub async fn head(tx: &mut Tx) -> Result<Option<Head>> {
    let sql = "select last_id, last_hash from audit_head where id = 1";
    let head: Option<(i64, String)> = sqlx::query_as(sql).fetch_optional(tx.connection()).await?;
    Ok(head.map(|(last_id, last_hash)| Head { last_id, last_hash }))
}

/// The rows after an id, in the order of the chain.
pub async fn after(tx: &mut Tx, id: i64, most: i64) -> Result<Vec<AuditEntry>> {
    let sql = format!("select {COLUMNS} from audit_log where id > ? order by id limit ?");
    let rows =
        sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(id).bind(most).fetch_all(tx.connection()).await?;
    Ok(entries(rows))
}

/// The events after an id, oldest first.
pub async fn since(tx: &mut Tx, id: i64, most: i64) -> Result<Vec<AuditEvent>> {
    let sql =
        "select id, action, object, object_id, created_at from audit_log where id > ? order by id limit ?";
    let rows: Vec<(i64, String, String, Option<i64>, Timestamp)> =
        sqlx::query_as(sql).bind(id).bind(most).fetch_all(tx.connection()).await?;
    let event = |(id, action, object, object_id, created_at)| AuditEvent {
        id,
        action,
        object,
        object_id,
        created_at,
    };
    Ok(rows.into_iter().map(event).collect())
}

/// All seals, oldest first. The worker makes about one an hour.
pub async fn seals(tx: &mut Tx) -> Result<Vec<AuditSeal>> {
    let sql = "select audit_id, hash, seal, created_at from audit_seals order by audit_id";
    let rows: Vec<(i64, String, String, Timestamp)> = sqlx::query_as(sql).fetch_all(tx.connection()).await?;
    Ok(rows.into_iter().map(audit_seal).collect())
}

fn audit_seal((audit_id, hash, seal, created_at): (i64, String, String, Timestamp)) -> AuditSeal {
    AuditSeal { audit_id, hash, seal, created_at }
}

/// The seal of a row, where there is one.
pub async fn seal_of(tx: &mut Tx, row: i64) -> Result<Option<AuditSeal>> {
    let sql = "select audit_id, hash, seal, created_at from audit_seals where audit_id = ?";
    let seal = sqlx::query_as(sql).bind(row).fetch_optional(tx.connection()).await?;
    Ok(seal.map(audit_seal))
}

/// The last row that is sealed; 0 where none is.
pub async fn sealed_to(tx: &mut Tx) -> Result<i64> {
    Ok(sqlx::query_scalar("select coalesce(max(audit_id), 0) from audit_seals")
        .fetch_one(tx.connection())
        .await?)
}

/// Keeps a seal of the head. A duplicate where another machine sealed it.
pub async fn seal(tx: &mut Tx, now: Timestamp, head: &Head, seal: &str) -> Result<()> {
    sqlx::query("insert into audit_seals (audit_id, hash, seal, created_at) values (?, ?, ?, ?)")
        .bind(head.last_id)
        .bind(&head.last_hash)
        .bind(seal)
        .bind(now)
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Each part has an index of its own: what was done to the account, what the person did elsewhere, what staff
/// did in the person's place, and what staff did with the person's hosting.
const OF_PERSON: &str = "id in (\
    select id from audit_log where object = 'user' and object_id = ? \
    union select id from audit_log where actor = ? and action in \
        ('service.password_shown', 'service.panel_opened', 'order.placed') \
    union select id from audit_log where subject = ? \
    union select id from audit_log where object = 'service' and actor like 'staff:%' and action in \
        ('service.password_shown', 'service.credentials_kept', 'service.credentials_dropped', \
        'service.credentials_sent', 'service.panel_opened') and object_id in \
        (select s.id from services s join orders o on o.id = s.order_id where o.user_id = ?))";

#[derive(FromRow)]
struct ActivityRow {
    actor: String,
    action: String,
    details: Option<String>,
    address: Option<String>,
    created_at: Timestamp,
}

impl From<ActivityRow> for Activity {
    fn from(row: ActivityRow) -> Activity {
        Activity {
            actor: row.actor,
            action: row.action,
            details: row.details,
            address: row.address,
            created_at: row.created_at,
        }
    }
}

/// What happened in a person's account, the newest first, and how much there is in all.
pub async fn of_person(tx: &mut Tx, user: UserId, skip: i64, most: i64) -> Result<(Vec<Activity>, i64)> {
    let person = format!("user:{user}");
    let page = format!(
        "select actor, action, details, address, created_at from audit_log where {OF_PERSON} \
         order by id desc limit ? offset ?"
    );
    let rows: Vec<ActivityRow> = sqlx::query_as(sqlx::AssertSqlSafe(page))
        .bind(user)
        .bind(&person)
        .bind(&person)
        .bind(user)
        .bind(most)
        .bind(skip)
        .fetch_all(tx.connection())
        .await?;
    let count = format!("select count(*) from audit_log where {OF_PERSON}");
    let all = sqlx::query_scalar(sqlx::AssertSqlSafe(count))
        .bind(user)
        .bind(&person)
        .bind(&person)
        .bind(user)
        .fetch_one(tx.connection())
        .await?;
    Ok((rows.into_iter().map(Activity::from).collect(), all))
}
