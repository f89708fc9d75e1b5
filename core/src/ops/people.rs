//! People as staff look at them.
use super::{
    Result,
    lists::{Direction, Leafed, Wanted},
};
use crate::{
    Shop,
    domain::{ids::UserId, user::person_of},
    read,
    store::{lists::people, search_terms::Noun, users, views},
};
use std::collections::{BTreeMap, BTreeSet};

pub use crate::store::{
    lists::people::{PersonRow, UserFilter, UserSort},
    users::NameRow,
    views::CustomerFigures,
};

/// A page of people, with what each of them bought.
pub async fn page(
    shop: &Shop,
    filter: &UserFilter,
    sort: (UserSort, Direction),
    page: i64,
    per_page: i64,
) -> Result<Leafed<PersonRow>> {
    let wanted = Wanted::new(&filter.q, page, per_page);
    let Some(slice) = wanted.slice() else { return Ok(wanted.too_far()) };
    let listed = read!(&shop.db, c => {
        let hunt = wanted.hunt(c, Noun::User).await?;
        people::page(c, filter, hunt.as_ref(), sort, slice).await
    })?;
    Ok(wanted.page(listed))
}

/// What a person bought and paid.
pub async fn figures(shop: &Shop, user: UserId) -> Result<CustomerFigures> {
    Ok(read!(&shop.db, c => views::customer_figures(c, user).await)?)
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
pub async fn named(shop: &Shop, actors: Vec<&str>) -> Result<Named> {
    let ids: BTreeSet<UserId> = actors.into_iter().filter_map(person_of).collect();
    let ids: Vec<UserId> = ids.into_iter().collect();
    let rows = read!(&shop.db, c => users::names(c, &ids).await)?;
    Ok(Named(rows.into_iter().map(|row| (row.id, row)).collect()))
}
