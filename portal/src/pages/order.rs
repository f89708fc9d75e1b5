//! An order: its facts, its log and its receipt.

use serde::Serialize;

use super::Page;

/// What every page about an order names.
#[derive(Clone, Debug, Serialize)]
pub struct OrderFacts {
    pub uuid: String,
    /// The number that people read out, `H-7K3M9Q`.
    pub number: String,
    pub plan_name: String,
    pub months: i64,
    pub domain: Option<String>,
    pub total_tzs: i64,
    pub customer_email: String,
    pub first_name: String,
    pub placed_at: i64,
    /// Known once the service is active.
    pub paid_until: Option<i64>,
}

/// One line of the log.
#[derive(Clone, Debug, Serialize)]
pub struct Step {
    pub kind: StepKind,
    pub state: StepState,
    pub at: Option<i64>,
    /// The phone or the address that the line names, for `requested`, `refused` and `mail`.
    pub subject: Option<String>,
    pub detail: Option<Detail>,
}

/// What a step is about. Each has a message `step-…` that reads its state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StepKind {
    Ordered,
    Requested,
    Refused,
    Short,
    Paid,
    Reserved,
    Create,
    Check,
    Mail,
    Cancelled,
    Suspended,
}

impl StepKind {
    /// All, for the test that each has its words.
    pub const ALL: [Self; 11] = [
        Self::Ordered,
        Self::Requested,
        Self::Refused,
        Self::Short,
        Self::Paid,
        Self::Reserved,
        Self::Create,
        Self::Check,
        Self::Mail,
        Self::Cancelled,
        Self::Suspended,
    ];
}

/// Whether a step is behind us.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StepState {
    Done,
    Now,
    /// It should be behind us: it failed and is tried again later, or is with a person.
    Late,
    Next,
}

/// The smaller line under a step.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Detail {
    /// `M-PESA, reference CEJ3I3SETSN`, with the amount before it where one is given.
    Payment {
        operator: Option<String>,
        reference: Option<String>,
        amount_tzs: Option<i64>,
    },
    /// `Hollyn Boost, 1 month, for kahawakibo.co.tz`.
    Order {
        plan_name: String,
        months: i64,
        domain: Option<String>,
    },
    Username {
        username: String,
    },
    /// The set-up is tried again at this time.
    RetryAt {
        at: i64,
    },
    /// Words from outside, shown as they are: staff's reason for a cancellation.
    Text {
        text: String,
    },
}

/// `GET /order/{uuid}`.
#[derive(Clone, Debug, Serialize)]
pub struct OrderPage {
    pub order: OrderFacts,
    pub state: OrderPageState,
    /// Less has arrived than asked: not to be paid again before staff have looked.
    pub is_short: bool,
    pub log: Vec<Step>,
    /// Once it is paid.
    pub receipt: Option<Receipt>,
    /// The service, once it is active: `POST /me/panel/{id}`.
    pub service_id: Option<String>,
    /// Paid and without a service that works or is on its way: `POST /me/services/provision/{uuid}`.
    pub can_finish: bool,
    /// The fingerprint that the status answer carries as `view`.
    pub view: String,
}

/// What the order's page is about: the order's status, and its service's once it is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderPageState {
    Pending,
    Failed,
    Cancelled,
    /// Paid, the set-up not begun.
    Paid,
    Setup,
    /// Paid, the set-up takes longer than usual.
    Late,
    Active,
    Suspended,
    Complete,
}

impl OrderPageState {
    /// All, for the test that each has its words.
    pub const ALL: [Self; 9] = [
        Self::Pending,
        Self::Failed,
        Self::Cancelled,
        Self::Paid,
        Self::Setup,
        Self::Late,
        Self::Active,
        Self::Suspended,
        Self::Complete,
    ];
}

/// What was paid, by whom, when.
#[derive(Clone, Debug, Serialize)]
pub struct Receipt {
    /// `H-7K3M9Q-1`.
    pub number: String,
    pub at: i64,
    pub customer: String,
    pub phone: String,
    pub operator: Option<String>,
    pub reference: Option<String>,
    pub full_tzs: i64,
    pub percent: i64,
    pub discount_tzs: i64,
    pub paid_tzs: i64,
}

impl Page for OrderPage {
    const TEMPLATE: &'static str = "order.html";
}
