//! Services by status, plan and customer, and by search words.
use super::{
    ExportBatch, Listed, Slice, Tx,
    access::{self, AccessPath, DrivingFilter, Found},
    descending,
};
use crate::{
    domain::{
        ids::ServiceId,
        list::{Direction, ServiceFilter, ServiceSort},
        service::Service,
    },
    store::{
        Result, Sql,
        counters::{self, Counter},
        search_terms::SearchPlan,
        services::{COLUMNS, JOINS, entities},
    },
};

/// A page of services, and how many there are.
pub async fn page(
    tx: &mut Tx,
    filter: &ServiceFilter,
    plan_search: Option<&SearchPlan>,
    sort: (ServiceSort, Direction),
    slice: Slice,
) -> Result<Listed<Service>> {
    let push_from = |sql: &mut Sql, path: &AccessPath<'_>| push_from(sql, filter, path);
    let found = match plan_search {
        Some(plan_search) => access::searched(tx, plan_search, filter.user.is_some(), push_from).await?,
        None => {
            let (filters, is_by_time) = (driving_filters(tx, filter).await?, sort.0 == ServiceSort::Created);
            access::filtered(tx, &filters, Counter::Services, is_by_time, push_from).await?
        }
    };
    let Found { path, total, is_exact } = found;
    let rows = rows(tx, filter, &path, sort, slice).await?;
    Ok(Listed { rows, total, is_exact })
}

/// The newest services.
pub async fn newest(tx: &mut Tx, most: i64) -> Result<Vec<Service>> {
    let sort = (ServiceSort::Created, Direction::Descending);
    rows(tx, &ServiceFilter::default(), &AccessPath::Sorted, sort, Slice { skip: 0, take: most }).await
}

/// The filters that are given, each with how many services it leaves alone.
async fn driving_filters(tx: &mut Tx, filter: &ServiceFilter) -> Result<Vec<(i64, DrivingFilter)>> {
    let mut filters = Vec::new();
    if filter.user.is_some() {
        filters.push((0, DrivingFilter::User));
    }
    if let Some(status) = filter.status {
        let count = counters::how_many(tx, Counter::Services, Some(status.into_str())).await?;
        filters.push((count, DrivingFilter::Status));
    }
    if let Some(plan) = &filter.plan {
        filters.push((counters::how_many(tx, Counter::ServicesPlan, Some(plan)).await?, DrivingFilter::Plan));
    }
    Ok(filters)
}

async fn rows(
    tx: &mut Tx,
    filter: &ServiceFilter,
    path: &AccessPath<'_>,
    (sort, direction): (ServiceSort, Direction),
    slice: Slice,
) -> Result<Vec<Service>> {
    let (column, down) = (
        match sort {
            ServiceSort::Created => "created_at",
            ServiceSort::Domain => "domain",
            ServiceSort::PaidUntil => "paid_until",
        },
        descending(direction),
    );
    let order = format!(" order by s.{column}{down}, s.id{down}");
    let mut sql = Sql::new(format!("select {COLUMNS} from (select s.id"));
    push_from(&mut sql, filter, path);
    sql.push(&order).push(" limit ").push_bind(slice.take).push(" offset ").push_bind(slice.skip);
    sql.push(format!(") page join services s on s.id = page.id {JOINS}")).push(order);
    let is_persistent = path.is_persistent();
    entities(sql.build_query_as().persistent(is_persistent).fetch_all(tx.connection()).await?)
}

/// `(select s.id ...)`: the rows that an export takes next, found as the list finds them.
pub(in crate::store) fn push_batch(sql: &mut Sql, batch: &ExportBatch<'_, ServiceFilter, ServiceId>) {
    sql.push("(select s.id");
    push_from(sql, batch.filter, &AccessPath::Sorted);
    batch.push(sql, "s.id", "s.id");
}

/// ` from services s where ...`. A function around a column keeps the engine from going by its index.
fn push_from(sql: &mut Sql, filter: &ServiceFilter, path: &AccessPath<'_>) {
    sql.push(" from services s where 1 = 1");
    if let Some(status) = filter.status {
        let column = path.column("s.status", DrivingFilter::Status, "''");
        sql.push(format!(" and {column} = ")).push_bind(status);
    }
    if let Some(plan) = &filter.plan {
        let column = path.column("s.plan_slug", DrivingFilter::Plan, "''");
        sql.push(format!(" and {column} = ")).push_bind(plan.clone());
    }
    if let Some(user) = filter.user {
        sql.push(" and s.order_id in (select id from orders where user_id = ").push_bind(user).push(")");
    }
    path.push_search(sql, "s.id");
}
