//! Orders by status, network, plan, customer and day, and by what staff type.
use super::{COUNT, Direction, ExportBatch, FEW, Listed, Slice, Tx, count};
use crate::{
    domain::{
        ids::{OrderUuid, ServiceId, UserId},
        order::{ListedOrder, OrderStatus},
        payment::PaymentStatus,
        service::ServiceStatus,
        time::Day,
    },
    store::{
        Error, Result, Sql,
        counters::{self, Counter},
        orders::{COLUMNS, OrderRow},
        search_terms::{Hits, SearchPlan},
    },
};
use sqlx::FromRow;

/// Which orders. What is None or empty does not matter.
#[derive(Debug, Clone, Default)]
pub struct OrderFilter {
    /// What staff typed.
    pub q: String,
    pub status: Option<OrderStatus>,
    /// The network that paid.
    pub operator: Option<String>,
    /// The first and the last day on which it was placed.
    pub from: Option<Day>,
    pub to: Option<Day>,
    pub user: Option<UserId>,
    /// The plan's slug.
    pub plan: Option<String>,
}

/// What the list is sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OrderSort {
    #[default]
    Created,
    Price,
}

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
    let (way, total, is_exact) = match plan_search {
        Some(plan_search) => {
            let way = if filter.user.is_some() {
                Way::User(plan_search)
            } else {
                Way::Hits(plan_search.hits(tx).await?)
            };
            let (total, is_exact) = counted(tx, filter, &way).await?;
            (way, total, is_exact)
        }
        None => chosen(tx, filter, sort.0).await?,
    };
    let rows = rows(tx, filter, &way, sort, slice).await?;
    Ok(Listed { rows, total, is_exact })
}

/// The newest orders.
pub async fn newest(tx: &mut Tx, most: i64) -> Result<Vec<ListedOrder>> {
    let sort = (OrderSort::Created, Direction::Descending);
    rows(tx, &OrderFilter::default(), &Way::Sorted, sort, Slice { skip: 0, take: most }).await
}

/// What the engine goes by to find the rows. It does not know how common a network or a plan is; the tallies do.
enum Way<'a> {
    /// What a search found.
    Hits(Hits),
    /// The customer's orders, of which each must have the words.
    User(&'a SearchPlan),
    /// The filter that leaves the least.
    Lead(Lead),
    /// What the list is sorted by.
    Sorted,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lead {
    Status,
    Operator,
    Plan,
    Days,
    User,
}

async fn chosen<'a>(tx: &mut Tx, filter: &OrderFilter, sort: OrderSort) -> Result<(Way<'a>, i64, bool)> {
    let leads = leads(tx, filter).await?;
    let Some((least, lead)) = leads.iter().min_by_key(|(count, _)| *count).copied() else {
        return Ok((Way::Sorted, counters::how_many(tx, Counter::Orders, None).await?, true));
    };
    let (total, is_exact) = match leads.len() {
        1 if lead != Lead::User => (least, true),
        _ => counted(tx, filter, &Way::Lead(lead)).await?,
    };
    // Where many are left, the next ones by price are found sooner than all of them are sorted.
    let by_price = sort == OrderSort::Price && total > FEW && lead != Lead::User;
    Ok((if by_price { Way::Sorted } else { Way::Lead(lead) }, total, is_exact))
}

/// How many orders each filter leaves alone.
async fn leads(tx: &mut Tx, filter: &OrderFilter) -> Result<Vec<(i64, Lead)>> {
    let mut leads = Vec::new();
    if filter.user.is_some() {
        leads.push((0, Lead::User));
    }
    if let Some(status) = filter.status {
        leads.push((counters::how_many(tx, Counter::Orders, Some(status.into_str())).await?, Lead::Status));
    }
    if let Some(operator) = &filter.operator {
        leads.push((counters::how_many(tx, Counter::OrdersOperator, Some(operator)).await?, Lead::Operator));
    }
    if let Some(plan) = &filter.plan {
        leads.push((counters::how_many(tx, Counter::Placed, Some(plan)).await?, Lead::Plan));
    }
    if filter.from.or(filter.to).is_some() {
        // Day 0 is the sum of all others.
        let (from, to) = (filter.from.unwrap_or(Day(1)).max(Day(1)), filter.to.unwrap_or(Day(i64::MAX)));
        leads.push((counters::between(tx, Counter::Placed, None, from, to).await?, Lead::Days));
    }
    Ok(leads)
}

