//! The price list, and what the panel has for it.
use super::{
    door::{Answer, Ask},
    refusal::{Refusal, confirmed},
};
use crate::views;
use hollyn_core::{
    api::{Done, Feature, Items, Plan, Term, endpoints as e},
    domain::term::MONTHS,
    ops::price_list::{self, Deleted, Saved, TypedPlan},
};

/// The plan as it is kept, or why it was not.
fn saved(saved: Saved) -> Result<Plan, Refusal> {
    match saved {
        Saved::Done(kept) => Ok(views::api::plan(&kept)),
        Saved::Problems(problems) => Err(Refusal::problems(&problems)),
        Saved::NotOnPanel(theirs) => {
            let has: Vec<&str> = theirs.iter().map(|plan| &*plan.slug).collect();
            let has = if has.is_empty() { "none at all".to_owned() } else { has.join(", ") };
            Err(Refusal::field("panel_plan", &format!("The panel has no such plan. It has: {has}.")))
        }
        Saved::PanelSaidNo(error) => Err(Refusal::panel(&error)),
        Saved::Raced => Err(raced()),
        Saved::NoPlan => Err(Refusal::not_found()),
    }
}

fn raced() -> Refusal {
    Refusal::conflict("Somebody else changed the plan meanwhile. Look again.")
}

fn typed(features: Vec<Feature>) -> Vec<(String, String)> {
    features.into_iter().map(|feature| (feature.label, feature.value)).collect()
}

pub async fn list(ask: Ask<e::list_plans>) -> Answer<e::list_plans> {
    Ok(Items { items: price_list::all(&ask.shop).await?.iter().map(views::api::plan).collect() })
}

pub async fn terms(ask: Ask<e::list_terms>) -> Answer<e::list_terms> {
    let discounts = &ask.shop.rules.discounts;
    let term = |months| Term { months, discount_percent: discounts.percent(months) };
    Ok(Items { items: MONTHS.into_iter().map(term).collect() })
}

pub async fn show(ask: Ask<e::show_plan>) -> Answer<e::show_plan> {
    let kept = price_list::one(&ask.shop, &ask.id).await?.ok_or_else(Refusal::not_found)?;
    Ok(views::api::plan(&kept))
}

pub async fn create(ask: Ask<e::create_plan>) -> Answer<e::create_plan> {
    let new = ask.body;
    let plan = TypedPlan {
        name: Some(new.name),
        price_tzs: Some(new.price_tzs),
        features: Some(typed(new.features)),
        position: None,
        panel_plan: new.panel_plan,
    };
    saved(price_list::create(&ask.shop, &ask.caller, &plan, new.is_active).await?)
}

pub async fn edit(ask: Ask<e::edit_plan>) -> Answer<e::edit_plan> {
    let edit = ask.body;
    let plan = TypedPlan {
        name: edit.name,
        price_tzs: edit.price_tzs,
        features: edit.features.map(typed),
        position: edit.position,
        panel_plan: edit.panel_plan,
    };
    saved(price_list::edit(&ask.shop, &ask.caller, &ask.id, &plan).await?)
}

pub async fn activate(ask: Ask<e::activate_plan>) -> Answer<e::activate_plan> {
    saved(price_list::set_active(&ask.shop, &ask.caller, &ask.id, true).await?)
}

pub async fn deactivate(ask: Ask<e::deactivate_plan>) -> Answer<e::deactivate_plan> {
    saved(price_list::set_active(&ask.shop, &ask.caller, &ask.id, false).await?)
}

pub async fn delete(ask: Ask<e::delete_plan>) -> Answer<e::delete_plan> {
    let kept = price_list::one(&ask.shop, &ask.id).await?.ok_or_else(Refusal::not_found)?;
    confirmed(&ask.body.confirm, &kept.plan.slug)?;
    match price_list::delete(&ask.shop, &ask.caller, &kept.plan.slug).await? {
        Deleted::Done => Ok(Done {}),
        Deleted::InUse => {
            Err(Refusal::conflict("The plan was sold, so it cannot be deleted. Deactivate it."))
        }
        Deleted::Raced => Err(raced()),
        Deleted::NoPlan => Err(Refusal::not_found()),
    }
}

pub async fn on_panel(ask: Ask<e::panel_plans>) -> Answer<e::panel_plans> {
    Ok(views::api::panel_plans(price_list::panel_plans(&ask.shop).await?))
}
