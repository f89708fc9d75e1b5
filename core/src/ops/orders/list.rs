//! Lists of orders: a customer's own, and everything for staff.
use crate::{
    AppContext,
    domain::{
        customer::CustomerFigures,
        ids::{OrderId, UserId},
        list::{Direction, ListedOrder, OrderFilter, OrderSort, Page},
        order::{Order, OrderStatus},
        service::{Service, ServiceStatus},
        user::User,
    },
    ops::{Result, pagination::PageRequest},
    read,
    store::{customer_summary, lists, orders, search_terms::Noun, services},
};

/// These orders, in no order.
pub async fn by_ids(ctx: &AppContext, ids: &[OrderId]) -> Result<Vec<Order>> {
    Ok(read!(&ctx.db, tx => orders::by_ids(tx, ids).await)?)
}

/// A customer's overview: figures, services (active first), the last orders.
pub struct Overview {
    pub figures: CustomerFigures,
    pub services: Vec<Service>,
    pub orders: Vec<Order>,
    /// The newest order that is paid and has no hosting yet.
    pub to_finish: Option<Order>,
}

/// How many orders the overview lists.
const NEWEST: usize = 6;

/// The overview, in three queries.
pub async fn overview(ctx: &AppContext, user: &User) -> Result<Overview> {
    let most = i64::try_from(NEWEST).unwrap_or(i64::MAX);
    let (figures, services, mut orders) = read!(&ctx.db, tx => {
        let figures = customer_summary::customer_figures(tx, user.id).await?;
        let services = services::of_user(tx, user.id, 50).await?;
        Ok((figures, services, orders::newest_of(tx, user.id, most).await?))
    })?;
    let wants_hosting = |order: &&Order| {
        let service = services.iter().find(|service| service.order.id == order.id);
        order.status() == OrderStatus::Paid && service.is_none_or(|s| s.status() == ServiceStatus::Failed)
    };
    let to_finish = orders.iter().find(wants_hosting).cloned();
    orders.truncate(NEWEST);
    Ok(Overview { figures, services, orders, to_finish })
}

/// A page of a customer's orders, the newest first, and how many there are in all. Pages count from 1.
pub async fn page(ctx: &AppContext, user: UserId, number: i64, per_page: i64) -> Result<(Vec<Order>, i64)> {
    Ok(read!(&ctx.db, tx => orders::page_of(tx, user, (number - 1) * per_page, per_page).await)?)
}

/// A page of all orders, as staff look for them.
pub async fn search(
    ctx: &AppContext,
    filter: &OrderFilter,
    sort: (OrderSort, Direction),
    page: i64,
    per_page: i64,
) -> Result<Page<ListedOrder>> {
    let request = PageRequest::new(&filter.q, page, per_page);
    let slice = request.slice()?;
    let listed = read!(&ctx.db, tx => {
        let plan_search = request.plan_search(tx, Noun::Order).await?;
        lists::orders::page(tx, filter, plan_search.as_ref(), sort, slice).await
    })?;
    Ok(request.page(listed))
}
