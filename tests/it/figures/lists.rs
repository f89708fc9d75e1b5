//! Lists: filters, totals, sorting and pages.
use super::{hosted, orders_page, people_page, services_page, staff};
use hollyn_core::{
    domain::{
        field_error::FieldError,
        ids::{OrderUuid, UserId},
        list::{Direction, OrderFilter, OrderSort, ServiceFilter, ServiceSort, UserFilter, UserSort},
        order::OrderStatus,
        payment::PaymentStatus,
        service::ServiceStatus,
        time::Day,
        user::Role,
    },
    ops::{Error, orders, services, users},
    store::users as user_rows,
    tx,
};
use hollyn_tests::{Buyer, TestApp, reason};

async fn count(app: &TestApp, filter: OrderFilter) -> (usize, i64) {
    let page = orders_page(app, &filter).await;
    assert!(page.is_total_exact);
    (page.items.len(), page.total)
}

fn buyer(n: u32, plan: &'static str, months: i64) -> Buyer {
    Buyer { plan, months, ..Buyer::nth(n) }
}

#[tokio::test]
async fn filters_of_orders_return_exactly_the_matching_rows_and_totals() {
    let app = TestApp::start().await;
    hosted(&app, &buyer(1, "hollyn-lite", 1)).await;
    let yas = Buyer { phone: "0655 111 222".into(), ..buyer(2, "hollyn-boost", 1) };
    let (_, by_yas) = hosted(&app, &yas).await;
    app.advance(86_400);
    let (_, pending) = app.order(&buyer(3, "hollyn-boost", 1)).await;
    let (_, cancelled) = app.order(&buyer(4, "hollyn-lite", 12)).await;
    orders::cancel(&app.ctx, &staff(), cancelled, &reason("a mistake")).await.unwrap();
    let all = OrderFilter::default;
    let today = Day::of(app.ctx.now());
    let user = app.view(by_yas).await.order.user_id;
    let (lite, boost) = (Some("hollyn-lite".to_owned()), Some("hollyn-boost".to_owned()));
    for (filter, found) in [
        (all(), 4),
        (OrderFilter { status: Some(OrderStatus::Pending), ..all() }, 1),
        (OrderFilter { status: Some(OrderStatus::Active), ..all() }, 2),
        (OrderFilter { status: Some(OrderStatus::Complete), ..all() }, 0),
        (OrderFilter { operator: Some("MIXX BY YAS".into()), ..all() }, 1),
        (OrderFilter { operator: Some("M-PESA".into()), ..all() }, 1),
        (OrderFilter { operator: Some("T-PESA".into()), ..all() }, 0),
        (OrderFilter { plan: lite.clone(), ..all() }, 2),
        (OrderFilter { plan: Some("hollyn-none".into()), ..all() }, 0),
        (OrderFilter { user: Some(user), ..all() }, 1),
        (OrderFilter { user: Some(user), q: "juma".into(), ..all() }, 1),
        (OrderFilter { user: Some(user), q: "neema".into(), ..all() }, 0),
        (OrderFilter { user: Some(UserId(99)), ..all() }, 0),
        (OrderFilter { from: Some(today), ..all() }, 2),
        (OrderFilter { to: Some(today.plus(-1)), ..all() }, 2),
        (OrderFilter { from: Some(today.plus(1)), ..all() }, 0),
        (OrderFilter { from: Some(today.plus(-1)), to: Some(today), ..all() }, 4),
        (OrderFilter { from: Some(today), plan: lite.clone(), ..all() }, 1),
        (OrderFilter { status: Some(OrderStatus::Active), plan: boost.clone(), ..all() }, 1),
        (OrderFilter { status: Some(OrderStatus::Active), to: Some(today.plus(-1)), ..all() }, 2),
        (OrderFilter { q: "juma".into(), status: Some(OrderStatus::Active), ..all() }, 2),
        (OrderFilter { q: "juma".into(), plan: lite.clone(), from: Some(today), ..all() }, 1),
    ] {
        assert_eq!(count(&app, filter.clone()).await, (found, i64::try_from(found).unwrap()), "{filter:?}");
    }
    let rows = orders_page(&app, &all()).await.items;
    let row = |uuid: OrderUuid| rows.iter().find(|row| row.order.uuid == uuid).expect("it is listed");
    assert_eq!(rows[0].order.uuid, cancelled, "the newest first");
    assert_eq!(row(by_yas).service.map(|(_, status)| status), Some(ServiceStatus::Active));
    assert_eq!(row(by_yas).payment_status, Some(PaymentStatus::Succeeded));
    assert_eq!((row(pending).service, row(pending).payment_status), (None, None));
    app.work().await;
}

