//! What is sold.
use super::Result;
use super::dialect::Flag;
use crate::domain::{ids::PlanId, money::Tzs, plan::Plan, time::Moment};
use sqlx::{AnyConnection, FromRow};

#[derive(FromRow)]
struct PlanRow {
    id: PlanId,
    name: String,
    slug: String,
    price_tzs: Tzs,
    features: String,
    is_active: Flag,
}

impl From<PlanRow> for Plan {
    fn from(row: PlanRow) -> Plan {
        Plan {
            id: row.id,
            name: row.name,
            slug: row.slug,
            monthly: row.price_tzs,
            features: serde_json::from_str(&row.features).unwrap_or_default(),
            is_active: row.is_active.into(),
        }
    }
}

/// All active plans in the order of the price list.
pub async fn active(c: &mut AnyConnection) -> Result<Vec<Plan>> {
    let sql = "select id, name, slug, price_tzs, features, is_active from plans where is_active = 1 order by position, id";
    Ok(sqlx::query_as::<_, PlanRow>(sql).fetch_all(c).await?.into_iter().map(Plan::from).collect())
}

/// All plans in the order of the price list, active or not.
pub async fn all(c: &mut AnyConnection) -> Result<Vec<Plan>> {
    let sql = "select id, name, slug, price_tzs, features, is_active from plans order by position, id";
    Ok(sqlx::query_as::<_, PlanRow>(sql).fetch_all(c).await?.into_iter().map(Plan::from).collect())
}

/// One plan, active or not.
pub async fn by_slug(c: &mut AnyConnection, slug: &str) -> Result<Option<Plan>> {
    let sql = "select id, name, slug, price_tzs, features, is_active from plans where slug = ?";
    Ok(sqlx::query_as::<_, PlanRow>(sql).bind(slug).fetch_optional(c).await?.map(Plan::from))
}

/// How many plans there are, active or not.
pub async fn count(c: &mut AnyConnection) -> Result<i64> {
    Ok(sqlx::query_scalar("select count(*) from plans").fetch_one(c).await?)
}

/// Changes with every change of any plan: what finished pages are kept under.
pub async fn stamp(c: &mut AnyConnection) -> Result<i64> {
    Ok(sqlx::query_scalar("select coalesce(max(updated_at), 0) from plans").fetch_one(c).await?)
}

/// A duplicate where the slug is taken.
pub async fn insert(c: &mut AnyConnection, now: Moment, plan: &Plan, position: i64) -> Result<()> {
    let features = serde_json::to_string(&plan.features).unwrap_or_default();
    sqlx::query(
        "insert into plans (name, slug, price_tzs, features, is_active, position, created_at, updated_at) \
         values (?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(&plan.name)
    .bind(&plan.slug)
    .bind(plan.monthly)
    .bind(features)
    .bind(Flag::from(plan.is_active))
    .bind(position)
    .bind(now)
    .bind(now)
    .execute(c)
    .await?;
    Ok(())
}
