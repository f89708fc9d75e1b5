//! What the gateway said of payments, and what staff confirmed, raw.
use super::{Result, Tx, truncate};
use crate::domain::{
    ids::{OrderId, PaymentId},
    money::Tzs,
    payment::{GatewayName, PaymentEventStatus, PaymentEventType},
    time::Timestamp,
};

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

/// Appends one event.
pub async fn append(tx: &mut Tx, now: Timestamp, event: &NewEvent<'_>) -> Result<()> {
    sqlx::query(
        "insert into payment_events (order_id, payment_id, event_type, gateway, reference, amount_tzs, \
         currency, status, payload, created_at, updated_at) values (?, ?, ?, ?, ?, ?, 'TZS', ?, ?, ?, ?)",
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
