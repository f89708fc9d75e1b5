//! Plans, as staff create and change them.
use super::{STALE_SECONDS, active, code, done, field, last_action, refused};
use hollyn_core::{
    api::{Client, Confirm, DashboardQuery, ErrorCode, Feature, NewPlan, Plan, PlanEdit},
    domain::{ids::UserId, user::Role},
    ops::{self, Caller},
};
use hollyn_portal::sandbox::panel::{PanelCall, PanelFault};
use hollyn_tests::{Buyer, TestApp};

fn new(name: &str) -> NewPlan {
    let disk = Feature { label: " Disk space ".into(), value: "60 GB SSD".into() };
    NewPlan { name: name.into(), price_tzs: 60_000, features: vec![disk], is_active: true, panel_plan: None }
}

fn confirm(slug: &str) -> Confirm {
    Confirm { confirm: slug.into(), reason: String::new() }
}

async fn names(client: &Client) -> Vec<String> {
    client.list_plans().await.expect("staff may").items.into_iter().map(|plan| plan.name).collect()
}

async fn page(app: &TestApp) -> String {
    app.advance(2);
    app.browser().get("/plans").await.body
}

#[tokio::test]
async fn a_created_plan_is_on_sale() {
    let app = TestApp::start().await;
    let (admin, support) = (app.staff(Role::Admin).await, app.staff(Role::Support).await);
    assert_eq!(code(support.create_plan(&new("Hollyn Giant")).await), (403, ErrorCode::Forbidden));
    let made = admin.create_plan(&new("  Hollyn   Giant ")).await.unwrap();
    assert_eq!((&*made.name, &*made.slug, made.price_tzs), ("Hollyn Giant", "hollyn-giant", 60_000));
    assert_eq!((made.position, made.orders, made.panel_plan.clone()), (4, 0, None));
    assert_eq!(made.features[0].label, "Disk space");
    assert_eq!(support.show_plan("hollyn-giant".into()).await.unwrap(), made);
    assert!(
        last_action(&app).await.ends_with("plan.created hollyn-giant, TSh 60,000"),
        "{}",
        last_action(&app).await
    );
    assert_eq!(names(&support).await.last().unwrap(), "Hollyn Giant");
    assert!(page(&app).await.contains("60,000"));
    let (_, uuid) = app.order(&Buyer { plan: "hollyn-giant", ..Buyer::default() }).await;
    assert_eq!(app.view(uuid).await.order.price.total.0, 60_000);
    done(app).await;
}

#[tokio::test]
async fn a_plan_needs_a_unique_name_and_a_price() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    for name in
        ["", "  ", "计划", "--", "Hollyn Boost", "HOLLYN BOOST", "hollyn+boost", &"x".repeat(81), "a\u{7}b"]
    {
        assert_eq!(field(admin.create_plan(&new(name)).await), "name", "{name:?}");
    }
    for price_tzs in [0, -1, 99, 10_000_001, i64::MAX] {
        let plan = NewPlan { price_tzs, ..new("Hollyn Giant") };
        assert_eq!(field(admin.create_plan(&plan).await), "price_tzs", "{price_tzs}");
    }
    let feature = |label: &str, value: &str| Feature { label: label.into(), value: value.into() };
    for features in [
        vec![feature("Disk", "1 GB"); 41],
        vec![feature("", "1 GB")],
        vec![feature("Disk", " ")],
        vec![feature(&"x".repeat(61), "1 GB")],
        vec![feature("Disk", &"x".repeat(81))],
        vec![feature("Disk", "1\nGB")],
    ] {
        let plan = NewPlan { features, ..new("Hollyn Giant") };
        assert_eq!(field(admin.create_plan(&plan).await), "features");
    }
    let both = NewPlan { price_tzs: 1, ..new("") };
    assert_eq!(field(admin.create_plan(&both).await), "name,price_tzs", "all at once");
    assert_eq!(names(&admin).await.len(), 4);
    let rename = PlanEdit { name: Some("hollyn MAX".into()), ..PlanEdit::default() };
    assert_eq!(field(admin.edit_plan("hollyn-boost".into(), &rename).await), "name");
    done(app).await;
}

