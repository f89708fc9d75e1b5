//! Staff confirm a payment by the operator's reference. It takes the same road as the gateway's word.
use super::record_success::{self, Booked};
use crate::{
    AppContext,
    domain::{ids::OrderUuid, order::OrderStatus, payment::GatewayName},
    gateway::Completed,
    ops::{Caller, Result},
    random,
    store::{
        UniqueKey, orders,
        payments::{self, NewPayment},
    },
    tx,
};

/// How it ended.
#[derive(Debug, PartialEq, Eq)]
pub enum ByHand {
    /// The order is paid.
    Paid,
    /// Reference or reason is missing.
    Incomplete,
    /// That reference was used for another payment.
    ReferenceUsed,
    /// The order is not waiting for money.
    NotPayable(OrderStatus),
    /// There is no such order.
    NoSuchOrder,
}

/// Marks an order as paid. Needs a reference that was never used, and a reason; both are kept.
pub async fn mark_paid(
    ctx: &AppContext,
    caller: &Caller,
    uuid: OrderUuid,
    reference: &str,
    reason: &str,
) -> Result<ByHand> {
    // Operators write their references in capitals; who copies one from a phone may not.
    let (reference, reason) = (reference.trim().to_uppercase(), reason.trim());
    if reference.is_empty() || reference.len() > 64 || reason.is_empty() {
        return Ok(ByHand::Incomplete);
    }
    let (now, context) = (ctx.now(), caller.audit_context());
    let result = tx!(&ctx.db, tx => {
        let Some(order) = orders::by_uuid(tx, uuid).await? else { return Ok(ByHand::NoSuchOrder) };
        if order.status() != OrderStatus::Pending {
            return Ok(ByHand::NotPayable(order.status()));
        }
        if payments::reference_used(tx, &reference).await? {
            return Ok(ByHand::ReferenceUsed);
        }
        let pushes = payments::of_order(tx, order.id).await?;
        for live in pushes.iter().filter(|p| p.is_active) {
            payments::retire(tx, now, live.id).await?;
        }
        let gateway_order_id = random::gateway_order_id();
        let id = payments::insert(tx, now, &context, &NewPayment {
            order: order.id,
            attempt: pushes.first().map_or(0, |p| p.attempt) + 1,
            gateway_order_id: gateway_order_id.as_str(),
            payer_phone: "",
            operator: None,
            amount: order.price.total,
            next_check_at: None,
        }).await?;
        let money = Completed {
            order_id: Some(gateway_order_id.as_str().to_owned()),
            amount: Some(order.price.total),
            currency: None,
            transid: Some(reference.clone()),
            reference: None,
            channel: None,
        };
        let raw = serde_json::json!({ "reason": reason }).to_string();
        match record_success::book(tx, ctx, now, &context, GatewayName::Manual, id, &money, &raw).await? {
            Booked::Applied => Ok(ByHand::Paid),
            // Rolls the new row back: nothing was booked.
            Booked::ReferenceUsed | Booked::Kept | Booked::Already => Err(crate::store::Error::Duplicate(UniqueKey::PaymentsTransid)),
        }
    });
    match result {
        Err(crate::store::Error::Duplicate(UniqueKey::PaymentsTransid)) => Ok(ByHand::ReferenceUsed),
        result => {
            ctx.job_notify.notify_one();
            Ok(result?)
        }
    }
}
