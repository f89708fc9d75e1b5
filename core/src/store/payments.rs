//! Payments, and what is recorded of their money.
use super::{
    Error, Record, Result, Tx, audit,
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
    order::Order,
    payment::{Failure, Payment, PaymentEvent, PaymentState, PaymentStatus, Receipt},
    search,
    time::Timestamp,
};
use sqlx::{AssertSqlSafe, FromRow};

#[derive(FromRow)]
struct PaymentRow {
    id: PaymentId,
    order_id: OrderId,
    attempt: i64,
    gateway_order_id: String,
    active_order_id: Option<OrderId>,
    payer_phone: String,
    operator: Option<String>,
    amount_tzs: Tzs,
    status: PaymentStatus,
    transid: Option<String>,
    reference: Option<String>,
    channel: Option<String>,
    received_tzs: Option<Tzs>,
    is_applied: Flag,
    refusal: Option<String>,
    next_check_at: Option<Timestamp>,
    last_check_at: Option<Timestamp>,
    settled_at: Option<Timestamp>,
    created_at: Timestamp,
}

impl TryFrom<PaymentRow> for Payment {
    type Error = Error;

    fn try_from(row: PaymentRow) -> Result<Payment> {
        let inconsistent = |what| Error::Inconsistent { record: Record::Payment, id: row.id.0, what };
        let state = match (row.status, row.received_tzs.zip(row.settled_at)) {
            (PaymentStatus::Succeeded, Some((received, settled_at))) => PaymentState::Succeeded(Receipt {
                transid: row.transid,
                reference: row.reference,
                channel: row.channel,
                received,
                is_applied: row.is_applied.into(),
                settled_at,
            }),
            (PaymentStatus::Succeeded, None) => return Err(inconsistent("succeeded without its money")),
            (_, Some(_)) => return Err(inconsistent("money without a success")),
            (PaymentStatus::Created, None) => PaymentState::Created,
            (PaymentStatus::Pending, None) => PaymentState::Pending,
            (PaymentStatus::Unknown, None) => PaymentState::Unknown,
            (PaymentStatus::Failed, None) => {
                PaymentState::Failed(row.refusal.map_or(Failure::Unresolved, Failure::Refused))
            }
            (PaymentStatus::Cancelled, None) => PaymentState::Cancelled,
        };
        Ok(Payment {
            id: row.id,
            order_id: row.order_id,
            attempt: row.attempt,
            gateway_order_id: row.gateway_order_id,
            payer_phone: row.payer_phone,
            operator: row.operator,
            amount: row.amount_tzs,
            is_active: row.active_order_id.is_some(),
            state,
            next_check_at: row.next_check_at,
            last_check_at: row.last_check_at,
            created_at: row.created_at,
        })
    }
}

const SELECT: &str = "select id, order_id, attempt, gateway_order_id, active_order_id, payer_phone, \
    operator, amount_tzs, status, transid, reference, channel, received_tzs, is_applied, refusal, \
    next_check_at, last_check_at, settled_at, created_at from payments";

/// All payments; a `where` comes behind it.
fn select(rest: &str) -> AssertSqlSafe<String> {
    AssertSqlSafe(format!("{SELECT} {rest}"))
}

type Query<'q> = sqlx::query::QueryAs<'q, sqlx::Any, PaymentRow, sqlx::any::AnyArguments>;

async fn fetch(tx: &mut Tx, sql: Query<'_>) -> Result<Option<Payment>> {
    sql.fetch_optional(tx.connection()).await?.map(Payment::try_from).transpose()
}

async fn fetch_all(tx: &mut Tx, sql: Query<'_>) -> Result<Vec<Payment>> {
    sql.fetch_all(tx.connection()).await?.into_iter().map(Payment::try_from).collect()
}

/// By row id.
pub async fn by_id(tx: &mut Tx, id: PaymentId) -> Result<Option<Payment>> {
    fetch(tx, sqlx::query_as(select("where id = ?")).bind(id)).await
}

/// By the name that the gateway knows it under.
pub async fn by_gateway_id(tx: &mut Tx, id: &str) -> Result<Option<Payment>> {
    fetch(tx, sqlx::query_as(select("where gateway_order_id = ?")).bind(id)).await
}

