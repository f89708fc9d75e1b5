//! Putting a plan on sale and taking it off sale.
use super::{record, show};
use crate::{
    AppContext,
    domain::{
        audit_action::AuditAction,
        plan::{Plan, PlanSummary},
    },
    ops::{Caller, Error, Object, Result},
    store::plans,
    tx,
};

/// Puts the plan on sale. Nothing changes where it is on sale.
pub async fn activate(ctx: &AppContext, caller: &Caller, slug: &str) -> Result<PlanSummary> {
    set_active(ctx, caller, slug, true).await
}

/// Takes the plan off sale. Orders and services of it go on.
pub async fn deactivate(ctx: &AppContext, caller: &Caller, slug: &str) -> Result<PlanSummary> {
    set_active(ctx, caller, slug, false).await
}

async fn set_active(ctx: &AppContext, caller: &Caller, slug: &str, is_active: bool) -> Result<PlanSummary> {
    let (now, context) = (ctx.now(), caller.audit_context());
    let action = if is_active { AuditAction::PlanActivated } else { AuditAction::PlanDeactivated };
    tx!(&ctx.db, tx => {
        let Some(old) = plans::by_slug(tx, slug).await? else { return Ok(None) };
        if old.is_active != is_active {
            let new = Plan { is_active, ..old };
            let at = plans::change_time(tx, now).await?;
            plans::update(tx, at, &new).await?;
            record(tx, now, &context, action, &new, slug).await?;
        }
        show::load(tx, slug).await
    })?
    .ok_or(Error::NotFound(Object::Plan))
}
