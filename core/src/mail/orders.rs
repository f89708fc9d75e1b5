//! Mails about an order and its payment. Amounts are whole shillings.
use serde::{Deserialize, Serialize};

/// To the customer after checkout: what was ordered, and where to pay.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct OrderReceived {
    pub name: String,
    pub order_uuid: String,
    pub order_number: String,
    pub plan: String,
    pub months: i64,
    pub total_tzs: i64,
    pub domain: Option<String>,
}

/// To the customer: the receipt.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct PaymentReceived {
    pub name: String,
    pub order_uuid: String,
    pub order_number: String,
    pub plan: String,
    pub months: i64,
    /// Before the discount.
    pub full_tzs: i64,
    pub discount_percent: i64,
    pub discount_tzs: i64,
    pub received_tzs: i64,
    pub domain: Option<String>,
    /// Unix microseconds.
    pub paid_at: i64,
    /// Empty where staff recorded the payment.
    pub phone: String,
    pub operator: Option<String>,
    pub reference: Option<String>,
    /// Whether set-up begins by itself; otherwise the customer starts it on the order's page.
    pub is_set_up: bool,
}
