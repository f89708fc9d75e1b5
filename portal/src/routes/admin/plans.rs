//! The price list, and what the panel has for it.
use super::{
    api_error::{ApiError, confirmed},
    endpoint::{Answer, ApiRequest},
};
use crate::presenters;
use hollyn_core::{
    api::{Done, Feature, Items, Plan, Term, endpoints as e},
    domain::term::MONTHS,
    ops::plans::{
        self,
        admin::{Deleted, Saved, TypedPlan},
    },
};

/// The plan as it is kept, or why it was not.
fn saved(saved: Saved) -> Result<Plan, ApiError> {
    match saved {
        Saved::Done(kept) => Ok(presenters::api::plan(&kept)),
        Saved::Problems(problems) => Err(ApiError::invalid(&problems)),
        Saved::NotOnPanel(theirs) => {
            let has: Vec<&str> = theirs.iter().map(|plan| &*plan.slug).collect();
            let has = if has.is_empty() { "none at all".to_owned() } else { has.join(", ") };
            Err(ApiError::field("panel_plan", &format!("The panel has no such plan. It has: {has}.")))
        }
        Saved::PanelSaidNo(error) => Err(ApiError::panel(&error)),
        Saved::Raced => Err(raced()),
        Saved::NoPlan => Err(ApiError::not_found()),
    }
}

fn raced() -> ApiError {
    ApiError::conflict("Somebody else changed the plan meanwhile. Look again.")
}

fn typed(features: Vec<Feature>) -> Vec<(String, String)> {
    features.into_iter().map(|feature| (feature.label, feature.value)).collect()
}

pub async fn list(ask: ApiRequest<e::list_plans>) -> Answer<e::list_plans> {
    Ok(Items { items: plans::admin::all(&ask.ctx).await?.iter().map(presenters::api::plan).collect() })
}

pub async fn terms(ask: ApiRequest<e::list_terms>) -> Answer<e::list_terms> {
    let discounts = &ask.ctx.settings.discounts;
    let term = |months| Term { months, discount_percent: discounts.percent(months) };
    Ok(Items { items: MONTHS.into_iter().map(term).collect() })
}

pub async fn show(ask: ApiRequest<e::show_plan>) -> Answer<e::show_plan> {
    let kept = plans::admin::one(&ask.ctx, &ask.id).await?.ok_or_else(ApiError::not_found)?;
    Ok(presenters::api::plan(&kept))
}

pub async fn create(ask: ApiRequest<e::create_plan>) -> Answer<e::create_plan> {
    let new = ask.body;
    let plan = TypedPlan {
        name: Some(new.name),
        price_tzs: Some(new.price_tzs),
        features: Some(typed(new.features)),
        position: None,
        panel_plan: new.panel_plan,
    };
    saved(plans::admin::create(&ask.ctx, &ask.caller, &plan, new.is_active).await?)
}

pub async fn edit(ask: ApiRequest<e::edit_plan>) -> Answer<e::edit_plan> {
    let edit = ask.body;
    let plan = TypedPlan {
        name: edit.name,
        price_tzs: edit.price_tzs,
        features: edit.features.map(typed),
        position: edit.position,
        panel_plan: edit.panel_plan,
    };
    saved(plans::admin::edit(&ask.ctx, &ask.caller, &ask.id, &plan).await?)
}

pub async fn activate(ask: ApiRequest<e::activate_plan>) -> Answer<e::activate_plan> {
    saved(plans::admin::set_active(&ask.ctx, &ask.caller, &ask.id, true).await?)
}

pub async fn deactivate(ask: ApiRequest<e::deactivate_plan>) -> Answer<e::deactivate_plan> {
    saved(plans::admin::set_active(&ask.ctx, &ask.caller, &ask.id, false).await?)
}

pub async fn delete(ask: ApiRequest<e::delete_plan>) -> Answer<e::delete_plan> {
    let kept = plans::admin::one(&ask.ctx, &ask.id).await?.ok_or_else(ApiError::not_found)?;
    confirmed(&ask.body.confirm, &kept.plan.slug)?;
    match plans::admin::delete(&ask.ctx, &ask.caller, &kept.plan.slug).await? {
        Deleted::Done => Ok(Done {}),
        Deleted::InUse => {
            Err(ApiError::conflict("The plan was sold, so it cannot be deleted. Deactivate it."))
        }
        Deleted::Raced => Err(raced()),
        Deleted::NoPlan => Err(ApiError::not_found()),
    }
}

pub async fn on_panel(ask: ApiRequest<e::panel_plans>) -> Answer<e::panel_plans> {
    Ok(presenters::api::panel_plans(plans::admin::panel_plans(&ask.ctx).await?))
}
