//! CSV exports: all rows, the rows of a filtered list, or the selected rows.
use super::{active, because, code, field, last_action};
use hollyn_core::{
    api::{Client, ErrorCode, ExportQuery, OrderQuery, OrderStatus, Role as WireRole},
    domain::user::Role,
};
use hollyn_tests::{Buyer, TestApp};

/// The rows without the header.
async fn rows(staff: &Client, noun: &str, query: &ExportQuery) -> Vec<String> {
    let table = staff.export(noun.into(), query).await.expect("a table").0;
    table.lines().skip(1).map(str::to_owned).collect()
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

#[tokio::test]
async fn an_export_contains_exactly_the_filtered_rows() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    let (paid, service) = active(&app, &Buyer::nth(1)).await;
    let (_, waiting) = app.order(&Buyer { plan: "hollyn-lite", ..Buyer::nth(2) }).await;
    let (_, other) = app.order(&Buyer::nth(3)).await;
    admin.suspend(service, &because("spam")).await.expect("suspended");
    let none = ExportQuery::default;
    let user = app.view(waiting).await.order.user_id.0;
    for (query, expected) in [
        (none(), vec![paid, waiting, other]),
        (ExportQuery { status: some("pending"), ..none() }, vec![waiting, other]),
        (ExportQuery { status: some("pending"), plan: some("hollyn-lite"), ..none() }, vec![waiting]),
        (ExportQuery { operator: some("M-PESA"), ..none() }, vec![paid]),
        (ExportQuery { q: some("juma3@example.com"), ..none() }, vec![other]),
        (ExportQuery { q: some("juma"), user: Some(user), ..none() }, vec![waiting]),
        (ExportQuery { q: some("nobody"), ..none() }, vec![]),
        (ExportQuery { to: some("2020-01-01"), ..none() }, vec![]),
        (ExportQuery { ids: Some(format!("{other},{paid}")), ..none() }, vec![paid, other]),
        (ExportQuery { ids: Some(other.to_string()), status: some("active"), ..none() }, vec![]),
    ] {
        let lines = rows(&admin, "orders", &query).await;
        let uuids: Vec<String> = expected.iter().map(ToString::to_string).collect();
        assert_eq!(lines.len(), uuids.len(), "{query:?}: {lines:?}");
        assert!(lines.iter().zip(&uuids).all(|(line, uuid)| line.contains(uuid)), "{query:?}: {lines:?}");
    }
    let listed = OrderQuery { status: Some(OrderStatus::Pending), ..OrderQuery::default() };
    assert_eq!(admin.list_orders(&listed).await.expect("a list").total, 2, "as many as the list shows");

    assert_eq!(rows(&admin, "services", &ExportQuery { status: some("suspended"), ..none() }).await.len(), 1);
    assert_eq!(rows(&admin, "services", &ExportQuery { status: some("active"), ..none() }).await.len(), 0);
    let id = Some(service.to_string());
    assert_eq!(rows(&admin, "services", &ExportQuery { ids: id, q: some("duka1"), ..none() }).await.len(), 1);
    let staff = ExportQuery { role: Some(WireRole::Admin), ..none() };
    assert_eq!(rows(&admin, "users", &staff).await.len(), 1);
    let locked = ExportQuery { is_disabled: Some(true), ..none() };
    assert_eq!(rows(&admin, "users", &locked).await.len(), 0);
    assert_eq!(rows(&admin, "users", &ExportQuery { q: some("0754000002"), ..none() }).await.len(), 1);
    app.work().await;
}

#[tokio::test]
async fn an_audit_export_contains_exactly_the_filtered_entries() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    let (_, service) = active(&app, &Buyer::nth(1)).await;
    admin.suspend(service, &because("spam")).await.expect("suspended");
    let none = ExportQuery::default;
    let by_me = rows(&admin, "audit", &ExportQuery { actor: some("staff:1"), ..none() }).await;
    assert!(!by_me.is_empty() && by_me.iter().all(|line| line.contains(",staff:1,")), "{by_me:?}");
    let of_it = ExportQuery {
        object: some("service"),
        object_id: Some(service),
        action: some("service.s"),
        ..none()
    };
    let of_it = rows(&admin, "audit", &of_it).await;
    assert!(of_it.iter().any(|line| line.contains("service.suspended")), "{of_it:?}");
    assert!(of_it.iter().all(|line| line.contains(",service.s")), "{of_it:?}");
    let query = rows(&admin, "audit", &ExportQuery { q: some("ACTIVE -> susp"), ..none() }).await;
    assert_eq!(query.len(), 1, "{query:?}");
    let before = ExportQuery { to: some("2020-01-01T00:00:00+03:00"), ..none() };
    assert_eq!(rows(&admin, "audit", &before).await, Vec::<String>::new());
    app.work().await;
}

#[tokio::test]
async fn an_invalid_filter_is_refused_and_exports_nothing() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    app.order(&Buyer::nth(1)).await;
    let none = ExportQuery::default;
    let many = vec!["1"; 101].join(",");
    for (noun, query, expected) in [
        ("orders", ExportQuery { status: some("payed"), ..none() }, "status"),
        ("orders", ExportQuery { from: some("yesterday"), ..none() }, "from"),
        ("orders", ExportQuery { ids: some("1,2"), ..none() }, "ids"),
        ("orders", ExportQuery { ids: some(""), ..none() }, "ids"),
        ("orders", ExportQuery { role: Some(WireRole::User), ..none() }, "role"),
        ("services", ExportQuery { ids: some("1;2"), ..none() }, "ids"),
        ("services", ExportQuery { ids: Some(many), ..none() }, "ids"),
        ("users", ExportQuery { status: some("paid"), ..none() }, "status"),
        ("payments", ExportQuery { q: some("juma"), ..none() }, "q"),
        ("audit", ExportQuery { from: some("2026-11-23"), ..none() }, "from"),
    ] {
        assert_eq!(field(admin.export(noun.into(), &query).await), expected, "{noun} {query:?}");
    }
    assert_eq!(app.count("select count(*) from audit_log where action = 'export.taken'").await, 0);
    let support = app.staff(Role::Support).await;
    assert_eq!(code(support.export("orders".into(), &none()).await), (403, ErrorCode::Forbidden));
    app.work().await;
}

#[tokio::test]
async fn an_export_is_audited_with_its_filter() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    admin.export("users".into(), &ExportQuery::default()).await.expect("a table");
    assert_eq!(last_action(&app).await, "staff:1 export.taken users");
    let some_of_them = ExportQuery { status: some("pending"), q: some("juma h"), ..ExportQuery::default() };
    admin.export("orders".into(), &some_of_them).await.expect("a table");
    assert_eq!(last_action(&app).await, "staff:1 export.taken orders q=...&status=pending");
    app.work().await;
}

/// More rows than one batch reads, and a name that a spreadsheet would execute.
#[tokio::test]
async fn a_long_filtered_export_is_complete_and_escapes_formulas() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    app.execute(
        "insert into users (name, email, password, role, locale, created_at, updated_at) \
         with recursive n(i) as (select 1 union all select i + 1 from n where i < 4500) \
         select '=cmd ' || i, 'many' || i || '@example.com', '', \
         case when i % 3 = 0 then 'support' else 'user' end, 'sw', i, i from n",
    )
    .await;
    let support = ExportQuery { role: Some(WireRole::Support), ..ExportQuery::default() };
    let lines = rows(&admin, "users", &support).await;
    assert_eq!(lines.len(), 1_500);
    assert!(lines.iter().all(|line| line.contains(",'=cmd ") && line.contains(",support,")), "{}", lines[0]);
    app.work().await;
}
