//! A customer's overview, with 50 orders and 10 services, beside Rocket's hello-world.
use crate::{
    Figure,
    server::Server,
    turns::{Beside, beside_hello},
};
use hollyn_core::{clock::Clock, store::Db};
use hollyn_tests::{Browser, Buyer};

pub async fn measure() -> Vec<Figure> {
    let dir = tempfile::tempdir().expect("a folder");
    let portal = Server::portal(dir.path(), &[], &[]).await;
    let browser = Browser::new(&format!("http://127.0.0.1:{}", portal.port));
    let buyer = Buyer::nth(1);
    let fields = [
        ("name", buyer.name.clone()),
        ("email", buyer.email.clone()),
        ("phone", buyer.phone.clone()),
        ("password", buyer.password.clone()),
    ];
    let registered = browser.post("/register", &fields).await;
    assert_eq!(registered.status, 303, "{}", registered.body);
    let cookies = registered.headers.get_all("set-cookie").iter().filter_map(|line| line.to_str().ok());
    let session = cookies.filter_map(|line| line.split(';').next()).find(|one| one.starts_with("session="));
    let session = session.expect("registering signs in");
    fill(&Db::open(&format!("sqlite://{}/hollyn.db", dir.path().display())).await.expect("the database"))
        .await;
    let page = browser.get("/dashboard").await.body;
    assert_eq!(page.matches("/me/panel/").count(), 10, "ten services to open: {page}");
    let page = Beside {
        what: "/dashboard, 50 orders, beside hello-world",
        by_processor: "the same by the processor's time",
        path: "/dashboard",
        headers: &format!("cookie: {session}\r\n"),
        aim: ">= 25 %",
        percent: 25.0,
    };
    beside_hello(&portal, &page).await
}

/// Orders of the only customer: ten are active, with their payments and services, the others were never paid.
async fn fill(db: &Db) {
    let now = Clock::System.now().0;
    let numbers = "with recursive n(i) as (select 1 union all select i + 1 from n where i < 50)";
    let sql = format!(
        "insert into orders (user_id, plan_id, order_uuid, customer_name, customer_email, customer_phone, \
         payer_phone, domain, locale, base_price_monthly, duration_months, discount_percentage, price_tzs, \
         currency, status, paid_at, created_at, \
         updated_at) {numbers} select u.id, (select min(id) from plans), \
         printf('0e2d3c4b-5a69-4788-96a5-b4c3d2e1f%03d', i), u.name, u.email, '0754318206', '255754318206', \
         printf('duka%d.co.tz', i), 'sw', 25000, 1, 0, 25000, 'TZS', case when i <= 10 then 'active' else \
         'failed' end, case when i <= 10 then {now} end, {now} + i, {now} from n join users u; \
         insert into payments (order_id, attempt, gateway_order_id, payer_phone, amount_tzs, currency, \
         status, received_tzs, is_applied, settled_at, created_at, updated_at) select id, 1, \
         printf('PAID%d', id), payer_phone, price_tzs, 'TZS', 'succeeded', price_tzs, 1, {now}, {now}, \
         {now} from orders where status = 'active'; \
         insert into services (order_id, plan_slug, domain, webuzo_username, status, activated_at, \
         paid_until, created_at, \
         updated_at) select o.id, p.slug, o.domain, printf('duka%d', o.id), 'active', {now}, {now}, {now}, \
         {now} \
         from orders o join plans p on p.id = o.plan_id where o.status = 'active'"
    );
    let mut transaction = db.begin().await.expect("a transaction");
    sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(transaction.connection()).await.expect("fifty orders");
    transaction.commit().await.expect("a commit");
}
