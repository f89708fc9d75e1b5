//! Which rows of a table go out.
use super::Role;

/// The last line of an export that broke off: its status had gone out, and it is no row.
pub const BROKE_OFF: &str = "THE EXPORT BROKE OFF HERE\n";

api_types! {
    /// Which rows: those that the noun's list shows with the same filters. What its list does not know is
    /// refused.
    #[derive(Default)]
    #[serde(default)]
    pub struct ExportQuery {
        /// Only these, as paths name them, with commas between; at most 100. For `users`, `orders` and
        /// `services`.
        pub ids: Option<String>,
        /// Where more is found than the list counts, the newest 500. In the record everything is looked
        /// through.
        pub q: Option<String>,
        /// Of orders or services.
        pub status: Option<String>,
        pub operator: Option<String>,
        pub plan: Option<String>,
        pub user: Option<i64>,
        pub role: Option<Role>,
        pub is_disabled: Option<bool>,
        pub actor: Option<String>,
        pub action: Option<String>,
        pub object: Option<String>,
        pub object_id: Option<i64>,
        /// A day for orders, a time for the record.
        pub from: Option<String>,
        /// The last day for orders; the first time that is too late for the record.
        pub to: Option<String>,
    }
}
