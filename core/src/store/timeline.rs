//! What is stored about one order, for its timeline. Each function is one query, oldest first.
use super::{Result, Tx};
use crate::domain::{
    actor::Actor,
    audit_action::AuditAction,
    ids::OrderId,
    money::Tzs,
    payment::{GatewayName, PaymentEventStatus, PaymentEventType, WebhookVerdict},
    time::Timestamp,
    timeline::{OrderMail, PaymentRecord, ReceivedWebhook, StaffAction},
};
use sqlx::FromRow;

#[derive(FromRow)]
struct PaymentRecordRow {
    id: i64,
    event_type: PaymentEventType,
    gateway: GatewayName,
    reference: Option<String>,
    amount_tzs: Option<Tzs>,
    currency: Option<String>,
    status: PaymentEventStatus,
    payload: Option<String>,
    created_at: Timestamp,
}

/// What the gateway said of the order's payments, and staff confirmed.
pub async fn payment_records(tx: &mut Tx, order: OrderId) -> Result<Vec<PaymentRecord>> {
    let sql = "select id, event_type, gateway, reference, amount_tzs, currency, status, payload, created_at \
               from payment_events where order_id = ? order by id";
    let rows: Vec<PaymentRecordRow> = sqlx::query_as(sql).bind(order).fetch_all(tx.connection()).await?;
    let record = |row: PaymentRecordRow| PaymentRecord {
        id: row.id,
        event_type: row.event_type,
        gateway: row.gateway,
        reference: row.reference,
        amount: row.amount_tzs,
        currency: row.currency,
        status: row.status,
        payload: row.payload,
        created_at: row.created_at,
    };
    Ok(rows.into_iter().map(record).collect())
}

/// The mails about the order.
pub async fn mails(tx: &mut Tx, order: OrderId) -> Result<Vec<OrderMail>> {
    let sql =
        "select kind, recipient, sent_at, created_at from mails where order_id = ? order by created_at, id";
    let rows: Vec<(String, String, Option<Timestamp>, Timestamp)> =
        sqlx::query_as(sql).bind(order).fetch_all(tx.connection()).await?;
    let mail = |(kind, recipient, sent_at, created_at)| OrderMail { kind, recipient, sent_at, created_at };
    Ok(rows.into_iter().map(mail).collect())
}

/// The webhooks that named one of the order's payments.
pub async fn webhooks(tx: &mut Tx, order: OrderId) -> Result<Vec<ReceivedWebhook>> {
    let sql = "select w.verdict, w.source, w.body, w.received_at from webhook_inbox w \
               join payments p on p.gateway_order_id = w.gateway_order_id \
               where p.order_id = ? order by w.received_at, w.id";
    let rows: Vec<(WebhookVerdict, String, Vec<u8>, Timestamp)> =
        sqlx::query_as(sql).bind(order).fetch_all(tx.connection()).await?;
    let webhook =
        |(verdict, source, body, received_at)| ReceivedWebhook { verdict, source, body, received_at };
    Ok(rows.into_iter().map(webhook).collect())
}

/// What staff did to the order and its service without changing a status. Status changes have a history of
/// their own, with their reasons.
pub async fn staff_actions(tx: &mut Tx, order: OrderId) -> Result<Vec<StaffAction>> {
    let sql = "select a.actor, a.action, a.details, a.created_at from audit_log a \
               where a.actor like 'staff:%' and \
               ((a.object = 'order' and a.object_id = ? \
               and a.action in ('order.placed', 'order.edited', 'order.payment_checked')) \
               or (a.object = 'service' and a.action in ('service.password_shown', \
               'service.credentials_kept', 'service.credentials_dropped', 'service.credentials_sent', \
               'service.panel_opened', 'service.edited') \
               and a.object_id in (select id from services where order_id = ?))) \
               order by a.id";
    let rows: Vec<(Actor, AuditAction, Option<String>, Timestamp)> =
        sqlx::query_as(sql).bind(order).bind(order).fetch_all(tx.connection()).await?;
    let action = |(actor, action, details, created_at)| StaffAction { actor, action, details, created_at };
    Ok(rows.into_iter().map(action).collect())
}
