//! What needs a person, in words: what it is, and what can be done.
use hollyn_core::{
    api::{AttentionItem, OrderRef},
    ops::attention::EntryRow,
};

/// A kind's title and advice, and whether it is about money that moved.
fn words(kind: &str) -> (&'static str, &'static str, bool) {
    match kind {
        "shortfall" => (
            "Too little was paid",
            "Ask the customer for the rest and mark the order as paid when it came, or pay the money back.",
            true,
        ),
        "surplus" => (
            "Too much was paid",
            "The order is paid. Pay the surplus back, or note it for the next purchase.",
            true,
        ),
        "second_payment" => (
            "Paid twice",
            "The order was paid before. Pay this money back, or use it for another order.",
            true,
        ),
        "paid_after_end" => (
            "Paid after the order had ended",
            "Order the same again for the customer and mark it as paid, or pay the money back.",
            true,
        ),
        "mismatch" => (
            "A success that does not fit",
            "Compare with the gateway's statement before anything is marked as paid.",
            true,
        ),
        "reference_used" => (
            "A transaction that was used before",
            "Compare both payments with the gateway's statement: one of them was not paid.",
            true,
        ),
        "unresolved" => (
            "The gateway never said",
            "Compare with the gateway's statement: mark the order as paid if the money came, else cancel it.",
            true,
        ),
        "stray_payment" => (
            "Money for no payment of ours",
            "Find whose it is by the reference, then order for the customer and mark it as paid, or pay it back.",
            true,
        ),
        "setup_failed" => (
            "A set-up failed",
            "Read its steps, mend the cause on the panel, then start the set-up again.",
            false,
        ),
        "set_up_after_cancel" => (
            "An account that nobody wants any more",
            "Look on the panel whether the account is there, and delete the service.",
            false,
        ),
        "panel_refuses_us" => (
            "The panel refuses us",
            "Check its login and certificate in the configuration. Set-ups wait until it takes us again.",
            false,
        ),
        "panel_unreachable" => (
            "The panel cannot be reached",
            "Check the server and the way to it. Set-ups are tried again by themselves.",
            false,
        ),
        "mail_failed" => (
            "A mail could not be sent",
            "Check the customer's address, and tell the customer in another way.",
            false,
        ),
        "job_stuck" => ("Work that does not end", "Read the error; it is tried again every minute.", false),
        _ => ("Something needs a person", "Read what happened, and settle it.", false),
    }
}

/// Whether a matter of this kind is about money that moved: an `admin` closes it.
pub fn is_money(kind: &str) -> bool {
    words(kind).2
}

/// A kind's title.
pub fn title(kind: &str) -> &'static str {
    words(kind).0
}

/// A matter as the API tells it.
pub fn item(row: EntryRow, order: Option<OrderRef>) -> AttentionItem {
    let (title, advice, is_money) = words(&row.kind);
    AttentionItem {
        id: row.id.0,
        is_money,
        title: title.to_owned(),
        advice: advice.to_owned(),
        kind: row.kind,
        details: row.details,
        amount_tzs: row.amount_tzs.map(|amount| amount.0),
        order,
        service_id: row.service_id.map(|id| id.0),
        payment_id: row.payment_id.map(|id| id.0),
        created_at: row.created_at.into(),
        resolved_at: row.resolved_at.map(Into::into),
        resolved_by: row.resolved_by,
        resolution: row.resolution,
    }
}
