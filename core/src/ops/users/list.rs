//! Lists of users, for staff.
use crate::ops::{Result, pagination::PageRequest};
use crate::{
    AppContext,
    domain::{
        actor::{Actor, ActorNames},
        customer::CustomerFigures,
        ids::UserId,
        list::{Direction, ListedUser, Page, UserFilter, UserSort},
    },
    read,
    store::{customer_summary, lists, search_terms::Noun, users},
};
use std::collections::BTreeSet;

/// A page of users, with what each of them bought.
pub async fn search(
    ctx: &AppContext,
    filter: &UserFilter,
    sort: (UserSort, Direction),
    page: i64,
    per_page: i64,
) -> Result<Page<ListedUser>> {
    let request = PageRequest::new(&filter.q, page, per_page);
    let slice = request.slice()?;
    let listed = read!(&ctx.db, tx => {
        let plan_search = request.plan_search(tx, Noun::User).await?;
        lists::users::page(tx, filter, plan_search.as_ref(), sort, slice).await
    })?;
    Ok(request.page(listed))
}

/// What a customer bought and paid.
pub async fn figures(ctx: &AppContext, user: UserId) -> Result<CustomerFigures> {
    Ok(read!(&ctx.db, tx => customer_summary::customer_figures(tx, user).await)?)
}

/// The names of the users behind these actors, in one query however many there are.
pub async fn actor_names(ctx: &AppContext, actors: Vec<Actor>) -> Result<ActorNames> {
    let ids: BTreeSet<UserId> = actors.into_iter().filter_map(Actor::user_id).collect();
    let ids: Vec<UserId> = ids.into_iter().collect();
    Ok(ActorNames::new(read!(&ctx.db, tx => users::names(tx, &ids).await)?))
}
