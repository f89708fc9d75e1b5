//! People by role, and by what staff type.
use super::{COUNT, Direction, ExportBatch, Listed, Slice, Tx, count};
use crate::{
    domain::{ids::UserId, money::Tzs, time::Timestamp, user::Role},
    store::{
        Result, Sql,
        counters::{self, Counter},
        search_terms::{Hits, SearchPlan},
    },
};
use sqlx::FromRow;

/// Which people. What is None or empty does not matter.
#[derive(Debug, Clone, Default)]
pub struct UserFilter {
    /// What staff typed.
    pub q: String,
    pub role: Option<Role>,
    pub is_disabled: Option<bool>,
}

/// What the list is sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum UserSort {
    #[default]
    Created,
    Name,
    Email,
}

/// A person with what they bought. The password's hash is not in it.
#[derive(Debug, Clone, FromRow)]
pub struct PersonRow {
    pub id: UserId,
    pub name: String,
    pub email: String,
    pub phone: Option<String>,
    pub role: Role,
    pub locale: String,
    pub email_verified_at: Option<Timestamp>,
    pub disabled_at: Option<Timestamp>,
    pub created_at: Timestamp,
    pub orders: i64,
    pub services: i64,
    /// The money that was applied to their orders.
    pub spent: Tzs,
}

/// A page of people, and how many there are.
pub async fn page(
    tx: &mut Tx,
    filter: &UserFilter,
    plan_search: Option<&SearchPlan>,
    sort: (UserSort, Direction),
    slice: Slice,
) -> Result<Listed<PersonRow>> {
    let hits = match plan_search {
        Some(plan_search) => Some(plan_search.hits(tx).await?),
        None => None,
    };
    let rows = rows(tx, filter, hits.as_ref(), sort, slice).await?;
    let (total, is_exact) = total(tx, filter, hits.as_ref()).await?;
    Ok(Listed { rows, total, is_exact })
}

/// The newest people.
pub async fn newest(tx: &mut Tx, most: i64) -> Result<Vec<PersonRow>> {
    let sort = (UserSort::Created, Direction::Descending);
    rows(tx, &UserFilter::default(), None, sort, Slice { skip: 0, take: most }).await
}

async fn rows(
    tx: &mut Tx,
    filter: &UserFilter,
    hits: Option<&Hits>,
    (sort, direction): (UserSort, Direction),
    slice: Slice,
) -> Result<Vec<PersonRow>> {
    let (column, down) = (
        match sort {
            UserSort::Created => "created_at",
            UserSort::Name => "name",
            UserSort::Email => "email",
        },
        direction.sql(),
    );
    let order = format!(" order by u.{column}{down}, u.id{down}");
    let mut sql = Sql::new(
        "select u.id, u.name, u.email, u.phone, u.role, u.locale, u.email_verified_at, u.disabled_at, u.created_at, \
         (select count(*) from orders o where o.user_id = u.id) as orders, \
         (select count(*) from orders o join services s on s.order_id = o.id where o.user_id = u.id) as services, \
         (select cast(coalesce(sum(y.received_tzs), 0) as signed) from orders o join payments y on y.order_id = o.id \
         where o.user_id = u.id and y.is_applied = 1) as spent from (select u.id",
    );
    push_from(&mut sql, filter, hits);
    sql.push(&order).push(" limit ").push_bind(slice.take).push(" offset ").push_bind(slice.skip);
    sql.push(") page join users u on u.id = page.id").push(order);
    Ok(sql.build_query_as().persistent(hits.is_none()).fetch_all(tx.connection()).await?)
}

/// `(select u.id ...)`: the rows that an export takes next, found as the list finds them.
pub(in crate::store) fn push_picked(sql: &mut Sql, picked: &ExportBatch<'_, UserFilter, UserId>) {
    sql.push("(select u.id");
    push_from(sql, picked.filter, None);
    picked.push(sql, "u.id", "u.id");
}

/// ` from users u where ...`. A function around a column keeps the engine from going by it.
fn push_from(sql: &mut Sql, filter: &UserFilter, hits: Option<&Hits>) {
    sql.push(" from users u where 1 = 1");
    if let Some(role) = filter.role {
        // Nearly everybody is a customer: there the engine is better off going by what is sorted.
        let is_open = role != Role::User && hits.is_none();
        sql.push(if is_open { " and u.role = " } else { " and coalesce(u.role, '') = " }).push_bind(role);
    }
    if let Some(is_disabled) = filter.is_disabled {
        sql.push(if is_disabled { " and u.disabled_at is not null" } else { " and u.disabled_at is null" });
    }
    if let Some(hits) = hits {
        hits.push(sql, "u.id");
    }
}

async fn total(tx: &mut Tx, filter: &UserFilter, hits: Option<&Hits>) -> Result<(i64, bool)> {
    if let Some(hits) = hits {
        let mut sql = Sql::new(COUNT);
        push_from(&mut sql, filter, Some(hits));
        return Ok((count(tx, sql).await?.0, hits.is_all));
    }
    let word = filter.role.map(|role| role.into_str());
    let all = counters::how_many(tx, Counter::Users, word).await?;
    let disabled = counters::how_many(tx, Counter::UsersDisabled, word).await?;
    let total = match filter.is_disabled {
        None => all,
        Some(true) => disabled,
        Some(false) => all - disabled,
    };
    Ok((total, true))
}