#[tokio::test]
async fn orders_are_sorted_by_price_with_and_without_filters() {
    let app = TestApp::start().await;
    for (n, plan, months) in
        [(1, "hollyn-boost", 1), (2, "hollyn-max", 12), (3, "hollyn-lite", 3), (4, "hollyn-max", 1)]
    {
        app.order(&buyer(n, plan, months)).await;
    }
    let prices = async |filter: OrderFilter, direction| {
        let page = orders::search(&app.ctx, &filter, (OrderSort::Price, direction), 1, 25).await.unwrap();
        page.items.iter().map(|row| row.order.price.total.0).collect::<Vec<_>>()
    };
    let pending = OrderFilter { status: Some(OrderStatus::Pending), ..OrderFilter::default() };
    let max = OrderFilter { plan: Some("hollyn-max".into()), ..OrderFilter::default() };
    let from = OrderFilter { from: Some(Day::of(app.ctx.now())), ..OrderFilter::default() };
    for filter in
        [OrderFilter::default(), pending, from, OrderFilter { q: "juma".into(), ..OrderFilter::default() }]
    {
        assert_eq!(
            prices(filter.clone(), Direction::Descending).await,
            [480_000, 50_000, 25_000, 13_500],
            "{filter:?}"
        );
        assert_eq!(prices(filter, Direction::Ascending).await, [13_500, 25_000, 50_000, 480_000]);
    }
    assert_eq!(prices(max, Direction::Ascending).await, [50_000, 480_000]);
    app.work().await;
}

/// Invalid page numbers are harmless, and the number of pages is bounded.
#[tokio::test]
async fn every_order_is_on_exactly_one_page() {
    let app = TestApp::start().await;
    let (browser, _) = app.order(&Buyer::nth(1)).await;
    for n in 2..=11 {
        browser.order(&Buyer { domain: format!("duka{n}.co.tz"), ..Buyer::nth(1) }).await;
    }
    let page = async |q: &str, number, per_page| {
        let filter = OrderFilter { q: q.into(), ..OrderFilter::default() };
        let sort = (OrderSort::Created, Direction::Ascending);
        orders::search(&app.ctx, &filter, sort, number, per_page).await
    };
    for q in ["", "juma"] {
        let mut domains = Vec::new();
        for number in 1..=4 {
            let page = page(q, number, 4).await.unwrap();
            assert_eq!((page.total, page.is_total_exact, page.page, page.per_page), (11, true, number, 4));
            domains.extend(page.items.into_iter().filter_map(|row| row.order.domain));
        }
        let expected: Vec<String> = (1..=11).map(|n| format!("duka{n}.co.tz")).collect();
        assert_eq!(domains, expected, "{q}");
    }
    assert_eq!(page("", 0, 0).await.unwrap().items.len(), 1, "pages and rows count from 1");
    assert_eq!(page("", -7, 1000).await.unwrap().per_page, 100);
    assert!(page("", 100, 100).await.unwrap().items.is_empty());
    for (q, number, reach) in [("", 101, "10000"), ("", i64::MAX, "10000"), ("juma", 6, "500")] {
        let too_far = page(q, number, 100).await.unwrap_err();
        let Error::Invalid(fields) = too_far else { panic!("{q} {number}: {too_far}") };
        let expected = FieldError { field: "page", code: "far", accepted: vec![reach.to_owned()] };
        assert_eq!(fields, [expected], "{q} {number}");
    }
    app.work().await;
}

