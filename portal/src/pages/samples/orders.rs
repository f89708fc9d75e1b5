//! Payment and order in their states.

use super::{DAY, NOW, SECOND, Sample, layout, mine, order, paid_step, sample, step};
use crate::{
    i18n::Lang,
    pages::{
        Detail, FieldError, Layout, OrderFacts, OrderPage, OrderPageState, Pay, PayState, PaymentFacts,
        Receipt, Step, StepKind, StepState,
    },
};

const EMAIL: &str = "neema.mushi@gmail.com";
const PHONE: &str = "0754318206";

pub fn pay(lang: Lang) -> Vec<Sample> {
    let mut samples: Vec<_> =
        PayState::ALL.into_iter().map(|state| (state.code().to_owned(), page(state))).collect();
    for reason in ["wrong_pin", "low_balance", "expired", "limit", "something_new"] {
        let refused = Pay { refused: Some(reason.to_owned()), ..page(PayState::Refused) };
        samples.push((format!("refused-{reason}"), refused));
    }
    let limited = Pay { retry_at: Some(NOW + 480 * SECOND), requests_left: 0, ..page(PayState::Ask) };
    samples.push(("ask-limited".to_owned(), limited));
    let typed = Pay {
        typed: Some("0754".to_owned()),
        problems: vec![FieldError::new("phone", "problem-phone")],
        auto: false,
        ..page(PayState::Start)
    };
    samples.push(("start-error".to_owned(), typed));
    let mut plain = page(PayState::Sent);
    plain.order = OrderFacts { domain: None, ..plain.order };
    plain.operator = None;
    plain.payment = plain.payment.map(|payment| PaymentFacts { operator: None, ..payment });
    samples.push(("sent-plain".to_owned(), plain));
    let path = format!("/pay/{}", order().uuid);
    let mut pages: Vec<_> = samples
        .into_iter()
        .map(|(name, page)| sample(&format!("pay-{name}"), &layout(lang, &path), &page))
        .collect();
    let sandbox = Layout { sandbox: true, ..mine(lang, &path) };
    pages.push(sample("pay-sandbox", &sandbox, &page(PayState::Sent)));
    pages
}

fn page(state: PayState) -> Pay {
    let paid = matches!(state, PayState::Paid | PayState::Late | PayState::Active);
    let seconds_left = match state {
        PayState::Sent => 112,
        PayState::Slow => 88,
        PayState::Ask => 28,
        PayState::Start
        | PayState::Unknown
        | PayState::Refused
        | PayState::Short
        | PayState::Paid
        | PayState::Late
        | PayState::Active
        | PayState::Cancelled => 0,
    };
    let payment = PaymentFacts {
        phone: PHONE.to_owned(),
        operator: Some("M-PESA".to_owned()),
        attempt: 1,
        sent_at: NOW - 59 * SECOND,
        seconds_left,
        reference: paid.then(|| "CEJ3I3SETSN".to_owned()),
        channel: None,
    };
    let late = Step {
        detail: Some(Detail::RetryAt { at: NOW + 80 * SECOND }),
        ..step(StepKind::Create, StepState::Late, 0)
    };
    let log = match state {
        PayState::Paid => vec![
            paid_step(false),
            step(StepKind::Reserved, StepState::Done, NOW + SECOND),
            step(StepKind::Create, StepState::Now, 0),
            step(StepKind::Check, StepState::Next, 0),
            step(StepKind::Mail, StepState::Next, 0),
        ],
        PayState::Late => vec![paid_step(false), late, step(StepKind::Mail, StepState::Next, 0)],
        PayState::Active => {
            vec![paid_step(false), step(StepKind::Create, StepState::Done, NOW + 57 * SECOND), mailed()]
        }
        PayState::Short => vec![Step {
            detail: Some(Detail::Payment {
                operator: Some("M-PESA".to_owned()),
                reference: Some("CEJ3I3SETSN".to_owned()),
                amount_tzs: Some(20_000),
            }),
            ..step(StepKind::Short, StepState::Done, NOW)
        }],
        PayState::Start
        | PayState::Sent
        | PayState::Slow
        | PayState::Ask
        | PayState::Unknown
        | PayState::Refused
        | PayState::Cancelled => Vec::new(),
    };
    Pay {
        order: OrderFacts { paid_until: paid.then_some(NOW + 30 * DAY), ..order() },
        state,
        payment: (!matches!(state, PayState::Start | PayState::Cancelled)).then_some(payment),
        phone: PHONE.to_owned(),
        operator: Some("M-PESA".to_owned()),
        typed: None,
        refused: (state == PayState::Refused).then(|| "cancelled".to_owned()),
        requests_left: 2,
        retry_at: None,
        payee: "HOLLYN ONLINE".to_owned(),
        log,
        poll_ms: 5_000,
        last_asked_at: Some(NOW + 97 * SECOND),
        received_tzs: 20_000,
        service_id: (state == PayState::Active).then(|| "42".to_owned()),
        can_finish: false,
        problems: Vec::new(),
        auto: true,
        view: state.code().to_owned(),
        now: NOW,
    }
}

