//! Starting a payment: it is committed here before [`send`](super::send()) asks the gateway for it.
use super::settle::settle;
use crate::{
    AppContext,
    domain::{
        order::{Order, OrderStatus},
        payment::{LIFE_SECONDS, Payment, PaymentStatus},
        phone::Phone,
        time::Timestamp,
    },
    ops::{Caller, Error, Result},
    random, read,
    store::{
        self, Record, UniqueKey,
        payments::{self, NewPayment},
    },
    tx,
};
use std::time::Duration;

/// How asking for a payment ended.
#[derive(Debug)]
pub enum Started {
    /// A new payment is committed; [`send`](super::send()) sends its request.
    New(Box<Payment>),
    /// This tap, or another tab, has started one already.
    Already(Box<Payment>),
    /// The last request can still be answered on the phone; when a new one may be sent.
    Wait(Timestamp),
    /// The order is not waiting for a payment: it is not pending, or money came that was not enough and staff
    /// look.
    NotPayable,
}

/// How long a customer who taps "send again" waits for the gateway's word on the last payment.
const PATIENCE: Duration = Duration::from_secs(4);

/// A create call ends within the gateway's time-out; after this many seconds its row is asked about in any
/// case.
const FIRST_CHECK_SECONDS: i64 = 5;

/// Commits a payment of a loaded order, unless one is on its way: `known_attempt` is the last attempt that
/// the page knew of, so that a double tap, a reload and a second tab are one payment request. "Send again"
/// first asks the gateway about the last payment.
///
/// Rate-limited where too many requests went to that phone.
pub async fn start(
    ctx: &AppContext,
    caller: &Caller,
    order: &Order,
    phone: &Phone,
    known_attempt: i64,
) -> Result<Started> {
    let mut committed = commit(ctx, caller, order, phone, known_attempt, false).await;
    if let Ok(Committed::AskFirst(live)) = &committed {
        // A slower gateway has not answered; the customer need not wait for it, and the poller asks again.
        if let Ok(asked) = tokio::time::timeout(PATIENCE, settle(ctx, live)).await {
            asked?;
        }
        committed = commit(ctx, caller, order, phone, known_attempt, true).await;
    }
    match committed {
        Ok(Committed::Started(started)) => Ok(started),
        Ok(Committed::Limited(until)) => Err(Error::RateLimited(until)),
        Ok(Committed::AskFirst(_)) => Err(Error::internal("a payment was asked about and not committed")),
        // The order was paid or cancelled since it was read.
        Err(store::Error::Stale(Record::Order)) => Ok(Started::NotPayable),
        // Two taps at once: the other one's payment counts.
        Err(error @ store::Error::Duplicate(UniqueKey::PaymentsActiveOrder | UniqueKey::PaymentsAttempt)) => {
            let all = read!(&ctx.db, tx => payments::of_order(tx, order.id).await)?;
            let newest = all.into_iter().next();
            newest.map(|newest| Started::Already(Box::new(newest))).ok_or_else(|| Error::from(error))
        }
        Err(error) => Err(error.into()),
    }
}

/// How many payment requests the limits leave for a phone now, and when the next is allowed where none is.
pub async fn allowance(ctx: &AppContext, phone: &Phone) -> Result<(usize, Option<Timestamp>)> {
    let now = ctx.now();
    let payer_phone = phone.international();
    let [of_day, of_minutes] = ctx.settings.limits.payment_requests();
    let since = of_day.window_start(now);
    let times = read!(&ctx.db, tx => payments::requests_to(tx, &payer_phone, since).await)?;
    let left = of_minutes.left(&times, now).min(of_day.left(&times, now));
    Ok((left, of_day.blocked_until(&times, now).or(of_minutes.blocked_until(&times, now))))
}

enum Committed {
    Started(Started),
    Limited(Timestamp),
    /// The gateway is asked about this live payment before another one is started.
    AskFirst(Box<Payment>),
}

async fn commit(
    ctx: &AppContext,
    caller: &Caller,
    order: &Order,
    phone: &Phone,
    known_attempt: i64,
    has_asked: bool,
) -> store::Result<Committed> {
    if order.status() != OrderStatus::Pending {
        return Ok(Committed::Started(Started::NotPayable));
    }
    let now = ctx.now();
    let (context, payer_phone) = (caller.audit_context(), phone.international());
    tx!(&ctx.db, tx => {
        let earlier = payments::of_order(tx, order.id).await?;
        if earlier.iter().any(|p| p.status() == PaymentStatus::Succeeded) {
            return Ok(Committed::Started(Started::NotPayable));
        }
        if let Some(newer) = earlier.first().filter(|p| p.attempt > known_attempt) {
            return Ok(Committed::Started(Started::Already(Box::new(newer.clone()))));
        }
        let live = earlier.iter().find(|p| p.is_active);
        if let Some(live) = live {
            if !has_asked {
                return Ok(Committed::AskFirst(Box::new(live.clone())));
            }
            let dead = live.created_at.plus_seconds(LIFE_SECONDS);
            if dead > now {
                return Ok(Committed::Started(Started::Wait(dead)));
            }
        }
        let [of_day, of_minutes] = ctx.settings.limits.payment_requests();
        let times = payments::requests_to(tx, &payer_phone, of_day.window_start(now)).await?;
        if let Some(until) = of_day.blocked_until(&times, now).or(of_minutes.blocked_until(&times, now)) {
            return Ok(Committed::Limited(until));
        }
        if let Some(live) = live {
            payments::retire(tx, now, live.id).await?;
        }
        let new = NewPayment {
            attempt: earlier.first().map_or(0, |p| p.attempt) + 1,
            gateway_order_id: random::gateway_order_id().as_str().to_owned(),
            payer_phone: payer_phone.clone(),
            operator: ctx.settings.operators.of(phone).map(str::to_owned),
            next_check_at: Some(now.plus_seconds(FIRST_CHECK_SECONDS)),
        };
        let payment = payments::insert(tx, now, &context, order, new).await?;
        Ok(Committed::Started(Started::New(Box::new(payment))))
    })
}
