//! What a signed-in customer sees: overview, lists and service.

use serde::Serialize;

use super::{FieldError, Page, Step};

/// `GET /dashboard`.
#[derive(Clone, Debug, Serialize)]
pub struct Dashboard {
    pub first_name: String,
    pub figures: Figures,
    /// Active ones first.
    pub services: Vec<ServiceRow>,
    /// The last six.
    pub orders: Vec<OrderRow>,
    /// A paid order without a service: `POST /me/services/provision-latest`.
    pub finish: Option<FinishCall>,
    /// The newest order that waits for its money.
    pub pending: Option<PendingCall>,
    /// The lowest price, for customers without an order.
    pub from_tzs: Option<i64>,
    /// Something is on its way: ask `/me/services/status` for a new `view`.
    pub live: bool,
    pub view: String,
    /// The email is not confirmed yet: `POST /email/verification`.
    pub unverified: bool,
}

/// The strip of numbers at the top.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Figures {
    pub orders: i64,
    pub paid: i64,
    /// Wait for their money.
    pub unpaid: i64,
    /// Were not paid in time.
    pub failed: i64,
    pub active_services: i64,
    pub setting_up: i64,
    pub paid_total_tzs: i64,
    pub last_paid_at: Option<i64>,
    pub last_paid_tzs: Option<i64>,
}

/// `GET /me/services?page=`. Pages count from 1.
#[derive(Clone, Debug, Serialize)]
pub struct ServiceList {
    /// Active ones first.
    pub services: Vec<ServiceRow>,
    pub page: i64,
    pub pages: i64,
    /// On all pages.
    pub total: i64,
}

/// `GET /me/orders?page=`. Pages count from 1.
#[derive(Clone, Debug, Serialize)]
pub struct OrderList {
    /// The newest first.
    pub orders: Vec<OrderRow>,
    pub page: i64,
    pub pages: i64,
    /// On all pages.
    pub total: i64,
}

/// One service in the list.
#[derive(Clone, Debug, Serialize)]
pub struct ServiceRow {
    pub id: String,
    /// None where there is no name yet, not even a temporary one.
    pub domain: Option<String>,
    pub plan_name: String,
    pub state: ServiceState,
    pub paid_until: Option<i64>,
    /// When it came into this state, for `suspended`; when it was paid, for `unfinished`.
    pub since: Option<i64>,
}

/// How a service is, in the customer's eyes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ServiceState {
    /// Paid, the set-up not begun: a row that stands for the order.
    Unfinished,
    Setup,
    /// The set-up takes longer than usual (to us it has failed; to the customer it never does).
    Late,
    Active,
    Suspended,
    Cancelled,
}

impl ServiceState {
    /// All, for the test that each has its words.
    pub const ALL: [Self; 6] =
        [Self::Unfinished, Self::Setup, Self::Late, Self::Active, Self::Suspended, Self::Cancelled];
}

/// One order in the list.
#[derive(Clone, Debug, Serialize)]
pub struct OrderRow {
    pub uuid: String,
    pub number: String,
    pub plan_name: String,
    pub months: i64,
    pub total_tzs: i64,
    pub placed_at: i64,
    pub state: OrderState,
}

/// The order's own status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderState {
    Pending,
    Paid,
    Active,
    Complete,
    Failed,
    Cancelled,
}

impl OrderState {
    /// All, for the test that each has its words.
    pub const ALL: [Self; 6] =
        [Self::Pending, Self::Paid, Self::Active, Self::Complete, Self::Failed, Self::Cancelled];
}

/// Calls for the set-up of a paid order.
#[derive(Clone, Debug, Serialize)]
pub struct FinishCall {
    pub number: String,
    pub domain: Option<String>,
}

/// Calls for the payment of an order.
#[derive(Clone, Debug, Serialize)]
pub struct PendingCall {
    pub uuid: String,
    pub number: String,
    pub plan_name: String,
    pub months: i64,
    pub total_tzs: i64,
}

/// `GET /me/services/{id}`, and the answer to `POST /me/services/{id}/reveal` (field `password`, the
/// account's).
#[derive(Clone, Debug, Serialize)]
pub struct ServicePage {
    pub id: String,
    pub domain: Option<String>,
    /// The domain is one of ours, until the customer brings one.
    pub temporary: bool,
    pub plan_name: String,
    pub username: Option<String>,
    /// The panel's own address, for signing in there.
    pub panel_url: Option<String>,
    pub state: ServiceState,
    pub paid_until: Option<i64>,
    pub since: Option<i64>,
    pub order_uuid: String,
    pub order_number: String,
    /// The account's password on the panel, in the answer to the reveal only.
    pub revealed: Option<String>,
    pub problems: Vec<FieldError>,
    pub log: Vec<Step>,
}

impl Page for Dashboard {
    const TEMPLATE: &'static str = "dashboard.html";
}

impl Page for ServiceList {
    const TEMPLATE: &'static str = "services.html";
}

impl Page for OrderList {
    const TEMPLATE: &'static str = "orders.html";
}

impl Page for ServicePage {
    const TEMPLATE: &'static str = "service.html";
}
