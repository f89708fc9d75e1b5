//! Users by role, and by search words.
use super::{COUNT, ExportBatch, Listed, Slice, Tx, count, descending};
use crate::{
    domain::{
        ids::UserId,
        list::{Direction, ListedUser, UserFilter, UserSort},
        money::Tzs,
        time::Timestamp,
        user::Role,
    },
    store::{
        Result, Sql,
        counters::{self, Counter},
        search_terms::{Hits, SearchPlan},
        users::{COLUMNS, UserRow},
    },
};
use sqlx::FromRow;

#[derive(FromRow)]
struct ListedUserRow {
    #[sqlx(flatten)]
    user: UserRow,
    created_at: Timestamp,
    orders: i64,
    services: i64,
    spent: Tzs,
}

impl From<ListedUserRow> for ListedUser {
    fn from(row: ListedUserRow) -> ListedUser {
        let ListedUserRow { user, created_at, orders, services, spent } = row;
        ListedUser { user: user.into(), created_at, orders, services, spent }
    }
}

/// A page of users, and how many there are.
pub async fn page(
    tx: &mut Tx,
    filter: &UserFilter,
    plan_search: Option<&SearchPlan>,
    sort: (UserSort, Direction),
    slice: Slice,
) -> Result<Listed<ListedUser>> {
    let hits = match plan_search {
        Some(plan_search) => Some(plan_search.hits(tx).await?),
        None => None,
    };
    let rows = rows(tx, filter, hits.as_ref(), sort, slice).await?;
    let (total, is_exact) = total(tx, filter, hits.as_ref()).await?;
    Ok(Listed { rows, total, is_exact })
}

/// The newest users.
pub async fn newest(tx: &mut Tx, most: i64) -> Result<Vec<ListedUser>> {
    let sort = (UserSort::Created, Direction::Descending);
    rows(tx, &UserFilter::default(), None, sort, Slice { skip: 0, take: most }).await
}

async fn rows(
    tx: &mut Tx,
    filter: &UserFilter,
    hits: Option<&Hits>,
    (sort, direction): (UserSort, Direction),
    slice: Slice,
) -> Result<Vec<ListedUser>> {
    let (column, down) = (
        match sort {
            UserSort::Created => "created_at",
            UserSort::Name => "name",
            UserSort::Email => "email",
        },
        descending(direction),
    );
    let order = format!(" order by u.{column}{down}, u.id{down}");
    let mut sql = Sql::new(format!(
        "select {COLUMNS}, u.created_at, \
         (select count(*) from orders o where o.user_id = u.id) as orders, \
         (select count(*) from orders o join services s on s.order_id = o.id \
         where o.user_id = u.id) as services, \
         (select cast(coalesce(sum(y.received_tzs), 0) as signed) from orders o \
         join payments y on y.order_id = o.id where o.user_id = u.id and y.is_applied = 1) as spent \
         from (select u.id"
    ));
    push_from(&mut sql, filter, hits);
    sql.push(&order).push(" limit ").push_bind(slice.take).push(" offset ").push_bind(slice.skip);
    sql.push(") page join users u on u.id = page.id").push(order);
    let rows: Vec<ListedUserRow> =
        sql.build_query_as().persistent(hits.is_none()).fetch_all(tx.connection()).await?;
    Ok(rows.into_iter().map(ListedUser::from).collect())
}

/// `(select u.id ...)`: the rows that an export takes next, found as the list finds them.
pub(in crate::store) fn push_batch(sql: &mut Sql, batch: &ExportBatch<'_, UserFilter, UserId>) {
    sql.push("(select u.id");
    push_from(sql, batch.filter, None);
    batch.push(sql, "u.id", "u.id");
}

/// ` from users u where ...`. A function around a column keeps the engine from going by its index.
fn push_from(sql: &mut Sql, filter: &UserFilter, hits: Option<&Hits>) {
    sql.push(" from users u where 1 = 1");
    if let Some(role) = filter.role {
        // Nearly all users are customers: there the index of the sort column finds the rows sooner.
        let is_indexed = role != Role::User && hits.is_none();
        let column = if is_indexed { "u.role" } else { "coalesce(u.role, '')" };
        sql.push(format!(" and {column} = ")).push_bind(role);
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
    let label = filter.role.map(|role| role.into_str());
    let all = counters::how_many(tx, Counter::Users, label).await?;
    let disabled = counters::how_many(tx, Counter::UsersDisabled, label).await?;
    let total = match filter.is_disabled {
        None => all,
        Some(true) => disabled,
        Some(false) => all - disabled,
    };
    Ok((total, true))
}
