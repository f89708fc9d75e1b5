//! The price list as staff keep it: what is sold, at which price, and which of the panel's plans it is set up with.
//!
//! Orders keep the price they were placed at; whatever is changed here is for those to come.
use crate::ops::{Caller, Result};
use crate::{
    AppContext,
    domain::{
        actor::AuditContext,
        audit_action::AuditAction,
        field_error::FieldError,
        ids::PlanId,
        plan::{self, Plan},
        time::Timestamp,
    },
    panel::{Fit, OurPlan, PanelError, PanelPlan},
    read,
    store::{self, Tx, UniqueKey, audit, plans},
    tx,
};

pub use crate::store::plans::KeptPlan;

/// All plans in the order of the price list, active or not, with what was sold of each.
pub async fn all(ctx: &AppContext) -> Result<Vec<KeptPlan>> {
    Ok(read!(&ctx.db, tx => plans::kept(tx).await)?)
}

/// One of them.
pub async fn one(ctx: &AppContext, slug: &str) -> Result<Option<KeptPlan>> {
    Ok(read!(&ctx.db, tx => plans::kept_by_slug(tx, slug).await)?)
}

/// What is to be said of a plan. What is None stays as it is; a new plan has nothing yet.
#[derive(Debug, Clone, Default)]
pub struct TypedPlan {
    pub name: Option<String>,
    pub price_tzs: Option<i64>,
    pub features: Option<Vec<(String, String)>>,
    /// Its place in the price list; the others make room.
    pub position: Option<i64>,
    /// An empty one: found by its name again.
    pub panel_plan: Option<String>,
}

/// How a change of the price list ended.
#[derive(Debug)]
pub enum Saved {
    Done(Box<KeptPlan>),
    /// Something typed cannot be used.
    Problems(Vec<FieldError>),
    /// The panel has no such plan; the ones it has.
    NotOnPanel(Vec<PanelPlan>),
    /// Nobody could tell whether the panel has it: it did not answer.
    PanelSaidNo(PanelError),
    /// Somebody else changed it meanwhile.
    Raced,
    /// There is no such plan.
    NoPlan,
}

/// What was typed, in a usable form.
struct Read {
    name: Option<String>,
    monthly: Option<crate::domain::money::Tzs>,
    features: Option<Vec<(String, String)>>,
    position: Option<i64>,
    /// `Some(None)`: found by name again.
    panel_plan: Option<Option<String>>,
}

async fn read_typed(ctx: &AppContext, typed: &TypedPlan) -> Result<Read, Saved> {
    let name = typed.name.as_deref().map(plan::read_name).transpose();
    let monthly = typed.price_tzs.map(plan::read_price).transpose();
    let features = typed.features.as_deref().map(plan::read_features).transpose();
    let position = match typed.position {
        Some(place) if !(0..1000).contains(&place) => Err(FieldError::new("position", "wrong")),
        place => Ok(place),
    };
    match (name, monthly, features, position) {
        (Ok(name), Ok(monthly), Ok(features), Ok(position)) => {
            let panel_plan = match typed.panel_plan.as_deref().map(str::trim) {
                None => None,
                Some("") => Some(None),
                Some(wanted) => Some(Some(on_panel(ctx, wanted).await?)),
            };
            Ok(Read { name, monthly, features, position, panel_plan })
        }
        (name, monthly, features, position) => {
            let problems = [name.err(), monthly.err(), features.err(), position.err()];
            Err(Saved::Problems(problems.into_iter().flatten().collect()))
        }
    }
}

/// The panel's own spelling of a plan that it has.
async fn on_panel(ctx: &AppContext, wanted: &str) -> Result<String, Saved> {
    let theirs = ctx.panel.plans().await.outcome.map_err(Saved::PanelSaidNo)?;
    let same =
        |plan: &&PanelPlan| plan.slug.eq_ignore_ascii_case(wanted) || plan.name.eq_ignore_ascii_case(wanted);
    match theirs.iter().find(same) {
        Some(plan) => Ok(plan.slug.clone()),
        None => Err(Saved::NotOnPanel(theirs)),
    }
}

