//! The three machines, state by event. `-` is a step that there is not.
use hollyn_core::domain::{
    InvalidTransition,
    order::{OrderEvent, OrderStatus},
    payment::{PaymentEvent, PaymentStatus},
    service::{ServiceEvent, ServiceStatus},
};
use std::fmt::Display;
use strum::VariantArray;

/// Every pair as a plain table: a row for each state, a column for each event.
fn table<S: Copy + Display, E: Copy + Display>(
    states: &[S],
    events: &[E],
    after: impl Fn(S, E) -> Result<S, InvalidTransition>,
) -> String {
    let mut rows = vec![
        std::iter::once("state".to_owned()).chain(events.iter().map(ToString::to_string)).collect::<Vec<_>>(),
    ];
    for state in states {
        let cell = |event: &E| after(*state, *event).map_or_else(|_| "-".into(), |next| next.to_string());
        rows.push(std::iter::once(state.to_string()).chain(events.iter().map(cell)).collect());
    }
    let wide = |column: usize| rows.iter().map(|row| row[column].len()).max().unwrap_or(0);
    let line = |row: &Vec<String>| {
        let cells = row.iter().enumerate().map(|(n, cell)| format!("{cell:<width$}", width = wide(n)));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Rules 9, 11, 12: paid once, and nothing turns a paid order back.
#[test]
fn an_order_went_where_no_order_goes() {
    insta::assert_snapshot!(table(OrderStatus::VARIANTS, OrderEvent::VARIANTS, OrderStatus::transition));
}

/// Rules 4, 11, 13: money only moves a payment forward, and a late success is honoured.
#[test]
fn a_payment_went_back() {
    insta::assert_snapshot!(table(
        PaymentStatus::VARIANTS,
        PaymentEvent::VARIANTS,
        PaymentStatus::transition
    ));
}

/// Rules 22, 24, 26: active only when the panel showed it.
#[test]
fn a_service_was_active_without_being_shown() {
    insta::assert_snapshot!(table(
        ServiceStatus::VARIANTS,
        ServiceEvent::VARIANTS,
        ServiceStatus::transition
    ));
}

/// A refusal names the machine, the state and the event, so that a line in the log reads alone.
#[test]
fn a_refused_step_said_nothing() {
    let refused = OrderStatus::Complete.transition(OrderEvent::PaymentSucceeded).unwrap_err();
    assert_eq!(refused.to_string(), "order cannot take payment_succeeded while complete");
}