#[tokio::test]
async fn services_are_filtered_and_sorted() {
    let app = TestApp::start().await;
    let (browser, first) = hosted(&app, &buyer(1, "hollyn-lite", 12)).await;
    let (_, second) =
        hosted(&app, &Buyer { domain: "aaa.co.tz".into(), ..buyer(2, "hollyn-boost", 1) }).await;
    let other = browser.order(&Buyer { domain: "zzz.co.tz".into(), ..buyer(1, "hollyn-boost", 3) }).await;
    browser.pay(other).await;
    app.sim().gateway.approve(&app.sim().gateway.pushes().last().unwrap().order_id);
    app.work().await;
    let id = app.view(second).await.service.unwrap().id;
    services::suspend(&app.ctx, &staff(), id, &reason("spam")).await.unwrap();
    let user = app.view(first).await.order.user_id;
    let all = ServiceFilter::default;
    let boost = Some("hollyn-boost".to_owned());
    for (filter, found) in [
        (all(), 3),
        (ServiceFilter { status: Some(ServiceStatus::Active), ..all() }, 2),
        (ServiceFilter { status: Some(ServiceStatus::Suspended), ..all() }, 1),
        (ServiceFilter { status: Some(ServiceStatus::Failed), ..all() }, 0),
        (ServiceFilter { plan: boost.clone(), ..all() }, 2),
        (ServiceFilter { plan: boost.clone(), status: Some(ServiceStatus::Active), ..all() }, 1),
        (ServiceFilter { plan: boost.clone(), status: Some(ServiceStatus::Suspended), ..all() }, 1),
        (ServiceFilter { user: Some(user), ..all() }, 2),
        (ServiceFilter { user: Some(user), plan: boost, ..all() }, 1),
        (ServiceFilter { user: Some(user), q: "zzz".into(), ..all() }, 1),
        (ServiceFilter { user: Some(user), q: "aaa".into(), ..all() }, 0),
        (ServiceFilter { q: "juma1@example.com".into(), ..all() }, 2),
    ] {
        let page = services_page(&app, &filter).await;
        assert_eq!((page.items.len(), page.total), (found, i64::try_from(found).unwrap()), "{filter:?}");
        assert!(page.is_total_exact);
    }
    let domains = async |sort, direction| {
        let page = services::search(&app.ctx, &all(), (sort, direction), 1, 25).await.unwrap();
        page.items.into_iter().map(|service| service.domain).collect::<Vec<_>>()
    };
    use Direction::{Ascending, Descending};
    assert_eq!(domains(ServiceSort::Domain, Ascending).await, ["aaa.co.tz", "duka1.co.tz", "zzz.co.tz"]);
    assert_eq!(domains(ServiceSort::PaidUntil, Ascending).await, ["aaa.co.tz", "zzz.co.tz", "duka1.co.tz"]);
    assert_eq!(domains(ServiceSort::Created, Descending).await, ["zzz.co.tz", "aaa.co.tz", "duka1.co.tz"]);
    app.work().await;
}

#[tokio::test]
async fn users_are_filtered_and_sorted_with_their_orders() {
    let app = TestApp::start().await;
    let (browser, uuid) = hosted(&app, &Buyer { name: "Zuhura Temba".into(), ..Buyer::nth(1) }).await;
    browser.order(&Buyer { domain: "pili.co.tz".into(), ..Buyer::nth(1) }).await;
    let (_, second) = app
        .order(&Buyer { name: "Asha Komba".into(), email: "zz@example.com".into(), ..Buyer::nth(2) })
        .await;
    app.order(&Buyer { name: "Musa Nyoni".into(), ..Buyer::nth(3) }).await;
    let asha = app.view(second).await.order.user_id;
    let now = app.ctx.now();
    tx!(&app.ctx.db, c => {
        user_rows::set_disabled(c, now, asha, Some(now)).await?;
        user_rows::set_role(c, now, UserId(3), Role::Support).await
    })
    .unwrap();
    let all = UserFilter::default;
    for (filter, found) in [
        (all(), 3),
        (UserFilter { role: Some(Role::User), ..all() }, 2),
        (UserFilter { role: Some(Role::Support), ..all() }, 1),
        (UserFilter { role: Some(Role::Admin), ..all() }, 0),
        (UserFilter { is_disabled: Some(true), ..all() }, 1),
        (UserFilter { is_disabled: Some(false), ..all() }, 2),
        (UserFilter { role: Some(Role::User), is_disabled: Some(false), ..all() }, 1),
        (UserFilter { q: "example.com zuh".into(), ..all() }, 0),
        (UserFilter { q: "zuh".into(), is_disabled: Some(true), ..all() }, 0),
        (UserFilter { q: "zuh".into(), role: Some(Role::User), ..all() }, 1),
    ] {
        let page = people_page(&app, &filter).await;
        assert_eq!(
            (page.items.len(), page.total, page.is_total_exact),
            (found, i64::try_from(found).unwrap(), true),
            "{filter:?}"
        );
    }
    let names = async |sort, direction| {
        let page = users::search(&app.ctx, &all(), (sort, direction), 1, 25).await.unwrap();
        page.items.into_iter().map(|listed| listed.user.name).collect::<Vec<_>>()
    };
    use Direction::{Ascending, Descending};
    assert_eq!(names(UserSort::Name, Ascending).await, ["Asha Komba", "Musa Nyoni", "Zuhura Temba"]);
    assert_eq!(names(UserSort::Email, Descending).await, ["Asha Komba", "Musa Nyoni", "Zuhura Temba"]);
    assert_eq!(names(UserSort::Created, Descending).await, ["Musa Nyoni", "Asha Komba", "Zuhura Temba"]);
    let zuhura = people_page(&app, &UserFilter { q: "zuhura".into(), ..all() }).await.items.remove(0);
    assert_eq!((zuhura.orders, zuhura.services, zuhura.spent.0), (2, 1, 25_000));
    let figures = users::figures(&app.ctx, app.view(uuid).await.order.user_id).await.unwrap();
    assert_eq!((figures.orders, figures.services_active, figures.spent.0), (2, 1, 25_000));
    app.work().await;
}
