//! Plans: the price list, and the panel's own plans.
use super::endpoint::{Answer, ApiRequest};
use hollyn_core::{
    api::{Done, Feature, Items, Term, endpoints as e},
    domain::{input::Confirmation, term::MONTHS},
    ops::plans::{self, PlanInput},
};

fn pairs(features: Vec<Feature>) -> Vec<(String, String)> {
    features.into_iter().map(|feature| (feature.label, feature.value)).collect()
}

pub async fn list(ask: ApiRequest<e::list_plans>) -> Answer<e::list_plans> {
    Ok(Items { items: plans::list(&ask.ctx).await?.iter().map(Into::into).collect() })
}

pub async fn terms(ask: ApiRequest<e::list_terms>) -> Answer<e::list_terms> {
    let discounts = &ask.ctx.settings.discounts;
    let term = |months| Term { months, discount_percent: discounts.percent(months) };
    Ok(Items { items: MONTHS.into_iter().map(term).collect() })
}

pub async fn show(ask: ApiRequest<e::show_plan>) -> Answer<e::show_plan> {
    Ok((&plans::show(&ask.ctx, &ask.id).await?).into())
}

pub async fn create(ask: ApiRequest<e::create_plan>) -> Answer<e::create_plan> {
    let new = ask.body;
    let input = PlanInput {
        name: Some(new.name),
        price_tzs: Some(new.price_tzs),
        features: Some(pairs(new.features)),
        position: None,
        panel_plan: new.panel_plan,
    };
    Ok((&plans::create(&ask.ctx, &ask.caller, &input, new.is_active).await?).into())
}

pub async fn edit(ask: ApiRequest<e::edit_plan>) -> Answer<e::edit_plan> {
    let edit = ask.body;
    let input = PlanInput {
        name: edit.name,
        price_tzs: edit.price_tzs,
        features: edit.features.map(pairs),
        position: edit.position,
        panel_plan: edit.panel_plan,
    };
    Ok((&plans::edit(&ask.ctx, &ask.caller, &ask.id, &input).await?).into())
}

pub async fn activate(ask: ApiRequest<e::activate_plan>) -> Answer<e::activate_plan> {
    Ok((&plans::activate(&ask.ctx, &ask.caller, &ask.id).await?).into())
}

pub async fn deactivate(ask: ApiRequest<e::deactivate_plan>) -> Answer<e::deactivate_plan> {
    Ok((&plans::deactivate(&ask.ctx, &ask.caller, &ask.id).await?).into())
}

pub async fn delete(ask: ApiRequest<e::delete_plan>) -> Answer<e::delete_plan> {
    plans::delete(&ask.ctx, &ask.caller, &ask.id, &Confirmation::new(&ask.body.confirm)).await?;
    Ok(Done {})
}

pub async fn on_panel(ask: ApiRequest<e::panel_plans>) -> Answer<e::panel_plans> {
    Ok(plans::panel_plans(&ask.ctx).await?.into())
}
