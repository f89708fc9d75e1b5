//! The payment gateway: it sends payment requests to phones, and it answers what became of one.
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
    /// The gateway has it not, and says why.
    Refused(String),
    /// We cannot tell: only asking will.
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

/// What became of a payment request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// Still waiting, or a word that we do not know.
    Pending,
    /// Paid, it says.
    Completed(Completed),
    /// It failed; no money moved.
    Failed,
    /// The customer said no.
    Cancelled,
    /// It knows no such request.
    NotFound,
    /// No answer that can be read. Nothing follows from it.
    Unreadable(String),
}

/// What the gateway answered to our question, and its own words.
#[derive(Debug, Clone)]
pub struct Asked {
    pub fate: Fate,
    /// The answer as it came, capped; for staff.
    pub raw: String,
}

/// A payment gateway.
#[async_trait]
pub trait PaymentGateway: Send + Sync {
    /// Sends a payment request. Called once per [`PaymentRequest::order_id`], ever.
    async fn create(&self, request: &PaymentRequest) -> Created;
    /// Asks what became of a request. Changes nothing there.
    async fn status(&self, order_id: &str) -> Asked;
    /// Whether it can be reached and takes our key: a sentence, for `hollyn-portal check`.
    async fn test(&self) -> Result<String, String>;
}
