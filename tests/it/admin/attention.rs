//! Attention, the audit log, the event feed, the dashboard, search and exports by the admin API.
use super::{active, because, code, field};
use hollyn_core::{
    api::{
        AttentionKind, AttentionQuery, AttentionState, AuditQuery, ChangesQuery, DashboardQuery, Day,
        ErrorCode, ExportQuery, HitKind, MarkPaid, NoticeKind, SearchQuery,
    },
    domain::{time::Day as DomainDay, user::Role},
};
use hollyn_tests::{Buyer, TestApp};

async fn too_little(app: &TestApp, buyer: &Buyer) -> String {
    let (browser, uuid) = app.order(buyer).await;
    browser.pay(uuid).await;
    let push = app.sim().gateway.pushes().pop().expect("a push went out");
    assert!(app.sim().gateway.complete_with(&push.order_id, 1000));
    app.work().await;
    uuid.to_string()
}

#[tokio::test]
async fn an_entry_about_money_is_resolved_by_an_admin_with_a_reason() {
    let app = TestApp::start().await;
    let (support, admin) = (app.staff(Role::Support).await, app.staff(Role::Admin).await);
    let uuid = too_little(&app, &Buyer::default()).await;
    let open = support.list_attention(&AttentionQuery::default()).await.expect("a list");
    assert_eq!(open.total, 1);
    let entry = &open.items[0];
    assert_eq!((entry.kind, entry.is_money, entry.amount_tzs), (AttentionKind::Shortfall, true, Some(1000)));
    assert_eq!(entry.order.as_ref().map(|order| order.uuid.as_str()), Some(uuid.as_str()));
    assert!(!entry.advice.is_empty() && !entry.title.is_empty());
    let refused = support.resolve_attention(entry.id, &because("paid back")).await;
    assert_eq!(code(refused), (403, ErrorCode::Forbidden));
    assert_eq!(field(admin.resolve_attention(entry.id, &because(" ")).await), "reason");
    let closed = admin.resolve_attention(entry.id, &because("paid back")).await.expect("settled");
    assert_eq!(
        (closed.resolution.as_deref(), closed.resolved_by.as_deref()),
        (Some("paid back"), Some("staff:2"))
    );
    let again = admin.resolve_attention(entry.id, &because("again")).await;
    assert_eq!(code(again), (409, ErrorCode::Conflict));
    assert_eq!(admin.list_attention(&AttentionQuery::default()).await.expect("a list").total, 0);
    let all = AttentionQuery { state: Some(AttentionState::Resolved), ..AttentionQuery::default() };
    assert_eq!(admin.list_attention(&all).await.expect("a list").total, 1);
    let other = AttentionQuery { kind: Some(AttentionKind::Surplus), ..all };
    assert_eq!(admin.list_attention(&other).await.expect("a list").total, 0);
    assert_eq!(code(admin.show_attention(99).await), (404, ErrorCode::NotFound));
}

#[tokio::test]
async fn the_event_feed_has_each_event_once() {
    let app = TestApp::start().await;
    let staff = app.staff(Role::Support).await;
    let start = staff.changes(&ChangesQuery::default()).await.expect("the place now");
    assert!(start.items.is_empty() && !start.has_more);
    let since = |cursor| ChangesQuery { since: Some(cursor) };
    assert!(staff.changes(&since(start.cursor)).await.expect("nothing new").items.is_empty());
    let (uuid, _) = active(&app, &Buyer::default()).await;
    let feed = staff.changes(&since(start.cursor)).await.expect("what is new");
    let paid: Vec<_> = feed.items.iter().filter_map(|change| change.notice.as_ref()).collect();
    assert_eq!(paid.len(), 1, "{:?}", feed.items);
    assert_eq!(
        (paid[0].kind, paid[0].title.clone()),
        (NoticeKind::Paid, format!("{} is paid", uuid.number()))
    );
    let order = feed.items.iter().find(|change| change.action == "order.placed").expect("the order");
    assert_eq!((order.noun.as_str(), order.id.as_deref()), ("order", Some(uuid.to_string().as_str())));
    assert!(feed.items.iter().any(|change| change.action == "service.shown"));
    assert!(staff.changes(&since(feed.cursor)).await.expect("nothing new").items.is_empty());
    too_little(&app, &Buyer::nth(2)).await;
    let feed = staff.changes(&since(feed.cursor)).await.expect("what is new");
    assert_eq!(feed.attention, 1);
    let notice = feed.items.iter().filter_map(|change| change.notice.as_ref()).next().expect("a notice");
    assert_eq!((notice.kind, notice.title.as_str()), (NoticeKind::Attention, "Too little was paid"));
    let behind = staff.changes(&since(1_000_000)).await.expect("nothing is there");
    assert!(behind.items.is_empty());
}

