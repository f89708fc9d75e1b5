//! What is sold.
use super::Time;

api_types! {
    /// A plan, named.
    pub struct PlanRef {
        pub slug: String,
        pub name: String,
    }

    /// A plan with what it sold.
    pub struct Plan {
        pub id: i64,
        pub name: String,
        /// Its name in paths and on the panel.
        pub slug: String,
        /// For one month.
        pub price_tzs: i64,
        /// In the order in which they are shown.
        pub features: Vec<Feature>,
        /// Whether it can be ordered.
        pub is_active: bool,
        /// Its place in the price list, from 0.
        pub position: i64,
        /// The panel's plan that was chosen for it; none where it is found by name.
        pub panel_plan: Option<String>,
        pub orders: i64,
        pub orders_paid: i64,
        /// Succeeded payments applied to its orders.
        pub revenue_tzs: i64,
        pub services_active: i64,
        pub updated_at: Time,
    }

    /// One thing that a plan includes.
    pub struct Feature {
        pub label: String,
        pub value: String,
    }

    /// For how long a plan is bought.
    pub struct Term {
        pub months: i64,
        /// What the price of those months is less by; what is taken off is whole shillings, rounded down.
        pub discount_percent: i64,
    }

    /// A new plan.
    #[derive(Default)]
    pub struct NewPlan {
        pub name: String,
        pub price_tzs: i64,
        #[serde(default)]
        pub features: Vec<Feature>,
        #[serde(default)]
        pub is_active: bool,
        /// The panel's plan, as the panel spells it.
        #[serde(default)]
        pub panel_plan: Option<String>,
    }

    /// What to change of a plan. What is not given stays.
    #[derive(Default)]
    #[serde(default)]
    pub struct PlanEdit {
        pub name: Option<String>,
        pub price_tzs: Option<i64>,
        pub features: Option<Vec<Feature>>,
        pub position: Option<i64>,
        /// An empty one: found by name again.
        pub panel_plan: Option<String>,
    }

    /// The panel's own plans.
    pub struct PanelPlans {
        pub items: Vec<PanelPlan>,
        /// Why the list is empty, where the panel did not answer.
        pub problem: Option<String>,
        /// Which panel plan each of our plans is set up with.
        pub used: Vec<PanelPlanUse>,
    }

    /// One of the panel's plans.
    pub struct PanelPlan {
        pub slug: String,
        pub name: String,
    }

    /// Which panel plan one of our plans is set up with.
    pub struct PanelPlanUse {
        /// Our plan's slug.
        pub plan: String,
        /// The panel's; none where the panel has none that fits, and its default would be taken.
        pub panel_plan: Option<String>,
    }
}
