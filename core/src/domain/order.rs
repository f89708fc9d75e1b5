//! An order: one purchase of one plan.
use super::InvalidTransition;

/// Where an order stands.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    strum::Display,
    strum::EnumString,
    strum::IntoStaticStr,
    strum::VariantArray,
)]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum OrderStatus {
    /// Placed, not paid.
    Pending,
    /// Paid, not set up yet.
    Paid,
    /// Paid and set up.
    Active,
    /// Its service came to its end.
    Complete,
    /// Never paid; given up.
    Failed,
    /// Cancelled by staff or the customer.
    Cancelled,
}

/// What can happen to an order.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    strum::Display,
    strum::EnumString,
    strum::IntoStaticStr,
    strum::VariantArray,
)]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum OrderEvent {
    /// The gateway confirmed enough money, or staff did with a reference.
    PaymentSucceeded,
    /// The panel showed the account.
    ServiceActivated,
    /// The service ended.
    ServiceEnded,
    /// Nobody paid for as long as we watch.
    GivenUp,
    /// Cancelled, with a reason.
    Cancelled,
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
            ) => Err(InvalidTransition { machine: "order", state: self.into_str(), event: event.into_str() }),
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
