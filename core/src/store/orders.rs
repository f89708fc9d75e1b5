//! Orders.
use super::{
    Error, Record, Result, Sql, Tx, audit,
    counters::{self, Of},
    expect_one_row, history, last_insert_id, push_ids,
    search_terms::{self, Noun},
};
use crate::domain::{
    actor::AuditContext,
    audit_action::AuditAction,
    ids::{OrderId, OrderUuid, PaymentId, PlanId, UserId},
    money::Tzs,
    order::{Contact, Order, OrderEvent, OrderState, OrderStatus, PlanRef, Price, Settlement},
    search::Words,
    time::Timestamp,
};
use sqlx::{AssertSqlSafe, FromRow};

/// An order with the plan's names.
#[derive(FromRow)]
pub(super) struct OrderRow {
    id: OrderId,
    user_id: UserId,
    order_uuid: OrderUuid,
    customer_name: String,
    customer_email: String,
    customer_phone: String,
    domain: Option<String>,
    locale: String,
    base_price_monthly: Tzs,
    duration_months: i64,
    discount_percentage: i64,
    price_tzs: Tzs,
    status: OrderStatus,
    payment_ref: Option<String>,
    gateway_provider: Option<String>,
    paid_at: Option<Timestamp>,
    created_at: Timestamp,
    plan_name: String,
    plan_slug: String,
}

impl TryFrom<OrderRow> for Order {
    type Error = Error;

    fn try_from(row: OrderRow) -> Result<Order> {
        let (reference, operator) = (row.payment_ref, row.gateway_provider);
        let settlement = row.paid_at.map(|paid_at| Settlement { paid_at, reference, operator });
        let inconsistent = |what| Error::Inconsistent { record: Record::Order, id: row.id.0, what };
        let paid = |settlement: Option<Settlement>| settlement.ok_or(inconsistent("paid without a time"));
        let state = match row.status {
            OrderStatus::Pending | OrderStatus::Failed if settlement.is_some() => {
                return Err(inconsistent("unpaid with a time of payment"));
            }
            OrderStatus::Pending => OrderState::Pending,
            OrderStatus::Failed => OrderState::Failed,
            OrderStatus::Paid => OrderState::Paid(paid(settlement)?),
            OrderStatus::Active => OrderState::Active(paid(settlement)?),
            OrderStatus::Complete => OrderState::Complete(paid(settlement)?),
            OrderStatus::Cancelled => OrderState::Cancelled(settlement),
        };
        Ok(Order {
            id: row.id,
            uuid: row.order_uuid,
            user_id: row.user_id,
            plan: PlanRef { name: row.plan_name, slug: row.plan_slug },
            customer: Contact {
                name: row.customer_name,
                email: row.customer_email,
                phone: row.customer_phone,
            },
            domain: row.domain,
            locale: row.locale,
            price: Price {
                monthly: row.base_price_monthly,
                months: row.duration_months,
                percent: row.discount_percentage,
                total: row.price_tzs,
            },
            state,
            created_at: row.created_at,
        })
    }
}

/// The columns of an [`OrderRow`], where orders are `o` and plans are `p`.
pub(super) const COLUMNS: &str = "o.id, o.user_id, o.order_uuid, o.customer_name, o.customer_email, \
    o.customer_phone, o.domain, o.locale, o.base_price_monthly, o.duration_months, o.discount_percentage, \
    o.price_tzs, o.status, o.payment_ref, o.gateway_provider, o.paid_at, o.created_at, \
    p.name as plan_name, p.slug as plan_slug";

/// All orders; a `where` comes behind it.
fn select(rest: &str) -> AssertSqlSafe<String> {
    AssertSqlSafe(format!("select {COLUMNS} from orders o join plans p on p.id = o.plan_id {rest}"))
}

async fn fetch(tx: &mut Tx, sql: Query<'_>) -> Result<Option<Order>> {
    sql.fetch_optional(tx.connection()).await?.map(Order::try_from).transpose()
}

