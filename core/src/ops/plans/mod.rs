//! What is sold.
pub mod admin;

use crate::ops::Result;
use crate::{
    AppContext,
    domain::{ids::PlanId, money::Tzs, plan::Plan},
    read,
    store::{
        counters::{self, Counter, CounterRow},
        plans,
    },
    tx,
};

pub use crate::store::plans::Stamp;

/// All active plans in the order of the price list.
pub async fn catalogue(ctx: &AppContext) -> Result<Vec<Plan>> {
    Ok(read!(&ctx.db, tx => plans::active(tx).await)?)
}

/// A plan with what was sold of it.
#[derive(Debug, Clone)]
pub struct PlanFigures {
    pub plan: Plan,
    /// Orders placed.
    pub orders: i64,
    /// Orders paid.
    pub paid: i64,
    /// The money applied to them.
    pub revenue: Tzs,
    pub services_active: i64,
    /// What those bring in a month.
    pub mrr: Tzs,
}

/// All plans, active or not, in the order of the price list, with what was sold of each.
pub async fn with_figures(ctx: &AppContext) -> Result<Vec<PlanFigures>> {
    Ok(read!(&ctx.db, tx => {
        let in_all = counters::in_all(tx, &[Counter::Placed, Counter::Paid, Counter::Active]).await?;
        Ok(figures_of(plans::all(tx).await?, &in_all))
    })?)
}

/// The plans with their figures out of those of all.
pub(in crate::ops) fn figures_of(plans: Vec<Plan>, in_all: &[CounterRow]) -> Vec<PlanFigures> {
    let figure = |what: Counter, slug: &str| {
        let row = in_all.iter().find(|row| row.what == what.into_str() && row.word == slug);
        row.map_or((0, Tzs::ZERO), |row| (row.how_many, Tzs(row.sum_tzs)))
    };
    let with_figures = |plan: Plan| {
        let (orders, _) = figure(Counter::Placed, &plan.slug);
        let (paid, revenue) = figure(Counter::Paid, &plan.slug);
        let (services_active, mrr) = figure(Counter::Active, &plan.slug);
        PlanFigures { plan, orders, paid, revenue, services_active, mrr }
    };
    plans.into_iter().map(with_figures).collect()
}

/// One plan that can be ordered.
pub async fn on_sale(ctx: &AppContext, slug: &str) -> Result<Option<Plan>> {
    Ok(read!(&ctx.db, tx => plans::by_slug(tx, slug).await)?.filter(|plan| plan.is_active))
}

/// Changes whenever a plan does.
pub async fn stamp(ctx: &AppContext) -> Result<Stamp> {
    Ok(read!(&ctx.db, tx => plans::stamp(tx).await)?)
}

/// Puts the plans of `plans.json` into an empty table. Where there are plans, the company's own changes stand.
/// Returns how many were added; an error names what cannot be read.
pub async fn seed(ctx: &AppContext, json: &str) -> Result<usize, String> {
    let parsed: serde_json::Value = serde_json::from_str(json).map_err(|error| error.to_string())?;
    let rows = parsed["plans"].as_array().ok_or("no list of plans")?;
    let plans =
        rows.iter().map(read_plan).collect::<Option<Vec<_>>>().ok_or("a plan without name, slug or price")?;
    let now = ctx.now();
    tx!(&ctx.db, tx => {
        if plans::count(tx).await? > 0 {
            return Ok(0);
        }
        for (position, plan) in (0..).zip(&plans) {
            plans::insert(tx, now, plan, position).await?;
        }
        Ok(plans.len())
    })
    .map_err(|error| error.to_string())
}

fn read_plan(row: &serde_json::Value) -> Option<Plan> {
    let features = row["features"].as_object()?;
    Some(Plan {
        id: PlanId(0),
        name: row["name"].as_str()?.to_owned(),
        slug: row["slug"].as_str()?.to_owned(),
        monthly: Tzs(row["price_tzs"].as_i64()?),
        features: features
            .iter()
            .map(|(k, v)| (k.clone(), v.as_str().unwrap_or_default().to_owned()))
            .collect(),
        is_active: true,
    })
}
