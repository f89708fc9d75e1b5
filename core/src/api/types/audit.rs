//! The record of who did what.
use super::{Time, UserRef};

api_types! {
    /// Which entries.
    #[derive(Default)]
    #[serde(default)]
    pub struct AuditQuery {
        /// A word of the action, the actor or the details.
        pub q: Option<String>,
        /// Like `staff:2`.
        pub actor: Option<String>,
        /// An action, or its beginning up to a dot: `service.suspended`, `service`.
        pub action: Option<String>,
        /// Like `order`.
        pub object: Option<String>,
        /// With `object`: its row.
        pub object_id: Option<i64>,
        /// At that time or later.
        pub from: Option<Time>,
        /// Before that time.
        pub to: Option<Time>,
        /// From 1.
        pub page: Option<i64>,
        /// At most 100.
        pub per_page: Option<i64>,
    }

    /// One entry.
    pub struct AuditItem {
        /// Its position in the audit log.
        pub id: i64,
        pub at: Time,
        pub actor: String,
        /// Who that is, where it is a person.
        pub actor_person: Option<UserRef>,
        /// On whose behalf it was done.
        pub subject: Option<String>,
        pub subject_person: Option<UserRef>,
        pub action: String,
        pub object: String,
        pub object_id: Option<i64>,
        pub details: Option<String>,
        pub address: Option<String>,
        pub request_id: Option<String>,
    }

    /// A page of the audit log.
    pub struct AuditPage {
        pub items: Vec<AuditItem>,
        pub total: i64,
        /// False where there are more than `total`.
        pub is_total_exact: bool,
        pub page: i64,
        pub per_page: i64,
        /// Where several filters meet, only so far back was looked: null where everything was.
        pub searched_back_to: Option<Time>,
    }

    /// Whether the audit log is intact.
    pub struct AuditVerdict {
        pub is_whole: bool,
        /// How many entries were read.
        pub entries: i64,
        /// The fingerprint of the last one: worth noting elsewhere.
        pub head: String,
        /// The first entry that does not fit.
        pub broken_at: Option<i64>,
        /// What does not fit there.
        pub problem: Option<String>,
    }
}