#[tokio::test]
async fn a_changed_price_does_not_change_orders() {
    let app = TestApp::start().await;
    let (browser, uuid) = app.order(&Buyer::default()).await;
    let admin = app.staff(Role::Admin).await;
    let before = admin.show_plan("hollyn-boost".into()).await.unwrap();
    let dearer = PlanEdit { price_tzs: Some(before.price_tzs + 5_000), ..PlanEdit::default() };
    let after = admin.edit_plan("hollyn-boost".into(), &dearer).await.unwrap();
    let expected =
        Plan { price_tzs: before.price_tzs + 5_000, updated_at: after.updated_at, ..before.clone() };
    assert_eq!(after, expected, "what was not given stayed");
    let act = last_action(&app).await;
    assert!(act.ends_with("plan.edited price: TSh 25,000 -> TSh 30,000"), "{act}");
    assert!(page(&app).await.contains("30,000"));

    assert_eq!(app.view(uuid).await.order.price.total.0, 25_000);
    browser.pay(uuid).await;
    assert_eq!(app.sim().gateway.pushes().last().unwrap().amount, 25_000);
    let (_, later) = app.order(&Buyer::nth(2)).await;
    assert_eq!(app.view(later).await.order.price.total.0, 30_000);

    let support = app.staff(Role::Support).await;
    assert_eq!(code(support.edit_plan("hollyn-boost".into(), &dearer).await), (403, ErrorCode::Forbidden));
    assert_eq!(code(admin.edit_plan("hollyn-gold".into(), &dearer).await), (404, ErrorCode::NotFound));
    app.work().await;
}

#[tokio::test]
async fn a_plan_with_orders_cannot_be_deleted() {
    let app = TestApp::start().await;
    active(&app, &Buyer::default()).await;
    let (admin, support) = (app.staff(Role::Admin).await, app.staff(Role::Support).await);
    let delete = async |slug: &str| admin.delete_plan(slug.into(), &confirm(slug)).await;
    let (status, code_, error) = refused(delete("hollyn-boost").await);
    assert_eq!((status, code_), (409, ErrorCode::Conflict));
    assert!(error.message.contains("Deactivate"), "{}", error.message);
    assert_eq!(field(admin.delete_plan("hollyn-max".into(), &confirm("hollyn-boost")).await), "confirm");
    let refused = support.delete_plan("hollyn-max".into(), &confirm("hollyn-max")).await;
    assert_eq!(code(refused), (403, ErrorCode::Forbidden));
    delete("hollyn-max").await.unwrap();
    assert!(last_action(&app).await.contains("plan.deleted hollyn-max"));
    assert_eq!(code(delete("hollyn-max").await), (404, ErrorCode::NotFound));
    assert_eq!(names(&admin).await, ["Hollyn Lite", "Hollyn Grow", "Hollyn Boost"]);
    app.advance(STALE_SECONDS);
    assert_eq!(code(delete("hollyn-grow").await), (403, ErrorCode::ReauthRequired));
    done(app).await;
}

/// Rendered pages are cached by the state of the plans: each change must change that state.
#[tokio::test]
async fn every_change_of_a_plan_invalidates_the_cached_pages() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    let mut before = ops::plans::version(&app.ctx).await.unwrap();
    let rename = PlanEdit { name: Some("Hollyn Huge".into()), ..PlanEdit::default() };
    let to_front = PlanEdit { position: Some(0), ..PlanEdit::default() };
    // The clock does not advance: all changes have the same time.
    for step in 0..9 {
        match step {
            0 | 6 => drop(admin.create_plan(&new("Hollyn Giant")).await.unwrap()),
            1 => drop(admin.edit_plan("hollyn-giant".into(), &rename).await.unwrap()),
            2 => drop(admin.deactivate_plan("hollyn-lite".into()).await.unwrap()),
            3 => drop(admin.activate_plan("hollyn-lite".into()).await.unwrap()),
            4 => drop(admin.edit_plan("hollyn-max".into(), &to_front).await.unwrap()),
            // The newest, an old one, and a new one in the place of the newest.
            5 | 7 => drop(admin.delete_plan("hollyn-giant".into(), &confirm("hollyn-giant")).await.unwrap()),
            _ => drop(admin.delete_plan("hollyn-grow".into(), &confirm("hollyn-grow")).await.unwrap()),
        }
        let stamp = ops::plans::version(&app.ctx).await.unwrap();
        assert_ne!(stamp, before, "step {step}");
        before = stamp;
    }
    done(app).await;
}

