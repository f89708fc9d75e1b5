//! Attention items: what only staff can settle.
use super::{
    actor::Actor,
    ids::{AttentionId, OrderId, PaymentId, ServiceId},
    money::Tzs,
    time::Timestamp,
};

/// Something that only staff can settle, open or resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttentionItem {
    pub id: AttentionId,
    pub kind: AttentionKind,
    pub order_id: Option<OrderId>,
    pub payment_id: Option<PaymentId>,
    pub service_id: Option<ServiceId>,
    pub amount_tzs: Option<Tzs>,
    /// What happened, in one sentence.
    pub details: String,
    pub created_at: Timestamp,
    /// None while it is open.
    pub resolution: Option<Resolution>,
}

/// How an attention item was settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolution {
    pub at: Timestamp,
    /// Staff, or the worker where the cause ended by itself.
    pub by: Actor,
    pub reason: String,
}

impl AttentionItem {
    /// Who resolved it.
    pub fn resolved_by(&self) -> Option<Actor> {
        self.resolution.as_ref().map(|resolution| resolution.by)
    }
}

/// The kinds of attention items.
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
pub enum AttentionKind {
    /// Less was paid than was asked for.
    Shortfall,
    /// More was paid than was asked for.
    Surplus,
    /// Money for an order that was paid before.
    SecondPayment,
    /// Money for an order that had ended.
    PaidAfterEnd,
    /// A success that is not about the payment that was asked for.
    Mismatch,
    /// A transaction that another payment has.
    ReferenceUsed,
    /// A payment that the gateway did not settle in 72 hours.
    Unresolved,
    /// Money for a payment that is not in the table.
    UnmatchedPayment,
    /// All tries of a set-up are used up.
    SetupFailed,
    /// The panel may have an account that its order does not pay for any more.
    SetUpAfterCancel,
    /// The panel does not take our login or certificate.
    PanelRefusesUs,
    /// The panel does not answer.
    PanelUnreachable,
    /// A mail that was given up.
    MailFailed,
    /// A job that fails again and again.
    JobStuck,
    /// Many requests were denied in an hour.
    AccessFailures,
}

/// The items that a list shows.
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
pub enum AttentionFilter {
    /// Items that wait for staff.
    Open,
    /// Items that staff settled, or whose cause ended by itself.
    Resolved,
    /// Both.
    All,
}

impl AttentionKind {
    /// Whether it is about money that moved: an `admin` closes it.
    pub fn is_money(self) -> bool {
        match self {
            AttentionKind::Shortfall
            | AttentionKind::Surplus
            | AttentionKind::SecondPayment
            | AttentionKind::PaidAfterEnd
            | AttentionKind::Mismatch
            | AttentionKind::ReferenceUsed
            | AttentionKind::Unresolved
            | AttentionKind::UnmatchedPayment => true,
            AttentionKind::SetupFailed
            | AttentionKind::SetUpAfterCancel
            | AttentionKind::PanelRefusesUs
            | AttentionKind::PanelUnreachable
            | AttentionKind::MailFailed
            | AttentionKind::JobStuck
            | AttentionKind::AccessFailures => false,
        }
    }
}