async fn fetch_all(tx: &mut Tx, sql: Query<'_>) -> Result<Vec<Order>> {
    sql.fetch_all(tx.connection()).await?.into_iter().map(Order::try_from).collect()
}

type Query<'q> = sqlx::query::QueryAs<'q, sqlx::Any, OrderRow, sqlx::any::AnyArguments>;

/// By row id.
pub async fn by_id(tx: &mut Tx, id: OrderId) -> Result<Option<Order>> {
    fetch(tx, sqlx::query_as(select("where o.id = ?")).bind(id)).await
}

/// By public name.
pub async fn by_uuid(tx: &mut Tx, uuid: OrderUuid) -> Result<Option<Order>> {
    fetch(tx, sqlx::query_as(select("where o.order_uuid = ?")).bind(uuid)).await
}

/// These orders, in no order. A page of them at most.
pub async fn by_ids(tx: &mut Tx, ids: &[OrderId]) -> Result<Vec<Order>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql =
        Sql::new(format!("select {COLUMNS} from orders o join plans p on p.id = o.plan_id where o.id"));
    push_ids(&mut sql, ids);
    fetch_all(tx, sql.build_query_as()).await
}

/// The pending order for the same thing by the same person, where there is one.
pub async fn by_dedup_key(tx: &mut Tx, key: &str) -> Result<Option<Order>> {
    fetch(tx, sqlx::query_as(select("where o.dedup_key = ?")).bind(key)).await
}

/// A customer's newest orders, and those that are paid and not active, however old; the newest first.
pub async fn newest_of(tx: &mut Tx, user: UserId, most: i64) -> Result<Vec<Order>> {
    let sql = select(
        "where o.user_id = ? and (o.status = 'paid' or o.id in \
         (select id from (select id from orders where user_id = ? \
         order by created_at desc, id desc limit ?) newest)) \
         order by o.created_at desc, o.id desc",
    );
    fetch_all(tx, sqlx::query_as(sql).bind(user).bind(user).bind(most)).await
}

/// A page of a customer's orders, the newest first, and how many there are in all.
pub async fn page_of(tx: &mut Tx, user: UserId, skip: i64, most: i64) -> Result<(Vec<Order>, i64)> {
    let sql = select("where o.user_id = ? order by o.created_at desc, o.id desc limit ? offset ?");
    let orders = fetch_all(tx, sqlx::query_as(sql).bind(user).bind(most).bind(skip)).await?;
    let all = sqlx::query_scalar("select count(*) from orders where user_id = ?")
        .bind(user)
        .fetch_one(tx.connection())
        .await?;
    Ok((orders, all))
}

/// What a new order needs.
pub struct NewOrder<'a> {
    pub user_id: UserId,
    pub plan_id: PlanId,
    pub uuid: OrderUuid,
    pub dedup_key: &'a str,
    pub payer_phone: &'a str,
    pub plan: PlanRef,
    pub customer: Contact,
    pub domain: Option<String>,
    pub locale: String,
    pub price: Price,
}

/// A duplicate where the same person has the same thing pending.
pub async fn insert(tx: &mut Tx, now: Timestamp, context: &AuditContext, new: NewOrder<'_>) -> Result<Order> {
    let result = sqlx::query(
        "insert into orders (user_id, plan_id, order_uuid, dedup_key, customer_name, customer_email, \
         customer_phone, payer_phone, domain, locale, base_price_monthly, duration_months, \
         discount_percentage, price_tzs, currency, status, created_at, updated_at) \
         values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'TZS', 'pending', ?, ?)",
    )
    .bind(new.user_id)
    .bind(new.plan_id)
    .bind(new.uuid)
    .bind(new.dedup_key)
    .bind(&new.customer.name)
    .bind(&new.customer.email)
    .bind(&new.customer.phone)
    .bind(new.payer_phone)
    .bind(&new.domain)
    .bind(&new.locale)
    .bind(new.price.monthly)
    .bind(new.price.months)
    .bind(new.price.percent)
    .bind(new.price.total)
    .bind(now)
    .bind(now)
    .execute(tx.connection())
    .await?;
    let id = OrderId(last_insert_id(tx, result).await?);
    counters::apply_delta(tx, Of::Order(id), counters::Contribution::default()).await?;
    search_terms::apply_delta(tx, Noun::Order, id.0, Words::new()).await?;
    audit::append(tx, now, context, AuditAction::OrderPlaced, Some(id.0), None).await?;
    Ok(Order {
        id,
        uuid: new.uuid,
        user_id: new.user_id,
        plan: new.plan,
        customer: new.customer,
        domain: new.domain,
        locale: new.locale,
        price: new.price,
        state: OrderState::Pending,
        created_at: now,
    })
}

