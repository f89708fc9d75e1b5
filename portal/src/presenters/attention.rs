//! Attention items in words: what happened, and what staff can do.
use super::api::named_person;
use hollyn_core::{
    api::{self, CandidateReason, OrderRef},
    domain::attention::{AttentionItem, AttentionKind},
    ops::{attention::Candidate, users::list::Named},
};

/// A kind's title and advice.
fn words(kind: AttentionKind) -> (&'static str, &'static str) {
    match kind {
        AttentionKind::Shortfall => (
            "Too little was paid",
            "Ask the customer for the rest and mark the order as paid when it came, or pay the money back.",
        ),
        AttentionKind::Surplus => (
            "Too much was paid",
            "The order is paid. Pay the surplus back, or note it for the next purchase.",
        ),
        AttentionKind::SecondPayment => {
            ("Paid twice", "The order was paid before. Pay this money back, or use it for another order.")
        }
        AttentionKind::PaidAfterEnd => (
            "Paid after the order had ended",
            "Order the same again for the customer and mark it as paid, or pay the money back.",
        ),
        AttentionKind::Mismatch => (
            "A success that does not fit",
            "Compare with the gateway's statement before anything is marked as paid.",
        ),
        AttentionKind::ReferenceUsed => (
            "A transaction that was used before",
            "Compare both payments with the gateway's statement: one of them was not paid.",
        ),
        AttentionKind::Unresolved => (
            "The gateway never said",
            "Compare with the gateway's statement: mark the order as paid if the money came, else cancel it.",
        ),
        AttentionKind::StrayPayment => (
            "Money for no payment of ours",
            "Find whose it is by the reference, then order for the customer and mark it as paid, or pay it back.",
        ),
        AttentionKind::SetupFailed => {
            ("A set-up failed", "Read its steps, mend the cause on the panel, then start the set-up again.")
        }
        AttentionKind::SetUpAfterCancel => (
            "An account that nobody wants any more",
            "Look on the panel whether the account is there, and delete the service.",
        ),
        AttentionKind::PanelRefusesUs => (
            "The panel refuses us",
            "Check its login and certificate in the configuration. Set-ups wait until it takes us again.",
        ),
        AttentionKind::PanelUnreachable => (
            "The panel cannot be reached",
            "Check the server and the way to it. Set-ups are tried again by themselves.",
        ),
        AttentionKind::MailFailed => (
            "A mail could not be sent",
            "Check the customer's address, and tell the customer in another way.",
        ),
        AttentionKind::JobStuck => {
            ("Work that does not end", "Read the error; it is tried again every minute.")
        }
    }
}

/// A kind's title.
pub fn title(kind: AttentionKind) -> &'static str {
    words(kind).0
}

/// An attention item as the API tells it.
pub fn item(item: &AttentionItem, order: Option<OrderRef>, named: &Named) -> api::AttentionItem {
    let (title, advice) = words(item.kind);
    let resolved_by = item.resolved_by().map(|actor| actor.to_string());
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
        resolver: resolved_by.as_deref().and_then(|actor| named.who(actor)).map(named_person),
        resolved_by,
        resolution: item.resolution.as_ref().map(|resolution| resolution.reason.clone()),
    }
}

/// An order whose money it could be, and why.
pub fn candidate(found: &Candidate) -> api::Candidate {
    let reasons =
        [(found.has_phone, CandidateReason::SamePhone), (found.has_amount, CandidateReason::SameAmount)];
    let because = reasons.into_iter().filter(|(holds, _)| *holds).map(|(_, reason)| reason).collect();
    api::Candidate { order: (&found.order).into(), because }
}
