//! People as staff look at them.
use super::{
    Result,
    lists::{Direction, Leafed, Wanted},
};
use crate::{
    Shop,
    domain::ids::UserId,
    read,
    store::{lists::people, search_terms::Noun, views},
};

pub use crate::store::{
    lists::people::{PersonRow, UserFilter, UserSort},
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
