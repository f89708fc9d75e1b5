//! Revenue, MRR and counters of the dashboard.
use super::{dashboard, hosted, staff};
use hollyn_core::ops::{
    analytics::OperatorFigures,
    orders, payments, plans,
    services::{activate, suspend},
};
use hollyn_portal::sandbox::gateway::PhoneAction;
use hollyn_tests::{Buyer, TestApp, reason, reference};

/// Payments that staff recorded count as revenue.
#[tokio::test]
async fn only_applied_payments_are_revenue() {
    let app = TestApp::start().await;
    let (browser, short) = app.order(&Buyer::nth(1)).await;
    browser.pay(short).await;
    app.sim().gateway.act(&app.sim().gateway.pushes().pop().unwrap().order_id, PhoneAction::PayTooLittle);
    app.work().await;
    assert_eq!(
        (dashboard(&app, 14).await.totals.revenue.0, dashboard(&app, 14).await.totals.orders_pending),
        (0, 1)
    );
    hosted(&app, &Buyer::nth(2)).await;
    let (browser, recorded) = app.order(&Buyer::nth(3)).await;
    browser.pay(recorded).await;
    payments::mark_paid(&app.ctx, &staff(), recorded, &reference("CEJ3I3SETSN"), &reason("paid in cash"))
        .await
        .unwrap();
    // The gateway's payment for the same order comes second.
    app.sim().gateway.approve(&app.sim().gateway.pushes().pop().unwrap().order_id);
    app.work().await;
    let dashboard = dashboard(&app, 14).await;
    assert_eq!(dashboard.totals.revenue.0, 50_000);
    assert_eq!(dashboard.days.last().map(|day| (day.orders, day.paid, day.revenue.0)), Some((3, 2, 50_000)));
    let boost = plans::list(&app.ctx).await.unwrap().into_iter().find(|p| p.plan.slug == "hollyn-boost");
    let boost = boost.unwrap().figures;
    assert_eq!((boost.orders, boost.orders_paid, boost.revenue.0, boost.services_active), (3, 2, 50_000, 2));
    app.work().await;
}

/// At the monthly price of their orders.
#[tokio::test]
async fn mrr_counts_active_services_only() {
    let app = TestApp::start().await;
    let (_, year) = hosted(&app, &Buyer { months: 12, ..Buyer::nth(1) }).await;
    let (_, month) = hosted(&app, &Buyer { plan: "hollyn-lite", months: 3, ..Buyer::nth(2) }).await;
    let mrr = async || {
        let totals = dashboard(&app, 14).await.totals;
        (totals.mrr.0, totals.services_active)
    };
    assert_eq!(mrr().await, (20_000 + 4_500, 2));
    let id = app.view(year).await.service.unwrap().id;
    suspend(&app.ctx, &staff(), id, &reason("abuse")).await.unwrap();
    assert_eq!(mrr().await, (4_500, 1));
    activate(&app.ctx, &staff(), id, None).await.unwrap();
    assert_eq!(mrr().await, (24_500, 2));
    app.delete_service(&staff(), app.view(month).await.service.unwrap().id, "asked for").await.unwrap();
    assert_eq!(mrr().await, (20_000, 1));
    assert_eq!(dashboard(&app, 14).await.totals.revenue.0, 240_000 + 13_500, "what came stays");
    app.work().await;
}

#[tokio::test]
async fn the_dashboard_has_counters_newest_rows_and_top_plans() {
    let app = TestApp::start().await;
    let empty = dashboard(&app, 14).await;
    assert_eq!(
        (empty.totals.users, empty.totals.plans, empty.totals.orders, empty.days.len()),
        (0, 4, 0, 14)
    );
    assert_eq!((empty.setups.succeeded, empty.setups.median_seconds, empty.operators.len()), (0, None, 0));
    for n in 1..=2 {
        hosted(&app, &Buyer { plan: "hollyn-grow", ..Buyer::nth(n) }).await;
    }
    hosted(&app, &Buyer { plan: "hollyn-max", ..Buyer::nth(3) }).await;
    for n in 4..=11 {
        app.advance(1);
        let (_, uuid) = app.order(&Buyer::nth(n)).await;
        if n == 4 {
            orders::cancel(&app.ctx, &staff(), uuid, &reason("a mistake")).await.unwrap();
        }
    }
    let (browser, refused) = app.order(&Buyer::nth(12)).await;
    browser.pay(refused).await;
    app.sim().gateway.refuse(&app.sim().gateway.pushes().pop().unwrap().order_id);
    app.advance(6);
    app.work().await;
    let shown = dashboard(&app, 14).await;
    let totals = shown.totals;
    assert_eq!((totals.users, totals.orders, totals.orders_pending, totals.orders_failed), (12, 12, 8, 0));
    assert_eq!((totals.services_active, totals.revenue.0, totals.mrr.0), (3, 74_000, 74_000));
    assert_eq!((shown.orders.len(), shown.services.len(), shown.users.len()), (8, 3, 6));
    assert_eq!(shown.orders[0].order.uuid, refused);
    assert_eq!(shown.users[0].user.name, "Juma Hamisi 12");
    let top: Vec<(&str, i64, i64)> = shown
        .top_plans
        .iter()
        .map(|p| (p.plan.slug.as_str(), p.figures.orders_paid, p.figures.revenue.0))
        .collect();
    assert_eq!(top[..2], [("hollyn-grow", 2, 24_000), ("hollyn-max", 1, 50_000)]);
    let mpesa = OperatorFigures { operator: Some("M-PESA".into()), succeeded: 3, failed: 0, cancelled: 1 };
    assert_eq!(shown.operators, [mpesa]);
    app.work().await;
    app.advance(73 * 3600);
    app.work().await;
    let later = dashboard(&app, 14).await.totals;
    assert_eq!((later.orders_pending, later.orders_failed), (0, 8), "unpaid orders are given up");
}
