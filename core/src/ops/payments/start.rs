//! Starting a payment: it is committed here before [`send`](super::send()) asks the gateway for it.
use super::question::{Question, ask};
use crate::{
    AppContext,
    domain::{
        order::{Order, OrderStatus},
        payment::{LIFE_SECONDS, Payment, PaymentStatus, QUESTION_DISTANCE_SECONDS},
        phone::Phone,
        rate_limit::{Limit, LimitedAction, RequestLimit},
        time::Timestamp,
    },
    ops::{Caller, Error, Result, rate_limits},
    random, read,
    store::{
        self, Record, Tx, UniqueKey, payment_limits,
        payments::{self, NewPayment},
        rate_limit_events,
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
    /// Too many requests were sent, to this phone or by this customer; when the next one may be.
    Limited(RequestLimit, Timestamp),
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
/// Limited where too many requests went to that phone, or came from that account or address.
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
        if let Ok(asked) = tokio::time::timeout(PATIENCE, ask(ctx, live, LimitedAction::PaymentCheck)).await {
            match asked? {
                Question::Answered => {}
                Question::Pending => return Ok(Started::Wait(wait_until(ctx, live))),
                Question::Limited(until) | Question::Exhausted(until) => return Ok(Started::Wait(until)),
            }
        }
        committed = commit(ctx, caller, order, phone, known_attempt, true).await;
    }
    match committed {
        Ok(Committed::Started(started)) => Ok(started),
        Ok(Committed::Limited(by, until)) => Ok(Started::Limited(by, until)),
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

/// When "send again" may be tried while the gateway is being asked about the live payment.
fn wait_until(ctx: &AppContext, live: &Payment) -> Timestamp {
    let soon = ctx.now().plus_seconds(QUESTION_DISTANCE_SECONDS);
    live.created_at.plus_seconds(LIFE_SECONDS).max(soon)
}

/// How many payment requests the limits leave for an order and a phone now, and when the next is allowed
/// where none is.
pub async fn allowance(ctx: &AppContext, order: &Order, phone: &Phone) -> Result<(usize, Option<Timestamp>)> {
    let now = ctx.now();
    let payer_phone = phone.international();
    Ok(read!(&ctx.db, tx => {
        let (mut left, mut blocked_until) = (usize::MAX, None);
        let has_paid = payment_limits::has_paid(tx, order.user_id).await?;
        for (_, times, limits) in counted(tx, ctx, now, order, has_paid, &payer_phone).await? {
            for limit in limits {
                left = left.min(limit.left(&times, now));
                blocked_until = blocked_until.max(limit.blocked_until(&times, now));
            }
        }
        Ok((left, blocked_until))
    })?)
}

/// The earlier requests to the phone and of the account, with their limits.
async fn counted(
    tx: &mut Tx,
    ctx: &AppContext,
    now: Timestamp,
    order: &Order,
    has_paid: bool,
    payer_phone: &str,
) -> store::Result<[(RequestLimit, Vec<Timestamp>, [Limit; 2]); 2]> {
    let of_phone = ctx.settings.limits.payment_requests();
    let to_phone = payment_limits::requests_to(tx, payer_phone, of_phone[0].window_start(now)).await?;
    let of_account = ctx.settings.limits.payment_requests_of_account(has_paid);
    let by_account = payment_limits::requests_of(tx, order.user_id, of_account[0].window_start(now)).await?;
    Ok([(RequestLimit::Phone, to_phone, of_phone), (RequestLimit::Account, by_account, of_account)])
}

/// Counts a request against the limits of the phone, the account and the client's address; None where it may
/// be sent.
async fn count(
    tx: &mut Tx,
    ctx: &AppContext,
    now: Timestamp,
    caller: &Caller,
    order: &Order,
    payer_phone: &str,
) -> store::Result<Option<(RequestLimit, Timestamp)>> {
    let has_paid = payment_limits::has_paid(tx, order.user_id).await?;
    for (by, times, limits) in counted(tx, ctx, now, order, has_paid, payer_phone).await? {
        if let Some(until) = limits.iter().find_map(|limit| limit.blocked_until(&times, now)) {
            return Ok(Some((by, until)));
        }
    }
    let of_address: &[LimitedAction] = match has_paid {
        true => &[LimitedAction::PaymentRequest],
        false => &[LimitedAction::PaymentRequest, LimitedAction::FirstPaymentRequest],
    };
    for action in of_address {
        if let Some(until) = rate_limits::blocked_until(tx, ctx, now, *action, &caller.address).await? {
            return Ok(Some((RequestLimit::Address, until)));
        }
    }
    for action in of_address {
        rate_limit_events::insert(tx, now, *action, &caller.address).await?;
    }
    Ok(None)
}

enum Committed {
    Started(Started),
    Limited(RequestLimit, Timestamp),
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
        if let Some((by, until)) = count(tx, ctx, now, caller, order, &payer_phone).await? {
            return Ok(Committed::Limited(by, until));
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
