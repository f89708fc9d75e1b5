//! Asking the gateway what became of a payment. What it says is believed only where it agrees with the
//! payment.
use super::record_success::{Evidence, Recorded, record_success};
use crate::{
    AppContext,
    domain::{
        actor::AuditContext,
        attention::AttentionKind,
        money::CURRENCY,
        payment::{
            GatewayName, NOT_FOUND_PROVES_AFTER_SECONDS, Payment, PaymentEvent, PaymentEventStatus,
            PaymentEventType, PaymentStatus, WATCH_SECONDS, ask_again_after,
        },
        time::Timestamp,
    },
    gateway::{Completed, ReportedStatus, StatusReport},
    ops::Result,
    store::{
        self, Tx,
        attention::{self, NewItem},
        inbox, payment_events, payments,
    },
    tx,
};

/// What asking brought.
#[derive(Debug, PartialEq, Eq)]
pub enum Settled {
    /// Nothing new; it will be asked again, or its watch is over.
    Same,
    /// The payment moved to this state.
    Moved(PaymentStatus),
    /// There is nothing to ask about.
    Nothing,
}

/// Asks the gateway about one payment and records what it says. Where the payment moved meanwhile, nothing is
/// done.
///
/// A success is believed only if it names our id and an amount in shillings (see [`record_success`]).
pub async fn settle(ctx: &AppContext, payment: &Payment) -> Result<Settled> {
    if payment.status() == PaymentStatus::Succeeded {
        return Ok(Settled::Nothing);
    }
    let report = ctx.gateway.status(&payment.gateway_order_id).await;
    (ctx.failpoint)("settle.asked");
    let result = match &report.status {
        ReportedStatus::Completed(completed) => match disagreement(payment, completed) {
            None => record(ctx, payment, completed, &report.raw).await,
            Some(what) => disbelieve(ctx, payment, &report, &what).await,
        },
        ReportedStatus::Failed => {
            end(ctx, payment, PaymentEvent::DidFail, PaymentEventStatus::Failed, &report).await
        }
        ReportedStatus::Cancelled => {
            end(ctx, payment, PaymentEvent::WasCancelled, PaymentEventStatus::Cancelled, &report).await
        }
        ReportedStatus::Pending => wait(ctx, payment, true, None).await,
        ReportedStatus::NotFound => not_found(ctx, payment, &report).await,
        ReportedStatus::Unreadable(why) => {
            tracing::warn!(
                payment = payment.id.0,
                why,
                "the gateway's answer cannot be read; asking again later"
            );
            wait(ctx, payment, false, Some(why)).await
        }
    };
    match result {
        // It was settled between the question and the write.
        Err(error) if error.is_stale() => Ok(Settled::Same),
        result => result,
    }
}

/// Why a completed answer is not about this payment.
fn disagreement(payment: &Payment, completed: &Completed) -> Option<String> {
    if completed.order_id.as_deref() != Some(payment.gateway_order_id.as_str()) {
        return Some("the answer is about another order".into());
    }
    if completed.currency.as_deref().is_some_and(|currency| currency != CURRENCY) {
        return Some(format!("the answer is in {}", completed.currency.as_deref().unwrap_or_default()));
    }
    if completed.amount.is_none_or(|amount| amount.0 <= 0) {
        return Some("the answer names no amount".into());
    }
    None
}

async fn record(ctx: &AppContext, payment: &Payment, completed: &Completed, raw: &str) -> Result<Settled> {
    let context = AuditContext::gateway();
    let now = ctx.now();
    let recorded = tx!(&ctx.db, tx => {
        let evidence = Evidence { gateway: GatewayName::Zeno, money: completed, raw };
        let recorded = record_success(tx, ctx, now, &context, payment.id, &evidence).await?;
        (ctx.failpoint)("settle.booking");
        Ok(recorded)
    })?;
    (ctx.failpoint)("settle.booked");
    ctx.job_notify.notify_one();
    tracing::info!(payment = payment.id.0, outcome = ?recorded, "money was recorded");
    Ok(match recorded {
        Recorded::Already => Settled::Nothing,
        Recorded::Applied | Recorded::Kept => Settled::Moved(PaymentStatus::Succeeded),
        Recorded::ReferenceUsed => Settled::Same,
    })
}

/// Keeps a success that does not agree with the payment, tells staff, and goes on asking.
async fn disbelieve(
    ctx: &AppContext,
    payment: &Payment,
    report: &StatusReport,
    what: &str,
) -> Result<Settled> {
    let now = ctx.now();
    tracing::warn!(payment = payment.id.0, what, "a success was not believed");
    tx!(&ctx.db, tx => {
        let new = attention::raise(tx, now, &item(AttentionKind::Mismatch, payment, what)).await?;
        if new {
            let status = PaymentEventStatus::Disbelieved;
            note(tx, now, payment, PaymentEventType::Mismatch, status, &report.raw).await?;
        }
        let next = next_check(payment, now);
        if next.is_none() && payment.status().is_open() {
            // The watch is over; staff find out what the money was for.
            let context = AuditContext::worker();
            payments::advance(tx, now, &context, payment, PaymentEvent::GivenUp, Some(what)).await?;
        }
        payments::schedule(tx, now, payment, next, Some(what)).await
    })?;
    Ok(Settled::Same)
}

