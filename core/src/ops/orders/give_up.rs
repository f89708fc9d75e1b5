//! Giving up an order that was not paid.
use crate::{
    AppContext,
    domain::{
        actor::AuditContext,
        ids::OrderId,
        job::Job,
        order::{OrderEvent, OrderStatus},
        payment::{PaymentStatus, WATCH_SECONDS},
    },
    ops::Result,
    store::{jobs, orders, payments},
    tx,
};

/// How long an order waits for its first or next payment request before it is given up: as long as a payment
/// is watched.
pub(super) const PATIENCE_SECONDS: i64 = WATCH_SECONDS;

/// Runs a job: gives the order up, once its last payment is not watched any more.
pub async fn give_up(ctx: &AppContext, job: &Job, id: OrderId) -> Result<()> {
    let now = ctx.now();
    Ok(tx!(&ctx.db, tx => {
        jobs::renew_lease(tx, now, job, ctx.lease_end()).await?;
        let Some(order) = orders::by_id(tx, id).await? else {
            return jobs::finish(tx, job).await;
        };
        let payments = payments::of_order(tx, order.id).await?;
        let last_sign = payments.iter().map(|p| p.created_at).max().unwrap_or(order.created_at);
        // Money that was too little, or may have moved: staff are told, and close the order themselves.
        let with_staff = payments.iter().any(|p| p.status() == PaymentStatus::Succeeded || p.is_unresolved());
        if order.status() == OrderStatus::Pending && !with_staff {
            let until = last_sign.plus_seconds(PATIENCE_SECONDS);
            if until > now || payments.iter().any(|p| p.status().is_open()) {
                let due = until.max(now.plus_seconds(3600));
                return jobs::reschedule(tx, job, due, "the customer may still pay", true).await;
            }
            let context = AuditContext::worker();
            orders::advance(tx, now, &context, &order, OrderEvent::GivenUp, Some("not paid")).await?;
        }
        jobs::finish(tx, job).await
    })?)
}
