//! The table `attention`: what only staff can settle.
use super::{Record, Result, Sql, Tx, audit, expect_one_row, last_insert_id, push_ids, truncate};
use crate::domain::{
    actor::{Actor, AuditContext},
    attention::{AttentionFilter, AttentionItem, AttentionKind, Resolution},
    audit_action::AuditAction,
    ids::{AttentionId, OrderId, PaymentId, ServiceId},
    money::Tzs,
    time::Timestamp,
};
use sqlx::{AssertSqlSafe, FromRow};

/// A new attention item.
#[derive(Debug)]
pub struct NewItem<'a> {
    /// There is one open item per key, like `shortfall:17`.
    pub key: String,
    pub kind: AttentionKind,
    pub order: Option<OrderId>,
    pub payment: Option<PaymentId>,
    pub service: Option<ServiceId>,
    pub amount: Option<Tzs>,
    /// What happened, in one sentence.
    pub details: &'a str,
}

impl<'a> NewItem<'a> {
    /// An item that names no order, payment or service yet.
    pub fn new(kind: AttentionKind, key: String, details: &'a str) -> NewItem<'a> {
        NewItem { key, kind, order: None, payment: None, service: None, amount: None, details }
    }
}

#[derive(FromRow)]
struct AttentionRow {
    id: AttentionId,
    kind: AttentionKind,
    order_id: Option<OrderId>,
    payment_id: Option<PaymentId>,
    service_id: Option<ServiceId>,
    amount_tzs: Option<Tzs>,
    details: String,
    created_at: Timestamp,
    resolved_at: Option<Timestamp>,
    resolved_by: Option<Actor>,
    resolution: Option<String>,
}

impl From<AttentionRow> for AttentionItem {
    fn from(row: AttentionRow) -> AttentionItem {
        let resolution = row.resolved_at.map(|at| Resolution {
            at,
            by: row.resolved_by.unwrap_or(Actor::Worker),
            reason: row.resolution.unwrap_or_default(),
        });
        AttentionItem {
            id: row.id,
            kind: row.kind,
            order_id: row.order_id,
            payment_id: row.payment_id,
            service_id: row.service_id,
            amount_tzs: row.amount_tzs,
            details: row.details,
            created_at: row.created_at,
            resolution,
        }
    }
}

fn items(rows: Vec<AttentionRow>) -> Vec<AttentionItem> {
    rows.into_iter().map(AttentionItem::from).collect()
}

const COLUMNS: &str = "id, kind, order_id, payment_id, service_id, amount_tzs, details, created_at, \
    resolved_at, resolved_by, resolution";

/// Inserts the item, unless one with its key is open. True where it is new.
pub async fn raise(tx: &mut Tx, now: Timestamp, item: &NewItem<'_>) -> Result<bool> {
    if open_by_key(tx, &item.key).await?.is_some() {
        return Ok(false);
    }
    let result = sqlx::query(
        "insert into attention (attention_key, kind, order_id, payment_id, service_id, amount_tzs, details, \
         created_at) values (?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(&item.key)
    .bind(item.kind)
    .bind(item.order)
    .bind(item.payment)
    .bind(item.service)
    .bind(item.amount)
    .bind(truncate(item.details, 500))
    .bind(now)
    .execute(tx.connection())
    .await?;
    let id = last_insert_id(tx, result).await?;
    let context = AuditContext::worker();
    audit::append(tx, now, &context, AuditAction::AttentionRaised, Some(id), Some(item.kind.into_str()))
        .await?;
    Ok(true)
}

/// The open item of that key.
async fn open_by_key(tx: &mut Tx, key: &str) -> Result<Option<AttentionId>> {
    let sql = "select id from attention where attention_key = ?";
    Ok(sqlx::query_scalar(sql).bind(key).fetch_optional(tx.connection()).await?)
}

/// Resolves the open item of that key, if there is one: its cause ended by itself. It can be raised again
/// later.
pub async fn solved(tx: &mut Tx, now: Timestamp, key: &str, how: &str) -> Result<()> {
    match open_by_key(tx, key).await? {
        Some(id) => resolve(tx, now, &AuditContext::worker(), id, how).await,
        None => Ok(()),
    }
}

/// Resolves an item. Stale where it is resolved already. It can be raised again later.
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

/// All open items, oldest first.
pub async fn open(tx: &mut Tx) -> Result<Vec<AttentionItem>> {
    let sql = format!("select {COLUMNS} from attention where resolved_at is null order by created_at, id");
    Ok(items(sqlx::query_as(AssertSqlSafe(sql)).fetch_all(tx.connection()).await?))
}

/// One item, open or resolved.
pub async fn by_id(tx: &mut Tx, id: AttentionId) -> Result<Option<AttentionItem>> {
    let sql = format!("select {COLUMNS} from attention where id = ?");
    let row: Option<AttentionRow> =
        sqlx::query_as(AssertSqlSafe(sql)).bind(id).fetch_optional(tx.connection()).await?;
    Ok(row.map(AttentionItem::from))
}

/// A page of items, newest first, and their total; of one kind, where one is given.
pub async fn page(
    tx: &mut Tx,
    filter: AttentionFilter,
    kind: Option<AttentionKind>,
    skip: i64,
    most: i64,
) -> Result<(Vec<AttentionItem>, i64)> {
    let state = match filter {
        AttentionFilter::Open => "resolved_at is null",
        AttentionFilter::Resolved => "resolved_at is not null",
        AttentionFilter::All => "1 = 1",
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
    Ok((items(rows), sqlx::query_scalar(all).bind(kind).fetch_one(tx.connection()).await?))
}

/// The items of an order and its service, open or resolved, oldest first.
pub async fn of_order(tx: &mut Tx, order: OrderId) -> Result<Vec<AttentionItem>> {
    let sql = format!(
        "select {COLUMNS} from attention where order_id = ? \
         or service_id in (select id from services where order_id = ?) order by created_at, id"
    );
    Ok(items(sqlx::query_as(AssertSqlSafe(sql)).bind(order).bind(order).fetch_all(tx.connection()).await?))
}

/// The items with these ids, in no order.
pub async fn by_ids(tx: &mut Tx, ids: &[AttentionId]) -> Result<Vec<AttentionItem>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new(format!("select {COLUMNS} from attention where id"));
    push_ids(&mut sql, ids);
    Ok(items(sql.build_query_as().fetch_all(tx.connection()).await?))
}

/// The number of open items.
pub async fn count_open(tx: &mut Tx) -> Result<i64> {
    Ok(sqlx::query_scalar("select count(*) from attention where resolved_at is null")
        .fetch_one(tx.connection())
        .await?)
}
