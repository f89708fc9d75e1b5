//! Asking the gateway by the timetable in the payments' rows.
use super::{question, settle::settle};
use crate::{
    AppContext,
    domain::{payment::Payment, rate_limit::Asker},
    ops::Result,
    random, read,
    store::payments,
    tx,
};
use std::sync::Arc;
use tracing::Instrument;

/// How many payments are asked about side by side.
const ABREAST: i64 = 8;

/// A worker that dies while asking gives the payment back after this many seconds. Longer than the gateway's
/// time-out.
const ASKING_SECONDS: i64 = 45;

/// Asks about the payments that are due, within the gateway's budget; others wait. Returns how many were
/// asked about.
pub async fn settle_due(ctx: &Arc<AppContext>) -> Result<usize> {
    let now = ctx.now();
    let due = read!(&ctx.db, tx => payments::due(tx, now, ABREAST).await)?;
    let mut asking = tokio::task::JoinSet::new();
    for payment in due {
        let until = now.plus_seconds(ASKING_SECONDS);
        let is_claimed = tx!(&ctx.db, tx => {
            if let Some(later) = question::take(tx, ctx, now, Asker::Worker).await? {
                payments::claim(tx, &payment, later).await?;
                return Ok(false);
            }
            payments::claim(tx, &payment, until).await
        })?;
        if is_claimed {
            (ctx.failpoint)("settle.claimed");
            let payment = Payment { next_check_at: Some(until), ..payment };
            let ctx = ctx.clone();
            let span = tracing::info_span!("asking", request_id = random::uuid());
            asking.spawn(async move { (payment.id, settle(&ctx, &payment).await) }.instrument(span));
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

/// Has the open ones of these payments asked about within 4 seconds, where their timetable has become slower:
/// the customer looks at the order's page.
pub async fn poll_soon(ctx: &AppContext, of_order: &[Payment]) -> Result<()> {
    let soon = ctx.now().plus_seconds(4);
    let late = |p: &&Payment| p.status().is_open() && p.next_check_at.is_some_and(|at| at > soon);
    for payment in of_order.iter().filter(late) {
        tx!(&ctx.db, tx => payments::wake(tx, soon, &payment.gateway_order_id).await)?;
        ctx.job_notify.notify_one();
    }
    Ok(())
}