#[tokio::test]
async fn a_deactivated_plan_cannot_be_ordered() {
    let app = TestApp::start().await;
    let (uuid, _) = active(&app, &Buyer::default()).await;
    let admin = app.staff(Role::Admin).await;
    for _ in 0..2 {
        assert!(!admin.deactivate_plan("hollyn-boost".into()).await.unwrap().is_active);
    }
    assert!(!page(&app).await.contains("Hollyn Boost"));
    assert_eq!(app.browser().post("/checkout", &Buyer::nth(2).fields()).await.status, 404);
    assert_eq!(app.states(uuid).await, "active succeeded active", "what was sold goes on");
    assert!(admin.activate_plan("hollyn-boost".into()).await.unwrap().is_active);
    assert!(page(&app).await.contains("Hollyn Boost"));
    let noted = "select count(*) from audit_log where action in ('plan.activated', 'plan.deactivated')";
    assert_eq!(app.count(noted).await, 2, "the second press changed nothing");
    assert_eq!(code(admin.deactivate_plan("hollyn-gold".into()).await), (404, ErrorCode::NotFound));
    done(app).await;
}

#[tokio::test]
async fn plans_can_be_reordered() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    let place = async |slug: &str, position: i64| {
        let edit = PlanEdit { position: Some(position), ..PlanEdit::default() };
        admin.edit_plan(slug.into(), &edit).await
    };
    assert_eq!(place("hollyn-max", 0).await.unwrap().position, 0);
    assert_eq!(names(&admin).await, ["Hollyn Max", "Hollyn Lite", "Hollyn Grow", "Hollyn Boost"]);
    assert_eq!(place("hollyn-lite", 900).await.unwrap().position, 3, "at most the last one");
    assert_eq!(names(&admin).await, ["Hollyn Max", "Hollyn Grow", "Hollyn Boost", "Hollyn Lite"]);
    assert_eq!(field(place("hollyn-max", -1).await), "position");
    done(app).await;
}

#[tokio::test]
async fn each_plan_has_its_own_figures() {
    let app = TestApp::start().await;
    active(&app, &Buyer { months: 3, ..Buyer::default() }).await;
    app.order(&Buyer::nth(2)).await;
    active(&app, &Buyer { plan: "hollyn-lite", ..Buyer::nth(3) }).await;
    let support = app.staff(Role::Support).await;
    let boost = support.show_plan("hollyn-boost".into()).await.unwrap();
    let figures = (boost.orders, boost.orders_paid, boost.revenue_tzs, boost.services_active);
    assert_eq!(figures, (2, 1, 67_500, 1));
    let plans = support.list_plans().await.unwrap().items;
    assert_eq!(plans.iter().map(|plan| plan.orders).collect::<Vec<_>>(), [1, 0, 2, 0]);
    assert!(plans.contains(&boost));
    done(app).await;
}

/// The dashboard and the list of plans read one source: a cancellation changes neither payments nor revenue.
#[tokio::test]
async fn a_cancelled_active_order_counts_equally_in_plans_and_dashboard() {
    let app = TestApp::start().await;
    let (uuid, _) = active(&app, &Buyer::default()).await;
    let admin = app.staff(Role::Admin).await;
    for status in ["active", "cancelled"] {
        let listed = admin.list_plans().await.unwrap().items;
        let boost = listed.into_iter().find(|plan| plan.slug == "hollyn-boost").unwrap();
        assert_eq!((boost.orders, boost.orders_paid, boost.revenue_tzs), (1, 1, 25_000), "{status}");
        let top = admin.dashboard(&DashboardQuery::default()).await.unwrap().top_plans;
        let top = top.iter().find(|top| top.plan.slug == "hollyn-boost").unwrap();
        let shown = (top.orders_paid, top.revenue_tzs);
        assert_eq!(shown, (boost.orders_paid, boost.revenue_tzs), "{status}");
        assert_eq!(app.view(uuid).await.order.status().to_string(), status);
        if status == "active" {
            let caller = Caller { staff: Some(UserId(1)), ..Caller::default() };
            ops::orders::cancel(&app.ctx, &caller, uuid, &hollyn_tests::reason("paid back")).await.unwrap();
        }
    }
    done(app).await;
}

#[tokio::test]
async fn the_panel_package_of_a_plan_takes_precedence_over_the_map() {
    let app = TestApp::with(&[("WEBUZO_PLAN_MAP", "hollyn-boost:hollyn-grow")]).await;
    let admin = app.staff(Role::Admin).await;
    let choose = async |panel_plan: &str| {
        let edit = PlanEdit { panel_plan: Some(panel_plan.into()), ..PlanEdit::default() };
        admin.edit_plan("hollyn-boost".into(), &edit).await
    };
    let plan_of = |user: &str| app.sim().panel.account(user).expect("it is set up").plan;
    active(&app, &Buyer::default()).await;
    assert_eq!(plan_of("kahawaki"), "hollyn-grow", "as it is configured");
    let chosen = choose(" Hollyn MAX ").await.unwrap();
    assert_eq!(chosen.panel_plan.as_deref(), Some("hollyn-max"), "as the panel spells it");
    assert!(last_action(&app).await.ends_with("panel plan: found by name -> hollyn-max"));
    active(&app, &Buyer::nth(2)).await;
    assert_eq!(plan_of("duka2"), "hollyn-max", "what staff chose goes before");
    assert_eq!(choose("").await.unwrap().panel_plan, None);
    active(&app, &Buyer::nth(3)).await;
    assert_eq!(plan_of("duka3"), "hollyn-grow");
    let made =
        admin.create_plan(&NewPlan { panel_plan: Some("hollyn-lite".into()), ..new("Hollyn Giant") }).await;
    assert_eq!(made.unwrap().panel_plan.as_deref(), Some("hollyn-lite"));
    done(app).await;
}

