//! The first plans of a new portal.
use crate::{
    AppContext,
    domain::money::Tzs,
    store::plans::{self, NewPlan},
    tx,
};

/// A plan of `plans.json`.
struct SeedPlan {
    name: String,
    slug: String,
    monthly: Tzs,
    features: Vec<(String, String)>,
}

/// Inserts the plans of `plans.json` into an empty table. Where there are plans, nothing changes. Returns how
/// many were inserted; an error says what cannot be read.
pub async fn seed(ctx: &AppContext, json: &str) -> Result<usize, String> {
    let parsed: serde_json::Value = serde_json::from_str(json).map_err(|error| error.to_string())?;
    let rows = parsed["plans"].as_array().ok_or("no list of plans")?;
    let seeds =
        rows.iter().map(parse).collect::<Option<Vec<_>>>().ok_or("a plan without name, slug or price")?;
    let now = ctx.now();
    tx!(&ctx.db, tx => {
        if plans::count(tx).await? > 0 {
            return Ok(0);
        }
        for (position, seed) in (0..).zip(&seeds) {
            let new = NewPlan {
                name: &seed.name,
                slug: &seed.slug,
                monthly: seed.monthly,
                features: &seed.features,
                is_active: true,
                position,
                panel_plan: None,
            };
            plans::insert(tx, now, &new).await?;
        }
        Ok(seeds.len())
    })
    .map_err(|error| error.to_string())
}

fn parse(row: &serde_json::Value) -> Option<SeedPlan> {
    let features = row["features"].as_object()?;
    Some(SeedPlan {
        name: row["name"].as_str()?.to_owned(),
        slug: row["slug"].as_str()?.to_owned(),
        monthly: Tzs(row["price_tzs"].as_i64()?),
        features: features
            .iter()
            .map(|(label, value)| (label.clone(), value.as_str().unwrap_or_default().to_owned()))
            .collect(),
    })
}
