//! What an order looks like: its state in the page's words, its log, its receipt.
use crate::pages::{
    Detail, OrderFacts, OrderPage, OrderPageState, PayState, PaymentFacts, Receipt, Step, StepKind, StepState,
};
use hollyn_core::{
    domain::{
        order::OrderStatus,
        payment::{LIFE_SECONDS, Payment, PaymentState, PaymentStatus},
        phone::Phone,
        provisioning::{ProvisioningLog, ProvisioningStep, StepStatus},
        service::ServiceStatus,
        time::Timestamp,
        user::first_name,
    },
    ops::orders::OrderView,
};

/// A set-up that takes longer than this many seconds is "longer than usual" to the customer.
const USUAL_SECONDS: i64 = 180;

/// `0754318206` of what the payments' rows keep.
pub fn local_phone(stored: &str) -> String {
    Phone::parse(stored).map_or_else(|| stored.to_owned(), |phone| phone.local())
}

/// What every page about the order names.
pub fn facts(view: &OrderView) -> OrderFacts {
    let order = &view.order;
    OrderFacts {
        uuid: order.uuid.to_string(),
        number: order.uuid.number(),
        plan_name: order.plan.name.clone(),
        months: order.price.months,
        domain: view.service.as_ref().map(|s| s.domain.clone()).or_else(|| order.domain.clone()),
        total_tzs: order.price.total.0,
        customer_email: order.customer.email.clone(),
        first_name: first_name(&order.customer.name).to_owned(),
        placed_at: order.created_at.0,
        paid_until: view.service.as_ref().and_then(|s| s.paid_until()).map(|until| until.0),
    }
}

/// Whether the set-up takes longer than usual: it failed once or for good, or it simply lasts.
pub fn is_late(view: &OrderView, now: Timestamp) -> bool {
    let Some(service) = &view.service else { return false };
    let waits_for_retry = view.next_try.is_some_and(|(due, tries)| tries > 0 && due > now);
    let lasts = view.order.paid_at().is_some_and(|paid| now.seconds_since(paid) > USUAL_SECONDS);
    match service.status() {
        ServiceStatus::Failed => true,
        ServiceStatus::Requested | ServiceStatus::Provisioning => waits_for_retry || lasts,
        ServiceStatus::Active | ServiceStatus::Suspended | ServiceStatus::Cancelled => false,
    }
}

/// The payment page's state.
pub fn pay_state(view: &OrderView, now: Timestamp) -> PayState {
    match view.order.status() {
        OrderStatus::Cancelled | OrderStatus::Failed => PayState::Cancelled,
        OrderStatus::Active | OrderStatus::Complete => PayState::Active,
        OrderStatus::Paid if is_late(view, now) => PayState::Late,
        OrderStatus::Paid => PayState::Paid,
        OrderStatus::Pending if view.short().is_some() => PayState::Short,
        OrderStatus::Pending => {
            view.payments.first().map_or(PayState::Start, |payment| request_state(payment, now))
        }
    }
}

fn request_state(payment: &Payment, now: Timestamp) -> PayState {
    match (payment.status(), now.seconds_since(payment.created_at)) {
        (PaymentStatus::Failed, _) if payment.is_unresolved() => PayState::Unknown,
        (PaymentStatus::Failed | PaymentStatus::Cancelled, _) => PayState::Refused,
        (PaymentStatus::Unknown | PaymentStatus::Succeeded, _) => PayState::Unknown,
        (PaymentStatus::Created | PaymentStatus::Pending, ..30) => PayState::Sent,
        (PaymentStatus::Created | PaymentStatus::Pending, 30..90) => PayState::Slow,
        (PaymentStatus::Created | PaymentStatus::Pending, 90..LIFE_SECONDS) => PayState::Ask,
        (PaymentStatus::Created | PaymentStatus::Pending, _) => PayState::Unknown,
    }
}

