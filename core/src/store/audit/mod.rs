//! The audit log: its rows, its head and its seals.
mod append;
mod search;

use super::{Result, Tx};
use crate::domain::{
    audit::{Act, Head, Link},
    ids::UserId,
    time::Timestamp,
};
use sqlx::FromRow;

pub use append::append;
pub use search::{Filter, Page, page};

/// A row of the audit log.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct AuditRow {
    pub id: i64,
    pub prev_hash: String,
    pub hash: String,
    /// `user:7`, `staff:2`, `worker`, `gateway`, `visitor`.
    pub actor: String,
    /// In whose place they acted, `user:7`.
    pub subject: Option<String>,
    pub action: String,
    pub object: String,
    pub object_id: Option<i64>,
    pub details: Option<String>,
    pub address: Option<String>,
    pub request_id: Option<String>,
    pub created_at: Timestamp,
}

const COLUMNS: &str = "id, prev_hash, hash, actor, subject, action, object, object_id, details, address, request_id, created_at";

impl AuditRow {
    /// As a link of the chain.
    pub fn link(&self) -> Link<'_> {
        let act = Act {
            id: self.id,
            actor: &self.actor,
            subject: self.subject.as_deref(),
            action: &self.action,
            object: &self.object,
            object_id: self.object_id,
            details: self.details.as_deref(),
            address: self.address.as_deref(),
            request_id: self.request_id.as_deref(),
            created_at: self.created_at,
        };
        Link { prev_hash: &self.prev_hash, hash: &self.hash, act }
    }
}

/// Where the chain ends; None where somebody took the head away.
pub async fn head(tx: &mut Tx) -> Result<Option<Head>> {
    let sql = "select last_id, last_hash from audit_head where id = 1";
    let head: Option<(i64, String)> = sqlx::query_as(sql).fetch_optional(tx.connection()).await?;
    Ok(head.map(|(last_id, last_hash)| Head { last_id, last_hash }))
}

/// The rows after an id, in the order of the chain.
pub async fn after(tx: &mut Tx, id: i64, most: i64) -> Result<Vec<AuditRow>> {
    let sql = format!("select {COLUMNS} from audit_log where id > ? order by id limit ?");
    Ok(sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(id).bind(most).fetch_all(tx.connection()).await?)
}

/// What a feed of changes tells.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct ChangeRow {
    pub id: i64,
    pub action: String,
    pub object: String,
    pub object_id: Option<i64>,
    pub actor: String,
    pub created_at: Timestamp,
}

/// What happened after an id, oldest first.
pub async fn since(tx: &mut Tx, id: i64, most: i64) -> Result<Vec<ChangeRow>> {
    let sql = "select id, action, object, object_id, actor, created_at from audit_log where id > ? order by id limit ?";
    Ok(sqlx::query_as(sql).bind(id).bind(most).fetch_all(tx.connection()).await?)
}

/// A seal: the chain's hash at a row, under a key that the database does not have.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct SealRow {
    pub audit_id: i64,
    pub hash: String,
    pub seal: String,
    pub created_at: Timestamp,
}

/// All seals, oldest first. The worker makes about one an hour.
pub async fn seals(tx: &mut Tx) -> Result<Vec<SealRow>> {
    let sql = "select audit_id, hash, seal, created_at from audit_seals order by audit_id";
    Ok(sqlx::query_as(sql).fetch_all(tx.connection()).await?)
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

/// What happened in an account.
#[derive(Debug, Clone, FromRow)]
pub struct ActivityRow {
    pub actor: String,
    pub action: String,
    pub details: Option<String>,
    pub address: Option<String>,
    pub created_at: Timestamp,
}

/// Each part has an index of its own: what was done to the account, what the person did elsewhere, what staff did in the
/// person's place, and what staff did with the person's hosting.
const OF_PERSON: &str = "id in (\
    select id from audit_log where object = 'user' and object_id = ? \
    union select id from audit_log where actor = ? and action in ('service.password_shown', 'order.placed') \
    union select id from audit_log where subject = ? \
    union select id from audit_log where object = 'service' and actor like 'staff:%' and action in \
        ('service.password_shown', 'service.credentials_kept', 'service.credentials_dropped', \
        'service.credentials_sent', 'service.panel_opened') and object_id in \
        (select s.id from services s join orders o on o.id = s.order_id where o.user_id = ?))";

/// What happened in a person's account, the newest first, and how much there is in all.
pub async fn of_person(tx: &mut Tx, user: UserId, skip: i64, most: i64) -> Result<(Vec<ActivityRow>, i64)> {
    let person = format!("user:{user}");
    let rows = sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "select actor, action, details, address, created_at from audit_log where {OF_PERSON} order by id desc limit ? offset ?"
    )))
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
    Ok((rows, all))
}
