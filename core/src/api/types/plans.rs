//! What is sold.
use super::Time;
use crate::domain::plan as domain;
#[cfg(feature = "server")]
use crate::{ops, panel::Fit};

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

impl From<&domain::Plan> for PlanRef {
    fn from(plan: &domain::Plan) -> PlanRef {
        PlanRef { slug: plan.slug.clone(), name: plan.name.clone() }
    }
}

impl From<&domain::PlanSummary> for Plan {
    fn from(summary: &domain::PlanSummary) -> Plan {
        let (plan, figures) = (&summary.plan, summary.figures);
        let feature =
            |(label, value): &(String, String)| Feature { label: label.clone(), value: value.clone() };
        Plan {
            id: plan.id.0,
            name: plan.name.clone(),
            slug: plan.slug.clone(),
            price_tzs: plan.monthly.0,
            features: plan.features.iter().map(feature).collect(),
            is_active: plan.is_active,
            position: plan.position,
            panel_plan: plan.panel_plan.clone(),
            orders: figures.orders,
            orders_paid: figures.orders_paid,
            revenue_tzs: figures.revenue.0,
            services_active: figures.services_active,
            updated_at: plan.updated_at.into(),
        }
    }
}

#[cfg(feature = "server")]
impl From<ops::plans::PanelPlans> for PanelPlans {
    fn from(plans: ops::plans::PanelPlans) -> PanelPlans {
        let (on_panel, problem) = match plans.on_panel {
            Ok(on_panel) => (on_panel, None),
            Err(error) => (Vec::new(), Some(error.to_string())),
        };
        let used = |(plan, fit): (String, Fit)| {
            let panel_plan = match fit {
                Fit::Found(name) => Some(name),
                Fit::Default(_) => None,
            };
            PanelPlanUse { plan, panel_plan }
        };
        PanelPlans {
            items: on_panel.into_iter().map(|plan| PanelPlan { slug: plan.slug, name: plan.name }).collect(),
            problem,
            used: plans.used.into_iter().map(used).collect(),
        }
    }
}