/// Puts a new plan at the end of the price list. Its slug is made from its name.
pub async fn create(ctx: &AppContext, caller: &Caller, typed: &TypedPlan, is_active: bool) -> Result<Saved> {
    let read = match read_typed(ctx, typed).await {
        Ok(read) => read,
        Err(refusal) => return Ok(refusal),
    };
    let missing = [(read.name.is_none(), "name"), (read.monthly.is_none(), "price_tzs")];
    let missing: Vec<FieldError> =
        missing.into_iter().filter(|(is, _)| *is).map(|(_, field)| FieldError::new(field, "empty")).collect();
    let (Some(name), Some(monthly)) = (read.name, read.monthly) else { return Ok(Saved::Problems(missing)) };
    let new = Plan {
        id: PlanId(0),
        slug: plan::slug_of(&name),
        name,
        monthly,
        features: read.features.unwrap_or_default(),
        is_active,
    };
    let panel_plan = read.panel_plan.flatten();
    let (now, context) = (ctx.now(), caller.audit_context());
    let saved = tx!(&ctx.db, tx => {
        let there = plans::kept(tx).await?;
        if there.iter().any(|kept| is_called(kept, &new.name) || kept.plan.slug == new.slug) {
            return Ok(Saved::Problems(vec![FieldError::new("name", "taken")]));
        }
        let at = plans::change_time(tx, now).await?;
        let last = there.iter().map(|kept| kept.position).max().unwrap_or(-1);
        plans::insert(tx, at, &new, last + 1).await?;
        let Some(mut kept) = plans::kept_by_slug(tx, &new.slug).await? else { return Ok(Saved::NoPlan) };
        if panel_plan.is_some() {
            kept.panel_plan = panel_plan.clone();
            plans::update(tx, at, at, &kept).await?;
        }
        note(tx, now, &context, AuditAction::PlanCreated, &kept, &format!("{}, {}", new.slug, new.monthly)).await?;
        Ok(Saved::Done(Box::new(kept)))
    });
    match saved {
        // Somebody else took the slug between our look and our write.
        Err(store::Error::Duplicate(UniqueKey::PlansSlug)) => {
            Ok(Saved::Problems(vec![FieldError::new("name", "taken")]))
        }
        saved => Ok(saved?),
    }
}

fn is_called(kept: &KeptPlan, name: &str) -> bool {
    kept.plan.name.to_lowercase() == name.to_lowercase()
}

/// Changes what is given. The slug stays: orders and addresses name the plan by it.
pub async fn edit(ctx: &AppContext, caller: &Caller, slug: &str, typed: &TypedPlan) -> Result<Saved> {
    if one(ctx, slug).await?.is_none() {
        return Ok(Saved::NoPlan);
    }
    let read = match read_typed(ctx, typed).await {
        Ok(read) => read,
        Err(refusal) => return Ok(refusal),
    };
    let (now, context) = (ctx.now(), caller.audit_context());
    let saved = tx!(&ctx.db, tx => {
        let there = plans::kept(tx).await?;
        let Some(old) = there.iter().find(|kept| kept.plan.slug == slug) else { return Ok(Saved::NoPlan) };
        let mut new = old.clone();
        if let Some(name) = &read.name {
            if there.iter().any(|kept| kept.plan.id != old.plan.id && is_called(kept, name)) {
                return Ok(Saved::Problems(vec![FieldError::new("name", "taken")]));
            }
            new.plan.name.clone_from(name);
        }
        new.plan.monthly = read.monthly.unwrap_or(old.plan.monthly);
        if let Some(features) = &read.features {
            new.plan.features.clone_from(features);
        }
        if let Some(panel_plan) = &read.panel_plan {
            new.panel_plan.clone_from(panel_plan);
        }
        let place = match read.position {
            Some(place) => place_in(&there, old, place),
            None => old.position,
        };
        let changes = changes(old, &new, place);
        if changes.is_empty() {
            return Ok(Saved::Done(Box::new(new)));
        }
        let at = plans::change_time(tx, now).await?;
        plans::update(tx, at, old.updated_at, &new).await?;
        if read.position.is_some() {
            put_at(tx, &there, old, place).await?;
        }
        note(tx, now, &context, AuditAction::PlanEdited, &new, &changes.join("; ")).await?;
        after(tx, slug).await
    });
    settled(saved)
}

/// What changed, as `what: old -> new`.
fn changes(old: &KeptPlan, new: &KeptPlan, place: i64) -> Vec<String> {
    let shown = |panel_plan: &Option<String>| panel_plan.clone().unwrap_or_else(|| "found by name".into());
    let told = [
        ("name", old.plan.name.clone(), new.plan.name.clone()),
        ("price", old.plan.monthly.to_string(), new.plan.monthly.to_string()),
        ("position", old.position.to_string(), place.to_string()),
        ("panel plan", shown(&old.panel_plan), shown(&new.panel_plan)),
    ];
    let mut changes: Vec<String> = told
        .into_iter()
        .filter(|(_, old, new)| old != new)
        .map(|(what, old, new)| format!("{what}: {old} -> {new}"))
        .collect();
    if old.plan.features != new.plan.features {
        let (before, after) = (old.plan.features.len(), new.plan.features.len());
        changes.push(format!("features: {before} -> {after}"));
    }
    changes
}

