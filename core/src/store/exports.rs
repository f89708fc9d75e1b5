//! The lines of exports, a batch at a time, in the order of their ids.
use super::{
    Result, Sql, Tx,
    lists::{ExportBatch, orders, services, users},
};
use crate::domain::{
    ids::{OrderUuid, ServiceId, UserId},
    list::{OrderFilter, ServiceFilter, UserFilter},
    money::Tzs,
    time::Timestamp,
};
use sqlx::FromRow;

/// How many rows are read at once.
pub const BATCH: i64 = 2_000;

/// A user.
#[derive(FromRow)]
pub struct UserLine {
    pub id: i64,
    pub name: String,
    pub email: String,
    pub phone: Option<String>,
    pub role: String,
    pub locale: String,
    pub email_verified_at: Option<Timestamp>,
    pub disabled_at: Option<Timestamp>,
    pub created_at: Timestamp,
}

/// The next users.
pub async fn user_lines(tx: &mut Tx, batch: &ExportBatch<'_, UserFilter, UserId>) -> Result<Vec<UserLine>> {
    let mut sql = Sql::new(
        "select u.id, u.name, u.email, u.phone, u.role, u.locale, u.email_verified_at, u.disabled_at, \
         u.created_at from ",
    );
    users::push_batch(&mut sql, batch);
    sql.push(" page join users u on u.id = page.id order by u.id");
    Ok(sql.build_query_as().persistent(false).fetch_all(tx.connection()).await?)
}

/// An order.
#[derive(FromRow)]
pub struct OrderLine {
    pub id: i64,
    pub order_uuid: OrderUuid,
    pub status: String,
    pub user_id: i64,
    pub customer_name: String,
    pub customer_email: String,
    pub customer_phone: String,
    pub plan_slug: String,
    pub domain: Option<String>,
    pub duration_months: i64,
    pub base_price_monthly: Tzs,
    pub discount_percentage: i64,
    pub price_tzs: Tzs,
    pub gateway_provider: Option<String>,
    pub payment_ref: Option<String>,
    pub created_at: Timestamp,
    pub paid_at: Option<Timestamp>,
}

/// The next orders.
pub async fn order_lines(
    tx: &mut Tx,
    batch: &ExportBatch<'_, OrderFilter, OrderUuid>,
) -> Result<Vec<OrderLine>> {
    let mut sql = Sql::new(
        "select o.id, o.order_uuid, o.status, o.user_id, o.customer_name, o.customer_email, \
         o.customer_phone, p.slug as plan_slug, o.domain, o.duration_months, o.base_price_monthly, \
         o.discount_percentage, o.price_tzs, o.gateway_provider, o.payment_ref, o.created_at, \
         o.paid_at from ",
    );
    orders::push_batch(&mut sql, batch);
    sql.push(" page join orders o on o.id = page.id join plans p on p.id = o.plan_id order by o.id");
    Ok(sql.build_query_as().persistent(false).fetch_all(tx.connection()).await?)
}

/// A service. The password is not in it.
#[derive(FromRow)]
pub struct ServiceLine {
    pub id: i64,
    pub order_uuid: OrderUuid,
    pub status: String,
    pub domain: String,
    pub webuzo_username: Option<String>,
    pub plan_slug: String,
    pub customer_email: String,
    pub created_at: Timestamp,
    pub activated_at: Option<Timestamp>,
    pub paid_until: Option<Timestamp>,
}

/// The next services.
pub async fn service_lines(
    tx: &mut Tx,
    batch: &ExportBatch<'_, ServiceFilter, ServiceId>,
) -> Result<Vec<ServiceLine>> {
    let mut sql = Sql::new(
        "select s.id, o.order_uuid, s.status, s.domain, s.webuzo_username, s.plan_slug, o.customer_email, \
         s.created_at, s.activated_at, s.paid_until from ",
    );
    services::push_batch(&mut sql, batch);
    sql.push(" page join services s on s.id = page.id join orders o on o.id = s.order_id order by s.id");
    Ok(sql.build_query_as().persistent(false).fetch_all(tx.connection()).await?)
}

/// A payment.
#[derive(FromRow)]
pub struct PaymentLine {
    pub id: i64,
    pub order_uuid: OrderUuid,
    pub attempt: i64,
    pub status: String,
    pub gateway_order_id: String,
    pub payer_phone: String,
    pub operator: Option<String>,
    pub channel: Option<String>,
    pub amount_tzs: Tzs,
    pub received_tzs: Option<Tzs>,
    pub is_applied: i64,
    pub transid: Option<String>,
    pub reference: Option<String>,
    pub created_at: Timestamp,
    pub settled_at: Option<Timestamp>,
}

/// The next payments.
pub async fn payment_lines(tx: &mut Tx, after: i64) -> Result<Vec<PaymentLine>> {
    let sql = "select y.id, o.order_uuid, y.attempt, y.status, y.gateway_order_id, y.payer_phone, \
               y.operator, y.channel, y.amount_tzs, y.received_tzs, y.is_applied, y.transid, y.reference, \
               y.created_at, y.settled_at \
               from payments y join orders o on o.id = y.order_id where y.id > ? order by y.id limit ?";
    Ok(sqlx::query_as(sql).bind(after).bind(BATCH).fetch_all(tx.connection()).await?)
}
