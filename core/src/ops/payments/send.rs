//! Sending a committed payment's request to the gateway.
use crate::{
    AppContext,
    domain::{
        actor::AuditContext,
        order::Order,
        payment::{GatewayName, Payment, PaymentEvent, PaymentEventStatus, PaymentEventType},
        phone::Phone,
    },
    gateway::{Created, PaymentRequest},
    keys,
    ops::Result,
    store::{self, payment_events, payments},
    tx,
};

/// Sends the request, once, and keeps what the gateway said. Where the process dies in here, the poller asks.
pub async fn send(ctx: &AppContext, order: &Order, payment: &Payment) -> Result<()> {
    let request = PaymentRequest {
        order_id: payment.gateway_order_id.clone(),
        amount: payment.amount,
        phone: Phone::parse(&payment.payer_phone).map(|p| p.local()).unwrap_or_default(),
        operator: payment.operator.clone(),
        buyer_name: order.customer.name.clone(),
        buyer_email: order.customer.email.clone(),
        webhook_url: webhook_url(ctx, &payment.gateway_order_id),
        order_number: order.uuid.number(),
    };
    (ctx.failpoint)("payment.committed");
    let created = ctx.gateway.create(&request).await;
    (ctx.failpoint)("payment.sent");
    let (event, status, why) = match &created {
        Created::Accepted => (PaymentEvent::Accepted, PaymentEventStatus::Accepted, None),
        Created::Refused(why) => (PaymentEvent::Refused, PaymentEventStatus::Refused, Some(why.as_str())),
        Created::Unknown(why) => (PaymentEvent::Lost, PaymentEventStatus::Lost, Some(why.as_str())),
    };
    let outcome = event.into_str();
    tracing::info!(payment = payment.id.0, order = %order.uuid, outcome, why, "payment request sent");
    let (now, context) = (ctx.now(), AuditContext::gateway());
    let moved = tx!(&ctx.db, tx => {
        match &created {
            Created::Refused(refusal) => {
                payments::fail(tx, now, &context, payment, event, why, refusal).await?;
                payments::schedule(tx, now, payment, None, why).await?;
            }
            Created::Accepted | Created::Unknown(_) => {
                payments::advance(tx, now, &context, payment, event, why).await?;
            }
        }
        payment_events::append(tx, now, &payment_events::NewEvent {
            order: Some(order.id),
            payment: Some(payment.id),
            event_type: PaymentEventType::Create,
            gateway: GatewayName::Zeno,
            reference: None,
            amount: Some(payment.amount),
            status,
            payload: why,
        }).await
    });
    (ctx.failpoint)("payment.noted");
    match moved {
        // The poller learned more while the call was under way.
        Err(store::Error::Stale(_)) => Ok(()),
        moved => Ok(moved?),
    }
}

/// The address for the gateway's webhooks about one payment, with a token that only the portal can make.
fn webhook_url(ctx: &AppContext, gateway_order_id: &str) -> String {
    let token = keys::webhook_token(&ctx.settings.webhook_secret, gateway_order_id);
    let separator = if ctx.settings.webhook_url.contains('?') { '&' } else { '?' };
    format!("{}{separator}payment={gateway_order_id}&token={token}", ctx.settings.webhook_url)
}
