//! An order: one purchase of one plan.
use super::{InvalidTransition, words};

words! {
    /// Where an order stands.
    OrderStatus {
        /// Placed, not paid.
        Pending = "pending",
        /// Paid, not set up yet.
        Paid = "paid",
        /// Paid and set up.
        Active = "active",
        /// Its service came to its end.
        Complete = "complete",
        /// Never paid; given up.
        Failed = "failed",
        /// Cancelled by staff or the customer.
        Cancelled = "cancelled",
    }
}

words! {
    /// What can happen to an order.
    OrderEvent {
        /// The gateway confirmed enough money, or staff did with a reference.
        PaymentSucceeded = "payment_succeeded",
        /// The panel showed the account.
        ServiceActivated = "service_activated",
        /// The service ended.
        ServiceEnded = "service_ended",
        /// Nobody paid for as long as we watch.
        GivenUp = "given_up",
        /// Cancelled, with a reason.
        Cancelled = "cancelled",
    }
}

impl OrderStatus {
    /// The next state, or a refusal that names both.
    pub fn transition(self, event: OrderEvent) -> Result<OrderStatus, InvalidTransition> {
        use OrderEvent as E;
        use OrderStatus as S;
        match (self, event) {
            (S::Pending, E::PaymentSucceeded) => Ok(S::Paid),
            (S::Pending, E::GivenUp) => Ok(S::Failed),
            (S::Paid, E::ServiceActivated) => Ok(S::Active),
            (S::Active, E::ServiceEnded) => Ok(S::Complete),
            (S::Pending | S::Paid | S::Active, E::Cancelled) => Ok(S::Cancelled),
            (
                S::Pending | S::Paid | S::Active | S::Complete | S::Failed | S::Cancelled,
                E::PaymentSucceeded | E::ServiceActivated | E::ServiceEnded | E::GivenUp | E::Cancelled,
            ) => Err(InvalidTransition { machine: "order", state: self.as_str(), event: event.as_str() }),
        }
    }

    /// Whether money was applied to it and not taken back by a cancellation.
    pub fn is_paid(self) -> bool {
        match self {
            OrderStatus::Paid | OrderStatus::Active | OrderStatus::Complete => true,
            OrderStatus::Pending | OrderStatus::Failed | OrderStatus::Cancelled => false,
        }
    }
}