#[tokio::test]
async fn a_panel_package_that_the_panel_lacks_is_refused() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    let gold = PlanEdit { panel_plan: Some("gold".into()), ..PlanEdit::default() };
    let (status, _, error) = refused(admin.edit_plan("hollyn-boost".into(), &gold).await);
    assert_eq!(status, 422);
    let why = &error.fields["panel_plan"];
    assert!(why.contains("hollyn-lite") && why.contains("hollyn-max"), "it says what there is: {why}");
    let plan = NewPlan { panel_plan: Some("gold".into()), ..new("Hollyn Giant") };
    assert_eq!(field(admin.create_plan(&plan).await), "panel_plan");

    app.sim().panel.away(true);
    assert_eq!(
        code(admin.create_plan(&plan).await),
        (502, ErrorCode::Provider),
        "the panel could not be asked"
    );
    let max = PlanEdit { panel_plan: Some("hollyn-max".into()), ..PlanEdit::default() };
    assert_eq!(code(admin.edit_plan("hollyn-boost".into(), &max).await), (502, ErrorCode::Provider));
    let calls = app.sim().panel.journal().len();
    admin.create_plan(&new("Hollyn Giant")).await.expect("without one, the panel is not needed");
    let cheaper = PlanEdit { price_tzs: Some(20_000), ..PlanEdit::default() };
    admin.edit_plan("hollyn-boost".into(), &cheaper).await.expect("nor for a price");
    assert_eq!(app.sim().panel.journal().len(), calls);
    done(app).await;
}

#[tokio::test]
async fn the_panel_package_of_each_plan_is_shown() {
    let app = TestApp::with(&[("WEBUZO_PLAN_MAP", "hollyn-boost:hollyn-grow")]).await;
    let (admin, support) = (app.staff(Role::Admin).await, app.staff(Role::Support).await);
    admin.create_plan(&new("Mpango Mpya")).await.unwrap();
    let on_panel = support.panel_plans().await.unwrap();
    assert_eq!(on_panel.problem, None);
    assert_eq!(on_panel.items.len(), 4);
    assert!(on_panel.items.iter().any(|plan| (&*plan.slug, &*plan.name) == ("hollyn-max", "Hollyn Max")));
    let used: Vec<_> =
        on_panel.used.iter().map(|used| (&*used.plan, used.panel_plan.as_deref().unwrap_or("-"))).collect();
    let expected = [
        ("hollyn-lite", "hollyn-lite"),
        ("hollyn-grow", "hollyn-grow"),
        ("hollyn-boost", "hollyn-grow"),
        ("hollyn-max", "hollyn-max"),
        ("mpango-mpya", "-"),
    ];
    assert_eq!(used, expected);
    app.sim().panel.next_on(PanelCall::Plans, PanelFault::LoginPage);
    let silent = support.panel_plans().await.unwrap();
    assert!(silent.items.is_empty() && silent.used.is_empty());
    assert!(silent.problem.unwrap().contains("the panel refuses us"));
    done(app).await;
}

#[tokio::test]
async fn the_listed_discounts_are_those_of_orders() {
    let app = TestApp::with(&[("ORDER_DISCOUNTS", "6:50")]).await;
    let staff = app.staff(Role::Support).await;
    let terms = staff.list_terms().await.expect("the table").items;
    let table: Vec<(i64, i64)> = terms.iter().map(|term| (term.months, term.discount_percent)).collect();
    assert_eq!(table, [(1, 0), (3, 0), (6, 50), (12, 50), (24, 50), (36, 50)]);
    let (_, uuid) = app.order(&Buyer { months: 6, ..Buyer::default() }).await;
    assert_eq!(app.view(uuid).await.order.price.total.0, 25_000 * 6 / 2, "as the table says");
    app.work().await;
}
