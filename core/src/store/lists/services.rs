//! Services by status, plan and customer, and by what staff type.
use super::{COUNT, Direction, ExportBatch, FEW, Listed, Slice, Tx, count};
use crate::{
    domain::{
        ids::{ServiceId, UserId},
        service::{Service, ServiceStatus},
    },
    store::{
        Result, Sql,
        counters::{self, Counter},
        search_terms::{Hits, SearchPlan},
        services::{COLUMNS, JOINS, entities},
    },
};

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
    tx: &mut Tx,
    filter: &ServiceFilter,
    plan_search: Option<&SearchPlan>,
    sort: (ServiceSort, Direction),
    slice: Slice,
) -> Result<Listed<Service>> {
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

/// The newest services.
pub async fn newest(tx: &mut Tx, most: i64) -> Result<Vec<Service>> {
    let sort = (ServiceSort::Created, Direction::Descending);
    rows(tx, &ServiceFilter::default(), &Way::Sorted, sort, Slice { skip: 0, take: most }).await
}

/// What the engine goes by to find the rows; as for orders.
enum Way<'a> {
    Hits(Hits),
    User(&'a SearchPlan),
    Lead(Lead),
    Sorted,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lead {
    Status,
    Plan,
    User,
}

async fn chosen<'a>(tx: &mut Tx, filter: &ServiceFilter, sort: ServiceSort) -> Result<(Way<'a>, i64, bool)> {
    let mut leads = Vec::new();
    if filter.user.is_some() {
        leads.push((0, Lead::User));
    }
    if let Some(status) = filter.status {
        leads.push((counters::how_many(tx, Counter::Services, Some(status.into_str())).await?, Lead::Status));
    }
    if let Some(plan) = &filter.plan {
        leads.push((counters::how_many(tx, Counter::ServicesPlan, Some(plan)).await?, Lead::Plan));
    }
    let Some((least, lead)) = leads.iter().min_by_key(|(count, _)| *count).copied() else {
        return Ok((Way::Sorted, counters::how_many(tx, Counter::Services, None).await?, true));
    };
    let (total, is_exact) = match leads.len() {
        1 if lead != Lead::User => (least, true),
        _ => counted(tx, filter, &Way::Lead(lead)).await?,
    };
    let by_other = sort != ServiceSort::Created && total > FEW && lead != Lead::User;
    Ok((if by_other { Way::Sorted } else { Way::Lead(lead) }, total, is_exact))
}

/// How many there are, up to the bound, and whether those are all.
async fn counted(tx: &mut Tx, filter: &ServiceFilter, way: &Way<'_>) -> Result<(i64, bool)> {
    let mut sql = Sql::new(COUNT);
    push_from(&mut sql, filter, way);
    let (total, is_exact) = count(tx, sql).await?;
    Ok((total, is_exact && !matches!(way, Way::Hits(hits) if !hits.is_all)))
}

async fn rows(
    tx: &mut Tx,
    filter: &ServiceFilter,
    way: &Way<'_>,
    (sort, direction): (ServiceSort, Direction),
    slice: Slice,
) -> Result<Vec<Service>> {
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
    push_from(&mut sql, filter, way);
    sql.push(&order).push(" limit ").push_bind(slice.take).push(" offset ").push_bind(slice.skip);
    sql.push(format!(") page join services s on s.id = page.id {JOINS}")).push(order);
    let is_persistent = !matches!(way, Way::Hits(_));
    entities(sql.build_query_as().persistent(is_persistent).fetch_all(tx.connection()).await?)
}

/// `(select s.id ...)`: the rows that an export takes next, found as the list finds them.
pub(in crate::store) fn push_picked(sql: &mut Sql, picked: &ExportBatch<'_, ServiceFilter, ServiceId>) {
    sql.push("(select s.id");
    push_from(sql, picked.filter, &Way::Sorted);
    picked.push(sql, "s.id", "s.id");
}

/// ` from services s where ...`. A function around a column keeps the engine from going by it.
fn push_from(sql: &mut Sql, filter: &ServiceFilter, way: &Way<'_>) {
    let lead = match way {
        Way::Lead(lead) => Some(*lead),
        Way::User(_) => Some(Lead::User),
        Way::Hits(_) | Way::Sorted => None,
    };
    let column = |name: &str, of| {
        if lead == Some(of) { format!("s.{name}") } else { format!("coalesce(s.{name}, '')") }
    };
    sql.push(" from services s where 1 = 1");
    if let Some(status) = filter.status {
        sql.push(format!(" and {} = ", column("status", Lead::Status))).push_bind(status);
    }
    if let Some(plan) = &filter.plan {
        sql.push(format!(" and {} = ", column("plan_slug", Lead::Plan))).push_bind(plan.clone());
    }
    if let Some(user) = filter.user {
        sql.push(" and s.order_id in (select id from orders where user_id = ").push_bind(user).push(")");
    }
    match way {
        Way::Hits(hits) => hits.push(sql, "s.id"),
        Way::User(plan_search) => plan_search.push_all(sql, "s.id"),
        Way::Lead(_) | Way::Sorted => {}
    }
}
