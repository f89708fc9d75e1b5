//! Lists, search and dashboard.
mod days;
mod lists;
mod money;
mod projections;
mod search;

use hollyn_core::{
    domain::{
        ids::OrderUuid,
        list::{
            Direction, ListedOrder, ListedUser, OrderFilter, OrderSort, Page, ServiceFilter, ServiceSort,
            UserFilter, UserSort,
        },
        service::Service,
        time::{Day, Days},
    },
    ops::{
        Caller,
        analytics::{self, Dashboard},
        orders, services, users,
    },
};
use hollyn_tests::{Buyer, TestApp};

/// The first page of orders, the newest first.
async fn orders_page(app: &TestApp, filter: &OrderFilter) -> Page<ListedOrder> {
    let sort = (OrderSort::Created, Direction::Descending);
    orders::search(&app.ctx, filter, sort, 1, 25).await.expect("the database answers")
}

/// The first page of services, the newest first.
async fn services_page(app: &TestApp, filter: &ServiceFilter) -> Page<Service> {
    let sort = (ServiceSort::Created, Direction::Descending);
    services::search(&app.ctx, filter, sort, 1, 25).await.expect("the database answers")
}

/// The first page of people, the newest first.
async fn people_page(app: &TestApp, filter: &UserFilter) -> Page<ListedUser> {
    let sort = (UserSort::Created, Direction::Descending);
    users::search(&app.ctx, filter, sort, 1, 25).await.expect("the database answers")
}

/// The orders that staff find, the newest first.
async fn orders_of(app: &TestApp, q: &str) -> Vec<OrderUuid> {
    let page = orders_page(app, &OrderFilter { q: q.into(), ..OrderFilter::default() }).await;
    assert_eq!(i64::try_from(page.items.len()), Ok(page.total), "{q}");
    page.items.into_iter().map(|row| row.order.uuid).collect()
}

/// The domains of the services that staff find.
async fn domains_of(app: &TestApp, q: &str) -> Vec<String> {
    let page = services_page(app, &ServiceFilter { q: q.into(), ..ServiceFilter::default() }).await;
    page.items.into_iter().map(|service| service.domain).collect()
}

/// The names of the people that staff find.
async fn names_of(app: &TestApp, q: &str) -> Vec<String> {
    let page = people_page(app, &UserFilter { q: q.into(), ..UserFilter::default() }).await;
    page.items.into_iter().map(|listed| listed.user.name).collect()
}

/// The dashboard of the last days.
async fn dashboard(app: &TestApp, days: i64) -> Dashboard {
    let days = Days::last(days, Day::of(app.ctx.now())).expect("a range");
    analytics::dashboard(&app.ctx, days).await.expect("the database answers")
}

/// Orders, pays and is set up.
async fn hosted(app: &TestApp, buyer: &Buyer) -> (hollyn_tests::Browser, OrderUuid) {
    let (browser, uuid) = app.paid_order(buyer).await;
    app.work().await;
    assert_eq!(app.states(uuid).await, "active succeeded active");
    (browser, uuid)
}

fn staff() -> Caller {
    Caller { address: "127.0.0.1".into(), ..Caller::default() }
}
