//! A long page costs what a short one does.
use super::active;
use hollyn_core::{
    api::{AttentionQuery, AuditQuery, Client, OrderQuery, ServiceQuery, UserQuery},
    domain::user::Role,
};
use hollyn_tests::{Buyer, TestApp, statements_during};

/// What one call of each list asks the database, with that many rows on its page.
async fn asked(staff: &Client, per_page: i64) -> Vec<(&'static str, Vec<String>)> {
    let per_page = Some(per_page);
    let users = UserQuery { per_page, ..UserQuery::default() };
    let sought = UserQuery { q: Some("juma".into()), ..users.clone() };
    let orders = OrderQuery { per_page, ..OrderQuery::default() };
    let services = ServiceQuery { per_page, ..ServiceQuery::default() };
    let attention = AttentionQuery { per_page, ..AttentionQuery::default() };
    let audit = AuditQuery { per_page, ..AuditQuery::default() };
    macro_rules! statements {
        ($($name:literal: $call:expr),+ $(,)?) => { vec![$(
            ($name, { let (answer, asked) = statements_during($call).await; answer.expect("a list"); asked })
        ),+] };
    }
    statements![
        "users": staff.list_users(&users),
        "users sought": staff.list_users(&sought),
        "orders": staff.list_orders(&orders),
        "services": staff.list_services(&services),
        "attention": staff.list_attention(&attention),
        "audit": staff.list_audit(&audit),
        "plans": async { staff.list_plans().await.map(drop) },
    ]
}

#[tokio::test]
async fn a_page_of_many_asks_the_database_as_often_as_a_page_of_one() {
    let app = TestApp::start().await;
    let staff = app.staff(Role::Admin).await;
    for nth in 1..=5 {
        active(&app, &Buyer::nth(nth)).await;
    }
    // Money after the end, twice: two matters with an order each.
    for nth in 6..=7 {
        let (browser, uuid) = app.order(&Buyer::nth(nth)).await;
        browser.pay(uuid).await;
        let push = app.sim().gateway.pushes().pop().expect("a push went out");
        app.sim().gateway.complete_with(&push.order_id, 1);
        app.work().await;
    }
    asked(&staff, 1).await;
    let (one, many) = (asked(&staff, 1).await, asked(&staff, 100).await);
    for ((name, one), (_, many)) in one.into_iter().zip(many) {
        assert_eq!(one.len(), many.len(), "{name}:\n{}\n---\n{}", one.join("\n"), many.join("\n"));
        assert!((1..=8).contains(&many.len()), "{name}: {}", many.join("\n"));
    }
}