#[tokio::test]
async fn a_failed_set_up_is_reported_once() {
    let app = TestApp::start().await;
    let staff = app.staff(Role::Support).await;
    let start = staff.changes(&ChangesQuery::default()).await.expect("the place now");
    app.sim().panel.away(true);
    let (_, uuid) = app.paid_order(&Buyer::default()).await;
    app.work().await;
    for seconds in [10, 60] {
        app.advance(seconds);
        app.work().await;
    }
    assert_eq!(app.attention_kinds().await, ["panel_unreachable", "setup_failed"]);
    let feed = staff.changes(&ChangesQuery { since: Some(start.cursor) }).await.expect("what is new");
    let told: Vec<_> = feed.items.into_iter().filter_map(|change| change.notice).collect();
    let titles: Vec<_> = told.iter().map(|notice| notice.title.as_str()).collect();
    assert_eq!(titles, [&*format!("{} is paid", uuid.number()), "Panel unreachable", "Setup failed"]);
    assert_eq!(
        (told[2].kind, told[2].text.clone()),
        (NoticeKind::SetupFailed, format!("{}, Hollyn Boost", uuid.number()))
    );
}

#[tokio::test]
async fn the_dashboard_has_counters_days_and_newest_rows() {
    let app = TestApp::start().await;
    let staff = app.staff(Role::Support).await;
    active(&app, &Buyer { months: 12, ..Buyer::nth(1) }).await;
    active(&app, &Buyer { plan: "hollyn-lite", ..Buyer::nth(2) }).await;
    app.order(&Buyer::nth(3)).await;
    too_little(&app, &Buyer::nth(4)).await;
    let all = staff.dashboard(&DashboardQuery::default()).await.expect("figures");
    let counters = &all.counters;
    assert_eq!((counters.users, counters.plans, counters.orders), (5, 4, 4));
    assert_eq!((counters.orders_pending, counters.orders_failed, counters.services_active), (2, 0, 2));
    assert_eq!((counters.revenue_tzs, counters.mrr_tzs, counters.attention), (245_000, 25_000, 1));
    assert_eq!(all.days.len(), 14);
    let today = all.days.last().expect("today");
    assert_eq!((today.orders, today.orders_paid, today.revenue_tzs), (4, 2, 245_000));
    assert_eq!(today.day, Day(DomainDay::of(app.ctx.now())));
    assert_eq!((all.recent_orders.len(), all.recent_services.len(), all.recent_users.len()), (4, 2, 5));
    assert_eq!(all.top_plans[0].orders_paid, 1);
    assert_eq!(all.operators[0].operator, "M-PESA");
    assert_eq!(all.operators[0].succeeded, 3);
    assert_eq!((all.setup.succeeded, all.setup.failed), (2, 0));
    let day = |text: &str| Some(Day(DomainDay::parse(text).expect("a day")));
    let year = DashboardQuery { from: day("2025-11-24"), to: day("2026-11-23") };
    assert_eq!(staff.dashboard(&year).await.expect("a year").days.len(), 365);
    let backwards = DashboardQuery { from: day("2026-11-23"), to: day("2026-11-22") };
    assert_eq!(field(staff.dashboard(&backwards).await), "from");
    app.work().await;
}

#[tokio::test]
async fn one_search_finds_customers_orders_and_services() {
    let app = TestApp::start().await;
    let staff = app.staff(Role::Support).await;
    let (uuid, service) = active(&app, &Buyer::nth(7)).await;
    let find = |q: &str| SearchQuery { q: q.into() };
    let hits = staff.search(&find("juma7@example.com")).await.expect("hits").items;
    let kinds: Vec<HitKind> = hits.iter().map(|hit| hit.kind).collect();
    for kind in [HitKind::User, HitKind::Order, HitKind::Service] {
        assert!(kinds.contains(&kind), "{kinds:?}");
    }
    let hits = staff.search(&find(&uuid.number())).await.expect("hits").items;
    assert_eq!((hits[0].kind, hits[0].id.as_str()), (HitKind::Order, uuid.to_string().as_str()));
    let hits = staff.search(&find("duka7.co.tz")).await.expect("hits").items;
    assert!(hits.iter().any(|hit| hit.kind == HitKind::Service && hit.id == service.to_string()));
    for q in ["", " ", "%", "'; drop table users; --", "nobody at all"] {
        assert!(staff.search(&find(q)).await.expect("no hits").items.is_empty(), "{q}");
    }
    app.work().await;
}

