//! What a customer has bought.
use super::{ids::OrderId, money::Tzs, time::Timestamp};

/// A customer's figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CustomerFigures {
    pub orders: i64,
    pub paid: i64,
    pub failed: i64,
    pub services_active: i64,
    /// Services that are being set up, and those of paid orders whose set-up has failed: their customers wait
    /// as well.
    pub services_setup: i64,
    /// Succeeded payments that were applied.
    pub spent: Tzs,
    pub last_paid_at: Option<Timestamp>,
    pub last_paid: Option<Tzs>,
    /// The newest unpaid order for which less money came than it costs. It is not paid again before staff
    /// have looked at it.
    pub short_order: Option<OrderId>,
}

/// What keeps an account from being deleted, by domain, or by plan where there is none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DeletionBlockers {
    /// Hosting that is active, suspended, or paid for and being set up.
    pub hosting: Vec<String>,
    /// Orders with a payment request that may still be answered on the phone: its money must not reach a
    /// deleted account.
    pub being_paid: Vec<String>,
}

impl DeletionBlockers {
    /// Whether the account can be deleted.
    pub fn is_empty(&self) -> bool {
        self.hosting.is_empty() && self.being_paid.is_empty()
    }
}
