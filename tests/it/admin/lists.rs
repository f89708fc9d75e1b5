//! Lists: the number of statements does not depend on the rows, and edits are found at once.
use super::{active, because};
use hollyn_core::{
    api::{
        AttentionQuery, AttentionState, AuditQuery, Client, Confirm, OrderEdit, OrderQuery, PageQuery,
        ServiceEdit, ServiceQuery, UserEdit, UserQuery,
    },
    domain::user::Role,
    ops::projections,
};
use hollyn_tests::{Buyer, TestApp, statements_during};

/// The number of statements of one call of each list, with that many rows on its page.
async fn asked(staff: &Client, per_page: i64) -> Vec<(&'static str, Vec<String>)> {
    let per_page = Some(per_page);
    let users = UserQuery { per_page, ..UserQuery::default() };
    let query = UserQuery { q: Some("juma".into()), ..users.clone() };
    let orders = OrderQuery { per_page, ..OrderQuery::default() };
    let services = ServiceQuery { per_page, ..ServiceQuery::default() };
    let attention =
        AttentionQuery { per_page, state: Some(AttentionState::All), ..AttentionQuery::default() };
    let audit = AuditQuery { per_page, ..AuditQuery::default() };
    macro_rules! statements {
        ($($name:literal: $call:expr),+ $(,)?) => { vec![$(
            ($name, { let (answer, asked) = statements_during($call).await; answer.expect("a list"); asked })
        ),+] };
    }
    statements![
        "users": staff.list_users(&users),
        "users sought": staff.list_users(&query),
        "orders": staff.list_orders(&orders),
        "services": staff.list_services(&services),
        "attention": staff.list_attention(&attention),
        "audit": staff.list_audit(&audit),
        "activity": staff.list_activity(2, &PageQuery { per_page, ..PageQuery::default() }),
        "plans": async { staff.list_plans().await.map(drop) },
    ]
}

#[tokio::test]
async fn the_number_of_rows_does_not_change_the_number_of_statements() {
    let app = TestApp::start().await;
    let staff = app.staff(Role::Admin).await;
    for nth in 1..=5 {
        active(&app, &Buyer::nth(nth)).await;
    }
    // Two late payments: two entries with an order each.
    for nth in 6..=7 {
        let (browser, uuid) = app.order(&Buyer::nth(nth)).await;
        browser.pay(uuid).await;
        let push = app.sim().gateway.pushes().pop().expect("a push went out");
        app.sim().gateway.complete_with(&push.order_id, 1);
        app.work().await;
    }
    let open = staff.list_attention(&AttentionQuery::default()).await.expect("a list");
    staff.resolve_attention(open.items[0].id, &because("paid back")).await.expect("closed");
    asked(&staff, 1).await;
    let (one, many) = (asked(&staff, 1).await, asked(&staff, 100).await);
    for ((name, one), (_, many)) in one.into_iter().zip(many) {
        assert_eq!(one.len(), many.len(), "{name}:\n{}\n---\n{}", one.join("\n"), many.join("\n"));
        assert!((1..=9).contains(&many.len()), "{name}: {}", many.join("\n"));
    }
}

/// Each edit changes search words or counters.
#[tokio::test]
async fn edits_by_staff_are_found_and_counted_at_once() {
    let app = TestApp::start().await;
    let staff = app.staff(Role::Admin).await;
    let (_, service) = active(&app, &Buyer::nth(1)).await;
    let (_, unpaid) = app.order(&Buyer::nth(2)).await;
    let (_, deleted) = app.order(&Buyer::nth(3)).await;
    let domain = |text: &str| ServiceEdit { domain: Some(text.into()), plan: Some("hollyn-lite".into()) };
    staff.edit_service(service, &domain("mpya1.co.tz")).await.expect("edited");
    let edit = OrderEdit {
        domain: Some("mpya2.co.tz".into()),
        customer_phone: Some("0655 000 222".into()),
        ..OrderEdit::default()
    };
    staff.edit_order(unpaid.to_string(), &edit).await.expect("edited");
    let confirm = Confirm { confirm: deleted.number(), reason: "a try".into() };
    staff.delete_order(deleted.to_string(), &confirm).await.expect("deleted");
    let user = app.view(unpaid).await.order.user_id.0;
    let renamed = UserEdit { name: Some("Zawadi Komba".into()), ..UserEdit::default() };
    staff.edit_user(user, &renamed).await.expect("edited");
    staff.disable_user(user, &because("a try")).await.expect("locked");
    staff.activate_plan("hollyn-max".into()).await.expect("sold");

    let services = |q: &str| ServiceQuery { q: Some(q.into()), ..ServiceQuery::default() };
    let orders = |q: &str| OrderQuery { q: Some(q.into()), ..OrderQuery::default() };
    let users = |q: &str| UserQuery { q: Some(q.into()), ..UserQuery::default() };
    assert_eq!(staff.list_services(&services("mpya1.co.tz")).await.expect("a list").total, 1);
    assert_eq!(staff.list_services(&services("duka1.co.tz")).await.expect("a list").total, 0);
    for (q, total) in [("mpya2", 1), ("0655000222", 1), ("duka2.co.tz", 0), ("duka3.co.tz", 0)] {
        assert_eq!(staff.list_orders(&orders(q)).await.expect("a list").total, total, "{q}");
    }
    assert_eq!(staff.list_users(&users("zawadi")).await.expect("a list").total, 1);
    let of_lite = ServiceQuery { plan: Some("hollyn-lite".into()), ..ServiceQuery::default() };
    assert_eq!(staff.list_services(&of_lite).await.expect("a list").total, 1);
    let differences = projections::compare(&app.ctx).await.expect("the database answers");
    assert!(differences.is_empty(), "{differences:#?}");
    app.work().await;
}
