//! What is sold.
use super::Result;
use crate::{
    Shop,
    domain::{ids::PlanId, money::Tzs, plan::Plan},
    read,
    store::plans,
    tx,
};

pub use crate::store::plans::Stamp;

/// All active plans in the order of the price list.
pub async fn catalogue(shop: &Shop) -> Result<Vec<Plan>> {
    Ok(read!(&shop.db, c => plans::active(c).await)?)
}

/// One plan that can be ordered.
pub async fn on_sale(shop: &Shop, slug: &str) -> Result<Option<Plan>> {
    Ok(read!(&shop.db, c => plans::by_slug(c, slug).await)?.filter(|plan| plan.is_active))
}

/// Changes whenever a plan does.
pub async fn stamp(shop: &Shop) -> Result<Stamp> {
    Ok(read!(&shop.db, c => plans::stamp(c).await)?)
}

/// Puts the plans of `plans.json` into an empty table. Where there are plans, the company's own changes stand.
/// Returns how many were added; an error names what cannot be read.
pub async fn seed(shop: &Shop, json: &str) -> Result<usize, String> {
    let parsed: serde_json::Value = serde_json::from_str(json).map_err(|error| error.to_string())?;
    let rows = parsed["plans"].as_array().ok_or("no list of plans")?;
    let plans =
        rows.iter().map(read_plan).collect::<Option<Vec<_>>>().ok_or("a plan without name, slug or price")?;
    let now = shop.now();
    tx!(&shop.db, c => {
        if plans::count(c).await? > 0 {
            return Ok(0);
        }
        for (position, plan) in (0..).zip(&plans) {
            plans::insert(c, now, plan, position).await?;
        }
        Ok(plans.len())
    })
    .map_err(|error| error.to_string())
}

fn read_plan(row: &serde_json::Value) -> Option<Plan> {
    let features = row["features"].as_object()?;
    Some(Plan {
        id: PlanId(0),
        name: row["name"].as_str()?.to_owned(),
        slug: row["slug"].as_str()?.to_owned(),
        monthly: Tzs(row["price_tzs"].as_i64()?),
        features: features
            .iter()
            .map(|(k, v)| (k.clone(), v.as_str().unwrap_or_default().to_owned()))
            .collect(),
        is_active: true,
    })
}