/// What changes when the page has something new to show. Time alone does not: the browser counts that itself.
pub fn fingerprint(view: &OrderView, now: Timestamp) -> String {
    let payment = view.payments.first().map_or_else(String::new, |p| format!("{}-{}", p.attempt, p.status()));
    let service = view.service.as_ref().map_or("none", |s| s.status().into_str());
    let late = if is_late(view, now) { "-late" } else { "" };
    let told = if view.told_at.is_some() { "-told" } else { "" };
    format!("{}.{payment}.{service}.{}{late}{told}", view.order.status(), view.steps.len())
}

/// One payment, as its page shows it.
pub fn payment(payment: &Payment, now: Timestamp) -> PaymentFacts {
    PaymentFacts {
        phone: local_phone(&payment.payer_phone),
        operator: payment.operator.clone(),
        attempt: payment.attempt,
        sent_at: payment.created_at.0,
        seconds_left: (LIFE_SECONDS - now.seconds_since(payment.created_at)).clamp(0, LIFE_SECONDS),
        reference: payment.transid().map(str::to_owned),
        channel: payment.receipt().and_then(|receipt| receipt.channel.clone()),
    }
}

fn step(kind: StepKind, state: StepState, at: Option<Timestamp>) -> Step {
    Step { kind, state, at: at.map(|at| at.0), subject: None, detail: None }
}

fn paid_step(payment: Option<&Payment>, paid_at: Option<Timestamp>, with_amount: bool) -> Step {
    let detail = payment.map(|payment| Detail::Payment {
        operator: payment.operator.clone(),
        reference: payment.transid().map(str::to_owned),
        amount_tzs: payment.received().filter(|_| with_amount).map(|amount| amount.0),
    });
    Step { detail, ..step(StepKind::Paid, StepState::Done, paid_at) }
}

/// The live list of a paid order, from the money to the mail.
pub fn setup_log(view: &OrderView, now: Timestamp, with_amount: bool) -> Vec<Step> {
    let mut log = vec![paid_step(view.paid_by(), view.order.paid_at(), with_amount)];
    let Some(service) = &view.service else { return log };
    let done_at = |step: ProvisioningStep| {
        let is_done = |log: &&ProvisioningLog| log.step == step && log.status == StepStatus::Done;
        view.steps.iter().rev().find(is_done).map(|log| log.created_at)
    };
    let active = matches!(
        service.status(),
        ServiceStatus::Active | ServiceStatus::Suspended | ServiceStatus::Cancelled
    );
    let created = done_at(ProvisioningStep::CreateUser).or(done_at(ProvisioningStep::SetPassword));
    let retry_at = view.next_try.filter(|(due, tries)| *tries > 0 && *due > now).map(|(due, _)| due);
    let rests = retry_at.is_some() || service.status() == ServiceStatus::Failed;
    let mark = |done: bool, reached: bool| match (done, reached) {
        (true, _) => StepState::Done,
        (false, true) if rests => StepState::Late,
        (false, true) => StepState::Now,
        (false, false) => StepState::Next,
    };
    let reserved = done_at(ProvisioningStep::Reserve);
    let name = service.username().map(ToString::to_string);
    log.push(step(StepKind::Reserved, mark(reserved.is_some(), true), reserved));
    let made = active || created.is_some();
    let retry = retry_at.map(|due| Detail::RetryAt { at: due.0 });
    let username = name.filter(|_| active).map(|username| Detail::Username { username });
    log.push(Step {
        detail: if active { username } else { retry },
        ..step(StepKind::Create, mark(made, reserved.is_some()), created.filter(|_| made))
    });
    if !active {
        log.push(step(StepKind::Check, mark(false, made), None));
    }
    log.push(Step {
        subject: Some(view.order.customer.email.clone()),
        ..step(StepKind::Mail, mark(view.told_at.is_some(), active), view.told_at)
    });
    log
}

