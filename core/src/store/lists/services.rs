//! Services by status, plan and customer, and by what staff type.
use super::{COUNT, Direction, Listed, Slice, count};
use crate::{
    domain::{ids::UserId, service::ServiceStatus},
    store::{
        Result, Sql,
        search_terms::{Hunt, MOST_HITS},
        services::{COLUMNS, JOINS, ServiceRow},
        tallies::{self, What},
    },
};
use sqlx::AnyConnection;

/// Which services. What is None or empty does not matter.
#[derive(Debug, Clone, Default)]
pub struct ServiceFilter {
    /// What staff typed.
    pub q: String,
    pub status: Option<ServiceStatus>,
    pub user: Option<UserId>,
    /// The plan's slug.
    pub plan: Option<String>,
}

/// What the list is sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ServiceSort {
    #[default]
    Created,
    Domain,
    /// Those that were never active have no such date and stand at the lower end.
    PaidUntil,
}

/// A page of services, and how many there are.
pub async fn page(
    c: &mut AnyConnection,
    filter: &ServiceFilter,
    hunt: Option<&Hunt>,
    sort: (ServiceSort, Direction),
    slice: Slice,
) -> Result<Listed<ServiceRow>> {
    let rows = rows(c, filter, hunt, sort, slice).await?;
    let (total, is_exact) = total(c, filter, hunt).await?;
    Ok(Listed { rows, total, is_exact })
}

/// The newest services.
pub async fn newest(c: &mut AnyConnection, most: i64) -> Result<Vec<ServiceRow>> {
    let sort = (ServiceSort::Created, Direction::Descending);
    rows(c, &ServiceFilter::default(), None, sort, Slice { skip: 0, take: most }).await
}

async fn rows(
    c: &mut AnyConnection,
    filter: &ServiceFilter,
    hunt: Option<&Hunt>,
    (sort, direction): (ServiceSort, Direction),
    slice: Slice,
) -> Result<Vec<ServiceRow>> {
    let (column, down) = (
        match sort {
            ServiceSort::Created => "created_at",
            ServiceSort::Domain => "domain",
            ServiceSort::PaidUntil => "paid_until",
        },
        direction.sql(),
    );
    let order = format!(" order by s.{column}{down}, s.id{down}");
    let mut sql = Sql::new(format!("select {COLUMNS} from (select s.id"));
    push_from(&mut sql, filter, hunt, sort != ServiceSort::Created);
    sql.push(&order).push(" limit ").push_bind(slice.take).push(" offset ").push_bind(slice.skip);
    sql.push(format!(") page join services s on s.id = page.id {JOINS}")).push(order);
    Ok(sql.build_query_as().fetch_all(c).await?)
}

/// ` from services s where ...`. With `by_other`, the engine is kept from going by anything but the sorted column.
fn push_from(sql: &mut Sql, filter: &ServiceFilter, hunt: Option<&Hunt>, by_other: bool) {
    match hunt {
        Some(hunt) if filter.user.is_none() => {
            sql.push(" from (");
            hunt.push_ids(sql, MOST_HITS);
            sql.push(") hit join services s on s.id = hit.object_id where 1 = 1");
        }
        Some(_) | None => {
            sql.push(" from services s where 1 = 1");
        }
    }
    push_filter(sql, filter, by_other && hunt.is_none() && filter.user.is_none());
    if let (Some(hunt), Some(_)) = (hunt, filter.user) {
        hunt.push_all(sql, "s.id");
    }
}

fn push_filter(sql: &mut Sql, filter: &ServiceFilter, hidden: bool) {
    // A function around a column keeps the engine from going by it.
    let column = |name: &str| if hidden { format!("coalesce(s.{name}, '')") } else { format!("s.{name}") };
    if let Some(status) = filter.status {
        sql.push(format!(" and {} = ", column("status"))).push_bind(status);
    }
    if let Some(plan) = &filter.plan {
        sql.push(format!(" and {} = ", column("plan_slug"))).push_bind(plan.clone());
    }
    if let Some(user) = filter.user {
        sql.push(" and s.order_id in (select id from orders where user_id = ").push_bind(user).push(")");
    }
}

async fn total(c: &mut AnyConnection, filter: &ServiceFilter, hunt: Option<&Hunt>) -> Result<(i64, bool)> {
    if let Some(hunt) = hunt {
        let mut sql = Sql::new("select count(*), cast(coalesce(sum(case when 1 = 1");
        push_filter(&mut sql, &ServiceFilter { user: None, ..filter.clone() }, false);
        sql.push(" then 1 else 0 end), 0) as signed)");
        let of_user = ServiceFilter { user: filter.user, ..ServiceFilter::default() };
        push_from(&mut sql, &of_user, Some(hunt), false);
        let (hits, total): (i64, i64) = sql.build_query_as().fetch_one(c).await?;
        return Ok((total, filter.user.is_some() || hunt.is_complete(hits)));
    }
    let ServiceFilter { q: _, status, user, plan } = filter;
    let known = match (status, plan, user) {
        (None, None, None) => Some(tallies::how_many(c, What::Services, None).await?),
        (Some(status), None, None) => {
            Some(tallies::how_many(c, What::Services, Some(status.as_str())).await?)
        }
        (None, Some(plan), None) => Some(tallies::how_many(c, What::ServicesPlan, Some(plan)).await?),
        (Some(ServiceStatus::Active), Some(plan), None) => {
            Some(tallies::how_many(c, What::Active, Some(plan)).await?)
        }
        (_, _, _) => None,
    };
    if let Some(total) = known {
        return Ok((total, true));
    }
    let mut sql = Sql::new(COUNT);
    push_from(&mut sql, filter, None, false);
    count(c, sql).await
}
