//! Recording a success: payment, order, audit, receipt and set-up, in one transaction.
use crate::{
    AppContext,
    domain::{
        actor::AuditContext,
        attention::AttentionKind,
        ids::PaymentId,
        money::Tzs,
        order::{Order, OrderStatus, Settlement},
        payment::{
            GatewayName, Payment, PaymentEventStatus, PaymentEventType, PaymentStatus, Receipt, WATCH_SECONDS,
        },
        time::Timestamp,
    },
    gateway::Completed,
    mail::{Mail, PaymentReceived},
    ops::services::provision,
    store::{
        Result, Tx,
        attention::{self, NewItem},
        mails,
        orders::{self, PaidBy},
        payment_events, payments, users,
    },
};

/// What recording did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Recorded {
    /// The order is paid by it.
    Applied,
    /// The money is recorded and shown to staff; it paid nothing.
    Kept,
    /// It was recorded before.
    Already,
    /// Another payment has that transaction; nothing was recorded, staff look.
    ReferenceUsed,
}

/// What says that money moved.
pub(super) struct Evidence<'a> {
    pub gateway: GatewayName,
    pub money: &'a Completed,
    /// The gateway's answer as it came, or the staff's reason.
    pub raw: &'a str,
}

/// Records a success, in the caller's transaction. Everything that it decides on is read in there.
pub(super) async fn record_success(
    tx: &mut Tx,
    ctx: &AppContext,
    now: Timestamp,
    context: &AuditContext,
    id: PaymentId,
    evidence: &Evidence<'_>,
) -> Result<Recorded> {
    let Evidence { gateway, money, raw } = *evidence;
    let Some(payment) = payments::by_id(tx, id).await? else { return Ok(Recorded::Already) };
    let Some(order) = orders::by_id(tx, payment.order_id).await? else { return Ok(Recorded::Already) };
    if payment.status() == PaymentStatus::Succeeded {
        return Ok(Recorded::Already);
    }
    let received = money.amount.unwrap_or_default();
    let transid = money.transid.as_deref().or(money.reference.as_deref());
    if let Some(transid) = transid
        && payments::transid_taken(tx, transid, money.reference.as_deref(), id).await?
    {
        let details = format!("transaction {transid} belongs to another payment");
        raise(tx, now, &payment, payment.amount, AttentionKind::ReferenceUsed, &details).await?;
        let is_watched = now.seconds_since(payment.created_at) < WATCH_SECONDS;
        let next = is_watched.then(|| now.plus_seconds(600));
        payments::schedule(tx, now, &payment, next, Some("reference used")).await?;
        return Ok(Recorded::ReferenceUsed);
    }
    let enough = received >= payment.amount;
    let is_applied = enough && order.status() == OrderStatus::Pending;
    let receipt = Receipt {
        transid: transid.map(str::to_owned),
        reference: money.reference.clone(),
        channel: money.channel.clone(),
        received,
        is_applied,
        settled_at: now,
    };
    payments::succeed(tx, now, context, &payment, &receipt).await?;
    payment_events::append(
        tx,
        now,
        &payment_events::NewEvent {
            order: Some(order.id),
            payment: Some(id),
            event_type: PaymentEventType::Completed,
            gateway,
            reference: transid,
            amount: Some(received),
            status: if is_applied { PaymentEventStatus::Applied } else { PaymentEventStatus::Kept },
            payload: Some(raw),
        },
    )
    .await?;
    if !is_applied {
        let (kind, details) = why_kept(&order, enough);
        raise(tx, now, &payment, received, kind, details).await?;
        return Ok(Recorded::Kept);
    }
    if received > payment.amount {
        let surplus = received - payment.amount;
        let details = "more was paid than was asked for";
        raise(tx, now, &payment, surplus, AttentionKind::Surplus, details).await?;
    }
    let settlement =
        Settlement { paid_at: now, reference: receipt.transid.clone(), operator: payment.operator.clone() };
    let paid_by = PaidBy { settlement: &settlement, gateway_order_id: &payment.gateway_order_id, meta: raw };
    orders::pay(tx, now, context, &order, &paid_by).await?;
    if ctx.settings.provision_on_payment {
        provision::request(tx, ctx, now, context, &order).await?;
    }
    send_receipt(tx, ctx, now, &order, &payment, &receipt).await?;
    Ok(Recorded::Applied)
}

fn why_kept(order: &Order, enough: bool) -> (AttentionKind, &'static str) {
    match order.status() {
        OrderStatus::Pending if enough => (AttentionKind::Mismatch, "the money could not be applied"),
        OrderStatus::Pending => {
            (AttentionKind::Shortfall, "less was paid than was asked for; the order is not paid")
        }
        OrderStatus::Paid | OrderStatus::Active | OrderStatus::Complete => {
            (AttentionKind::SecondPayment, "the order was paid already; this money paid nothing")
        }
        OrderStatus::Failed | OrderStatus::Cancelled => {
            (AttentionKind::PaidAfterEnd, "money came for an order that was given up or cancelled")
        }
    }
}

async fn raise(
    tx: &mut Tx,
    now: Timestamp,
    payment: &Payment,
    amount: Tzs,
    kind: AttentionKind,
    details: &str,
) -> Result<()> {
    let item = NewItem {
        order: Some(payment.order_id),
        payment: Some(payment.id),
        amount: Some(amount),
        ..NewItem::new(kind, format!("{kind}:{}", payment.id), details)
    };
    attention::raise(tx, now, &item).await.map(drop)
}

async fn send_receipt(
    tx: &mut Tx,
    ctx: &AppContext,
    now: Timestamp,
    order: &Order,
    payment: &Payment,
    receipt: &Receipt,
) -> Result<()> {
    let Some(user) = users::by_id(tx, order.user_id).await? else { return Ok(()) };
    let mail = Mail::PaymentReceived(PaymentReceived {
        name: user.name,
        order_uuid: order.uuid.to_string(),
        order_number: order.uuid.number(),
        plan: order.plan.name.clone(),
        months: order.price.months,
        full_tzs: order.price.full().0,
        discount_percent: order.price.percent,
        discount_tzs: order.price.discount().0,
        received_tzs: receipt.received.0,
        domain: order.domain.clone(),
        paid_at: now.0,
        phone: payment.payer_phone.clone(),
        operator: payment.operator.clone(),
        reference: receipt.transid.clone(),
        is_set_up: ctx.settings.provision_on_payment,
    });
    mails::queue(tx, now, &user.email, &order.locale, Some(order.id), &mail).await.map(drop)
}