/// Puts another phone in the place of the one that a pending order was placed with.
pub async fn correct_phone(
    tx: &mut Tx,
    now: Timestamp,
    id: OrderId,
    phone: &str,
    payer_phone: &str,
) -> Result<()> {
    let was = search_terms::of(tx, Noun::Order, id.0).await?;
    sqlx::query(
        "update orders set customer_phone = ?, payer_phone = ?, updated_at = ? \
         where id = ? and status = 'pending'",
    )
    .bind(phone)
    .bind(payer_phone)
    .bind(now)
    .bind(id)
    .execute(tx.connection())
    .await?;
    search_terms::apply_delta(tx, Noun::Order, id.0, was).await
}

/// What staff may change of an order. None stays.
#[derive(Debug, Default)]
pub struct Edit<'a> {
    pub name: Option<&'a str>,
    pub email: Option<&'a str>,
    /// In both spellings.
    pub phone: Option<(&'a str, &'a str)>,
    /// `Some(None)` takes it away.
    pub domain: Option<Option<&'a str>>,
}

/// Changes an order that still stands where it was read. The key of a pending order goes with its domain:
/// what was ordered is another thing now.
pub async fn edit(tx: &mut Tx, now: Timestamp, order: &Order, edit: &Edit<'_>) -> Result<()> {
    let was = search_terms::of(tx, Noun::Order, order.id.0).await?;
    let name = edit.name.unwrap_or(&order.customer.name);
    let email = edit.email.unwrap_or(&order.customer.email);
    let domain = edit.domain.unwrap_or(order.domain.as_deref());
    let result = sqlx::query(
        "update orders set customer_name = ?, customer_email = ?, domain = ?, \
         dedup_key = case when coalesce(domain, '') = ? then dedup_key else null end, updated_at = ? \
         where id = ? and status = ?",
    )
    .bind(name)
    .bind(email)
    .bind(domain)
    .bind(domain.unwrap_or_default())
    .bind(now)
    .bind(order.id)
    .bind(order.status())
    .execute(tx.connection())
    .await?;
    expect_one_row(result, Record::Order)?;
    search_terms::apply_delta(tx, Noun::Order, order.id.0, was).await?;
    if let Some((phone, payer_phone)) = edit.phone {
        correct_phone(tx, now, order.id, phone, payer_phone).await?;
    }
    Ok(())
}

/// Deletes an order that nothing ever came of, with its ended payments, its mails and what the gateway said.
pub async fn delete(tx: &mut Tx, order: &Order) -> Result<()> {
    let was = search_terms::of(tx, Noun::Order, order.id.0).await?;
    let part = counters::contribution(tx, Of::Order(order.id)).await?;
    let payments: Vec<PaymentId> = sqlx::query_scalar("select id from payments where order_id = ?")
        .bind(order.id)
        .fetch_all(tx.connection())
        .await?;
    let mut parts = Vec::new();
    for id in payments {
        parts.push((Of::Payment(id), counters::contribution(tx, Of::Payment(id)).await?));
    }
    for sql in [
        "delete from mails where order_id = ?",
        "delete from payment_events where order_id = ?",
        "delete from payments where order_id = ?",
    ] {
        sqlx::query(sql).bind(order.id).execute(tx.connection()).await?;
    }
    let result = sqlx::query("delete from orders where id = ? and status = ?")
        .bind(order.id)
        .bind(order.status())
        .execute(tx.connection())
        .await?;
    expect_one_row(result, Record::Order)?;
    for (of, part) in parts.into_iter().chain([(Of::Order(order.id), part)]) {
        counters::apply_delta(tx, of, part).await?;
    }
    search_terms::apply_delta(tx, Noun::Order, order.id.0, was).await
}

