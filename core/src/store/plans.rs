//! The table `plans`.
use super::{Record, Result, Tx, dialect::Flag, expect_one_row, last_insert_id};
use crate::domain::{
    ids::PlanId,
    money::Tzs,
    plan::{Plan, PriceListVersion},
    time::Timestamp,
};
use sqlx::{AssertSqlSafe, FromRow};

#[derive(FromRow)]
struct PlanRow {
    id: PlanId,
    name: String,
    slug: String,
    price_tzs: Tzs,
    features: String,
    is_active: Flag,
    position: i64,
    panel_plan: Option<String>,
    updated_at: Timestamp,
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
            position: row.position,
            panel_plan: row.panel_plan,
            updated_at: row.updated_at,
        }
    }
}

const SELECT: &str =
    "select id, name, slug, price_tzs, features, is_active, position, panel_plan, updated_at from plans";

async fn select(tx: &mut Tx, rest: &str) -> Result<Vec<Plan>> {
    let sql = AssertSqlSafe(format!("{SELECT} {rest} order by position, id"));
    let rows: Vec<PlanRow> = sqlx::query_as(sql).fetch_all(tx.connection()).await?;
    Ok(rows.into_iter().map(Plan::from).collect())
}

/// All active plans in the order of the price list.
pub async fn active(tx: &mut Tx) -> Result<Vec<Plan>> {
    select(tx, "where is_active = 1").await
}

/// All plans in the order of the price list, active or not.
pub async fn all(tx: &mut Tx) -> Result<Vec<Plan>> {
    select(tx, "").await
}

/// One plan, active or not.
pub async fn by_slug(tx: &mut Tx, slug: &str) -> Result<Option<Plan>> {
    let sql = AssertSqlSafe(format!("{SELECT} where slug = ?"));
    let row: Option<PlanRow> = sqlx::query_as(sql).bind(slug).fetch_optional(tx.connection()).await?;
    Ok(row.map(Plan::from))
}

/// The number of plans, active or not.
pub async fn count(tx: &mut Tx) -> Result<i64> {
    Ok(sqlx::query_scalar("select count(*) from plans").fetch_one(tx.connection()).await?)
}

/// The present version of the price list.
pub async fn version(tx: &mut Tx) -> Result<PriceListVersion> {
    let sql = "select count(*), coalesce(max(id), 0), coalesce(max(updated_at), 0) from plans";
    let (plans, newest, changed_at) = sqlx::query_as(sql).fetch_one(tx.connection()).await?;
    Ok(PriceListVersion { plans, newest, changed_at })
}

/// The time that a change made now is recorded with: later than every change before, even after the clock was
/// set back.
pub async fn change_time(tx: &mut Tx, now: Timestamp) -> Result<Timestamp> {
    Ok(now.max(Timestamp(version(tx).await?.changed_at.0 + 1)))
}

/// What a new plan consists of.
pub struct NewPlan<'a> {
    pub name: &'a str,
    pub slug: &'a str,
    pub monthly: Tzs,
    pub features: &'a [(String, String)],
    pub is_active: bool,
    pub position: i64,
    pub panel_plan: Option<&'a str>,
}

/// Inserts a plan. A duplicate where the slug is taken.
pub async fn insert(tx: &mut Tx, now: Timestamp, plan: &NewPlan<'_>) -> Result<PlanId> {
    let features = serde_json::to_string(plan.features).unwrap_or_default();
    let result = sqlx::query(
        "insert into plans (name, slug, price_tzs, features, is_active, position, panel_plan, created_at, \
         updated_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(plan.name)
    .bind(plan.slug)
    .bind(plan.monthly)
    .bind(features)
    .bind(Flag::from(plan.is_active))
    .bind(plan.position)
    .bind(plan.panel_plan)
    .bind(now)
    .bind(now)
    .execute(tx.connection())
    .await?;
    Ok(PlanId(last_insert_id(tx, result).await?))
}

/// The panel's plan that was chosen for the plan.
pub async fn panel_plan(tx: &mut Tx, slug: &str) -> Result<Option<String>> {
    let sql = "select panel_plan from plans where slug = ?";
    Ok(sqlx::query_scalar::<_, Option<String>>(sql)
        .bind(slug)
        .fetch_optional(tx.connection())
        .await?
        .flatten())
}

/// Writes what staff may change of a plan; `plan.updated_at` is still the time it was read with. Stale where
/// it was changed since.
pub async fn update(tx: &mut Tx, now: Timestamp, plan: &Plan) -> Result<()> {
    let features = serde_json::to_string(&plan.features).unwrap_or_default();
    let result = sqlx::query(
        "update plans set name = ?, price_tzs = ?, features = ?, is_active = ?, panel_plan = ?, \
         updated_at = ? where id = ? and updated_at = ?",
    )
    .bind(&plan.name)
    .bind(plan.monthly)
    .bind(features)
    .bind(Flag::from(plan.is_active))
    .bind(plan.panel_plan.as_deref())
    .bind(now)
    .bind(plan.id)
    .bind(plan.updated_at)
    .execute(tx.connection())
    .await?;
    expect_one_row(result, Record::Plan)
}

/// Puts a plan at its place in the price list. `updated_at` stays: the other plans did not change for staff.
pub async fn set_position(tx: &mut Tx, id: PlanId, position: i64) -> Result<()> {
    sqlx::query("update plans set position = ? where id = ?")
        .bind(position)
        .bind(id)
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Whether the plan was ever ordered or a service has it.
pub async fn is_in_use(tx: &mut Tx, plan: &Plan) -> Result<bool> {
    let sql = "select (select count(*) from (select 1 from orders where plan_id = ? limit 1) o) \
               + (select count(*) from (select 1 from services where plan_slug = ? limit 1) s)";
    let uses: i64 = sqlx::query_scalar(sql).bind(plan.id).bind(&plan.slug).fetch_one(tx.connection()).await?;
    Ok(uses > 0)
}

/// Deletes a plan. Stale where it was changed since it was read.
pub async fn delete(tx: &mut Tx, plan: &Plan) -> Result<()> {
    let result = sqlx::query("delete from plans where id = ? and updated_at = ?")
        .bind(plan.id)
        .bind(plan.updated_at)
        .execute(tx.connection())
        .await?;
    expect_one_row(result, Record::Plan)
}
