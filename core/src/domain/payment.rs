//! A payment: one payment request to one phone, and what became of its money.
use super::{
    InvalidTransition,
    ids::{OrderId, PaymentId},
    money::Tzs,
    time::Timestamp,
};

/// One payment request for an order, or one payment that staff confirmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    pub id: PaymentId,
    pub order_id: OrderId,
    /// Counts an order's payments, from 1.
    pub attempt: i64,
    /// Its name at the gateway, which never sees one twice.
    pub gateway_order_id: String,
    /// `255754318206`; empty where staff confirmed the payment.
    pub payer_phone: String,
    /// The network that the phone's prefix hints at.
    pub operator: Option<String>,
    /// What the customer is asked for.
    pub amount: Tzs,
    /// Whether it is the one live payment of its order.
    pub is_active: bool,
    pub state: PaymentState,
    /// When the gateway is asked next; None where it is not asked any more.
    pub next_check_at: Option<Timestamp>,
    pub last_check_at: Option<Timestamp>,
    pub created_at: Timestamp,
}

/// Where a payment stands, with the facts of that state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PaymentState {
    Created,
    Pending,
    Unknown,
    Failed(Failure),
    Cancelled,
    Succeeded(Receipt),
}

/// How a payment failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// The gateway said so: `failed`, `not_found`, or its words for refusing the request.
    Refused(String),
    /// Its watch ended without the gateway's word: money may have moved, and staff find out.
    Unresolved,
}

/// The money that moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The transaction; unique over all payments.
    pub transid: Option<String>,
    /// The gateway's own reference.
    pub reference: Option<String>,
    /// The channel that it was paid by, like `MPESA-TZ`.
    pub channel: Option<String>,
    pub received: Tzs,
    /// Whether it made the order paid.
    pub is_applied: bool,
    pub settled_at: Timestamp,
}

impl Payment {
    pub fn status(&self) -> PaymentStatus {
        match self.state {
            PaymentState::Created => PaymentStatus::Created,
            PaymentState::Pending => PaymentStatus::Pending,
            PaymentState::Unknown => PaymentStatus::Unknown,
            PaymentState::Failed(_) => PaymentStatus::Failed,
            PaymentState::Cancelled => PaymentStatus::Cancelled,
            PaymentState::Succeeded(_) => PaymentStatus::Succeeded,
        }
    }

    /// The money that moved, where it did.
    pub fn receipt(&self) -> Option<&Receipt> {
        match &self.state {
            PaymentState::Succeeded(receipt) => Some(receipt),
            PaymentState::Created
            | PaymentState::Pending
            | PaymentState::Unknown
            | PaymentState::Failed(_)
            | PaymentState::Cancelled => None,
        }
    }

    /// How much money moved, where it did.
    pub fn received(&self) -> Option<Tzs> {
        self.receipt().map(|receipt| receipt.received)
    }

    /// The transaction of the money that moved.
    pub fn transid(&self) -> Option<&str> {
        self.receipt()?.transid.as_deref()
    }

    /// Why no money moved, as the gateway said it.
    pub fn refusal(&self) -> Option<&str> {
        match &self.state {
            PaymentState::Failed(Failure::Refused(refusal)) => Some(refusal),
            PaymentState::Cancelled => Some(PaymentStatus::Cancelled.into_str()),
            PaymentState::Created
            | PaymentState::Pending
            | PaymentState::Unknown
            | PaymentState::Failed(Failure::Unresolved)
            | PaymentState::Succeeded(_) => None,
        }
    }

    /// Whether it made its order paid.
    pub fn is_applied(&self) -> bool {
        self.receipt().is_some_and(|receipt| receipt.is_applied)
    }

    /// Whether its watch ended without the gateway's word: money may have moved, and staff find out.
    pub fn is_unresolved(&self) -> bool {
        self.state == PaymentState::Failed(Failure::Unresolved)
    }

    /// Whether staff confirmed it by a reference; no phone was asked.
    pub fn is_manual(&self) -> bool {
        self.payer_phone.is_empty()
    }
}

/// Where a payment stands. Money only moves it forward; `Succeeded` is the end.
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
pub enum PaymentStatus {
    /// Committed here; the gateway has not answered.
    Created,
    /// The gateway has it; the customer was asked.
    Pending,
    /// We cannot tell whether the gateway has it.
    Unknown,
    /// No money is known to have moved.
    Failed,
    /// The customer said no.
    Cancelled,
    /// Money moved.
    Succeeded,
}

/// What we learn about a payment.
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
pub enum PaymentEvent {
    /// The gateway took the create call.
    Accepted,
    /// The gateway refused the create call.
    Refused,
    /// The create call ended without an answer that can be read.
    Lost,
    /// Asked: the gateway waits for the customer.
    StillWaiting,
    /// Asked: failed.
    DidFail,
    /// Asked: the customer cancelled.
    WasCancelled,
    /// Asked: completed.
    Completed,
    /// Watched to the end, or never known to the gateway.
    GivenUp,
}

