//! What needs a person.
use super::{AttentionKind, OrderItem, OrderRef, Time, UserRef};

api_types! {
    /// Which attention items.
    #[derive(Default)]
    #[serde(default)]
    pub struct AttentionQuery {
        /// Open ones where it is not given.
        pub state: Option<AttentionState>,
        pub kind: Option<AttentionKind>,
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

    /// An attention item: what only staff can settle.
    pub struct AttentionItem {
        pub id: i64,
        pub kind: AttentionKind,
        /// Whether it is about money that moved: an `admin` resolves it.
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
        /// `staff:2`, or `worker` where its cause ended by itself.
        pub resolved_by: Option<String>,
        /// Who that is, where it is a person.
        pub resolver: Option<UserRef>,
        pub resolution: Option<String>,
    }

    /// An attention item with what helps to settle it.
    pub struct AttentionCase {
        pub item: AttentionItem,
        /// The phone that paid, where money came for no payment in the table and the gateway named it.
        pub payer_phone: Option<String>,
        /// Orders whose money it could be, the likeliest first. Staff decide.
        pub candidates: Vec<Candidate>,
    }

    /// An order whose money it could be.
    pub struct Candidate {
        pub order: OrderItem,
        /// Why it is named here; at least one.
        pub because: Vec<CandidateReason>,
    }

    /// Why an order could be the one.
    #[derive(Copy, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum CandidateReason {
        /// The phone that paid is the order's, or was asked to pay it.
        SamePhone,
        /// Its price is just that amount.
        SameAmount,
    }
}
