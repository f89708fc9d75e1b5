//! People as staff look at them.
use crate::ops::{
    Result,
    pagination::{Direction, PageResult, Wanted},
};
use crate::{
    AppContext,
    domain::{ids::UserId, user::person_of},
    read,
    store::{customer_summary, lists::people, search_terms::Noun, users},
};
use std::collections::{BTreeMap, BTreeSet};

pub use crate::store::{
    customer_summary::CustomerFigures,
    lists::people::{PersonRow, UserFilter, UserSort},
    users::NameRow,
};

/// A page of people, with what each of them bought.
pub async fn page(
    ctx: &AppContext,
    filter: &UserFilter,
    sort: (UserSort, Direction),
    page: i64,
    per_page: i64,
) -> Result<PageResult<PersonRow>> {
    let wanted = Wanted::new(&filter.q, page, per_page);
    let Some(slice) = wanted.slice() else { return Ok(wanted.too_far()) };
    let listed = read!(&ctx.db, tx => {
        let plan_search = wanted.plan_search(tx, Noun::User).await?;
        people::page(tx, filter, plan_search.as_ref(), sort, slice).await
    })?;
    Ok(wanted.page(listed))
}

/// What a person bought and paid.
pub async fn figures(ctx: &AppContext, user: UserId) -> Result<CustomerFigures> {
    Ok(read!(&ctx.db, tx => customer_summary::customer_figures(tx, user).await)?)
}

/// The names of those who did something.
#[derive(Debug, Clone, Default)]
pub struct Named(BTreeMap<UserId, NameRow>);

impl Named {
    /// Who `staff:2` or `user:7` is; none where it is a machine.
    pub fn who(&self, actor: &str) -> Option<&NameRow> {
        self.0.get(&person_of(actor)?)
    }
}

/// The people behind these actors, in one query however many there are.
pub async fn named(ctx: &AppContext, actors: Vec<&str>) -> Result<Named> {
    let ids: BTreeSet<UserId> = actors.into_iter().filter_map(person_of).collect();
    let ids: Vec<UserId> = ids.into_iter().collect();
    let rows = read!(&ctx.db, tx => users::names(tx, &ids).await)?;
    Ok(Named(rows.into_iter().map(|row| (row.id, row)).collect()))
}