/// The place that a plan can have: at most the last one.
fn place_in(there: &[KeptPlan], plan: &KeptPlan, wanted: i64) -> i64 {
    let others = there.iter().filter(|kept| kept.plan.id != plan.plan.id).count();
    wanted.min(i64::try_from(others).unwrap_or(i64::MAX))
}

/// Numbers the whole list anew with the plan at its place.
async fn put_at(tx: &mut Tx, there: &[KeptPlan], plan: &KeptPlan, place: i64) -> store::Result<()> {
    let mut order: Vec<&KeptPlan> = there.iter().filter(|kept| kept.plan.id != plan.plan.id).collect();
    order.insert(usize::try_from(place).unwrap_or(0).min(order.len()), plan);
    for (position, kept) in (0..).zip(order) {
        if kept.position != position {
            plans::place(tx, kept.plan.id, position).await?;
        }
    }
    Ok(())
}

/// Sells the plan, or sells it no more. What was sold goes on.
pub async fn set_active(ctx: &AppContext, caller: &Caller, slug: &str, is_active: bool) -> Result<Saved> {
    let (now, context) = (ctx.now(), caller.audit_context());
    let saved = tx!(&ctx.db, tx => {
        let Some(old) = plans::kept_by_slug(tx, slug).await? else { return Ok(Saved::NoPlan) };
        if old.plan.is_active == is_active {
            return Ok(Saved::Done(Box::new(old)));
        }
        let mut new = old.clone();
        new.plan.is_active = is_active;
        let at = plans::change_time(tx, now).await?;
        plans::update(tx, at, old.updated_at, &new).await?;
        let action = if is_active { AuditAction::PlanActivated } else { AuditAction::PlanDeactivated };
        note(tx, now, &context, action, &new, slug).await?;
        after(tx, slug).await
    });
    settled(saved)
}

async fn after(tx: &mut Tx, slug: &str) -> store::Result<Saved> {
    Ok(plans::kept_by_slug(tx, slug).await?.map_or(Saved::NoPlan, |kept| Saved::Done(Box::new(kept))))
}

fn settled(saved: store::Result<Saved>) -> Result<Saved> {
    match saved {
        Err(store::Error::Stale(_)) => Ok(Saved::Raced),
        saved => Ok(saved?),
    }
}

/// How deleting a plan ended.
#[derive(Debug, PartialEq, Eq)]
pub enum Deleted {
    Done,
    /// It was ordered, or a service has it: it can only be sold no more.
    InUse,
    /// Somebody else changed it meanwhile.
    Raced,
    /// There is no such plan.
    NoPlan,
}

/// Deletes a plan that was never ordered and that no service has.
pub async fn delete(ctx: &AppContext, caller: &Caller, slug: &str) -> Result<Deleted> {
    let (now, context) = (ctx.now(), caller.audit_context());
    let deleted = tx!(&ctx.db, tx => {
        let Some(kept) = plans::kept_by_slug(tx, slug).await? else { return Ok(Deleted::NoPlan) };
        if kept.orders > 0 || kept.services > 0 {
            return Ok(Deleted::InUse);
        }
        plans::delete(tx, kept.updated_at, kept.plan.id).await?;
        note(tx, now, &context, AuditAction::PlanDeleted, &kept, &format!("{slug}, {}", kept.plan.monthly)).await?;
        Ok(Deleted::Done)
    });
    match deleted {
        Err(store::Error::Stale(_)) => Ok(Deleted::Raced),
        deleted => Ok(deleted?),
    }
}

async fn note(
    tx: &mut Tx,
    now: Timestamp,
    context: &AuditContext,
    action: AuditAction,
    kept: &KeptPlan,
    details: &str,
) -> store::Result<()> {
    audit::append(tx, now, context, action, Some(kept.plan.id.0), Some(details)).await
}

/// The panel's own plans, and which of them each of ours is set up with.
pub struct OnPanel {
    /// What the panel has, or why it could not be asked.
    pub theirs: Result<Vec<PanelPlan>, PanelError>,
    /// Our plan's slug and the panel's plan, in the order of the price list; empty where the panel does not answer.
    pub used: Vec<(String, Fit)>,
}

/// Asks the panel what it has.
pub async fn panel_plans(ctx: &AppContext) -> Result<OnPanel> {
    let ours = all(ctx).await?;
    let theirs = ctx.panel.plans().await.outcome;
    let fit = |plans: &[PanelPlan], kept: KeptPlan| {
        let ours = OurPlan { slug: kept.plan.slug, name: kept.plan.name, chosen: kept.panel_plan };
        let fit = ctx.panel.fitting(plans, &ours);
        (ours.slug, fit)
    };
    let used = match &theirs {
        Ok(plans) => ours.into_iter().map(|kept| fit(plans, kept)).collect(),
        Err(_) => Vec::new(),
    };
    Ok(OnPanel { theirs, used })
}
