//! "Check now": asking the gateway about all payments of an order at once.
use super::settle::settle;
use crate::{
    AppContext,
    domain::{
        audit_action::AuditAction,
        ids::{OrderId, OrderUuid},
    },
    ops::{Caller, Error, Object, Result},
    read,
    store::{audit, orders, payments},
    tx,
};

/// Asks about every payment of the order that did not succeed, live or not.
pub async fn check_now(ctx: &AppContext, order: OrderId) -> Result<()> {
    for payment in read!(&ctx.db, tx => payments::of_order(tx, order).await)? {
        settle(ctx, &payment).await?;
    }
    Ok(())
}

/// The same by staff, who are recorded.
pub async fn check_by_staff(ctx: &AppContext, caller: &Caller, uuid: OrderUuid) -> Result<()> {
    let (now, context) = (ctx.now(), caller.audit_context());
    let order = tx!(&ctx.db, tx => {
        let Some(order) = orders::by_uuid(tx, uuid).await? else { return Ok(None) };
        let action = AuditAction::OrderPaymentChecked;
        audit::append(tx, now, &context, action, Some(order.id.0), None).await?;
        Ok(Some(order.id))
    })?;
    check_now(ctx, order.ok_or(Error::NotFound(Object::Order))?).await
}
