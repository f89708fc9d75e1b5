//! People as staff look at them.
use crate::ops::{
    Result,
    pagination::{Direction, PageResult, Wanted},
};
use crate::{
    AppContext,
    domain::{actor::Actor, ids::UserId},
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
        self.0.get(&user_of(actor)?)
    }
}

/// The people behind these actors, in one query however many there are.
pub async fn named(ctx: &AppContext, actors: Vec<&str>) -> Result<Named> {
    let ids: BTreeSet<UserId> = actors.into_iter().filter_map(user_of).collect();
    let ids: Vec<UserId> = ids.into_iter().collect();
    let rows = read!(&ctx.db, tx => users::names(tx, &ids).await)?;
    Ok(Named(rows.into_iter().map(|row| (row.id, row)).collect()))
}

/// The user behind an actor as it is stored; None where the text is no actor, as in a row that was tampered
/// with.
fn user_of(actor: &str) -> Option<UserId> {
    actor.parse::<Actor>().ok()?.user_id()
}
