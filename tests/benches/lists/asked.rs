//! What staff ask for.
use hollyn_core::{
    AppContext,
    domain::{
        list::{Direction, OrderFilter, OrderSort, Page, ServiceFilter, ServiceSort, UserFilter, UserSort},
        order::OrderStatus,
        service::ServiceStatus,
        time::{Day, Days},
        user::Role,
    },
    ops::{analytics, orders, plans, search, services, users},
};

/// One thing that is asked for, with what is typed or chosen for it.
pub struct Asked {
    pub name: &'static str,
    what: What,
    /// A query for samples of what is typed; without one, nothing is.
    typed: Option<&'static str>,
}

enum What {
    Users(UserFilter, UserSort, Direction, i64),
    Orders(OrderFilter, OrderSort, Direction, i64),
    Services(ServiceFilter, ServiceSort, Direction, i64),
    OrdersOfUser,
    ServicesOfUser,
    Everything,
    Plans,
    Dashboard(i64),
}

const PER_PAGE: i64 = 25;

/// A common first name, and the beginning of one.
const COMMON: &str = "select 'Juma' union all select 'neema' union all select 'Joh' union all select 'ham'";
const TWO_COMMON: &str = "select customer_name from orders where id % 97 = 0 limit 60";
const EMAILS: &str = "select customer_email from orders where id % 97 = 0 limit 60";
const PHONES: &str = "select substr(customer_phone, 1, 4) || ' ' || substr(customer_phone, 5, 3) || ' ' || \
                      substr(customer_phone, 8) from orders where id % 97 = 0 limit 60";
const HALF_PHONES: &str = "select substr(customer_phone, 1, 5) from orders where id % 97 = 0 limit 60";
const REFERENCES: &str =
    "select payment_ref from orders where payment_ref is not null and id % 89 = 0 limit 60";
const DOMAINS: &str = "select domain from services where id % 97 = 0 limit 60";
const HALF_DOMAINS: &str = "select substr(domain, 1, 5) from services where id % 97 = 0 limit 60";
const USERNAMES: &str =
    "select webuzo_username from services where webuzo_username is not null and id % 89 = 0 limit 60";
const UUIDS: &str = "select order_uuid from orders where id % 97 = 0 limit 60";
const USERS: &str = "select cast(o.user_id as text) from services s join orders o on o.id = s.order_id \
                     where s.id % 97 = 0 limit 60";

