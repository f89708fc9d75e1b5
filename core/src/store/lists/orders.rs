//! Orders by status, network, plan, customer and day, and by search words.
use super::{
    ExportBatch, Listed, Slice, Tx,
    access::{self, AccessPath, DrivingFilter, Found, column},
    descending,
};
use crate::{
    domain::{
        ids::{OrderUuid, ServiceId},
        list::{Direction, ListedOrder, OrderFilter, OrderSort},
        payment::PaymentStatus,
        service::ServiceStatus,
        time::Day,
    },
    store::{
        Error, Result, Sql,
        counters::{self, Counter},
        orders::{COLUMNS, OrderRow},
        search_terms::SearchPlan,
    },
};
use sqlx::FromRow;

#[derive(FromRow)]
struct ListedOrderRow {
    #[sqlx(flatten)]
    order: OrderRow,
    service_id: Option<ServiceId>,
    service_status: Option<ServiceStatus>,
    payment_status: Option<PaymentStatus>,
}

impl TryFrom<ListedOrderRow> for ListedOrder {
    type Error = Error;

    fn try_from(row: ListedOrderRow) -> Result<ListedOrder> {
        Ok(ListedOrder {
            order: row.order.try_into()?,
            service: row.service_id.zip(row.service_status),
            payment_status: row.payment_status,
        })
    }
}

/// A page of orders, and how many there are.
pub async fn page(
    tx: &mut Tx,
    filter: &OrderFilter,
    plan_search: Option<&SearchPlan>,
    sort: (OrderSort, Direction),
    slice: Slice,
) -> Result<Listed<ListedOrder>> {
    let push_from = |sql: &mut Sql, path: &AccessPath<'_>| push_from(sql, filter, path);
    let found = match plan_search {
        Some(plan_search) => access::searched(tx, plan_search, filter.user.is_some(), push_from).await?,
        None => {
            let (filters, is_by_time) = (driving_filters(tx, filter).await?, sort.0 == OrderSort::Created);
            access::filtered(tx, &filters, Counter::Orders, is_by_time, push_from).await?
        }
    };
    let Found { path, total, is_exact } = found;
    let rows = rows(tx, filter, &path, sort, slice).await?;
    Ok(Listed { rows, total, is_exact })
}

/// The newest orders.
pub async fn newest(tx: &mut Tx, most: i64) -> Result<Vec<ListedOrder>> {
    let sort = (OrderSort::Created, Direction::Descending);
    rows(tx, &OrderFilter::default(), &AccessPath::Sorted, sort, Slice { skip: 0, take: most }).await
}

/// The filters that are given, each with how many orders it leaves alone.
async fn driving_filters(tx: &mut Tx, filter: &OrderFilter) -> Result<Vec<(i64, DrivingFilter)>> {
    let mut filters = Vec::new();
    if filter.user.is_some() {
        filters.push((0, DrivingFilter::User));
    }
    if let Some(status) = filter.status {
        let count = counters::how_many(tx, Counter::Orders, Some(status.into_str())).await?;
        filters.push((count, DrivingFilter::Status));
    }
    if let Some(operator) = &filter.operator {
        let count = counters::how_many(tx, Counter::OrdersOperator, Some(operator)).await?;
        filters.push((count, DrivingFilter::Operator));
    }
    if let Some(plan) = &filter.plan {
        filters.push((counters::how_many(tx, Counter::Placed, Some(plan)).await?, DrivingFilter::Plan));
    }
    if filter.from.or(filter.to).is_some() {
        // Day 0 is the sum of all others.
        let (from, to) = (filter.from.unwrap_or(Day(1)).max(Day(1)), filter.to.unwrap_or(Day(i64::MAX)));
        let count = counters::between(tx, Counter::Placed, None, from, to).await?;
        filters.push((count, DrivingFilter::Days));
    }
    Ok(filters)
}

async fn rows(
    tx: &mut Tx,
    filter: &OrderFilter,
    path: &AccessPath<'_>,
    (sort, direction): (OrderSort, Direction),
    slice: Slice,
) -> Result<Vec<ListedOrder>> {
    let down = descending(direction);
    let order = match sort {
        OrderSort::Created => format!(" order by o.created_at{down}, o.id{down}"),
        OrderSort::Price => format!(" order by o.price_tzs{down}, o.created_at{down}, o.id{down}"),
    };
    let mut sql = Sql::new(format!(
        "select {COLUMNS}, s.id as service_id, s.status as service_status, \
         (select y.status from payments y where y.order_id = o.id order by y.attempt desc limit 1) \
         as payment_status from (select o.id"
    ));
    push_from(&mut sql, filter, path);
    sql.push(&order).push(" limit ").push_bind(slice.take).push(" offset ").push_bind(slice.skip);
    sql.push(") page join orders o on o.id = page.id join plans p on p.id = o.plan_id");
    sql.push(" left join services s on s.order_id = o.id").push(order);
    let rows: Vec<ListedOrderRow> =
        sql.build_query_as().persistent(path.is_persistent()).fetch_all(tx.connection()).await?;
    rows.into_iter().map(ListedOrder::try_from).collect()
}

/// `(select o.id ...)`: the rows that an export takes next, found as the list finds them.
pub(in crate::store) fn push_batch(sql: &mut Sql, batch: &ExportBatch<'_, OrderFilter, OrderUuid>) {
    sql.push("(select o.id");
    push_from(sql, batch.filter, &AccessPath::Sorted);
    batch.push(sql, "o.id", "o.order_uuid");
}

/// ` from orders o where ...`. A function around a column keeps the engine from going by its index.
fn push_from(sql: &mut Sql, filter: &OrderFilter, path: &AccessPath<'_>) {
    sql.push(" from orders o where 1 = 1");
    if let Some(status) = filter.status {
        let column = path.column("o.status", DrivingFilter::Status, "''");
        sql.push(format!(" and {column} = ")).push_bind(status);
    }
    if let Some(operator) = &filter.operator {
        let column = path.column("o.gateway_provider", DrivingFilter::Operator, "''");
        sql.push(format!(" and {column} = ")).push_bind(operator.clone());
    }
    if let Some(plan) = &filter.plan {
        let column = path.column("o.plan_id", DrivingFilter::Plan, "0");
        sql.push(format!(" and {column} = (select id from plans where slug = "))
            .push_bind(plan.clone())
            .push(")");
    }
    if let Some(user) = filter.user {
        sql.push(" and o.user_id = ").push_bind(user);
    }
    // Behind each filter the index has the time.
    let created_at = column("o.created_at", path.driving().is_some(), "0");
    if let Some(from) = filter.from {
        sql.push(format!(" and {created_at} >= ")).push_bind(from.start());
    }
    if let Some(to) = filter.to {
        sql.push(format!(" and {created_at} < ")).push_bind(to.plus(1).start());
    }
    path.push_search(sql, "o.id");
}
