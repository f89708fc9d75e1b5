//! What one search over everything shows of each thing.
use super::{
    Result, Sql, Tx,
    search_terms::{Noun, SearchPlan},
};
use crate::domain::{
    ids::{OrderId, OrderUuid, ServiceId, UserId},
    order::OrderStatus,
    search::{Found, Hit},
    service::ServiceStatus,
    time::Timestamp,
    user::Role,
};
use sqlx::FromRow;

/// The best hits of a search, in one query.
pub async fn best(tx: &mut Tx, plan_search: &SearchPlan, most: i64) -> Result<Vec<Hit>> {
    match plan_search.noun() {
        Noun::User => users(tx, plan_search, most).await,
        Noun::Order => orders(tx, plan_search, most).await,
        Noun::Service => services(tx, plan_search, most).await,
    }
}

fn query(plan_search: &SearchPlan, most: i64, columns: &str, joins: &str) -> Sql {
    let mut sql = Sql::new(format!("select hit.is_exact, {columns} from ("));
    plan_search.push_best(&mut sql, most);
    sql.push(format!(") hit {joins} order by hit.is_exact desc, hit.object_id desc"));
    sql
}

async fn users(tx: &mut Tx, plan_search: &SearchPlan, most: i64) -> Result<Vec<Hit>> {
    #[derive(FromRow)]
    struct Row {
        is_exact: i64,
        id: UserId,
        name: String,
        email: String,
        phone: Option<String>,
        role: Role,
        disabled_at: Option<Timestamp>,
        created_at: Timestamp,
    }
    let columns = "u.id, u.name, u.email, u.phone, u.role, u.disabled_at, u.created_at";
    let mut sql = query(plan_search, most, columns, "join users u on u.id = hit.object_id");
    let rows: Vec<Row> = sql.build_query_as().fetch_all(tx.connection()).await?;
    let hit = |row: Row| Hit {
        found: Found::User { id: row.id, role: row.role, is_disabled: row.disabled_at.is_some() },
        title: row.name,
        line: joined([Some(row.email), row.phone]),
        is_exact: row.is_exact != 0,
        created_at: row.created_at,
    };
    Ok(rows.into_iter().map(hit).collect())
}

async fn orders(tx: &mut Tx, plan_search: &SearchPlan, most: i64) -> Result<Vec<Hit>> {
    #[derive(FromRow)]
    struct Row {
        is_exact: i64,
        id: OrderId,
        order_uuid: OrderUuid,
        customer_name: String,
        domain: Option<String>,
        plan_name: String,
        status: OrderStatus,
        created_at: Timestamp,
    }
    let columns =
        "o.id, o.order_uuid, o.customer_name, o.domain, p.name as plan_name, o.status, o.created_at";
    let joins = "join orders o on o.id = hit.object_id join plans p on p.id = o.plan_id";
    let rows: Vec<Row> =
        query(plan_search, most, columns, joins).build_query_as().fetch_all(tx.connection()).await?;
    let hit = |row: Row| Hit {
        found: Found::Order { id: row.id, uuid: row.order_uuid, status: row.status },
        title: row.order_uuid.number(),
        line: joined([Some(row.customer_name), Some(row.plan_name), row.domain]),
        is_exact: row.is_exact != 0,
        created_at: row.created_at,
    };
    Ok(rows.into_iter().map(hit).collect())
}

async fn services(tx: &mut Tx, plan_search: &SearchPlan, most: i64) -> Result<Vec<Hit>> {
    #[derive(FromRow)]
    struct Row {
        is_exact: i64,
        id: ServiceId,
        domain: String,
        webuzo_username: Option<String>,
        customer_email: String,
        status: ServiceStatus,
        created_at: Timestamp,
    }
    let columns = "s.id, s.domain, s.webuzo_username, o.customer_email, s.status, s.created_at";
    let joins = "join services s on s.id = hit.object_id join orders o on o.id = s.order_id";
    let rows: Vec<Row> =
        query(plan_search, most, columns, joins).build_query_as().fetch_all(tx.connection()).await?;
    let hit = |row: Row| Hit {
        found: Found::Service { id: row.id, status: row.status },
        title: row.domain,
        line: joined([row.webuzo_username, Some(row.customer_email)]),
        is_exact: row.is_exact != 0,
        created_at: row.created_at,
    };
    Ok(rows.into_iter().map(hit).collect())
}

fn joined<const N: usize>(parts: [Option<String>; N]) -> String {
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