pub fn all() -> Vec<Asked> {
    use Direction::{Ascending as Up, Descending as Down};
    let asked = |name, what, typed| Asked { name, what, typed };
    let user = UserFilter::default;
    let order = OrderFilter::default;
    let service = ServiceFilter::default;
    let users = |filter, sort, direction| What::Users(filter, sort, direction, 1);
    let orders = |filter, sort, direction| What::Orders(filter, sort, direction, 1);
    let services = |filter, sort, direction| What::Services(filter, sort, direction, 1);
    let days = |back: i64| (Some(today().plus(-back)), Some(today().plus(-back + 30)));
    let (from, to) = days(200);
    vec![
        asked("users, newest", users(user(), UserSort::Created, Down), None),
        asked("users, page 400", What::Users(user(), UserSort::Created, Down, 400), None),
        asked("users by name", users(user(), UserSort::Name, Up), None),
        asked("users by e-mail, from the end", users(user(), UserSort::Email, Down), None),
        asked("staff", users(UserFilter { role: Some(Role::Support), ..user() }, UserSort::Name, Up), None),
        asked(
            "customers by name",
            users(UserFilter { role: Some(Role::User), ..user() }, UserSort::Name, Up),
            None,
        ),
        asked("disabled", users(UserFilter { is_disabled: Some(true), ..user() }, UserSort::Email, Up), None),
        asked("users: common word", users(user(), UserSort::Created, Down), Some(COMMON)),
        asked("users: a whole name", users(user(), UserSort::Name, Up), Some(TWO_COMMON)),
        asked("users: e-mail", users(user(), UserSort::Created, Down), Some(EMAILS)),
        asked("users: phone", users(user(), UserSort::Created, Down), Some(PHONES)),
        asked("orders, newest", orders(order(), OrderSort::Created, Down), None),
        asked("orders, page 400", What::Orders(order(), OrderSort::Created, Down, 400), None),
        asked("orders by price", orders(order(), OrderSort::Price, Down), None),
        asked(
            "orders, pending",
            orders(OrderFilter { status: Some(OrderStatus::Pending), ..order() }, OrderSort::Created, Down),
            None,
        ),
        asked(
            "orders, failed, by price",
            orders(OrderFilter { status: Some(OrderStatus::Failed), ..order() }, OrderSort::Price, Up),
            None,
        ),
        asked(
            "orders by one network",
            orders(OrderFilter { operator: Some("HALOPESA".into()), ..order() }, OrderSort::Created, Down),
            None,
        ),
        asked(
            "orders of one plan",
            orders(OrderFilter { plan: Some("hollyn-max".into()), ..order() }, OrderSort::Created, Up),
            None,
        ),
        asked(
            "orders of 31 days",
            orders(OrderFilter { from, to, ..order() }, OrderSort::Created, Down),
            None,
        ),
        asked(
            "orders: plan, network, active",
            orders(
                OrderFilter {
                    plan: Some("hollyn-max".into()),
                    operator: Some("T-PESA".into()),
                    status: Some(OrderStatus::Active),
                    ..order()
                },
                OrderSort::Created,
                Down,
            ),
            None,
        ),
        asked(
            "orders: the same of 31 days, by price",
            orders(
                OrderFilter {
                    plan: Some("hollyn-max".into()),
                    operator: Some("T-PESA".into()),
                    status: Some(OrderStatus::Active),
                    from,
                    to,
                    ..order()
                },
                OrderSort::Price,
                Down,
            ),
            None,
        ),
        asked("orders of one customer", What::OrdersOfUser, Some(USERS)),
        asked("orders: common word", orders(order(), OrderSort::Created, Down), Some(COMMON)),
        asked(
            "orders: common word, failed, by price",
            orders(OrderFilter { status: Some(OrderStatus::Failed), ..order() }, OrderSort::Price, Down),
            Some(COMMON),
        ),
        asked("orders: a whole name", orders(order(), OrderSort::Created, Down), Some(TWO_COMMON)),
        asked("orders: e-mail", orders(order(), OrderSort::Created, Down), Some(EMAILS)),
        asked("orders: phone", orders(order(), OrderSort::Created, Down), Some(PHONES)),
        asked("orders: half a phone", orders(order(), OrderSort::Created, Down), Some(HALF_PHONES)),
        asked("orders: reference", orders(order(), OrderSort::Created, Down), Some(REFERENCES)),
        asked("orders: domain", orders(order(), OrderSort::Created, Down), Some(DOMAINS)),
        asked("orders: uuid", orders(order(), OrderSort::Created, Down), Some(UUIDS)),
        asked("services, newest", services(service(), ServiceSort::Created, Down), None),
        asked("services by domain, page 100", What::Services(service(), ServiceSort::Domain, Up, 100), None),
        asked("services by their end", services(service(), ServiceSort::PaidUntil, Down), None),
        asked(
            "services, suspended",
            services(
                ServiceFilter { status: Some(ServiceStatus::Suspended), ..service() },
                ServiceSort::Created,
                Down,
            ),
            None,
        ),
        asked(
            "services, failed, by domain",
            services(
                ServiceFilter { status: Some(ServiceStatus::Failed), ..service() },
                ServiceSort::Domain,
                Up,
            ),
            None,
        ),
        asked(
            "services, active, of one plan",
            services(
                ServiceFilter {
                    status: Some(ServiceStatus::Active),
                    plan: Some("hollyn-max".into()),
                    ..service()
                },
                ServiceSort::PaidUntil,
                Down,
            ),
            None,
        ),
        asked("services of one customer", What::ServicesOfUser, Some(USERS)),
        asked("services: domain", services(service(), ServiceSort::Created, Down), Some(DOMAINS)),
        asked("services: half a domain", services(service(), ServiceSort::Domain, Up), Some(HALF_DOMAINS)),
        asked("services: username", services(service(), ServiceSort::Created, Down), Some(USERNAMES)),
        asked("everything: common word", What::Everything, Some(COMMON)),
        asked("everything: a whole name", What::Everything, Some(TWO_COMMON)),
        asked("everything: phone", What::Everything, Some(PHONES)),
        asked("everything: half a phone", What::Everything, Some(HALF_PHONES)),
        asked("everything: reference", What::Everything, Some(REFERENCES)),
        asked("everything: domain", What::Everything, Some(DOMAINS)),
        asked("plans with figures", What::Plans, None),
        asked("dashboard of 14 days", What::Dashboard(14), None),
        asked("dashboard of 365 days", What::Dashboard(365), None),
    ]
}

