//! What is sold.
use super::{Record, Result, Tx, dialect::Flag, expect_one_row};
use crate::domain::{ids::PlanId, money::Tzs, plan::Plan, time::Timestamp};
use sqlx::{AssertSqlSafe, FromRow};

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
pub async fn active(tx: &mut Tx) -> Result<Vec<Plan>> {
    let sql = "select id, name, slug, price_tzs, features, is_active from plans where is_active = 1 order by position, id";
    Ok(sqlx::query_as::<_, PlanRow>(sql)
        .fetch_all(tx.connection())
        .await?
        .into_iter()
        .map(Plan::from)
        .collect())
}

/// All plans in the order of the price list, active or not.
pub async fn all(tx: &mut Tx) -> Result<Vec<Plan>> {
    let sql = "select id, name, slug, price_tzs, features, is_active from plans order by position, id";
    Ok(sqlx::query_as::<_, PlanRow>(sql)
        .fetch_all(tx.connection())
        .await?
        .into_iter()
        .map(Plan::from)
        .collect())
}

/// One plan, active or not.
pub async fn by_slug(tx: &mut Tx, slug: &str) -> Result<Option<Plan>> {
    let sql = "select id, name, slug, price_tzs, features, is_active from plans where slug = ?";
    Ok(sqlx::query_as::<_, PlanRow>(sql).bind(slug).fetch_optional(tx.connection()).await?.map(Plan::from))
}

/// How many plans there are, active or not.
pub async fn count(tx: &mut Tx) -> Result<i64> {
    Ok(sqlx::query_scalar("select count(*) from plans").fetch_one(tx.connection()).await?)
}

/// Changes with every change of any plan: what finished pages are kept under. The count tells a deleted plan, the newest
/// id a new one in its place, the last change everything else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, FromRow)]
pub struct Stamp {
    pub plans: i64,
    pub newest: i64,
    pub changed_at: Timestamp,
}

/// The plans' state now.
pub async fn stamp(tx: &mut Tx) -> Result<Stamp> {
    let sql = "select count(*) as plans, coalesce(max(id), 0) as newest, coalesce(max(updated_at), 0) as changed_at from plans";
    Ok(sqlx::query_as(sql).fetch_one(tx.connection()).await?)
}

/// When a change that is made now is said to be made: later than every change before, also where the clock was set back.
pub async fn change_time(tx: &mut Tx, now: Timestamp) -> Result<Timestamp> {
    Ok(now.max(Timestamp(stamp(tx).await?.changed_at.0 + 1)))
}

/// A duplicate where the slug is taken.
pub async fn insert(tx: &mut Tx, now: Timestamp, plan: &Plan, position: i64) -> Result<()> {
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
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// A plan as staff keep it, with what was sold of it.
#[derive(Debug, Clone)]
pub struct KeptPlan {
    pub plan: Plan,
    /// Its place in the price list, from 0.
    pub position: i64,
    /// The panel's plan that was chosen for it.
    pub panel_plan: Option<String>,
    pub updated_at: Timestamp,
    pub orders: i64,
    pub orders_paid: i64,
    /// Succeeded payments that were applied to its orders.
    pub revenue: Tzs,
    pub services: i64,
    pub services_active: i64,
}

#[derive(FromRow)]
struct KeptRow {
    #[sqlx(flatten)]
    plan: PlanRow,
    position: i64,
    panel_plan: Option<String>,
    updated_at: Timestamp,
    orders: i64,
    orders_paid: i64,
    revenue: Tzs,
    services: i64,
    services_active: i64,
}

impl From<KeptRow> for KeptPlan {
    fn from(row: KeptRow) -> KeptPlan {
        KeptPlan {
            plan: row.plan.into(),
            position: row.position,
            panel_plan: row.panel_plan,
            updated_at: row.updated_at,
            orders: row.orders,
            orders_paid: row.orders_paid,
            revenue: row.revenue,
            services: row.services,
            services_active: row.services_active,
        }
    }
}

const KEPT: &str = "select p.id, p.name, p.slug, p.price_tzs, p.features, p.is_active, p.position, p.panel_plan, \
    p.updated_at, coalesce(o.orders, 0) as orders, coalesce(o.paid, 0) as orders_paid, \
    coalesce(m.revenue, 0) as revenue, coalesce(s.services, 0) as services, coalesce(s.active, 0) as services_active \
    from plans p \
    left join (select plan_id, count(*) as orders, cast(sum(case when status in ('paid', 'active', 'complete') \
        then 1 else 0 end) as signed) as paid from orders group by plan_id) o on o.plan_id = p.id \
    left join (select q.plan_id, cast(sum(a.received_tzs) as signed) as revenue from payments a \
        join orders q on q.id = a.order_id where a.is_applied = 1 group by q.plan_id) m on m.plan_id = p.id \
    left join (select plan_slug, count(*) as services, cast(sum(case when status = 'active' then 1 else 0 end) as signed) \
        as active from services group by plan_slug) s on s.plan_slug = p.slug";

/// All plans in the order of the price list, active or not, as staff keep them.
pub async fn kept(tx: &mut Tx) -> Result<Vec<KeptPlan>> {
    let sql = AssertSqlSafe(format!("{KEPT} order by p.position, p.id"));
    Ok(sqlx::query_as::<_, KeptRow>(sql)
        .fetch_all(tx.connection())
        .await?
        .into_iter()
        .map(KeptPlan::from)
        .collect())
}

/// One of them.
pub async fn kept_by_slug(tx: &mut Tx, slug: &str) -> Result<Option<KeptPlan>> {
    let sql = AssertSqlSafe(format!("{KEPT} where p.slug = ?"));
    Ok(sqlx::query_as::<_, KeptRow>(sql)
        .bind(slug)
        .fetch_optional(tx.connection())
        .await?
        .map(KeptPlan::from))
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

/// Writes what staff may change of a plan. Stale where somebody changed it since it was read.
pub async fn update(tx: &mut Tx, now: Timestamp, read_at: Timestamp, plan: &KeptPlan) -> Result<()> {
    let features = serde_json::to_string(&plan.plan.features).unwrap_or_default();
    let result = sqlx::query(
        "update plans set name = ?, price_tzs = ?, features = ?, is_active = ?, panel_plan = ?, updated_at = ? \
         where id = ? and updated_at = ?",
    )
    .bind(&plan.plan.name)
    .bind(plan.plan.monthly)
    .bind(features)
    .bind(Flag::from(plan.plan.is_active))
    .bind(plan.panel_plan.as_deref())
    .bind(now)
    .bind(plan.plan.id)
    .bind(read_at)
    .execute(tx.connection())
    .await?;
    expect_one_row(result, Record::Plan)
}

/// Puts a plan at its place in the price list. Of others it changes nothing that staff see of them.
pub async fn place(tx: &mut Tx, id: PlanId, position: i64) -> Result<()> {
    sqlx::query("update plans set position = ? where id = ?")
        .bind(position)
        .bind(id)
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Deletes a plan. Stale where somebody changed it since it was read.
pub async fn delete(tx: &mut Tx, read_at: Timestamp, id: PlanId) -> Result<()> {
    let result = sqlx::query("delete from plans where id = ? and updated_at = ?")
        .bind(id)
        .bind(read_at)
        .execute(tx.connection())
        .await?;
    expect_one_row(result, Record::Plan)
}
