//! "Check now": asking the gateway about the payments of an order because a person wants to know.
use super::{
    poll_soon,
    question::{Question, ask},
};
use crate::{
    AppContext,
    domain::{
        audit_action::AuditAction,
        ids::{OrderId, OrderUuid},
        rate_limit::LimitedAction,
    },
    ops::{Caller, Error, Object, Result},
    read,
    store::{audit, orders, payments},
    tx,
};

/// Asks about every payment of the order that did not succeed, live or not, and was not asked about within
/// the last seconds. Where people have used up their share of the questions, the worker asks.
///
/// Errors with `RateLimited` where the order was asked about too often.
pub async fn check_now(ctx: &AppContext, order: OrderId) -> Result<()> {
    check(ctx, order, LimitedAction::PaymentCheck).await
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
    let order = order.ok_or(Error::NotFound(Object::Order))?;
    check(ctx, order, LimitedAction::PaymentCheckByStaff).await
}

async fn check(ctx: &AppContext, order: OrderId, action: LimitedAction) -> Result<()> {
    let payments = read!(&ctx.db, tx => payments::of_order(tx, order).await)?;
    for payment in &payments {
        match ask(ctx, payment, action).await? {
            Question::Answered | Question::Pending => {}
            Question::Limited(until) => return Err(Error::RateLimited(until)),
            Question::Exhausted(_) => return poll_soon(ctx, &payments).await,
        }
    }
    Ok(())
}
