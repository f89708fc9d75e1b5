//! Lists of services, for customers and for staff.
use crate::{
    AppContext,
    domain::{
        ids::UserId,
        list::{Direction, Page, ServiceFilter, ServiceSort},
        service::Service,
    },
    ops::{Result, pagination::PageRequest},
    read,
    store::{lists, search_terms::Noun, services},
};

/// The most services that a customer's overview shows.
const MOST: i64 = 100;

/// The customer's services, active ones first. Ended ones are not among them.
pub async fn of_customer(ctx: &AppContext, user: UserId) -> Result<Vec<Service>> {
    Ok(read!(&ctx.db, tx => services::of_user(tx, user, MOST).await)?)
}

/// A page of the customer's services, active ones first, and how many there are in all. Pages count from 1.
pub async fn page_of_customer(
    ctx: &AppContext,
    user: UserId,
    page: i64,
    per_page: i64,
) -> Result<(Vec<Service>, i64)> {
    Ok(read!(&ctx.db, tx => services::page_of(tx, user, (page - 1) * per_page, per_page).await)?)
}

/// A page of all services, for staff.
pub async fn search(
    ctx: &AppContext,
    filter: &ServiceFilter,
    sort: (ServiceSort, Direction),
    page: i64,
    per_page: i64,
) -> Result<Page<Service>> {
    let request = PageRequest::new(&filter.q, page, per_page);
    let slice = request.slice()?;
    let listed = read!(&ctx.db, tx => {
        let plan_search = request.plan_search(tx, Noun::Service).await?;
        lists::services::page(tx, filter, plan_search.as_ref(), sort, slice).await
    })?;
    Ok(request.page(listed))
}
