//! What needs a person.
use super::{Record, Result, Sql, Tx, audit, expect_one_row, last_insert_id, push_ids, truncate};
use crate::domain::{
    actor::AuditContext,
    attention::{AttentionKind, Shown},
    audit_action::AuditAction,
    ids::{AttentionId, OrderId, PaymentId, ServiceId},
    money::Tzs,
    time::Timestamp,
};
use sqlx::{AssertSqlSafe, FromRow};

/// Something that only a person can settle.
#[derive(Debug)]
pub struct NewEntry<'a> {
    /// The same matter is entered once: `shortfall:17`.
    pub key: String,
    pub kind: AttentionKind,
    pub order: Option<OrderId>,
    pub payment: Option<PaymentId>,
    pub service: Option<ServiceId>,
    pub amount: Option<Tzs>,
    /// What happened, in one sentence.
    pub details: &'a str,
}

impl<'a> NewEntry<'a> {
    /// A matter that is about nothing else so far.
    pub fn new(kind: AttentionKind, key: String, details: &'a str) -> NewEntry<'a> {
        NewEntry { key, kind, order: None, payment: None, service: None, amount: None, details }
    }
}

/// A matter.
#[derive(Debug, Clone, FromRow)]
pub struct EntryRow {
    pub id: AttentionId,
    pub kind: AttentionKind,
    pub order_id: Option<OrderId>,
    pub payment_id: Option<PaymentId>,
    pub service_id: Option<ServiceId>,
    pub amount_tzs: Option<Tzs>,
    pub details: String,
    pub created_at: Timestamp,
    /// None while it is open.
    pub resolved_at: Option<Timestamp>,
    /// `staff:2`, or `worker` where it settled itself.
    pub resolved_by: Option<String>,
    /// How it was settled.
    pub resolution: Option<String>,
}

const COLUMNS: &str = "id, kind, order_id, payment_id, service_id, amount_tzs, details, created_at, resolved_at, \
    resolved_by, resolution";

/// Enters the matter, unless it is there already. True where it is new.
pub async fn raise(tx: &mut Tx, now: Timestamp, entry: &NewEntry<'_>) -> Result<bool> {
    if open_by_key(tx, &entry.key).await?.is_some() {
        return Ok(false);
    }
    let result = sqlx::query(
        "insert into attention (attention_key, kind, order_id, payment_id, service_id, amount_tzs, details, created_at) \
         values (?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(&entry.key)
    .bind(entry.kind)
    .bind(entry.order)
    .bind(entry.payment)
    .bind(entry.service)
    .bind(entry.amount)
    .bind(truncate(entry.details, 500))
    .bind(now)
    .execute(tx.connection())
    .await?;
    let id = last_insert_id(tx, result).await?;
    let context = AuditContext::worker();
    audit::append(tx, now, &context, AuditAction::AttentionRaised, Some(id), Some(entry.kind.into_str()))
        .await?;
    Ok(true)
}

/// The open matter of that key.
async fn open_by_key(tx: &mut Tx, key: &str) -> Result<Option<AttentionId>> {
    let sql = "select id from attention where attention_key = ?";
    Ok(sqlx::query_scalar(sql).bind(key).fetch_optional(tx.connection()).await?)
}

/// Closes a matter that settled itself. The same matter can be entered again later.
pub async fn solved(tx: &mut Tx, now: Timestamp, key: &str, how: &str) -> Result<()> {
    match open_by_key(tx, key).await? {
        Some(id) => resolve(tx, now, &AuditContext::worker(), id, how).await,
        None => Ok(()),
    }
}

/// Closes a matter. Stale where it is closed already. The same matter can be entered again later.
pub async fn resolve(
    tx: &mut Tx,
    now: Timestamp,
    context: &AuditContext,
    id: AttentionId,
    how: &str,
) -> Result<()> {
    let key: Option<String> =
        sqlx::query_scalar("select attention_key from attention where id = ? and resolved_at is null")
            .bind(id)
            .fetch_optional(tx.connection())
            .await?;
    let closed = sqlx::query(
        "update attention set resolved_at = ?, resolved_by = ?, resolution = ?, attention_key = ? \
         where id = ? and resolved_at is null",
    )
    .bind(now)
    .bind(context.actor)
    .bind(truncate(how, 500))
    .bind(key.map(|key| format!("{key}#{id}")))
    .bind(id)
    .execute(tx.connection())
    .await?;
    expect_one_row(closed, Record::AttentionItem)?;
    audit::append(tx, now, context, AuditAction::AttentionResolved, Some(id.0), None).await
}

/// Everything that is open, oldest first.
pub async fn open(tx: &mut Tx) -> Result<Vec<EntryRow>> {
    let sql = format!("select {COLUMNS} from attention where resolved_at is null order by created_at, id");
    Ok(sqlx::query_as(AssertSqlSafe(sql)).fetch_all(tx.connection()).await?)
}

/// One matter.
pub async fn by_id(tx: &mut Tx, id: AttentionId) -> Result<Option<EntryRow>> {
    let sql = format!("select {COLUMNS} from attention where id = ?");
    Ok(sqlx::query_as(AssertSqlSafe(sql)).bind(id).fetch_optional(tx.connection()).await?)
}

/// A page of matters, the newest first, and how many there are in all; of one kind, where one is named.
pub async fn page(
    tx: &mut Tx,
    shown: Shown,
    kind: Option<AttentionKind>,
    skip: i64,
    most: i64,
) -> Result<(Vec<EntryRow>, i64)> {
    let state = match shown {
        Shown::Open => "resolved_at is null",
        Shown::Resolved => "resolved_at is not null",
        Shown::All => "1 = 1",
    };
    let of_kind = if kind.is_some() { "kind = ?" } else { "? is null" };
    let wanted = format!("from attention where {state} and {of_kind}");
    let rows = format!("select {COLUMNS} {wanted} order by created_at desc, id desc limit ? offset ?");
    let rows = sqlx::query_as(AssertSqlSafe(rows))
        .bind(kind)
        .bind(most)
        .bind(skip)
        .fetch_all(tx.connection())
        .await?;
    let all = AssertSqlSafe(format!("select count(*) {wanted}"));
    Ok((rows, sqlx::query_scalar(all).bind(kind).fetch_one(tx.connection()).await?))
}

/// All matters of an order and its service, open or not, oldest first.
pub async fn of_order(tx: &mut Tx, order: OrderId) -> Result<Vec<EntryRow>> {
    let sql = format!(
        "select {COLUMNS} from attention where order_id = ? or service_id in (select id from services where order_id = ?) \
         order by created_at, id"
    );
    Ok(sqlx::query_as(AssertSqlSafe(sql)).bind(order).bind(order).fetch_all(tx.connection()).await?)
}

/// These matters, in no order. A handful at most.
pub async fn by_ids(tx: &mut Tx, ids: &[AttentionId]) -> Result<Vec<EntryRow>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new(format!("select {COLUMNS} from attention where id"));
    push_ids(&mut sql, ids);
    Ok(sql.build_query_as().fetch_all(tx.connection()).await?)
}

/// How many matters are open.
pub async fn how_many_open(tx: &mut Tx) -> Result<i64> {
    Ok(sqlx::query_scalar("select count(*) from attention where resolved_at is null")
        .fetch_one(tx.connection())
        .await?)
}
