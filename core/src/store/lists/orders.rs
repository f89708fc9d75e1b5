//! Orders by status, network, plan, customer and day, and by what staff type.
use super::{COUNT, Direction, Listed, Slice, count};
use crate::{
    domain::{
        ids::{ServiceId, UserId},
        order::OrderStatus,
        payment::PaymentStatus,
        service::ServiceStatus,
        time::Day,
    },
    store::{
        Result, Sql,
        orders::{COLUMNS, OrderRow},
        search_terms::{Hunt, MOST_HITS},
        tallies::{self, What},
    },
};
use sqlx::{AnyConnection, FromRow};

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

/// An order with the states of what belongs to it.
#[derive(Debug, Clone, FromRow)]
pub struct ListedOrder {
    #[sqlx(flatten)]
    pub order: OrderRow,
    pub service_id: Option<ServiceId>,
    pub service_status: Option<ServiceStatus>,
    /// The newest payment's.
    pub payment_status: Option<PaymentStatus>,
}

/// A page of orders, and how many there are.
pub async fn page(
    c: &mut AnyConnection,
    filter: &OrderFilter,
    hunt: Option<&Hunt>,
    sort: (OrderSort, Direction),
    slice: Slice,
) -> Result<Listed<ListedOrder>> {
    let rows = rows(c, filter, hunt, sort, slice).await?;
    let (total, is_exact) = total(c, filter, hunt).await?;
    Ok(Listed { rows, total, is_exact })
}

/// The newest orders.
pub async fn newest(c: &mut AnyConnection, most: i64) -> Result<Vec<ListedOrder>> {
    let sort = (OrderSort::Created, Direction::Descending);
    rows(c, &OrderFilter::default(), None, sort, Slice { skip: 0, take: most }).await
}

async fn rows(
    c: &mut AnyConnection,
    filter: &OrderFilter,
    hunt: Option<&Hunt>,
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
    push_from(&mut sql, filter, hunt, sort == OrderSort::Price);
    sql.push(&order).push(" limit ").push_bind(slice.take).push(" offset ").push_bind(slice.skip);
    sql.push(") page join orders o on o.id = page.id join plans p on p.id = o.plan_id");
    sql.push(" left join services s on s.order_id = o.id").push(order);
    Ok(sql.build_query_as().fetch_all(c).await?)
}

/// ` from orders o where ...`. With `by_price`, the engine is kept from going by anything but the price.
fn push_from(sql: &mut Sql, filter: &OrderFilter, hunt: Option<&Hunt>, by_price: bool) {
    match hunt {
        Some(hunt) if filter.user.is_none() => {
            sql.push(" from (");
            hunt.push_ids(sql, MOST_HITS);
            sql.push(") hit join orders o on o.id = hit.object_id where 1 = 1");
        }
        Some(_) | None => {
            sql.push(" from orders o where 1 = 1");
        }
    }
    push_filter(sql, filter, by_price && hunt.is_none() && filter.user.is_none());
    if let (Some(hunt), Some(_)) = (hunt, filter.user) {
        hunt.push_all(sql, "o.id");
    }
}

fn push_filter(sql: &mut Sql, filter: &OrderFilter, hidden: bool) {
    // A function around a column keeps the engine from going by it.
    let column = |name: &str, none: &str| {
        if hidden { format!("coalesce(o.{name}, {none})") } else { format!("o.{name}") }
    };
    if let Some(status) = filter.status {
        sql.push(format!(" and {} = ", column("status", "''"))).push_bind(status);
    }
    if let Some(operator) = &filter.operator {
        sql.push(format!(" and {} = ", column("gateway_provider", "''"))).push_bind(operator.clone());
    }
    if let Some(plan) = &filter.plan {
        sql.push(format!(" and {} = (select id from plans where slug = ", column("plan_id", "0")));
        sql.push_bind(plan.clone()).push(")");
    }
    if let Some(user) = filter.user {
        sql.push(" and o.user_id = ").push_bind(user);
    }
    if let Some(from) = filter.from {
        sql.push(format!(" and {} >= ", column("created_at", "0"))).push_bind(from.start());
    }
    if let Some(to) = filter.to {
        sql.push(format!(" and {} < ", column("created_at", "0"))).push_bind(to.plus(1).start());
    }
}

async fn total(c: &mut AnyConnection, filter: &OrderFilter, hunt: Option<&Hunt>) -> Result<(i64, bool)> {
    if let Some(hunt) = hunt {
        let mut sql = Sql::new("select count(*), cast(coalesce(sum(case when 1 = 1");
        push_filter(&mut sql, filter, false);
        sql.push(" then 1 else 0 end), 0) as signed)");
        let of_user = OrderFilter { user: filter.user, ..OrderFilter::default() };
        push_from(&mut sql, &of_user, Some(hunt), false);
        let (hits, total): (i64, i64) = sql.build_query_as().fetch_one(c).await?;
        return Ok((total, filter.user.is_some() || hunt.is_complete(hits)));
    }
    let OrderFilter { q: _, status, operator, from, to, user, plan } = filter;
    let known = match (status, operator, plan, from.or(*to), user) {
        (None, None, None, None, None) => Some(tallies::how_many(c, What::Orders, None).await?),
        (Some(status), None, None, None, None) => {
            Some(tallies::how_many(c, What::Orders, Some(status.as_str())).await?)
        }
        (None, Some(operator), None, None, None) => {
            Some(tallies::how_many(c, What::OrdersOperator, Some(operator)).await?)
        }
        (None, None, Some(plan), None, None) => Some(tallies::how_many(c, What::Placed, Some(plan)).await?),
        (None, None, plan, Some(_), None) => {
            // Day 0 is the sum of all others.
            let (from, to) = (from.unwrap_or(Day(1)).max(Day(1)), to.unwrap_or(Day(i64::MAX)));
            Some(tallies::between(c, What::Placed, plan.as_deref(), from, to).await?)
        }
        (_, _, _, _, _) => None,
    };
    if let Some(total) = known {
        return Ok((total, true));
    }
    let mut sql = Sql::new(COUNT);
    push_from(&mut sql, filter, None, false);
    count(c, sql).await
}