impl PaymentStatus {
    /// The next state, or a refusal that names both. A late success is honoured from every state but itself.
    pub fn transition(self, event: PaymentEvent) -> Result<PaymentStatus, InvalidTransition> {
        use PaymentEvent as E;
        use PaymentStatus as S;
        match (self, event) {
            (S::Created, E::Accepted) | (S::Created | S::Unknown, E::StillWaiting) => Ok(S::Pending),
            (S::Created, E::Refused) => Ok(S::Failed),
            (S::Created, E::Lost) => Ok(S::Unknown),
            (S::Created | S::Pending | S::Unknown, E::DidFail | E::GivenUp) => Ok(S::Failed),
            (S::Created | S::Pending | S::Unknown, E::WasCancelled) => Ok(S::Cancelled),
            (S::Created | S::Pending | S::Unknown | S::Failed | S::Cancelled, E::Completed) => {
                Ok(S::Succeeded)
            }
            (
                S::Pending | S::Unknown | S::Failed | S::Cancelled | S::Succeeded,
                E::Accepted | E::Refused | E::Lost,
            )
            | (S::Pending | S::Failed | S::Cancelled | S::Succeeded, E::StillWaiting)
            | (S::Failed | S::Cancelled | S::Succeeded, E::DidFail | E::WasCancelled | E::GivenUp)
            | (S::Succeeded, E::Completed) => {
                Err(InvalidTransition { machine: "payment", state: self.into_str(), event: event.into_str() })
            }
        }
    }

    /// Whether the customer may still be asked for a PIN, as far as we know.
    pub fn is_open(self) -> bool {
        match self {
            PaymentStatus::Created | PaymentStatus::Pending | PaymentStatus::Unknown => true,
            PaymentStatus::Failed | PaymentStatus::Cancelled | PaymentStatus::Succeeded => false,
        }
    }
}

/// What an entry of the payment events tells.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    strum::Display,
    strum::EnumString,
    strum::IntoStaticStr,
    strum::VariantArray,
)]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum PaymentEventType {
    /// The create call was made.
    Create,
    /// The gateway was asked and the payment ended.
    Status,
    /// A success that does not agree with the payment.
    Mismatch,
    /// Money moved.
    Completed,
    /// Money for a payment that is not in the table.
    Unmatched,
}

/// The outcome that an entry of the payment events records.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    strum::Display,
    strum::EnumString,
    strum::IntoStaticStr,
    strum::VariantArray,
)]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum PaymentEventStatus {
    /// The gateway took the create call.
    Accepted,
    /// The gateway refused the create call.
    Refused,
    /// The create call ended without an answer that can be read.
    Lost,
    /// The gateway says: failed.
    Failed,
    /// The gateway says: cancelled.
    Cancelled,
    /// The gateway does not know the payment.
    NotFound,
    /// A success was not believed.
    Disbelieved,
    /// The money paid the order.
    Applied,
    /// The money is recorded and paid nothing.
    Kept,
    /// The gateway says: completed.
    Completed,
}

/// Where the word about a payment comes from.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    strum::Display,
    strum::EnumString,
    strum::IntoStaticStr,
    strum::VariantArray,
)]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum GatewayName {
    /// ZenoPay.
    Zeno,
    /// Staff, by the operator's reference.
    Manual,
}

/// What a webhook is worth, as it is stored with it.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    strum::Display,
    strum::EnumString,
    strum::IntoStaticStr,
    strum::VariantArray,
)]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum WebhookVerdict {
    /// Its token or key is right.
    Stored,
    /// It came with neither token nor key; the payment that it names is asked about.
    Hint,
    /// It has no proof, and there were too many of those; it is counted and not kept.
    Limited,
    /// Its token or key is wrong.
    Rejected,
}

/// How long a payment request can be answered on the phone, in seconds. Then a new one may be sent; the old
/// one stays watched.
pub const LIFE_SECONDS: i64 = 120;

/// How long a payment is asked for, in seconds: 72 hours.
pub const WATCH_SECONDS: i64 = 72 * 3600;

/// The least distance between two questions about a payment that people, or notices without a proof, cause:
/// in seconds, from the last answer.
pub const QUESTION_DISTANCE_SECONDS: i64 = 3;

/// For how long "not found" proves nothing after a create call that may have arrived, in seconds.
pub const NOT_FOUND_PROVES_AFTER_SECONDS: i64 = 15 * 60;

/// After how many seconds to ask again about a payment of that age: often while the customer waits, then ever
/// more rarely.
pub fn ask_again_after(age_seconds: i64) -> i64 {
    match age_seconds {
        ..=180 => 4,
        181..=900 => 15,
        901..=3600 => 60,
        3601..=86_400 => 600,
        _ => 3600,
    }
}
