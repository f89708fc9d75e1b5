//! The status history, read back. It is written by [`history`](super::history).
use super::{Error, Result, Tx};
use crate::domain::{
    actor::Actor,
    history::{StatusChange, Transition},
    ids::{OrderId, ServiceId},
    time::Timestamp,
};
use sqlx::FromRow;

#[derive(FromRow)]
struct ChangeRow {
    subject: String,
    event: String,
    from_status: String,
    to_status: String,
    actor: Actor,
    reason: Option<String>,
    created_at: Timestamp,
}

impl TryFrom<ChangeRow> for StatusChange {
    type Error = Error;

    fn try_from(row: ChangeRow) -> Result<StatusChange> {
        let transition = Transition::parse(&row.subject, &row.event, &row.from_status, &row.to_status)?;
        Ok(StatusChange { transition, actor: row.actor, reason: row.reason, created_at: row.created_at })
    }
}

/// The status changes of a service, oldest first.
pub async fn of_service(tx: &mut Tx, service: ServiceId) -> Result<Vec<StatusChange>> {
    let sql = "select subject, event, from_status, to_status, actor, reason, created_at from status_history \
               where subject = 'service' and subject_id = ? order by created_at, id";
    let rows: Vec<ChangeRow> = sqlx::query_as(sql).bind(service).fetch_all(tx.connection()).await?;
    rows.into_iter().map(StatusChange::try_from).collect()
}

/// The status changes of an order, its payments and its service, oldest first.
pub async fn of_order(tx: &mut Tx, order: OrderId) -> Result<Vec<StatusChange>> {
    let sql = "select h.subject, h.event, h.from_status, h.to_status, h.actor, h.reason, h.created_at \
               from status_history h \
               where (h.subject = 'order' and h.subject_id = ?) \
               or (h.subject = 'payment' and h.subject_id in (select id from payments where order_id = ?)) \
               or (h.subject = 'service' and h.subject_id in (select id from services where order_id = ?)) \
               order by h.created_at, h.id";
    let rows: Vec<ChangeRow> =
        sqlx::query_as(sql).bind(order).bind(order).bind(order).fetch_all(tx.connection()).await?;
    rows.into_iter().map(StatusChange::try_from).collect()
}