/// All payments of an order, the newest first.
pub async fn of_order(tx: &mut Tx, order: OrderId) -> Result<Vec<Payment>> {
    fetch_all(tx, sqlx::query_as(select("where order_id = ? order by attempt desc")).bind(order)).await
}

/// What a new payment needs beside its order.
pub struct NewPayment {
    pub attempt: i64,
    pub gateway_order_id: String,
    /// Empty where staff confirm the payment.
    pub payer_phone: String,
    pub operator: Option<String>,
    pub next_check_at: Option<Timestamp>,
}

/// Commits to a payment before the gateway is called. Stale where the order is not pending any more; a
/// duplicate where it has a live payment or that attempt.
pub async fn insert(
    tx: &mut Tx,
    now: Timestamp,
    context: &AuditContext,
    order: &Order,
    new: NewPayment,
) -> Result<Payment> {
    let result = sqlx::query(
        "insert into payments (order_id, attempt, gateway_order_id, active_order_id, payer_phone, operator, \
         amount_tzs, currency, status, is_applied, next_check_at, created_at, updated_at) \
         select id, ?, ?, id, ?, ?, price_tzs, 'TZS', 'created', 0, ?, ?, ? \
         from orders where id = ? and status = 'pending'",
    )
    .bind(new.attempt)
    .bind(&new.gateway_order_id)
    .bind(&new.payer_phone)
    .bind(&new.operator)
    .bind(new.next_check_at)
    .bind(now)
    .bind(now)
    .bind(order.id)
    .execute(tx.connection())
    .await?;
    if result.rows_affected() != 1 {
        return Err(Error::Stale(Record::Order));
    }
    let id = PaymentId(last_insert_id(tx, result).await?);
    let words = search::of_payment(&new.gateway_order_id, [None, None], &new.payer_phone);
    search_terms::add(tx, Noun::Order, order.id.0, &words).await?;
    audit::append(tx, now, context, AuditAction::PaymentCreated, Some(id.0), None).await?;
    Ok(Payment {
        id,
        order_id: order.id,
        attempt: new.attempt,
        gateway_order_id: new.gateway_order_id,
        payer_phone: new.payer_phone,
        operator: new.operator,
        amount: order.price.total,
        is_active: true,
        state: PaymentState::Created,
        next_check_at: new.next_check_at,
        last_check_at: None,
        created_at: now,
    })
}

