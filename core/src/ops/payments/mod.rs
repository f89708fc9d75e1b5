//! Payments: one payment request at a time, and what became of its money.
//!
//! `start` and `send` ask the customer's phone for money; `receive_webhook` keeps what the gateway says;
//! `settle` asks the gateway, for every caller; `mark_paid` records what staff saw. The rules are in
//! `docs/payments.md`.
mod check;
mod mark_paid;
mod poll;
mod question;
mod record_success;
mod send;
mod settle;
mod start;
mod unmatched;
mod webhook;

pub use check::{check_by_staff, check_now};
pub use mark_paid::mark_paid;
pub use poll::{poll_soon, settle_due};
pub use send::send;
pub use settle::{Settled, settle};
pub use start::{Started, allowance, start};
pub use unmatched::settle_unmatched;
pub use webhook::{Webhook, receive_webhook, sweep_webhooks};
