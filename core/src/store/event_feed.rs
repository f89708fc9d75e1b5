//! How states came about, read back. Written by [`history`](super::history).
use super::{Result, Tx};
use crate::domain::{ids::OrderId, time::Timestamp};
use sqlx::FromRow;

/// A state change as it is kept.
#[derive(Debug, Clone, FromRow)]
pub struct ChangeRow {
    pub subject: String,
    pub event: String,
    pub from_status: String,
    pub to_status: String,
    pub actor: String,
    pub reason: Option<String>,
    pub created_at: Timestamp,
}

/// How a subject (`order`, `payment`, `service`) came to its state, oldest first.
pub async fn of(tx: &mut Tx, subject: &str, id: i64) -> Result<Vec<ChangeRow>> {
    let sql = "select subject, event, from_status, to_status, actor, reason, created_at from status_history \
               where subject = ? and subject_id = ? order by created_at, id";
    Ok(sqlx::query_as(sql).bind(subject).bind(id).fetch_all(tx.connection()).await?)
}

/// The same for an order with all its pushes and its service.
pub async fn around(tx: &mut Tx, order: OrderId) -> Result<Vec<ChangeRow>> {
    let sql = "select h.subject, h.event, h.from_status, h.to_status, h.actor, h.reason, h.created_at from status_history h \
               where (h.subject = 'order' and h.subject_id = ?) \
               or (h.subject = 'payment' and h.subject_id in (select id from payments where order_id = ?)) \
               or (h.subject = 'service' and h.subject_id in (select id from services where order_id = ?)) \
               order by h.created_at, h.id";
    Ok(sqlx::query_as(sql).bind(order).bind(order).bind(order).fetch_all(tx.connection()).await?)
}
