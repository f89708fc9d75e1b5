//! Payments: one push at a time, and the truth about its money.
//!
//! `start` and `push` send; `note_webhook` keeps what the gateway says; `settle` asks the gateway and is the only one
//! that moves money, whoever woke it.
mod book;
mod by_hand;
mod notice;
mod poll;
mod settle;
mod start;

pub use by_hand::{ByHand, mark_as_paid};
pub use notice::{Noted, Notice, note_webhook};
pub use poll::{check_by_staff, check_now, nudge, settle_due};
pub use settle::{Settled, settle, settle_stray};
pub use start::{Started, allowance, push, start};
