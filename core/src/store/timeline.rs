//! What the tables kept of one order, for its timeline. Each function is one query, oldest first.
use super::{Result, Tx};
use crate::domain::{ids::OrderId, money::Tzs, time::Timestamp};
use sqlx::FromRow;

/// What the gateway said of a payment.
#[derive(Debug, Clone, FromRow)]
pub struct EventRow {
    pub id: i64,
    pub event_type: String,
    pub gateway: String,
    pub reference: Option<String>,
    pub amount_tzs: Option<Tzs>,
    pub currency: Option<String>,
    pub status: String,
    pub payload: Option<String>,
    pub created_at: Timestamp,
}

/// What was said of the order's payments.
pub async fn events(tx: &mut Tx, order: OrderId) -> Result<Vec<EventRow>> {
    let sql = "select id, event_type, gateway, reference, amount_tzs, currency, status, payload, created_at \
               from payment_events where order_id = ? order by id";
    Ok(sqlx::query_as(sql).bind(order).fetch_all(tx.connection()).await?)
}

/// A mail about the order.
#[derive(Debug, Clone, FromRow)]
pub struct MailLine {
    pub kind: String,
    pub recipient: String,
    pub sent_at: Option<Timestamp>,
    pub created_at: Timestamp,
}

/// The mails about the order.
pub async fn mails(tx: &mut Tx, order: OrderId) -> Result<Vec<MailLine>> {
    let sql =
        "select kind, recipient, sent_at, created_at from mails where order_id = ? order by created_at, id";
    Ok(sqlx::query_as(sql).bind(order).fetch_all(tx.connection()).await?)
}

/// A notice of the gateway.
#[derive(Debug, Clone, FromRow)]
pub struct NoticeRow {
    pub verdict: String,
    pub source: String,
    pub body: Vec<u8>,
    pub received_at: Timestamp,
}

/// The notices that named one of the order's pushes.
pub async fn notices(tx: &mut Tx, order: OrderId) -> Result<Vec<NoticeRow>> {
    let sql = "select w.verdict, w.source, w.body, w.received_at from webhook_inbox w \
               join payments p on p.gateway_order_id = w.gateway_order_id where p.order_id = ? order by w.received_at, w.id";
    Ok(sqlx::query_as(sql).bind(order).fetch_all(tx.connection()).await?)
}

/// Something that staff did and that changed no state.
#[derive(Debug, Clone, FromRow)]
pub struct ActRow {
    pub actor: String,
    pub action: String,
    pub details: Option<String>,
    pub created_at: Timestamp,
}

/// What was done to the order and its service by staff. State changes are kept elsewhere, with their reasons.
pub async fn acts(tx: &mut Tx, order: OrderId) -> Result<Vec<ActRow>> {
    let sql = "select a.actor, a.action, a.details, a.created_at from audit_log a where a.actor like 'staff:%' and \
               ((a.object = 'order' and a.object_id = ? and a.action in ('order.placed', 'order.edited', 'order.payment_checked')) \
               or (a.object = 'service' and a.action in ('service.password_shown', 'service.credentials_kept', \
               'service.credentials_dropped', 'service.credentials_sent', 'service.panel_opened', 'service.edited') and a.object_id in (select id from services where order_id = ?))) \
               order by a.id";
    Ok(sqlx::query_as(sql).bind(order).bind(order).fetch_all(tx.connection()).await?)
}
