//! Sending a push: committed first, sent once.
use super::settle::settle;
use crate::{
    AppContext,
    domain::{
        actor::AuditContext,
        ids::{OrderUuid, PaymentId},
        order::{Order, OrderStatus},
        payment::{
            GatewayName, LIFE_SECONDS, Payment, PaymentEvent, PaymentEventStatus, PaymentEventType,
            PaymentStatus,
        },
        phone::Phone,
        time::Timestamp,
    },
    gateway::{Created, Push},
    keys,
    ops::{Caller, Error, Result, rate_limits},
    random, read,
    store::{
        self, UniqueKey, orders,
        payments::{self, NewPayment},
    },
    tx,
};
use std::time::Duration;

/// How asking for a push ended.
#[derive(Debug)]
pub enum Started {
    /// A new payment is committed; [`push`] sends it.
    New(PaymentId),
    /// This tap, or another tab, has a push on its way already.
    Already(Box<Payment>),
    /// The last push can still be answered on the phone; when a new one may be sent.
    Wait(Timestamp),
    /// Too many pushes to that phone; when to try again.
    Limited(Timestamp),
    /// The order is not waiting for money.
    NotPayable(OrderStatus),
    /// Money came that was not enough; a person looks at it first.
    Short,
    /// There is no such order.
    NoSuchOrder,
}

/// How long a person who taps "send again" waits for the gateway's word on the last push.
const PATIENCE: Duration = Duration::from_secs(4);

/// 10 minutes and a day: the windows of the phone limits.
const SHORT_WINDOW: i64 = 600;
const DAY_WINDOW: i64 = 86_400;

/// A create call ends within the gateway's time-out; after this many seconds its row is asked about whatever became of it.
const FIRST_CHECK_SECONDS: i64 = 5;

/// Commits a payment, unless one is on its way: `known_attempt` is the last attempt that the page knew of, so that a
/// double tap, a reload and a second tab are one push. "Send again" first asks what became of the last one.
pub async fn start(
    ctx: &AppContext,
    caller: &Caller,
    uuid: OrderUuid,
    phone: &Phone,
    known_attempt: i64,
) -> Result<Started> {
    let looked = look(ctx, uuid).await?;
    let Some((order, pushes)) = looked else { return Ok(Started::NoSuchOrder) };
    if let Some(refusal) = not_payable(&order, &pushes) {
        return Ok(refusal);
    }
    if let Some(newer) = pushes.first().filter(|p| p.attempt > known_attempt) {
        return Ok(Started::Already(Box::new(newer.clone())));
    }
    if let Some(live) = pushes.iter().find(|p| p.is_active) {
        // A gateway that takes longer has not answered; the person need not wait for it, and the poller asks again.
        if let Ok(asked) = tokio::time::timeout(PATIENCE, settle(ctx, live.id)).await {
            asked?;
        }
    }
    let result = commit(ctx, caller, uuid, phone, known_attempt).await;
    match result {
        // Two taps at once: the other one's push counts.
        Err(error @ store::Error::Duplicate(UniqueKey::PaymentsActiveOrder | UniqueKey::PaymentsAttempt)) => {
            let newest = look(ctx, uuid).await?.and_then(|(_, pushes)| pushes.into_iter().next());
            newest.map(|newest| Started::Already(Box::new(newest))).ok_or_else(|| Error::from(error))
        }
        result => Ok(result?),
    }
}

/// How many pushes the limits leave for a phone now, and when the next is allowed where none is.
pub async fn allowance(ctx: &AppContext, phone: &Phone) -> Result<(usize, Option<Timestamp>)> {
    let now = ctx.now();
    let payer_phone = phone.international();
    let times =
        read!(&ctx.db, tx => payments::pushes_to(tx, &payer_phone, now.minus_seconds(DAY_WINDOW)).await)?;
    let recent = times.iter().filter(|at| **at > now.minus_seconds(SHORT_WINDOW)).count();
    let limits = ctx.settings.limits;
    let left = limits.pushes_short.saturating_sub(recent).min(limits.pushes_day.saturating_sub(times.len()));
    Ok((left, too_many(ctx, &times, now)))
}

fn too_many(ctx: &AppContext, times: &[Timestamp], now: Timestamp) -> Option<Timestamp> {
    let most = ctx.settings.limits;
    rate_limits::free_again(times, most.pushes_day, DAY_WINDOW, now).or(rate_limits::free_again(
        times,
        most.pushes_short,
        SHORT_WINDOW,
        now,
    ))
}

async fn look(ctx: &AppContext, uuid: OrderUuid) -> Result<Option<(Order, Vec<Payment>)>> {
    Ok(read!(&ctx.db, tx => {
        let Some(order) = orders::by_uuid(tx, uuid).await? else { return Ok(None) };
        let pushes = payments::of_order(tx, order.id).await?;
        Ok(Some((order, pushes)))
    })?)
}

fn not_payable(order: &Order, pushes: &[Payment]) -> Option<Started> {
    if order.status() != OrderStatus::Pending {
        return Some(Started::NotPayable(order.status()));
    }
    pushes.iter().any(|p| p.status() == PaymentStatus::Succeeded).then_some(Started::Short)
}

