//! Staff confirm a payment by the operator's reference. It is recorded like a success that the gateway
//! reports.
use super::record_success::{Evidence, Recorded, record_success};
use crate::{
    AppContext,
    domain::{
        ids::OrderUuid,
        input::{Reason, Reference},
        order::OrderStatus,
        payment::GatewayName,
    },
    gateway::Completed,
    ops::{Caller, Error, Object, Result},
    random,
    store::{
        self, UniqueKey, orders,
        payments::{self, NewPayment},
    },
    tx,
};

/// Marks an order as paid. The reference and the reason are kept.
///
/// Errors: the reference was used for another payment; a conflict where the order is not pending.
pub async fn mark_paid(
    ctx: &AppContext,
    caller: &Caller,
    uuid: OrderUuid,
    reference: &Reference,
    reason: &Reason,
) -> Result<()> {
    let (now, context) = (ctx.now(), caller.audit_context());
    let raw = serde_json::json!({ "reason": reason.as_str() }).to_string();
    let marked = tx!(&ctx.db, tx => {
        let Some(order) = orders::by_uuid(tx, uuid).await? else {
            return Ok(Err(Error::NotFound(Object::Order)));
        };
        let status = order.status();
        if status != OrderStatus::Pending {
            let sentence = format!("The order is {status}, it waits for no money.");
            return Ok(Err(Error::conflict(sentence)));
        }
        if payments::reference_used(tx, reference.as_str()).await? {
            return Err(store::Error::Duplicate(UniqueKey::PaymentsTransid));
        }
        let earlier = payments::of_order(tx, order.id).await?;
        for live in earlier.iter().filter(|p| p.is_active) {
            payments::retire(tx, now, live.id).await?;
        }
        let new = NewPayment {
            attempt: earlier.first().map_or(0, |p| p.attempt) + 1,
            gateway_order_id: random::gateway_order_id().as_str().to_owned(),
            payer_phone: String::new(),
            operator: None,
            next_check_at: None,
        };
        let payment = payments::insert(tx, now, &context, &order, new).await?;
        let money = Completed {
            order_id: Some(payment.gateway_order_id),
            amount: Some(order.price.total),
            currency: None,
            transid: Some(reference.as_str().to_owned()),
            reference: None,
            channel: None,
        };
        let evidence = Evidence { gateway: GatewayName::Manual, money: &money, raw: &raw };
        match record_success(tx, ctx, now, &context, payment.id, &evidence).await? {
            Recorded::Applied => Ok(Ok(())),
            // Rolls the new row back: nothing was recorded.
            Recorded::ReferenceUsed | Recorded::Kept | Recorded::Already => {
                Err(store::Error::Duplicate(UniqueKey::PaymentsTransid))
            }
        }
    });
    ctx.job_notify.notify_one();
    match marked {
        Err(store::Error::Duplicate(UniqueKey::PaymentsTransid)) => Err(Error::invalid("reference", "used")),
        marked => marked?,
    }
}