/// Everything that happened to the order, oldest first.
fn log(view: &OrderView, now: Timestamp) -> Vec<Step> {
    let order = &view.order;
    let detail = Detail::Order {
        plan_name: order.plan.name.clone(),
        months: order.price.months,
        domain: order.domain.clone(),
    };
    let mut log = vec![Step {
        detail: Some(detail),
        ..step(StepKind::Ordered, StepState::Done, Some(order.created_at))
    }];
    for payment in view.payments.iter().rev().filter(|payment| !payment.is_manual()) {
        let phone = Some(crate::pages::format::phone(&local_phone(&payment.payer_phone)));
        let waiting = payment.is_active && order.status() == OrderStatus::Pending;
        let state = if waiting { StepState::Now } else { StepState::Done };
        log.push(Step {
            subject: phone.clone(),
            ..step(StepKind::Requested, state, Some(payment.created_at))
        });
        match &payment.state {
            PaymentState::Failed(_) | PaymentState::Cancelled => {
                log.push(Step { subject: phone, ..step(StepKind::Refused, StepState::Done, None) });
            }
            PaymentState::Succeeded(receipt) if !receipt.is_applied => {
                let short = receipt.received < payment.amount;
                let at = Some(receipt.settled_at);
                let detail = paid_step(Some(payment), at, true).detail;
                let kind = if short { StepKind::Short } else { StepKind::Paid };
                log.push(Step { detail, ..step(kind, StepState::Done, at) });
            }
            PaymentState::Created
            | PaymentState::Pending
            | PaymentState::Unknown
            | PaymentState::Succeeded(_) => {}
        }
    }
    if order.status().is_paid() {
        log.extend(setup_log(view, now, true));
    }
    if order.status() == OrderStatus::Cancelled {
        log.push(step(StepKind::Cancelled, StepState::Done, None));
    }
    if view.service.as_ref().is_some_and(|s| s.status() == ServiceStatus::Suspended) {
        let is_suspension = |log: &&ProvisioningLog| {
            log.step == ProvisioningStep::Suspended && log.status == StepStatus::Done
        };
        let since = view.steps.iter().rev().find(is_suspension).map(|log| log.created_at);
        log.push(step(StepKind::Suspended, StepState::Done, since));
    }
    log
}

fn receipt(view: &OrderView) -> Option<Receipt> {
    let payment = view.paid_by()?;
    let order = &view.order;
    let paid = payment.receipt()?;
    Some(Receipt {
        number: format!("{}-1", order.uuid.number()),
        at: order.paid_at().unwrap_or(paid.settled_at).0,
        customer: order.customer.name.clone(),
        phone: local_phone(&payment.payer_phone),
        operator: payment.operator.clone(),
        reference: payment.transid().map(str::to_owned),
        full_tzs: order.price.full().0,
        percent: order.price.percent,
        discount_tzs: order.price.discount().0,
        paid_tzs: paid.received.0,
    })
}

/// The order's own page.
pub fn page(view: &OrderView, now: Timestamp) -> OrderPage {
    let service = view.service.as_ref();
    let state = match (view.order.status(), service.map(|s| s.status())) {
        (OrderStatus::Pending, _) => OrderPageState::Pending,
        (OrderStatus::Failed, _) => OrderPageState::Failed,
        (OrderStatus::Cancelled, _) => OrderPageState::Cancelled,
        (OrderStatus::Complete, _) => OrderPageState::Complete,
        (OrderStatus::Active, Some(ServiceStatus::Suspended)) => OrderPageState::Suspended,
        (OrderStatus::Active, _) => OrderPageState::Active,
        (OrderStatus::Paid, None) => OrderPageState::Paid,
        (OrderStatus::Paid, Some(_)) if is_late(view, now) => OrderPageState::Late,
        (OrderStatus::Paid, Some(_)) => OrderPageState::Setup,
    };
    let failed = service.is_some_and(|s| s.status() == ServiceStatus::Failed);
    OrderPage {
        order: facts(view),
        state,
        is_short: view.short().is_some(),
        log: log(view, now),
        receipt: receipt(view),
        service_id: service.filter(|s| s.status() == ServiceStatus::Active).map(|s| s.id.to_string()),
        can_finish: view.order.status() == OrderStatus::Paid && (service.is_none() || failed),
        view: fingerprint(view, now),
    }
}