async fn commit(
    ctx: &AppContext,
    caller: &Caller,
    uuid: OrderUuid,
    phone: &Phone,
    known_attempt: i64,
) -> store::Result<Started> {
    let (now, settings) = (ctx.now(), &ctx.settings);
    let (context, payer_phone) = (caller.audit_context(), phone.international());
    tx!(&ctx.db, tx => {
        let Some(order) = orders::by_uuid(tx, uuid).await? else { return Ok(Started::NoSuchOrder) };
        let pushes = payments::of_order(tx, order.id).await?;
        if let Some(refusal) = not_payable(&order, &pushes) {
            return Ok(refusal);
        }
        if let Some(newer) = pushes.first().filter(|p| p.attempt > known_attempt) {
            return Ok(Started::Already(Box::new(newer.clone())));
        }
        let live = pushes.iter().find(|p| p.is_active);
        if let Some(live) = live {
            let dead = live.created_at.plus_seconds(LIFE_SECONDS);
            if dead > now {
                return Ok(Started::Wait(dead));
            }
        }
        let times = payments::pushes_to(tx, &payer_phone, now.minus_seconds(DAY_WINDOW)).await?;
        if let Some(again) = too_many(ctx, &times, now) {
            return Ok(Started::Limited(again));
        }
        if let Some(live) = live {
            payments::retire(tx, now, live.id).await?;
        }
        let id = payments::insert(tx, now, &context, &NewPayment {
            order: order.id,
            attempt: pushes.first().map_or(0, |p| p.attempt) + 1,
            gateway_order_id: random::gateway_order_id().as_str(),
            payer_phone: &payer_phone,
            operator: settings.operators.of(phone),
            amount: order.price.total,
            next_check_at: Some(now.plus_seconds(FIRST_CHECK_SECONDS)),
        }).await?;
        Ok(Started::New(id))
    })
}

/// Sends a committed push to the gateway, once, and keeps what it said. Where the process dies in here, the poller asks.
pub async fn push(ctx: &AppContext, id: PaymentId) -> Result<()> {
    let Some((payment, order)) = read!(&ctx.db, tx => {
        let Some(payment) = payments::by_id(tx, id).await? else { return Ok(None) };
        let order = orders::by_id(tx, payment.order_id).await?;
        Ok(order.map(|order| (payment, order)))
    })?
    else {
        return Err(Error::internal("a payment without an order was to be sent"));
    };
    let push = Push {
        order_id: payment.gateway_order_id.clone(),
        amount: payment.amount,
        phone: Phone::parse(&payment.payer_phone).map(|p| p.local()).unwrap_or_default(),
        operator: payment.operator.clone(),
        buyer_name: order.customer.name.clone(),
        buyer_email: order.customer.email.clone(),
        webhook_url: webhook_url(ctx, &payment.gateway_order_id),
        order_number: order.uuid.number(),
    };
    (ctx.failpoint)("payment.committed");
    let created = ctx.gateway.create(&push).await;
    (ctx.failpoint)("payment.sent");
    let (event, status, words) = match &created {
        Created::Accepted => (PaymentEvent::Accepted, PaymentEventStatus::Accepted, None),
        Created::Refused(why) => (PaymentEvent::Refused, PaymentEventStatus::Refused, Some(why.as_str())),
        Created::Unknown(why) => (PaymentEvent::Lost, PaymentEventStatus::Lost, Some(why.as_str())),
    };
    tracing::info!(payment = id.0, order = %order.uuid, outcome = event.into_str(), why = words, "push sent");
    let (now, context) = (ctx.now(), AuditContext::gateway());
    let moved = tx!(&ctx.db, tx => {
        match &created {
            Created::Refused(why) => {
                payments::fail(tx, now, &context, &payment, event, words, why).await?;
                payments::schedule(tx, now, &payment, None, words).await?;
            }
            Created::Accepted | Created::Unknown(_) => {
                payments::advance(tx, now, &context, &payment, event, words).await?;
            }
        }
        payments::note_event(tx, now, &payments::NewEvent {
            order: Some(order.id),
            payment: Some(id),
            event_type: PaymentEventType::Create,
            gateway: GatewayName::Zeno,
            reference: None,
            amount: Some(payment.amount),
            status,
            payload: words,
        }).await
    });
    (ctx.failpoint)("payment.noted");
    match moved {
        // The poller learned more while the call was under way.
        Err(store::Error::Stale(_)) => Ok(()),
        moved => Ok(moved?),
    }
}

/// The address for the gateway's notices about one push, with a token that only we can make.
fn webhook_url(ctx: &AppContext, gateway_order_id: &str) -> String {
    let token = keys::webhook_token(&ctx.settings.webhook_secret, gateway_order_id);
    let separator = if ctx.settings.webhook_url.contains('?') { '&' } else { '?' };
    format!("{}{separator}payment={gateway_order_id}&token={token}", ctx.settings.webhook_url)
}
