//! Who wakes `settle`: the timetable in the payments' rows, the customer's page, "check now".
use super::settle::{Settled, settle};
use crate::{
    AppContext,
    domain::{audit_action::AuditAction, ids::OrderUuid},
    ops::{Caller, Result},
    random, read,
    store::{audit, orders, payments},
    tx,
};
use tracing::Instrument;

/// How many payments are asked about side by side.
const ABREAST: i64 = 8;

/// A worker that dies while asking gives the payment back after this many seconds. Longer than the gateway's time-out.
const ASKING_SECONDS: i64 = 45;

/// Asks about all payments that are due. Returns how many there were.
pub async fn settle_due(ctx: &std::sync::Arc<AppContext>) -> Result<usize> {
    let now = ctx.now();
    let due = read!(&ctx.db, tx => payments::due(tx, now, ABREAST).await)?;
    let mut asking = tokio::task::JoinSet::new();
    for payment in due {
        if tx!(&ctx.db, tx => payments::claim(tx, &payment, now.plus_seconds(ASKING_SECONDS)).await)? {
            (ctx.failpoint)("settle.claimed");
            let ctx = ctx.clone();
            let span = tracing::info_span!("asking", request_id = random::uuid());
            asking.spawn(async move { (payment.id, settle(&ctx, payment.id).await) }.instrument(span));
        }
    }
    let asked = asking.len();
    while let Some(done) = asking.join_next().await {
        match done {
            Ok((_, Ok(_))) => {}
            Ok((id, Err(error))) => tracing::error!(payment = id.0, %error, "a payment could not be settled"),
            Err(error) => tracing::error!(%error, "settling a payment was cut off"),
        }
    }
    Ok(asked)
}

/// "I have paid: check now": asks about every push of the order that did not succeed, live or not.
pub async fn check_now(ctx: &AppContext, uuid: OrderUuid) -> Result<Vec<Settled>> {
    let pushes = read!(&ctx.db, tx => match orders::by_uuid(tx, uuid).await? {
        Some(order) => payments::of_order(tx, order.id).await,
        None => Ok(Vec::new()),
    })?;
    let mut settled = Vec::new();
    for push in pushes {
        settled.push(settle(ctx, push.id).await?);
    }
    Ok(settled)
}

/// The same by staff, who are recorded. False where there is no such order.
pub async fn check_by_staff(ctx: &AppContext, caller: &Caller, uuid: OrderUuid) -> Result<bool> {
    let now = ctx.now();
    let is_there = tx!(&ctx.db, tx => {
        let Some(order) = orders::by_uuid(tx, uuid).await? else { return Ok(false) };
        let action = AuditAction::OrderPaymentChecked;
        audit::append(tx, now, &caller.audit_context(), action, Some(order.id.0), None).await?;
        Ok(true)
    })?;
    if is_there {
        check_now(ctx, uuid).await?;
    }
    Ok(is_there)
}

/// Somebody looks at the order's page: ask soon, even where the timetable has become slow.
pub async fn poll_soon(ctx: &AppContext, uuid: OrderUuid) -> Result<()> {
    let now = ctx.now();
    let soon = now.plus_seconds(4);
    let late = read!(&ctx.db, tx => match orders::by_uuid(tx, uuid).await? {
        Some(order) => payments::of_order(tx, order.id).await,
        None => Ok(Vec::new()),
    })?;
    for push in late.iter().filter(|p| p.status().is_open() && p.next_check_at.is_some_and(|at| at > soon)) {
        tx!(&ctx.db, tx => payments::wake(tx, soon, &push.gateway_order_id).await)?;
        ctx.job_notify.notify_one();
    }
    Ok(())
}
