//! What staff type of a plan, parsed.
use crate::{
    AppContext,
    domain::{field_error::FieldError, money::Tzs, plan},
    ops::{Error, Result},
    panel::PanelPlan,
};

/// The input of creating or changing a plan. On a change, what is None stays as it is.
#[derive(Debug, Clone, Default)]
pub struct PlanInput {
    pub name: Option<String>,
    pub price_tzs: Option<i64>,
    pub features: Option<Vec<(String, String)>>,
    /// The place in the price list; the other plans move up.
    pub position: Option<i64>,
    /// The panel's plan; empty where it is to be found by name again.
    pub panel_plan: Option<String>,
}

/// The input, parsed.
pub(super) struct ParsedInput {
    pub name: Option<String>,
    pub monthly: Option<Tzs>,
    pub features: Option<Vec<(String, String)>>,
    pub position: Option<i64>,
    /// `Some(None)` where it is to be found by name again.
    pub panel_plan: Option<Option<String>>,
}

/// Parses the input; asks the panel only where a panel plan is named.
pub(super) async fn parse(ctx: &AppContext, input: &PlanInput) -> Result<ParsedInput> {
    let name = input.name.as_deref().map(plan::read_name).transpose();
    let monthly = input.price_tzs.map(plan::read_price).transpose();
    let features = input.features.as_deref().map(plan::read_features).transpose();
    let position = match input.position {
        Some(place) if !(0..1000).contains(&place) => Err(FieldError::new("position", "wrong")),
        place => Ok(place),
    };
    match (name, monthly, features, position) {
        (Ok(name), Ok(monthly), Ok(features), Ok(position)) => {
            let panel_plan = match input.panel_plan.as_deref().map(str::trim) {
                None => None,
                Some("") => Some(None),
                Some(typed) => Some(Some(find_on_panel(ctx, typed).await?)),
            };
            Ok(ParsedInput { name, monthly, features, position, panel_plan })
        }
        (name, monthly, features, position) => {
            let errors = [name.err(), monthly.err(), features.err(), position.err()];
            Err(Error::Invalid(errors.into_iter().flatten().collect()))
        }
    }
}

/// The panel's own spelling of a plan that it has.
async fn find_on_panel(ctx: &AppContext, typed: &str) -> Result<String> {
    let on_panel = ctx.panel.plans().await.outcome.map_err(Error::Provider)?;
    let matches =
        |plan: &PanelPlan| plan.slug.eq_ignore_ascii_case(typed) || plan.name.eq_ignore_ascii_case(typed);
    match on_panel.iter().find(|plan| matches(plan)) {
        Some(plan) => Ok(plan.slug.clone()),
        None => {
            let slugs = on_panel.into_iter().map(|plan| plan.slug).collect();
            Err(Error::Invalid(vec![FieldError::unknown("panel_plan", slugs)]))
        }
    }
}
