//! Lists of plans, and their figures.
use crate::{
    AppContext,
    domain::{
        money::Tzs,
        plan::{Plan, PlanFigures, PlanSummary, PriceListVersion},
    },
    ops::Result,
    read,
    store::{
        counters::{self, Counter, CounterRow},
        plans,
    },
};

/// All active plans in the order of the price list.
pub async fn catalogue(ctx: &AppContext) -> Result<Vec<Plan>> {
    Ok(read!(&ctx.db, tx => plans::active(tx).await)?)
}

/// All plans, active or not, in the order of the price list, with what was sold of each. Two queries, however
/// many orders there are.
pub async fn list(ctx: &AppContext) -> Result<Vec<PlanSummary>> {
    Ok(read!(&ctx.db, tx => {
        let totals = counters::in_all(tx, &COUNTERS).await?;
        Ok(summaries(plans::all(tx).await?, &totals))
    })?)
}

/// The present version of the price list.
pub async fn version(ctx: &AppContext) -> Result<PriceListVersion> {
    Ok(read!(&ctx.db, tx => plans::version(tx).await)?)
}

/// The counters that the figures of plans are read from.
pub(super) const COUNTERS: [Counter; 4] =
    [Counter::Placed, Counter::Paid, Counter::ServicesPlan, Counter::Active];

/// The plans with their figures, from the totals of [`COUNTERS`]. The dashboard and the list of plans both
/// read them here, so that they agree.
pub(in crate::ops) fn summaries(plans: Vec<Plan>, totals: &[CounterRow]) -> Vec<PlanSummary> {
    plans.into_iter().map(|plan| summary(plan, totals)).collect()
}

/// One plan with its figures.
pub(super) fn summary(plan: Plan, totals: &[CounterRow]) -> PlanSummary {
    let total = |counter: Counter| {
        let row = totals.iter().find(|row| row.metric == counter.into_str() && row.label == plan.slug);
        row.map_or((0, Tzs::ZERO), |row| (row.row_count, Tzs(row.sum_tzs)))
    };
    let (orders, _) = total(Counter::Placed);
    let (orders_paid, revenue) = total(Counter::Paid);
    let (services, _) = total(Counter::ServicesPlan);
    let (services_active, mrr) = total(Counter::Active);
    let figures = PlanFigures { orders, orders_paid, revenue, services, services_active, mrr };
    PlanSummary { plan, figures }
}