/// The payment is not the live one of its order any more; it stays watched.
pub async fn retire(tx: &mut Tx, now: Timestamp, id: PaymentId) -> Result<()> {
    sqlx::query("update payments set active_order_id = null, updated_at = ? where id = ?")
        .bind(now)
        .bind(id)
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Takes the payment one step on; [`fail`] and [`succeed`] do it where the next state has facts of its own.
/// Where it ends, the order is free for another payment. Stale where it moved since it was read.
pub async fn advance(
    tx: &mut Tx,
    now: Timestamp,
    context: &AuditContext,
    payment: &Payment,
    event: PaymentEvent,
    reason: Option<&str>,
) -> Result<PaymentStatus> {
    step(tx, now, context, payment, event, reason, Facts::None).await
}

/// The same where the gateway says that no money moved. `refusal` says why, at most 190 characters of it.
pub async fn fail(
    tx: &mut Tx,
    now: Timestamp,
    context: &AuditContext,
    payment: &Payment,
    event: PaymentEvent,
    reason: Option<&str>,
    refusal: &str,
) -> Result<PaymentStatus> {
    step(tx, now, context, payment, event, reason, Facts::Refusal(truncate(refusal, 190))).await
}

/// The same where money moved. A duplicate where the transaction was used by another payment.
pub async fn succeed(
    tx: &mut Tx,
    now: Timestamp,
    context: &AuditContext,
    payment: &Payment,
    receipt: &Receipt,
) -> Result<()> {
    step(tx, now, context, payment, PaymentEvent::Completed, None, Facts::Receipt(receipt)).await?;
    let words = search::of_payment("", [receipt.transid.as_deref(), receipt.reference.as_deref()], "");
    search_terms::add(tx, Noun::Order, payment.order_id.0, &words).await
}

/// What the next state of a payment carries.
#[derive(Clone, Copy)]
enum Facts<'a> {
    None,
    Refusal(&'a str),
    Receipt(&'a Receipt),
}

async fn step(
    tx: &mut Tx,
    now: Timestamp,
    context: &AuditContext,
    payment: &Payment,
    event: PaymentEvent,
    reason: Option<&str>,
    facts: Facts<'_>,
) -> Result<PaymentStatus> {
    let was = payment.status();
    let next = was.transition(event)?;
    let part = counters::contribution(tx, Of::Payment(payment.id)).await?;
    let result = match (next, facts) {
        (PaymentStatus::Created | PaymentStatus::Pending | PaymentStatus::Unknown, _) => {
            sqlx::query("update payments set status = ?, updated_at = ? where id = ? and status = ?")
                .bind(next)
        }
        // A webhook may have asked for another look meanwhile, so `next_check_at` is left alone here.
        (PaymentStatus::Failed | PaymentStatus::Cancelled, _) => sqlx::query(
            "update payments set status = ?, refusal = ?, active_order_id = null, updated_at = ? \
             where id = ? and status = ?",
        )
        .bind(next)
        .bind(match facts {
            Facts::Refusal(refusal) => Some(refusal),
            Facts::None | Facts::Receipt(_) => None,
        }),
        (PaymentStatus::Succeeded, Facts::Receipt(receipt)) => sqlx::query(
            "update payments set status = ?, refusal = null, transid = ?, reference = ?, channel = ?, \
             received_tzs = ?, is_applied = ?, settled_at = ?, active_order_id = null, next_check_at = null, \
             updated_at = ? where id = ? and status = ?",
        )
        .bind(next)
        .bind(&receipt.transid)
        .bind(&receipt.reference)
        .bind(receipt.channel.as_deref().map(|channel| truncate(channel, 32)))
        .bind(receipt.received)
        .bind(Flag::from(receipt.is_applied))
        .bind(receipt.settled_at),
        (PaymentStatus::Succeeded, Facts::None | Facts::Refusal(_)) => {
            let what = "succeeded without its money";
            return Err(Error::Inconsistent { record: Record::Payment, id: payment.id.0, what });
        }
    };
    let result = result.bind(now).bind(payment.id).bind(was).execute(tx.connection()).await?;
    expect_one_row(result, Record::Payment)?;
    counters::apply_delta(tx, Of::Payment(payment.id), part).await?;
    let change = history::Change {
        action: event.into(),
        event: event.into_str(),
        id: payment.id.0,
        from: was.into_str(),
        to: next.into_str(),
        reason,
    };
    history::record(tx, now, context, change).await?;
    Ok(next)
}

/// Whether another payment than this has that transaction. The gateway gives money two names, and staff may
/// have copied either of them.
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

/// Whether the gateway gave money of some payment this name, by either of its names.
pub async fn reference_used(tx: &mut Tx, reference: &str) -> Result<bool> {
    let used: i64 = sqlx::query_scalar("select count(*) from payments where transid = ? or reference = ?")
        .bind(reference)
        .bind(reference)
        .fetch_one(tx.connection())
        .await?;
    Ok(used > 0)
}

/// Sets when the gateway is asked next, unless a webhook set it since the payment was read: then that stays.
pub async fn schedule(
    tx: &mut Tx,
    now: Timestamp,
    payment: &Payment,
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
pub async fn due(tx: &mut Tx, now: Timestamp, most: i64) -> Result<Vec<Payment>> {
    let sql = select("where next_check_at <= ? order by next_check_at limit ?");
    fetch_all(tx, sqlx::query_as(sql).bind(now).bind(most)).await
}

/// When the next payment is to be asked about.
pub async fn next_due(tx: &mut Tx) -> Result<Option<Timestamp>> {
    Ok(sqlx::query_scalar("select min(next_check_at) from payments").fetch_one(tx.connection()).await?)
}

/// Claims a due payment for asking until `until`; false where another worker did. It is due again then.
pub async fn claim(tx: &mut Tx, payment: &Payment, until: Timestamp) -> Result<bool> {
    let result = sqlx::query("update payments set next_check_at = ? where id = ? and next_check_at = ?")
        .bind(until)
        .bind(payment.id)
        .bind(payment.next_check_at)
        .execute(tx.connection())
        .await?;
    Ok(result.rows_affected() == 1)
}

/// Has the gateway asked about this payment at once. Succeeded ones need no asking.
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