/// Takes the order one step on, with its history and audit rows; [`pay`] does it where the step is the
/// payment. Stale where it moved since it was read.
pub async fn advance(
    tx: &mut Tx,
    now: Timestamp,
    context: &AuditContext,
    order: &Order,
    event: OrderEvent,
    reason: Option<&str>,
) -> Result<OrderStatus> {
    if event == OrderEvent::PaymentSucceeded {
        return Err(Error::Inconsistent {
            record: Record::Order,
            id: order.id.0,
            what: "paid without a payment",
        });
    }
    let next = order.status().transition(event)?;
    let part = counters::contribution(tx, Of::Order(order.id)).await?;
    let result = sqlx::query(
        "update orders set status = ?, dedup_key = null, updated_at = ? where id = ? and status = ?",
    )
    .bind(next)
    .bind(now)
    .bind(order.id)
    .bind(order.status())
    .execute(tx.connection())
    .await?;
    expect_one_row(result, Record::Order)?;
    counters::apply_delta(tx, Of::Order(order.id), part).await?;
    record(tx, now, context, order, event, next, reason).await?;
    Ok(next)
}

/// The payment that pays an order, as the order keeps it.
pub struct PaidBy<'a> {
    pub settlement: &'a Settlement,
    pub gateway_order_id: &'a str,
    /// The gateway's answer, as it came.
    pub meta: &'a str,
}

/// Makes the order paid, with its history and audit rows. Stale where it moved since it was read.
pub async fn pay(
    tx: &mut Tx,
    now: Timestamp,
    context: &AuditContext,
    order: &Order,
    paid_by: &PaidBy<'_>,
) -> Result<()> {
    let next = order.status().transition(OrderEvent::PaymentSucceeded)?;
    let part = counters::contribution(tx, Of::Order(order.id)).await?;
    let Settlement { paid_at, reference, operator } = paid_by.settlement;
    let result = sqlx::query(
        "update orders set status = ?, dedup_key = null, payment_ref = ?, gateway_order_id = ?, \
         gateway_provider = ?, gateway_meta = ?, paid_at = ?, updated_at = ? where id = ? and status = ?",
    )
    .bind(next)
    .bind(reference)
    .bind(paid_by.gateway_order_id)
    .bind(operator)
    .bind(paid_by.meta)
    .bind(*paid_at)
    .bind(now)
    .bind(order.id)
    .bind(order.status())
    .execute(tx.connection())
    .await?;
    expect_one_row(result, Record::Order)?;
    counters::apply_delta(tx, Of::Order(order.id), part).await?;
    search_terms::apply_delta(tx, Noun::Order, order.id.0, Words::new()).await?;
    let reason = reference.as_ref().map(|reference| format!("transaction {reference}"));
    record(tx, now, context, order, OrderEvent::PaymentSucceeded, next, reason.as_deref()).await
}

async fn record(
    tx: &mut Tx,
    now: Timestamp,
    context: &AuditContext,
    order: &Order,
    event: OrderEvent,
    next: OrderStatus,
    reason: Option<&str>,
) -> Result<()> {
    let change = history::Change {
        action: event.into(),
        event: event.into_str(),
        id: order.id.0,
        from: order.status().into_str(),
        to: next.into_str(),
        reason,
    };
    history::record(tx, now, context, change).await
}
