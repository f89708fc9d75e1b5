//! Changing a plan.
use super::{
    input::{PlanInput, parse},
    record, show,
};
use crate::{
    AppContext,
    domain::{
        audit_action::AuditAction,
        plan::{Plan, PlanSummary},
    },
    ops::{Caller, Error, Object, Result},
    store::{self, Tx, plans},
    tx,
};

/// Changes what the input names. The slug stays: orders and addresses name the plan by it.
pub async fn edit(ctx: &AppContext, caller: &Caller, slug: &str, input: &PlanInput) -> Result<PlanSummary> {
    show::show(ctx, slug).await?;
    let input = parse(ctx, input).await?;
    let (now, context) = (ctx.now(), caller.audit_context());
    tx!(&ctx.db, tx => {
        let all = plans::all(tx).await?;
        let Some(old) = all.iter().find(|plan| plan.slug == slug) else {
            return Ok(Err(Error::NotFound(Object::Plan)));
        };
        let mut new = old.clone();
        if let Some(name) = &input.name {
            if all.iter().any(|other| other.id != old.id && other.has_name(name)) {
                return Ok(Err(Error::invalid("name", "taken")));
            }
            new.name.clone_from(name);
        }
        new.monthly = input.monthly.unwrap_or(old.monthly);
        if let Some(features) = &input.features {
            new.features.clone_from(features);
        }
        if let Some(panel_plan) = &input.panel_plan {
            new.panel_plan.clone_from(panel_plan);
        }
        new.position = input.position.map_or(old.position, |position| at_most_last(&all, old, position));
        let changes = changes(old, &new);
        if !changes.is_empty() {
            let at = plans::change_time(tx, now).await?;
            plans::update(tx, at, &new).await?;
            if input.position.is_some() {
                renumber(tx, &all, &new).await?;
            }
            record(tx, now, &context, AuditAction::PlanEdited, &new, &changes.join("; ")).await?;
        }
        Ok(show::load(tx, slug).await?.ok_or(Error::NotFound(Object::Plan)))
    })?
}

/// The changes as they are recorded: `price: TSh 25,000 -> TSh 30,000`.
fn changes(old: &Plan, new: &Plan) -> Vec<String> {
    let panel_plan = |plan: &Plan| plan.panel_plan.clone().unwrap_or_else(|| "found by name".into());
    let fields = [
        ("name", old.name.clone(), new.name.clone()),
        ("price", old.monthly.to_string(), new.monthly.to_string()),
        ("position", old.position.to_string(), new.position.to_string()),
        ("panel plan", panel_plan(old), panel_plan(new)),
    ];
    let mut changes: Vec<String> = fields
        .into_iter()
        .filter(|(_, old, new)| old != new)
        .map(|(field, old, new)| format!("{field}: {old} -> {new}"))
        .collect();
    if old.features != new.features {
        changes.push(format!("features: {} -> {}", old.features.len(), new.features.len()));
    }
    changes
}

/// The position, or that of the last plan where it is beyond it.
fn at_most_last(all: &[Plan], plan: &Plan, position: i64) -> i64 {
    let others = all.iter().filter(|other| other.id != plan.id).count();
    position.min(i64::try_from(others).unwrap_or(i64::MAX))
}

/// Numbers the whole price list anew, with the plan at its new position.
async fn renumber(tx: &mut Tx, all: &[Plan], plan: &Plan) -> store::Result<()> {
    let mut order: Vec<&Plan> = all.iter().filter(|other| other.id != plan.id).collect();
    order.insert(usize::try_from(plan.position).unwrap_or(0).min(order.len()), plan);
    for (position, moved) in (0..).zip(order) {
        let stored = all.iter().find(|other| other.id == moved.id).map(|other| other.position);
        if stored != Some(position) {
            plans::set_position(tx, moved.id, position).await?;
        }
    }
    Ok(())
}
