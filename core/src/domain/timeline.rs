//! What happened to one order, by source.
use super::{
    actor::Actor,
    attention::AttentionItem,
    audit_action::AuditAction,
    history::StatusChange,
    money::Tzs,
    payment::{GatewayName, Payment, PaymentEventStatus, PaymentEventType, WebhookVerdict},
    provisioning::ProvisioningLog,
    time::Timestamp,
};

/// What is stored about an order: of each source the oldest first, of payments the newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timeline {
    /// Of the order, its payments and its service.
    pub changes: Vec<StatusChange>,
    pub payments: Vec<Payment>,
    pub payment_records: Vec<PaymentRecord>,
    /// The webhooks that named one of its payments.
    pub webhooks: Vec<ReceivedWebhook>,
    /// The log of the set-up and of later calls to the panel.
    pub panel_log: Vec<ProvisioningLog>,
    pub mails: Vec<OrderMail>,
    pub staff_actions: Vec<StaffAction>,
    pub attention: Vec<AttentionItem>,
}

/// An entry of the payment events: what the gateway said of a payment, or staff confirmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentRecord {
    pub id: i64,
    pub event_type: PaymentEventType,
    pub gateway: GatewayName,
    pub reference: Option<String>,
    pub amount: Option<Tzs>,
    pub currency: Option<String>,
    pub status: PaymentEventStatus,
    /// The answer of the gateway, raw.
    pub payload: Option<String>,
    pub created_at: Timestamp,
}

/// A webhook as it was stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceivedWebhook {
    pub verdict: WebhookVerdict,
    /// The sender's address.
    pub source: String,
    pub body: Vec<u8>,
    pub received_at: Timestamp,
}

/// A mail about an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderMail {
    /// The mail's template, like `order_paid`.
    pub kind: String,
    pub recipient: String,
    /// None while it waits to be sent.
    pub sent_at: Option<Timestamp>,
    pub created_at: Timestamp,
}

/// Something that staff did to an order or its service without changing its status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffAction {
    pub actor: Actor,
    pub action: AuditAction,
    pub details: Option<String>,
    pub created_at: Timestamp,
}
