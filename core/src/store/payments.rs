//! Pushes, and the truth about their money.
use super::{
    Record, Result, Tx, audit,
    counters::{self, Of},
    dialect::Flag,
    expect_one_row, history, last_insert_id,
    search_terms::{self, Noun},
    truncate,
};
use crate::domain::{
    actor::AuditContext,
    audit_action::AuditAction,
    ids::{OrderId, PaymentId},
    money::Tzs,
    payment::{GatewayName, PaymentEvent, PaymentEventStatus, PaymentEventType, PaymentStatus},
    search,
    time::Timestamp,
};
use sqlx::{AssertSqlSafe, FromRow};

/// One push.
#[derive(Debug, Clone, FromRow)]
pub struct PaymentRow {
    pub id: PaymentId,
    pub order_id: OrderId,
    pub attempt: i64,
    pub gateway_order_id: String,
    pub active_order_id: Option<OrderId>,
    pub payer_phone: String,
    pub operator: Option<String>,
    pub amount_tzs: Tzs,
    pub status: PaymentStatus,
    pub transid: Option<String>,
    pub reference: Option<String>,
    pub channel: Option<String>,
    pub received_tzs: Option<Tzs>,
    pub is_applied: Flag,
    pub refusal: Option<String>,
    pub next_check_at: Option<Timestamp>,
    pub last_check_at: Option<Timestamp>,
    pub settled_at: Option<Timestamp>,
    pub created_at: Timestamp,
}

const SELECT: &str = "select id, order_id, attempt, gateway_order_id, active_order_id, payer_phone, operator, amount_tzs, \
    status, transid, reference, channel, received_tzs, is_applied, refusal, next_check_at, last_check_at, settled_at, \
    created_at from payments";

/// By row id.
pub async fn by_id(tx: &mut Tx, id: PaymentId) -> Result<Option<PaymentRow>> {
    Ok(sqlx::query_as(AssertSqlSafe(format!("{SELECT} where id = ?")))
        .bind(id)
        .fetch_optional(tx.connection())
        .await?)
}

/// By the name that the gateway knows it under.
pub async fn by_gateway_id(tx: &mut Tx, id: &str) -> Result<Option<PaymentRow>> {
    Ok(sqlx::query_as(AssertSqlSafe(format!("{SELECT} where gateway_order_id = ?")))
        .bind(id)
        .fetch_optional(tx.connection())
        .await?)
}

/// All pushes for an order, the newest first.
pub async fn of_order(tx: &mut Tx, order: OrderId) -> Result<Vec<PaymentRow>> {
    let sql = AssertSqlSafe(format!("{SELECT} where order_id = ? order by attempt desc"));
    Ok(sqlx::query_as(sql).bind(order).fetch_all(tx.connection()).await?)
}

impl PaymentRow {
    /// Whether its watch ended without the gateway's word: money may have moved, and a person finds out.
    pub fn is_unresolved(&self) -> bool {
        self.status == PaymentStatus::Failed && self.refusal.is_none()
    }
}

/// What a new push needs.
pub struct NewPayment<'a> {
    pub order: OrderId,
    pub attempt: i64,
    pub gateway_order_id: &'a str,
    pub payer_phone: &'a str,
    pub operator: Option<&'a str>,
    pub amount: Tzs,
    pub next_check_at: Option<Timestamp>,
}

/// Commits to a push before the gateway is called. A duplicate where the order has a live one or that attempt.
pub async fn insert(
    tx: &mut Tx,
    now: Timestamp,
    context: &AuditContext,
    new: &NewPayment<'_>,
) -> Result<PaymentId> {
    let result = sqlx::query(
        "insert into payments (order_id, attempt, gateway_order_id, active_order_id, payer_phone, operator, amount_tzs, \
         currency, status, is_applied, next_check_at, created_at, updated_at) \
         values (?, ?, ?, ?, ?, ?, ?, 'TZS', 'created', 0, ?, ?, ?)",
    )
    .bind(new.order)
    .bind(new.attempt)
    .bind(new.gateway_order_id)
    .bind(new.order)
    .bind(new.payer_phone)
    .bind(new.operator)
    .bind(new.amount)
    .bind(new.next_check_at)
    .bind(now)
    .bind(now)
    .execute(tx.connection())
    .await?;
    let id = PaymentId(last_insert_id(tx, result).await?);
    let words = search::of_payment(new.gateway_order_id, [None, None], new.payer_phone);
    search_terms::add(tx, Noun::Order, new.order.0, &words).await?;
    audit::append(tx, now, context, AuditAction::PaymentCreated, Some(id.0), None).await?;
    Ok(id)
}

