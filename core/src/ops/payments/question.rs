//! Questions to the gateway: how many in a minute, and for whom.
//!
//! People cause at most half of them, so that the worker always has a share for settling.
use super::settle::settle;
use crate::{
    AppContext,
    domain::{
        payment::{Payment, PaymentStatus, QUESTION_DISTANCE_SECONDS},
        rate_limit::{Asker, LimitedAction},
        time::Timestamp,
    },
    ops::{Result, rate_limits},
    store::{self, Tx, payment_limits, payments, rate_limit_events},
    tx,
};

/// Takes a question from the minute's budget; else returns when there is one again.
pub(super) async fn take(
    tx: &mut Tx,
    ctx: &AppContext,
    now: Timestamp,
    asker: Asker,
) -> store::Result<Option<Timestamp>> {
    let action = LimitedAction::GatewayQuestion;
    let limit = ctx.settings.limits.of(action);
    let since = limit.window_start(now);
    let (worker, others) = (Asker::Worker.into_str(), Asker::Others.into_str());
    let by_worker = rate_limit_events::count(tx, action, worker, since).await?;
    let by_others = rate_limit_events::count(tx, action, others, since).await?;
    let is_free = by_worker + by_others < limit.most
        && match asker {
            Asker::Worker => true,
            Asker::Others => by_others < limit.most.div_ceil(2),
        };
    if !is_free {
        return Ok(Some(now.plus_seconds(limit.window_seconds / 6)));
    }
    rate_limit_events::forget(tx, action, asker.into_str(), since).await?;
    rate_limit_events::insert(tx, now, action, asker.into_str()).await?;
    Ok(None)
}

/// What became of a question that a person causes.
pub(super) enum Question {
    /// The gateway answered now, or did within the last seconds.
    Answered,
    /// It is being asked already.
    Pending,
    /// The order was asked about too often; until then.
    Limited(Timestamp),
    /// The share of people is used up until then.
    Exhausted(Timestamp),
}

/// Asks about a payment for a person: not within seconds of the last answer, so often per order (`action`),
/// and within the budget.
pub(super) async fn ask(ctx: &AppContext, payment: &Payment, action: LimitedAction) -> Result<Question> {
    let (now, order) = (ctx.now(), payment.order_id.to_string());
    let since = now.minus_seconds(QUESTION_DISTANCE_SECONDS);
    let refusal = tx!(&ctx.db, tx => {
        let is_answered = |payment: Payment| {
            payment.status() == PaymentStatus::Succeeded || payment.last_check_at.is_some_and(|at| at > since)
        };
        if payments::by_id(tx, payment.id).await?.is_none_or(is_answered) {
            return Ok(Some(Question::Answered));
        }
        if let Some(until) = rate_limits::blocked_until(tx, ctx, now, action, &order).await? {
            return Ok(Some(Question::Limited(until)));
        }
        if !payment_limits::claim_question(tx, now, payment.id, since).await? {
            return Ok(Some(Question::Pending));
        }
        if let Some(until) = take(tx, ctx, now, Asker::Others).await? {
            return Ok(Some(Question::Exhausted(until)));
        }
        rate_limit_events::insert(tx, now, action, &order).await?;
        Ok(None)
    })?;
    if let Some(refusal) = refusal {
        return Ok(refusal);
    }
    settle(ctx, payment).await?;
    Ok(Question::Answered)
}
