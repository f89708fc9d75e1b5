//! What needs a person.
use super::{OrderRef, Time};

shapes! {
    /// Which matters.
    #[derive(Default)]
    #[serde(default)]
    pub struct AttentionQuery {
        /// Open ones where it is not given.
        pub state: Option<AttentionState>,
        /// Like `shortfall`.
        pub kind: Option<String>,
        /// From 1.
        pub page: Option<i64>,
        /// At most 100.
        pub per_page: Option<i64>,
    }

    /// Open, resolved, or both.
    #[derive(Copy, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum AttentionState {
        Open,
        Resolved,
        All,
    }

    /// A matter that only a person can settle.
    pub struct AttentionItem {
        pub id: i64,
        /// Like `shortfall`, `surplus`, `second_payment`, `setup_failed`, `panel_unreachable`, `mail_failed`.
        pub kind: String,
        /// Whether it is about money that moved: an `admin` closes it.
        pub is_money: bool,
        /// In a few words.
        pub title: String,
        /// What happened.
        pub details: String,
        /// What can be done.
        pub advice: String,
        pub amount_tzs: Option<i64>,
        pub order: Option<OrderRef>,
        pub service_id: Option<i64>,
        pub payment_id: Option<i64>,
        pub created_at: Time,
        pub resolved_at: Option<Time>,
        pub resolved_by: Option<String>,
        pub resolution: Option<String>,
    }
}
