//! Creating a plan.
use super::{
    input::{PlanInput, parse},
    record, show,
};
use crate::{
    AppContext,
    domain::{
        audit_action::AuditAction,
        field_error::FieldError,
        plan::{self, PlanSummary},
    },
    ops::{Caller, Error, Object, Result},
    store::{
        self, UniqueKey,
        plans::{self, NewPlan},
    },
    tx,
};

/// Adds a plan at the end of the price list. Its slug is made from its name.
pub async fn create(
    ctx: &AppContext,
    caller: &Caller,
    input: &PlanInput,
    is_active: bool,
) -> Result<PlanSummary> {
    let input = parse(ctx, input).await?;
    let missing = [(input.name.is_none(), "name"), (input.monthly.is_none(), "price_tzs")];
    let missing = missing.into_iter().filter(|(is_missing, _)| *is_missing);
    let missing: Vec<FieldError> = missing.map(|(_, field)| FieldError::new(field, "empty")).collect();
    let (Some(name), Some(monthly)) = (input.name, input.monthly) else {
        return Err(Error::Invalid(missing));
    };
    let slug = plan::slug_of(&name);
    let features = input.features.unwrap_or_default();
    let panel_plan = input.panel_plan.flatten();
    let (now, context) = (ctx.now(), caller.audit_context());
    let created = tx!(&ctx.db, tx => {
        let others = plans::all(tx).await?;
        if others.iter().any(|other| other.has_name(&name) || other.slug == slug) {
            return Ok(Err(Error::invalid("name", "taken")));
        }
        let new = NewPlan {
            name: &name,
            slug: &slug,
            monthly,
            features: &features,
            is_active,
            position: others.iter().map(|other| other.position).max().unwrap_or(-1) + 1,
            panel_plan: panel_plan.as_deref(),
        };
        let at = plans::change_time(tx, now).await?;
        plans::insert(tx, at, &new).await?;
        let Some(created) = show::load(tx, &slug).await? else {
            return Ok(Err(Error::NotFound(Object::Plan)));
        };
        let details = format!("{slug}, {monthly}");
        record(tx, now, &context, AuditAction::PlanCreated, &created.plan, &details).await?;
        Ok(Ok(created))
    });
    match created {
        // Another member of staff took the slug between the read and the write.
        Err(store::Error::Duplicate(UniqueKey::PlansSlug)) => Err(Error::invalid("name", "taken")),
        created => created?,
    }
}