fn today() -> Day {
    Day::of(hollyn_core::domain::time::Timestamp(hollyn_tests::NOON))
}

impl Asked {
    pub async fn samples(&self, ctx: &AppContext) -> Vec<String> {
        let Some(sql) = self.typed else { return vec![String::new()] };
        let found: Vec<String> = sqlx::query_scalar(sql)
            .fetch_all(ctx.db.reader().await.expect("a connection").connection())
            .await
            .expect("samples");
        assert!(!found.is_empty(), "{}", self.name);
        found
    }

    /// Asks, and sees that there was an answer.
    pub async fn ask(&self, ctx: &AppContext, typed: &str) {
        let q = typed.to_owned();
        let found = match &self.what {
            What::Users(filter, sort, direction, page) => {
                let filter = UserFilter { q, ..filter.clone() };
                rows(users::search(ctx, &filter, (*sort, *direction), *page, PER_PAGE).await.expect("a page"))
            }
            What::Orders(filter, sort, direction, page) => {
                let filter = OrderFilter { q, ..filter.clone() };
                rows(
                    orders::search(ctx, &filter, (*sort, *direction), *page, PER_PAGE).await.expect("a page"),
                )
            }
            What::Services(filter, sort, direction, page) => {
                let filter = ServiceFilter { q, ..filter.clone() };
                rows(
                    services::search(ctx, &filter, (*sort, *direction), *page, PER_PAGE)
                        .await
                        .expect("a page"),
                )
            }
            What::OrdersOfUser => {
                let filter =
                    OrderFilter { user: q.parse::<i64>().ok().map(Into::into), ..OrderFilter::default() };
                let sort = (OrderSort::Created, Direction::Descending);
                rows(orders::search(ctx, &filter, sort, 1, PER_PAGE).await.expect("a page"))
            }
            What::ServicesOfUser => {
                let filter =
                    ServiceFilter { user: q.parse::<i64>().ok().map(Into::into), ..ServiceFilter::default() };
                let sort = (ServiceSort::Created, Direction::Descending);
                rows(services::search(ctx, &filter, sort, 1, PER_PAGE).await.expect("a page"))
            }
            What::Everything => search::everything(ctx, typed, 8).await.expect("hits").len(),
            What::Plans => plans::list(ctx).await.expect("plans").len(),
            What::Dashboard(days) => {
                let days = Days::last(*days, today()).expect("a range");
                analytics::dashboard(ctx, days).await.expect("a dashboard").orders.len()
            }
        };
        // At a hundredth of the size, the 400th page and rare combinations are empty.
        assert!(found > 0 || self.typed.is_none(), "nothing was found of {typed:?}: {}", self.name);
    }
}

fn rows<T>(page: Page<T>) -> usize {
    page.items.len()
}
