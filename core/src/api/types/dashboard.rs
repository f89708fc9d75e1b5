//! Figures, search, and what changed.
use super::{Day, OrderItem, PlanRef, ServiceItem, Time, UserItem};

api_types! {
    /// Which days. The last 14 where none are given; at most 400.
    #[derive(Default)]
    #[serde(default)]
    pub struct DashboardQuery {
        /// The first day.
        pub from: Option<Day>,
        /// The last day.
        pub to: Option<Day>,
    }

    /// Everything that the first screen shows.
    pub struct Dashboard {
        pub counters: Counters,
        /// Every day of the range, days without anything too.
        pub days: Vec<DayFigures>,
        /// The last eight.
        pub recent_orders: Vec<OrderItem>,
        /// The last eight.
        pub recent_services: Vec<ServiceItem>,
        /// The last six.
        pub recent_users: Vec<UserItem>,
        /// Five at most, by paid orders, of all time.
        pub top_plans: Vec<TopPlan>,
        /// How payments ended within the range, per network.
        pub operators: Vec<OperatorFigures>,
        /// How set-ups ended within the range.
        pub setup: SetupFigures,
    }

    /// Of all time, and as it is now.
    pub struct Counters {
        pub users: i64,
        pub plans: i64,
        pub orders: i64,
        pub orders_pending: i64,
        pub orders_failed: i64,
        pub services_active: i64,
        /// Succeeded payments applied to orders.
        pub revenue_tzs: i64,
        /// Over active services: what was paid, divided by its months.
        pub mrr_tzs: i64,
        /// Open attention items.
        pub attention: i64,
    }

    /// One day in East Africa Time.
    pub struct DayFigures {
        pub day: Day,
        pub orders: i64,
        pub orders_paid: i64,
        pub revenue_tzs: i64,
    }

    /// How often a plan was bought.
    pub struct TopPlan {
        pub plan: PlanRef,
        pub orders_paid: i64,
        pub revenue_tzs: i64,
    }

    /// How the payments over one network ended.
    pub struct OperatorFigures {
        /// Like `M-PESA`; `unknown` where the number does not tell.
        pub operator: String,
        pub succeeded: i64,
        pub failed: i64,
        pub cancelled: i64,
    }

    /// How set-ups ended.
    pub struct SetupFigures {
        pub succeeded: i64,
        pub failed: i64,
        /// From paid to active; none where nothing was set up.
        pub median_seconds: Option<i64>,
    }

    /// What is looked for.
    #[derive(Default)]
    pub struct SearchQuery {
        pub q: String,
    }

    /// Something that was found.
    pub struct Hit {
        pub kind: HitKind,
        /// Its name in paths: a user's or service's id, an order's UUID.
        pub id: String,
        pub title: String,
        pub text: String,
        /// Its state, or a person's role.
        pub state: String,
    }

    /// What was found.
    #[derive(Copy, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum HitKind {
        User,
        Order,
        Service,
    }

    /// Since when.
    #[derive(Default)]
    #[serde(default)]
    pub struct ChangesQuery {
        /// A `cursor` that was answered before.
        pub since: Option<i64>,
    }

    /// What changed.
    pub struct Changes {
        /// For the next call.
        pub cursor: i64,
        /// There is more: ask again at once.
        pub has_more: bool,
        /// Oldest first.
        pub items: Vec<Change>,
        /// Open attention items.
        pub attention: i64,
    }

    /// One thing that changed.
    pub struct Change {
        pub at: Time,
        /// `user`, `order`, `service`, `payment`, `plan`, `attention`.
        pub noun: String,
        /// Its name in paths, where it has one.
        pub id: Option<String>,
        /// Like `order.payment_succeeded`.
        pub action: String,
        /// The notice that staff get, where there is one.
        pub notice: Option<Notice>,
    }

    /// A notice for staff, shown as a desktop notification.
    pub struct Notice {
        pub kind: NoticeKind,
        pub title: String,
        pub text: String,
    }

    /// The kinds of notices.
    #[derive(Copy, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum NoticeKind {
        /// An order was paid.
        Paid,
        /// A set-up failed for good.
        SetupFailed,
        /// An attention item was raised.
        Attention,
    }
}
