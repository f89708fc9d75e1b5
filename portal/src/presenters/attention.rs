//! The texts of attention items: what happened, and what staff can do.
use hollyn_core::{
    api::{self, CandidateReason, OrderRef},
    domain::{
        actor::ActorNames,
        attention::{AttentionItem, AttentionKind},
    },
    ops::attention::Candidate,
};

/// A kind's title and advice.
fn texts(kind: AttentionKind) -> (&'static str, &'static str) {
    match kind {
        AttentionKind::Shortfall => (
            "Too little was paid",
            "Ask the customer for the rest and mark the order as paid when it arrives, or refund the \
            payment.",
        ),
        AttentionKind::Surplus => {
            ("Too much was paid", "The order is paid. Refund the surplus, or note it for the next purchase.")
        }
        AttentionKind::SecondPayment => {
            ("Paid twice", "The order was paid before. Refund this payment, or use it for another order.")
        }
        AttentionKind::PaidAfterEnd => (
            "Paid after the order ended",
            "Create the same order for the customer and mark it as paid, or refund the payment.",
        ),
        AttentionKind::Mismatch => (
            "Payment does not match its request",
            "Compare with the gateway's statement before anything is marked as paid.",
        ),
        AttentionKind::ReferenceUsed => (
            "Transaction used before",
            "Compare both payments with the gateway's statement: one of them was not paid.",
        ),
        AttentionKind::Unresolved => (
            "Payment unresolved",
            "Compare with the gateway's statement: mark the order as paid if it was paid, else cancel it.",
        ),
        AttentionKind::UnmatchedPayment => (
            "Unmatched payment",
            "Find the payer by the reference, then create an order and mark it as paid, or refund the \
            payment.",
        ),
        AttentionKind::SetupFailed => {
            ("Setup failed", "Read its steps, fix the cause on the panel, then re-provision the service.")
        }
        AttentionKind::SetUpAfterCancel => (
            "Account of a cancelled order",
            "Check whether the panel has the account, and delete the service.",
        ),
        AttentionKind::PanelRefusesUs => (
            "Panel refuses the credentials",
            "Check credentials and certificate in the configuration. Set-ups wait until the panel accepts \
            them.",
        ),
        AttentionKind::PanelUnreachable => {
            ("Panel unreachable", "Check the server and the network. Set-ups are retried automatically.")
        }
        AttentionKind::MailFailed => {
            ("Mail not sent", "Check the customer's address, and inform the customer in another way.")
        }
        AttentionKind::JobStuck => {
            ("Job fails repeatedly", "Read the error; the job is retried every minute.")
        }
        AttentionKind::AccessFailures => (
            "Many requests were denied",
            "Look in the audit log under \"access\" from where they come. Known devices and sessions go on.",
        ),
    }
}

/// A kind's title.
pub fn title(kind: AttentionKind) -> &'static str {
    texts(kind).0
}

/// An attention item as the API answers it.
pub fn item(item: &AttentionItem, order: Option<OrderRef>, names: &ActorNames) -> api::AttentionItem {
    let (title, advice) = texts(item.kind);
    api::AttentionItem {
        id: item.id.0,
        is_money: item.kind.is_money(),
        title: title.to_owned(),
        advice: advice.to_owned(),
        kind: item.kind.into(),
        details: item.details.clone(),
        amount_tzs: item.amount_tzs.map(|amount| amount.0),
        order,
        service_id: item.service_id.map(|id| id.0),
        payment_id: item.payment_id.map(|id| id.0),
        created_at: item.created_at.into(),
        resolved_at: item.resolution.as_ref().map(|resolution| resolution.at.into()),
        resolver: item.resolved_by().and_then(|actor| names.of(actor)).map(Into::into),
        resolved_by: item.resolved_by().map(|actor| actor.to_string()),
        resolution: item.resolution.as_ref().map(|resolution| resolution.reason.clone()),
    }
}

/// An order that the payment could be for, and why.
pub fn candidate(found: &Candidate) -> api::Candidate {
    let reasons =
        [(found.has_phone, CandidateReason::SamePhone), (found.has_amount, CandidateReason::SameAmount)];
    let because = reasons.into_iter().filter(|(holds, _)| *holds).map(|(_, reason)| reason).collect();
    api::Candidate { order: (&found.order).into(), because }
}
