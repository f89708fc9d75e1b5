//! The payment gateway: it sends payment requests to phones, and reports their status.
pub mod zenopay;
mod zenopay_wire;

use crate::domain::money::Tzs;
use async_trait::async_trait;

pub use zenopay::{ZenoConfig, ZenoPay};
pub use zenopay_wire::{payer_phone, webhook_order_id};

/// One payment request to one phone.
#[derive(Debug, Clone)]
pub struct PaymentRequest {
    /// Our own name for it. The gateway never sees one twice.
    pub order_id: String,
    /// What the customer is asked for.
    pub amount: Tzs,
    /// `07...` or `06...`.
    pub phone: String,
    /// The probable wallet; a gateway may want a hint.
    pub operator: Option<String>,
    pub buyer_name: String,
    pub buyer_email: String,
    /// Where the gateway tells us that something happened.
    pub webhook_url: String,
    /// The order's number, for the gateway's own screens.
    pub order_number: String,
}

/// How a create call ended. There is no automatic second one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Created {
    /// The request was sent. That is not a payment.
    Accepted,
    /// The gateway refused it, with its reason.
    Refused(String),
    /// No answer, or none that can be read: only a status query tells.
    Unknown(String),
}

/// Money that the gateway says has moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completed {
    /// The id that the answer names. Believed only if it is ours.
    pub order_id: Option<String>,
    /// The amount that the answer names.
    pub amount: Option<Tzs>,
    /// The currency that the answer names; the documented contract names none and means TZS.
    pub currency: Option<String>,
    /// The operator's receipt number, like `CEJ3I3SETSN`.
    pub transid: Option<String>,
    /// The gateway's own reference.
    pub reference: Option<String>,
    /// The channel that it was paid by, like `MPESA-TZ`.
    pub channel: Option<String>,
}

/// The status of a payment request, as the gateway reports it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReportedStatus {
    /// Still waiting, or a status that is not known here.
    Pending,
    /// Paid.
    Completed(Completed),
    /// Failed; no money moved.
    Failed,
    /// The customer declined.
    Cancelled,
    /// The gateway knows no such request.
    NotFound,
    /// An answer that cannot be read. Nothing follows from it.
    Unreadable(String),
}

/// The gateway's answer to a status query.
#[derive(Debug, Clone)]
pub struct StatusReport {
    pub status: ReportedStatus,
    /// The answer as it came, truncated; for staff.
    pub raw: String,
}

/// A payment gateway.
#[async_trait]
pub trait PaymentGateway: Send + Sync {
    /// Sends a payment request. Called once per [`PaymentRequest::order_id`], ever.
    async fn create(&self, request: &PaymentRequest) -> Created;
    /// Queries the status of a request. Changes nothing at the gateway.
    async fn status(&self, order_id: &str) -> StatusReport;
    /// Whether it can be reached and takes our key: a sentence, for `hollyn-portal check`.
    async fn test(&self) -> Result<String, String>;
}
