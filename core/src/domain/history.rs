//! Status changes of orders, payments and services, as the status history has them.
use super::{
    UnknownVariant,
    actor::Actor,
    order::{OrderEvent, OrderStatus},
    payment::{PaymentEvent, PaymentStatus},
    service::{ServiceEvent, ServiceStatus},
    time::Timestamp,
};
use std::str::FromStr;

/// One status change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusChange {
    pub transition: Transition,
    pub actor: Actor,
    pub reason: Option<String>,
    pub created_at: Timestamp,
}

/// An event of a status machine, with the states before and after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transition {
    Order { event: OrderEvent, from: OrderStatus, to: OrderStatus },
    Payment { event: PaymentEvent, from: PaymentStatus, to: PaymentStatus },
    Service { event: ServiceEvent, from: ServiceStatus, to: ServiceStatus },
}

impl Transition {
    /// The transition of a stored row.
    pub fn parse(subject: &str, event: &str, from: &str, to: &str) -> Result<Transition, UnknownVariant> {
        fn parts<E: FromStr, S: FromStr>(
            event: &str,
            from: &str,
            to: &str,
        ) -> Result<(E, S, S), UnknownVariant> {
            Ok((UnknownVariant::parse(event)?, UnknownVariant::parse(from)?, UnknownVariant::parse(to)?))
        }
        match subject {
            "order" => parts(event, from, to).map(|(event, from, to)| Transition::Order { event, from, to }),
            "payment" => {
                parts(event, from, to).map(|(event, from, to)| Transition::Payment { event, from, to })
            }
            "service" => {
                parts(event, from, to).map(|(event, from, to)| Transition::Service { event, from, to })
            }
            other => Err(UnknownVariant { kind: "Transition", value: other.to_owned() }),
        }
    }

    /// The machine, the event and the states before and after it, as they are stored.
    pub fn names(self) -> [&'static str; 4] {
        match self {
            Transition::Order { event, from, to } => {
                ["order", event.into_str(), from.into_str(), to.into_str()]
            }
            Transition::Payment { event, from, to } => {
                ["payment", event.into_str(), from.into_str(), to.into_str()]
            }
            Transition::Service { event, from, to } => {
                ["service", event.into_str(), from.into_str(), to.into_str()]
            }
        }
    }
}
