//! One plan.
use super::list::{COUNTERS, summary};
use crate::{
    AppContext,
    domain::plan::{Plan, PlanSummary},
    ops::{Error, Object, Result},
    read,
    store::{self, Tx, counters, plans},
};

/// One plan, active or not, with what was sold of it.
pub async fn show(ctx: &AppContext, slug: &str) -> Result<PlanSummary> {
    read!(&ctx.db, tx => load(tx, slug).await)?.ok_or(Error::NotFound(Object::Plan))
}

/// One plan that can be ordered.
pub async fn on_sale(ctx: &AppContext, slug: &str) -> Result<Option<Plan>> {
    Ok(read!(&ctx.db, tx => plans::by_slug(tx, slug).await)?.filter(|plan| plan.is_active))
}

/// The plan and its figures, in the caller's transaction.
pub(super) async fn load(tx: &mut Tx, slug: &str) -> store::Result<Option<PlanSummary>> {
    let Some(plan) = plans::by_slug(tx, slug).await? else { return Ok(None) };
    let totals = counters::in_all(tx, &COUNTERS).await?;
    Ok(Some(summary(plan, &totals)))
}