/// How many there are, up to the bound, and whether those are all.
async fn counted(tx: &mut Tx, filter: &OrderFilter, way: &Way<'_>) -> Result<(i64, bool)> {
    let mut sql = Sql::new(COUNT);
    push_from(&mut sql, filter, way);
    let (total, is_exact) = count(tx, sql).await?;
    Ok((total, is_exact && !matches!(way, Way::Hits(hits) if !hits.is_all)))
}

async fn rows(
    tx: &mut Tx,
    filter: &OrderFilter,
    way: &Way<'_>,
    (sort, direction): (OrderSort, Direction),
    slice: Slice,
) -> Result<Vec<ListedOrder>> {
    let down = direction.sql();
    let order = match sort {
        OrderSort::Created => format!(" order by o.created_at{down}, o.id{down}"),
        OrderSort::Price => format!(" order by o.price_tzs{down}, o.created_at{down}, o.id{down}"),
    };
    let mut sql = Sql::new(format!(
        "select {COLUMNS}, s.id as service_id, s.status as service_status, \
         (select y.status from payments y where y.order_id = o.id order by y.attempt desc limit 1) as payment_status \
         from (select o.id"
    ));
    push_from(&mut sql, filter, way);
    sql.push(&order).push(" limit ").push_bind(slice.take).push(" offset ").push_bind(slice.skip);
    sql.push(") page join orders o on o.id = page.id join plans p on p.id = o.plan_id");
    sql.push(" left join services s on s.order_id = o.id").push(order);
    let rows: Vec<ListedOrderRow> =
        sql.build_query_as().persistent(!matches!(way, Way::Hits(_))).fetch_all(tx.connection()).await?;
    rows.into_iter().map(ListedOrder::try_from).collect()
}

/// `(select o.id ...)`: the rows that an export takes next, found as the list finds them.
pub(in crate::store) fn push_picked(sql: &mut Sql, picked: &ExportBatch<'_, OrderFilter, OrderUuid>) {
    sql.push("(select o.id");
    push_from(sql, picked.filter, &Way::Sorted);
    picked.push(sql, "o.id", "o.order_uuid");
}

/// ` from orders o where ...`. A function around a column keeps the engine from going by it.
fn push_from(sql: &mut Sql, filter: &OrderFilter, way: &Way<'_>) {
    let lead = match way {
        Way::Lead(lead) => Some(*lead),
        Way::User(_) => Some(Lead::User),
        Way::Hits(_) | Way::Sorted => None,
    };
    let word = |name: &str, of| {
        if lead == Some(of) { format!("o.{name}") } else { format!("coalesce(o.{name}, '')") }
    };
    let number =
        |name: &str, is_open| if is_open { format!("o.{name}") } else { format!("coalesce(o.{name}, 0)") };
    sql.push(" from orders o where 1 = 1");
    if let Some(status) = filter.status {
        sql.push(format!(" and {} = ", word("status", Lead::Status))).push_bind(status);
    }
    if let Some(operator) = &filter.operator {
        sql.push(format!(" and {} = ", word("gateway_provider", Lead::Operator))).push_bind(operator.clone());
    }
    if let Some(plan) = &filter.plan {
        let column = number("plan_id", lead == Some(Lead::Plan));
        sql.push(format!(" and {column} = (select id from plans where slug = "))
            .push_bind(plan.clone())
            .push(")");
    }
    if let Some(user) = filter.user {
        sql.push(" and o.user_id = ").push_bind(user);
    }
    // Behind each filter the index has the time.
    let column = number("created_at", lead.is_some());
    if let Some(from) = filter.from {
        sql.push(format!(" and {column} >= ")).push_bind(from.start());
    }
    if let Some(to) = filter.to {
        sql.push(format!(" and {column} < ")).push_bind(to.plus(1).start());
    }
    match way {
        Way::Hits(hits) => hits.push(sql, "o.id"),
        Way::User(plan_search) => plan_search.push_all(sql, "o.id"),
        Way::Lead(_) | Way::Sorted => {}
    }
}
