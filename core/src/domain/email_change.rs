//! A change of an account's e-mail by staff that has not taken effect yet.
use super::{ids::UserId, time::Timestamp};

/// A new address that staff entered. It takes effect when the owner of the present address confirms it, and
/// otherwise at `applies_at`, unless it is cancelled before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmailChange {
    pub user_id: UserId,
    pub new_email: String,
    /// The member of staff.
    pub requested_by: UserId,
    pub reason: String,
    pub created_at: Timestamp,
    pub applies_at: Timestamp,
}

impl EmailChange {
    /// How long the owner of the present address has to cancel it.
    pub const WAIT_SECONDS: i64 = 24 * 3600;
}