#[tokio::test]
async fn the_audit_log_is_searched_and_verified_by_admins() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    let (_, service) = active(&app, &Buyer::default()).await;
    admin.suspend(service, &because("not paid")).await.expect("suspended");
    let by_me = AuditQuery { actor: Some("staff:1".into()), ..AuditQuery::default() };
    let mine = admin.list_audit(&by_me).await.expect("a page");
    assert!(mine.items.iter().any(|row| row.action == "service.suspended" && row.object_id == Some(service)));
    assert!(mine.items.iter().all(|row| row.actor == "staff:1"));
    let row = &mine.items[0];
    assert!(row.request_id.is_some() && row.address.as_deref() == Some("127.0.0.1"), "{row:?}");
    let whole = admin.verify_audit().await.expect("a verdict");
    assert!(whole.is_whole, "{:?}", whole.problem);
    app.execute("update audit_log set details = 'nothing happened' where action = 'service.suspended'").await;
    let broken = admin.verify_audit().await.expect("a verdict");
    assert!(!broken.is_whole && broken.broken_at.is_some() && broken.problem.is_some());
    app.work().await;
}

#[tokio::test]
async fn exports_are_csv_with_escaped_formulas() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    let evil = Buyer { name: "=HYPERLINK(\"A1\", \"evil\")".into(), ..Buyer::nth(1) };
    let (uuid, _) = active(&app, &evil).await;
    let users = admin.export("users".into(), &ExportQuery::default()).await.expect("a table").0;
    assert!(users.starts_with("id,name,email"), "{users}");
    assert!(users.contains("\"'=HYPERLINK(\"\"A1\"\", \"\"evil\"\")\""), "{users}");
    let orders = admin.export("orders".into(), &ExportQuery::default()).await.expect("a table").0;
    assert_eq!(orders.lines().count(), 2);
    assert!(orders.contains(&uuid.to_string()) && orders.contains(&uuid.number()));
    let services = admin.export("services".into(), &ExportQuery::default()).await.expect("a table").0;
    assert!(services.contains("duka1.co.tz") && !services.contains("x1."), "{services}");
    let payments = admin.export("payments".into(), &ExportQuery::default()).await.expect("a table").0;
    assert!(payments.contains("succeeded"));
    let audit = admin.export("audit".into(), &ExportQuery::default()).await.expect("a table").0;
    assert!(audit.contains("export.taken"), "who takes a table away is in the record");
    assert_eq!(
        code(admin.export("secrets".into(), &ExportQuery::default()).await),
        (404, ErrorCode::NotFound)
    );
    app.work().await;
}

#[tokio::test]
async fn no_answer_contains_a_secret() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    let (uuid, service) = active(&app, &Buyer::default()).await;
    let (sealed, password) = app.panel_password(app.view(uuid).await.service.expect("a service").id).await;
    let (browser, second) = app.order(&Buyer::nth(2)).await;
    browser.pay(second).await;
    admin
        .mark_paid(second.to_string(), &MarkPaid { reference: "R1".into(), reason: "seen".into() })
        .await
        .expect("paid");
    app.work().await;
    let user = app.view(uuid).await.order.user_id.0;
    let mut said = String::new();
    said += &serde_json::to_string(&admin.show_user(user).await.expect("a user")).unwrap();
    said += &serde_json::to_string(&admin.show_service(service).await.expect("a service")).unwrap();
    said += &serde_json::to_string(&admin.list_logs(service).await.expect("logs")).unwrap();
    for uuid in [uuid, second] {
        said += &serde_json::to_string(&admin.show_order(uuid.to_string()).await.expect("an order")).unwrap();
        said += &serde_json::to_string(&admin.list_timeline(uuid.to_string()).await.expect("all")).unwrap();
    }
    said += &serde_json::to_string(&admin.list_audit(&AuditQuery::default()).await.expect("a page")).unwrap();
    for table in ["users", "orders", "services", "payments", "audit"] {
        said += &admin.export(table.into(), &ExportQuery::default()).await.expect("a table").0;
    }
    let secrets = [
        password.as_str(),
        sealed.as_str(),
        "$argon2id$",
        "a secret of the tests",
        Buyer::default().password.leak(),
        hollyn_tests::STAFF_PASSWORD,
    ];
    for secret in secrets {
        assert!(!said.contains(secret), "{secret} is in an answer");
    }
}