/// The push no longer is the one that counts for its order; it stays watched.
pub async fn retire(tx: &mut Tx, now: Timestamp, id: PaymentId) -> Result<()> {
    sqlx::query("update payments set active_order_id = null, updated_at = ? where id = ?")
        .bind(now)
        .bind(id)
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Takes the payment one step on. Where it ends, the order is free for another push.
pub async fn advance(
    tx: &mut Tx,
    now: Timestamp,
    context: &AuditContext,
    payment: &PaymentRow,
    event: PaymentEvent,
    reason: Option<&str>,
) -> Result<PaymentStatus> {
    let next = payment.status.transition(event)?;
    let part = counters::contribution(tx, Of::Payment(payment.id)).await?;
    let sql = match next {
        PaymentStatus::Created | PaymentStatus::Pending | PaymentStatus::Unknown => {
            "update payments set status = ?, updated_at = ? where id = ? and status = ?"
        }
        // A notice may have asked for another look meanwhile, so when to look is left alone here.
        PaymentStatus::Failed | PaymentStatus::Cancelled => {
            "update payments set status = ?, active_order_id = null, updated_at = ? where id = ? and status = ?"
        }
        PaymentStatus::Succeeded => {
            "update payments set status = ?, active_order_id = null, next_check_at = null, updated_at = ? \
             where id = ? and status = ?"
        }
    };
    let result = sqlx::query(sql)
        .bind(next)
        .bind(now)
        .bind(payment.id)
        .bind(payment.status)
        .execute(tx.connection())
        .await?;
    expect_one_row(result, Record::Payment)?;
    counters::apply_delta(tx, Of::Payment(payment.id), part).await?;
    let change = history::Change {
        action: event.into(),
        event: event.into_str(),
        id: payment.id.0,
        from: payment.status.into_str(),
        to: next.into_str(),
        reason,
    };
    history::record(tx, now, context, change).await?;
    Ok(next)
}

/// Why the gateway would not take the push, or what a person will be told.
pub async fn note_refusal(tx: &mut Tx, id: PaymentId, refusal: &str) -> Result<()> {
    sqlx::query("update payments set refusal = ? where id = ?")
        .bind(truncate(refusal, 190))
        .bind(id)
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// What the gateway said of the money.
pub struct Receipt<'a> {
    pub transid: Option<&'a str>,
    pub reference: Option<&'a str>,
    pub channel: Option<&'a str>,
    pub received: Tzs,
    /// Whether it made an order paid.
    pub is_applied: bool,
}

/// Notes the money. A duplicate where the transaction was used by another payment.
pub async fn note_receipt(tx: &mut Tx, now: Timestamp, id: PaymentId, receipt: &Receipt<'_>) -> Result<()> {
    let part = counters::contribution(tx, Of::Payment(id)).await?;
    sqlx::query(
        "update payments set transid = ?, reference = ?, channel = ?, received_tzs = ?, is_applied = ?, settled_at = ?, \
         refusal = null where id = ?",
    )
    .bind(receipt.transid)
    .bind(receipt.reference)
    .bind(receipt.channel.map(|channel| truncate(channel, 32)))
    .bind(receipt.received)
    .bind(Flag::from(receipt.is_applied))
    .bind(now)
    .bind(id)
    .execute(tx.connection())
    .await?;
    counters::apply_delta(tx, Of::Payment(id), part).await?;
    let order: i64 = sqlx::query_scalar("select order_id from payments where id = ?")
        .bind(id)
        .fetch_one(tx.connection())
        .await?;
    let words = search::of_payment("", [receipt.transid, receipt.reference], "");
    search_terms::add(tx, Noun::Order, order, &words).await
}

/// Whether another payment than this has that transaction. The gateway gives money two names, and staff may have copied
/// either of them.
pub async fn transid_taken(
    tx: &mut Tx,
    transid: &str,
    reference: Option<&str>,
    except: PaymentId,
) -> Result<bool> {
    let others: i64 = sqlx::query_scalar("select count(*) from payments where transid in (?, ?) and id <> ?")
        .bind(transid)
        .bind(reference.unwrap_or(transid))
        .bind(except)
        .fetch_one(tx.connection())
        .await?;
    Ok(others > 0)
}

/// Whether the gateway named money of some payment so, by either name.
pub async fn reference_used(tx: &mut Tx, reference: &str) -> Result<bool> {
    let used: i64 = sqlx::query_scalar("select count(*) from payments where transid = ? or reference = ?")
        .bind(reference)
        .bind(reference)
        .fetch_one(tx.connection())
        .await?;
    Ok(used > 0)
}

/// Sets when the gateway is asked next, unless a notice woke the payment since it was read: then that stands.
pub async fn schedule(
    tx: &mut Tx,
    now: Timestamp,
    payment: &PaymentRow,
    next: Option<Timestamp>,
    error: Option<&str>,
) -> Result<()> {
    sqlx::query(
        "update payments set next_check_at = ?, last_check_at = ?, last_error = ? \
         where id = ? and coalesce(next_check_at, 0) = ?",
    )
    .bind(next)
    .bind(now)
    .bind(error.map(|e| truncate(e, 190)))
    .bind(payment.id)
    .bind(payment.next_check_at.unwrap_or_default())
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// The payments that are to be asked about now, the longest overdue first.
pub async fn due(tx: &mut Tx, now: Timestamp, most: i64) -> Result<Vec<PaymentRow>> {
    let sql = AssertSqlSafe(format!("{SELECT} where next_check_at <= ? order by next_check_at limit ?"));
    Ok(sqlx::query_as(sql).bind(now).bind(most).fetch_all(tx.connection()).await?)
}

/// When the next payment is to be asked about.
pub async fn next_due(tx: &mut Tx) -> Result<Option<Timestamp>> {
    Ok(sqlx::query_scalar("select min(next_check_at) from payments").fetch_one(tx.connection()).await?)
}

/// Takes a due payment for asking until `until`; false where somebody else did. A worker that dies gives it back then.
pub async fn claim(tx: &mut Tx, payment: &PaymentRow, until: Timestamp) -> Result<bool> {
    let result = sqlx::query("update payments set next_check_at = ? where id = ? and next_check_at = ?")
        .bind(until)
        .bind(payment.id)
        .bind(payment.next_check_at)
        .execute(tx.connection())
        .await?;
    Ok(result.rows_affected() == 1)
}

/// Has the gateway asked about this push at once. Succeeded ones need no asking.
pub async fn wake(tx: &mut Tx, now: Timestamp, gateway_order_id: &str) -> Result<bool> {
    let result = sqlx::query(
        "update payments set next_check_at = ? where gateway_order_id = ? and status <> 'succeeded' \
         and (next_check_at is null or next_check_at > ?)",
    )
    .bind(now)
    .bind(gateway_order_id)
    .bind(now)
    .execute(tx.connection())
    .await?;
    Ok(result.rows_affected() == 1)
}

/// When pushes to this phone were made since then, over all accounts, oldest first.
pub async fn pushes_to(tx: &mut Tx, payer_phone: &str, since: Timestamp) -> Result<Vec<Timestamp>> {
    let sql = "select created_at from payments where payer_phone = ? and created_at > ? order by created_at";
    Ok(sqlx::query_scalar(sql).bind(payer_phone).bind(since).fetch_all(tx.connection()).await?)
}

/// What happened to a payment, as it is kept for staff: `event_type`, and the provider's words.
pub struct NewEvent<'a> {
    pub order: Option<OrderId>,
    pub payment: Option<PaymentId>,
    pub event_type: PaymentEventType,
    pub gateway: GatewayName,
    pub reference: Option<&'a str>,
    pub amount: Option<Tzs>,
    pub status: PaymentEventStatus,
    pub payload: Option<&'a str>,
}

/// Appends to the payment events.
pub async fn note_event(tx: &mut Tx, now: Timestamp, event: &NewEvent<'_>) -> Result<()> {
    sqlx::query(
        "insert into payment_events (order_id, payment_id, event_type, gateway, reference, amount_tzs, currency, status, \
         payload, created_at, updated_at) values (?, ?, ?, ?, ?, ?, 'TZS', ?, ?, ?, ?)",
    )
    .bind(event.order)
    .bind(event.payment)
    .bind(event.event_type)
    .bind(event.gateway)
    .bind(event.reference.map(|r| truncate(r, 64)))
    .bind(event.amount)
    .bind(event.status)
    .bind(event.payload)
    .bind(now)
    .bind(now)
    .execute(tx.connection())
    .await?;
    Ok(())
}
