//! An order: one purchase of one plan.
use super::{
    InvalidTransition,
    ids::{OrderId, OrderUuid, UserId},
    money::Tzs,
    time::Timestamp,
};

/// A purchase of one plan for some months.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    pub id: OrderId,
    /// The name in addresses; `uuid.number()` is what people read aloud.
    pub uuid: OrderUuid,
    pub user_id: UserId,
    pub plan: PlanRef,
    /// As typed at checkout or edited by staff; the account may have changed since.
    pub customer: Contact,
    /// The domain that the customer asked for; None where a temporary one is wanted.
    pub domain: Option<String>,
    /// `en` or `sw`: the language of the order's mails.
    pub locale: String,
    pub price: Price,
    pub state: OrderState,
    pub created_at: Timestamp,
}

/// The plan that was ordered, by its present names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanRef {
    pub name: String,
    pub slug: String,
}

/// Whom an order is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    pub name: String,
    pub email: String,
    /// `0754318206`
    pub phone: String,
}

/// What an order costs. Fixed when it is placed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Price {
    /// The plan's price for one month.
    pub monthly: Tzs,
    pub months: i64,
    /// The discount, in percent.
    pub percent: i64,
    /// What the customer pays.
    pub total: Tzs,
}

impl Price {
    /// What it would cost without the discount.
    pub fn full(self) -> Tzs {
        self.monthly.times(self.months).unwrap_or(self.total)
    }

    /// What the discount takes off.
    pub fn discount(self) -> Tzs {
        self.full() - self.total
    }
}

/// Where an order stands, with the facts of that state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OrderState {
    Pending,
    Paid(Settlement),
    Active(Settlement),
    Complete(Settlement),
    Failed,
    /// With what had paid it, where it was cancelled after the payment.
    Cancelled(Option<Settlement>),
}

/// What made an order paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settlement {
    pub paid_at: Timestamp,
    /// The gateway's transaction, or the reference that staff gave.
    pub reference: Option<String>,
    /// The mobile-money network; None where staff marked it as paid.
    pub operator: Option<String>,
}

impl Order {
    pub fn status(&self) -> OrderStatus {
        match self.state {
            OrderState::Pending => OrderStatus::Pending,
            OrderState::Paid(_) => OrderStatus::Paid,
            OrderState::Active(_) => OrderStatus::Active,
            OrderState::Complete(_) => OrderStatus::Complete,
            OrderState::Failed => OrderStatus::Failed,
            OrderState::Cancelled(_) => OrderStatus::Cancelled,
        }
    }

    /// What made it paid; also of an order that was cancelled afterwards.
    pub fn settlement(&self) -> Option<&Settlement> {
        match &self.state {
            OrderState::Paid(settlement)
            | OrderState::Active(settlement)
            | OrderState::Complete(settlement) => Some(settlement),
            OrderState::Cancelled(settlement) => settlement.as_ref(),
            OrderState::Pending | OrderState::Failed => None,
        }
    }

    /// When it was paid.
    pub fn paid_at(&self) -> Option<Timestamp> {
        self.settlement().map(|settlement| settlement.paid_at)
    }
}

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
    /// No payment succeeded for as long as payments are watched.
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
