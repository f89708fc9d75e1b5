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

/// An order is paid once, and nothing turns a paid order back.
#[test]
fn orders_change_state_as_in_the_table() {
    insta::assert_snapshot!(table(OrderStatus::VARIANTS, OrderEvent::VARIANTS, OrderStatus::transition));
}

/// A payment only goes forward, and a late success is honoured.
#[test]
fn payments_change_state_as_in_the_table() {
    insta::assert_snapshot!(table(
        PaymentStatus::VARIANTS,
        PaymentEvent::VARIANTS,
        PaymentStatus::transition
    ));
}

/// A service is active only when the panel showed its account.
#[test]
fn services_change_state_as_in_the_table() {
    insta::assert_snapshot!(table(
        ServiceStatus::VARIANTS,
        ServiceEvent::VARIANTS,
        ServiceStatus::transition
    ));
}

/// A line in the log is understood without others.
#[test]
fn a_refused_transition_names_machine_state_and_event() {
    let refused = OrderStatus::Complete.transition(OrderEvent::PaymentSucceeded).unwrap_err();
    assert_eq!(refused.to_string(), "order cannot take payment_succeeded while complete");
}