fn mailed() -> Step {
    Step { subject: Some(EMAIL.to_owned()), ..step(StepKind::Mail, StepState::Done, NOW + 59 * SECOND) }
}

pub fn story() -> Vec<Step> {
    let facts = order();
    let placed = Detail::Order { plan_name: facts.plan_name, months: facts.months, domain: facts.domain };
    vec![
        Step { detail: Some(placed), ..step(StepKind::Ordered, StepState::Done, NOW - 61 * SECOND) },
        Step {
            subject: Some("0754 318 206".to_owned()),
            ..step(StepKind::Requested, StepState::Done, NOW - 59 * SECOND)
        },
        paid_step(true),
        Step {
            detail: Some(Detail::Username { username: "kahawaki".to_owned() }),
            ..step(StepKind::Create, StepState::Done, NOW + 57 * SECOND)
        },
        mailed(),
    ]
}

fn order_page(state: OrderPageState) -> OrderPage {
    let paid = !matches!(state, OrderPageState::Pending | OrderPageState::Failed | OrderPageState::Cancelled);
    let active = matches!(state, OrderPageState::Active | OrderPageState::Complete);
    let receipt = Receipt {
        number: "H-7K3M9Q-1".to_owned(),
        at: NOW,
        customer: "Neema Mushi".to_owned(),
        phone: PHONE.to_owned(),
        operator: Some("M-PESA".to_owned()),
        reference: Some("CEJ3I3SETSN".to_owned()),
        full_tzs: 25_000,
        percent: 0,
        discount_tzs: 0,
        paid_tzs: 25_000,
    };
    let mut log = story();
    match state {
        OrderPageState::Pending => {
            log.truncate(2);
            log[1].state = StepState::Now;
        }
        OrderPageState::Failed => {
            log.truncate(2);
            log.push(Step {
                subject: Some("0754 318 206".to_owned()),
                ..step(StepKind::Refused, StepState::Done, NOW)
            });
        }
        OrderPageState::Cancelled => {
            log.truncate(1);
            let why = Detail::Text { text: "Ordered twice; the customer keeps H-7K3M9R.".to_owned() };
            log.push(Step { detail: Some(why), ..step(StepKind::Cancelled, StepState::Done, NOW) });
        }
        OrderPageState::Paid | OrderPageState::Setup | OrderPageState::Late => {
            log.truncate(3);
            let is_late = state == OrderPageState::Late;
            log.push(step(StepKind::Create, if is_late { StepState::Late } else { StepState::Now }, 0));
            log.push(step(StepKind::Mail, StepState::Next, 0));
        }
        OrderPageState::Suspended => log.push(step(StepKind::Suspended, StepState::Done, NOW + 30 * DAY)),
        OrderPageState::Active | OrderPageState::Complete => {}
    }
    OrderPage {
        order: OrderFacts { paid_until: active.then_some(NOW + 30 * DAY), ..order() },
        state,
        is_short: false,
        log,
        receipt: paid.then_some(receipt),
        service_id: active.then(|| "42".to_owned()),
        can_finish: state == OrderPageState::Paid,
        view: "1".to_owned(),
    }
}

fn order_pages(lang: Lang) -> Vec<(String, Layout, OrderPage)> {
    let path = format!("/order/{}", order().uuid);
    let mut pages: Vec<_> = OrderPageState::ALL
        .into_iter()
        .map(|state| (format!("order-{}", state as u8), mine(lang, &path), order_page(state)))
        .collect();
    let mut discounted = order_page(OrderPageState::Active);
    discounted.order.months = 12;
    if let Some(receipt) = &mut discounted.receipt {
        (receipt.full_tzs, receipt.percent, receipt.discount_tzs, receipt.paid_tzs) =
            (300_000, 20, 60_000, 240_000);
    }
    pages.push(("order-12-months".to_owned(), layout(lang, &path), discounted));
    pages
}

pub fn receipts(lang: Lang) -> Vec<Sample> {
    order_pages(lang).iter().map(|(name, layout, page)| sample(name, layout, page)).collect()
}