async fn end(
    ctx: &AppContext,
    payment: &Payment,
    event: PaymentEvent,
    outcome: PaymentEventStatus,
    report: &StatusReport,
) -> Result<Settled> {
    let now = ctx.now();
    if payment.status().transition(event).is_err() {
        // It ended before; it was asked about once more because a webhook came.
        tx!(&ctx.db, tx => payments::schedule(tx, now, payment, None, None).await)?;
        return Ok(Settled::Same);
    }
    let context = AuditContext::gateway();
    let status = tx!(&ctx.db, tx => {
        let status = payment.status().transition(event)?;
        payments::fail(tx, now, &context, payment, event, None, status.into_str()).await?;
        payments::schedule(tx, now, payment, None, None).await?;
        note(tx, now, payment, PaymentEventType::Status, outcome, &report.raw).await?;
        Ok(status)
    })?;
    Ok(Settled::Moved(status))
}

/// Still open: asked again later, until the watch is over. Then staff compare with the gateway's statement.
async fn wait(
    ctx: &AppContext,
    payment: &Payment,
    gateway_has_it: bool,
    error: Option<&str>,
) -> Result<Settled> {
    let (now, context) = (ctx.now(), AuditContext::worker());
    Ok(tx!(&ctx.db, tx => {
        let next = if payment.status().is_open() {
            next_check(payment, now)
        } else {
            // It had ended, and then a webhook spoke of money: such a question is not dropped without an
            // answer.
            let notified = inbox::last_webhook(tx, &payment.gateway_order_id).await?;
            notified.and_then(|at| again_after(now.seconds_since(at), now))
        };
        if next.is_none() && payment.status().is_open() {
            let why = "the gateway did not say within 72 hours what became of this payment";
            attention::raise(tx, now, &item(AttentionKind::Unresolved, payment, why)).await?;
            let status = payments::advance(tx, now, &context, payment, PaymentEvent::GivenUp, error).await?;
            payments::schedule(tx, now, payment, None, error).await?;
            return Ok(Settled::Moved(status));
        }
        let mut settled = Settled::Same;
        if gateway_has_it && payment.status().transition(PaymentEvent::StillWaiting).is_ok() {
            let event = PaymentEvent::StillWaiting;
            settled = Settled::Moved(payments::advance(tx, now, &context, payment, event, None).await?);
        }
        payments::schedule(tx, now, payment, next, error).await?;
        Ok(settled)
    })?)
}

/// "Not found" proves nothing for a quarter of an hour, nor ever about a request that the gateway accepted.
async fn not_found(ctx: &AppContext, payment: &Payment, report: &StatusReport) -> Result<Settled> {
    let now = ctx.now();
    let old = now.seconds_since(payment.created_at) >= NOT_FOUND_PROVES_AFTER_SECONDS;
    let never_heard_of = matches!(payment.status(), PaymentStatus::Created | PaymentStatus::Unknown);
    if !(old && never_heard_of) {
        return wait(ctx, payment, false, Some("not found")).await;
    }
    let status = tx!(&ctx.db, tx => {
        let (context, event) = (AuditContext::worker(), PaymentEvent::GivenUp);
        let status =
            payments::fail(tx, now, &context, payment, event, Some("not found"), "not_found").await?;
        payments::schedule(tx, now, payment, None, None).await?;
        note(tx, now, payment, PaymentEventType::Status, PaymentEventStatus::NotFound, &report.raw).await?;
        Ok(status)
    })?;
    Ok(Settled::Moved(status))
}

/// When to ask next; None when the watch is over, or the payment ended and was asked about once more only.
fn next_check(payment: &Payment, now: Timestamp) -> Option<Timestamp> {
    if payment.status().is_open() { again_after(now.seconds_since(payment.created_at), now) } else { None }
}

fn again_after(age_seconds: i64, now: Timestamp) -> Option<Timestamp> {
    (age_seconds < WATCH_SECONDS).then(|| now.plus_seconds(ask_again_after(age_seconds)))
}

fn item<'a>(kind: AttentionKind, payment: &Payment, details: &'a str) -> NewItem<'a> {
    NewItem {
        order: Some(payment.order_id),
        payment: Some(payment.id),
        amount: Some(payment.amount),
        ..NewItem::new(kind, format!("{kind}:{}", payment.id), details)
    }
}

async fn note(
    tx: &mut Tx,
    now: Timestamp,
    payment: &Payment,
    event_type: PaymentEventType,
    status: PaymentEventStatus,
    raw: &str,
) -> store::Result<()> {
    let event = payment_events::NewEvent {
        order: Some(payment.order_id),
        payment: Some(payment.id),
        event_type,
        gateway: GatewayName::Zeno,
        reference: None,
        amount: Some(payment.amount),
        status,
        payload: Some(raw),
    };
    payment_events::append(tx, now, &event).await
}
