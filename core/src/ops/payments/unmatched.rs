//! Money that the gateway reports for no payment in the table: a backup was restored, or the webhook was not
//! genuine.
use super::question;
use crate::{
    AppContext,
    domain::{
        attention::AttentionKind,
        payment::{GatewayName, PaymentEventStatus, PaymentEventType},
        rate_limit::Asker,
    },
    gateway::Fate,
    ops::Result,
    read,
    store::{
        attention::{self, NewEntry},
        inbox,
        jobs::{self, JobRow},
        payment_events,
    },
    tx,
};

/// Runs a job: asks about a payment that a webhook named and that is not in the table. Its money is shown to
/// staff.
pub async fn settle_unmatched(ctx: &AppContext, job: &JobRow) -> Result<()> {
    let Some(id) = read!(&ctx.db, tx => inbox::named_by(tx, job.subject).await)? else {
        return Ok(tx!(&ctx.db, tx => jobs::finish(tx, job).await)?);
    };
    let now = ctx.now();
    let later = tx!(&ctx.db, tx => question::take(tx, ctx, now, Asker::Others).await)?;
    if let Some(later) = later {
        let why = "the gateway was asked too often";
        return Ok(tx!(&ctx.db, tx => jobs::reschedule(tx, job, later, why, true).await)?);
    }
    let asked = ctx.gateway.status(&id).await;
    let now = ctx.now();
    Ok(tx!(&ctx.db, tx => {
        jobs::renew_lease(tx, now, job, ctx.lease_end()).await?;
        match &asked.fate {
            Fate::Completed(completed) => {
                let details = format!("money for {id}, which is no payment of ours");
                let entry = NewEntry::new(AttentionKind::StrayPayment, format!("stray:{id}"), &details);
                attention::raise(tx, now, &NewEntry { amount: completed.amount, ..entry }).await?;
                payment_events::append(tx, now, &payment_events::NewEvent {
                    order: None,
                    payment: None,
                    event_type: PaymentEventType::Stray,
                    gateway: GatewayName::Zeno,
                    reference: completed.transid.as_deref(),
                    amount: completed.amount,
                    status: PaymentEventStatus::Completed,
                    payload: Some(&asked.raw),
                }).await?;
                jobs::finish(tx, job).await
            }
            Fate::Unreadable(why) if job.attempt < 10 => {
                jobs::reschedule(tx, job, now.plus_seconds(60 * job.attempt), why, false).await
            }
            // Its webhooks can be ahead of its answers.
            Fate::Pending if job.attempt < 10 => {
                jobs::reschedule(tx, job, now.plus_seconds(60 * job.attempt), "pending", false).await
            }
            Fate::Pending | Fate::Failed | Fate::Cancelled | Fate::NotFound | Fate::Unreadable(_) => {
                jobs::finish(tx, job).await
            }
        }
    })?)
}
