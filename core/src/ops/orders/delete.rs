//! Deleting an order that was never paid.
use crate::{
    AppContext,
    domain::{
        audit_action::AuditAction,
        ids::OrderUuid,
        input::{Confirmation, Reason},
        order_action::is_without_money,
    },
    ops::{Caller, Error, Object, Result},
    store::{audit, orders, payments, services},
    tx,
};

/// Deletes an order that no money ever came for. The confirmation is its number.
///
/// A conflict where money came for it, or may still come.
pub async fn delete(
    ctx: &AppContext,
    caller: &Caller,
    uuid: OrderUuid,
    confirmation: &Confirmation,
    reason: &Reason,
) -> Result<()> {
    let (now, context, reason) = (ctx.now(), caller.audit_context(), Some(reason.as_str()));
    tx!(&ctx.db, tx => {
        let Some(order) = orders::by_uuid(tx, uuid).await? else {
            return Ok(Err(Error::NotFound(Object::Order)));
        };
        if let Err(error) = confirmation.check(&uuid.number(), "number") {
            return Ok(Err(error.into()));
        }
        let payments = payments::of_order(tx, order.id).await?;
        let service = services::of_order(tx, order.id).await?;
        if !is_without_money(&order, &payments, service.is_some(), now) {
            let sentence = "Money came for this order, or may still come: it stays. Cancel it instead.";
            return Ok(Err(Error::conflict(sentence)));
        }
        orders::delete(tx, &order).await?;
        audit::append(tx, now, &context, AuditAction::OrderDeleted, Some(order.id.0), reason).await?;
        Ok(Ok(()))
    })?
}
