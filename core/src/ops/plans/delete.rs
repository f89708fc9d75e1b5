//! Deleting a plan.
use super::record;
use crate::{
    AppContext,
    domain::{audit_action::AuditAction, input::Confirmation},
    ops::{Caller, Error, Object, Result},
    store::plans,
    tx,
};

/// Deletes a plan that was never ordered and that no service has. The confirmation is its slug.
pub async fn delete(
    ctx: &AppContext,
    caller: &Caller,
    slug: &str,
    confirmation: &Confirmation,
) -> Result<()> {
    let (now, context) = (ctx.now(), caller.audit_context());
    tx!(&ctx.db, tx => {
        let Some(plan) = plans::by_slug(tx, slug).await? else {
            return Ok(Err(Error::NotFound(Object::Plan)));
        };
        if let Err(error) = confirmation.check(&plan.slug, "slug") {
            return Ok(Err(error.into()));
        }
        if plans::is_in_use(tx, &plan).await? {
            return Ok(Err(Error::conflict("The plan was sold, so it cannot be deleted. Deactivate it.")));
        }
        plans::delete(tx, &plan).await?;
        let details = format!("{slug}, {}", plan.monthly);
        record(tx, now, &context, AuditAction::PlanDeleted, &plan, &details).await?;
        Ok(Ok(()))
    })?
}
