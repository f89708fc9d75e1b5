//! Payments: one push at a time, and the truth about its money.
//!
//! `start` and `push` send; `note_webhook` keeps what the gateway says; `settle` asks the gateway and is the only one
//! that moves money, whoever woke it.
mod manual_payment;
mod poll;
mod record_success;
mod settle;
mod start;
mod webhook;

pub use manual_payment::{ByHand, mark_paid};
pub use poll::{check_by_staff, check_now, poll_soon, settle_due};
pub use settle::{Settled, settle, settle_unmatched};
pub use start::{Started, allowance, push, start};
pub use webhook::{Noted, Notice, note_webhook};
