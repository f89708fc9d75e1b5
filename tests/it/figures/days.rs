//! Days are those of Dar es Salaam; the duration of a set-up is from the payment to the activation.
use super::{dashboard, hosted};
use hollyn_core::{
    domain::time::{Day, Days},
    ops::analytics,
};
use hollyn_tests::{Buyer, TestApp};

/// At 00:30 in Dar es Salaam it is still the day before in UTC.
#[tokio::test]
async fn a_day_begins_at_midnight_in_dar_es_salaam() {
    let app = TestApp::start().await;
    let today = Day::of(app.ctx.now());
    hosted(&app, &Buyer::nth(1)).await;
    app.advance(12 * 3600);
    assert_eq!(Day::of(app.ctx.now()), today.plus(1));
    let (browser, uuid) = app.order(&Buyer::nth(2)).await;
    app.advance(24 * 3600);
    browser.sign_in(&Buyer::nth(2)).await;
    browser.pay(uuid).await;
    app.sim().gateway.approve(&app.sim().gateway.pushes().pop().unwrap().order_id);
    app.work().await;
    let days = Days::new(today.plus(-1), today.plus(3)).unwrap();
    let shown = analytics::dashboard(&app.ctx, days).await.unwrap().days;
    let figures: Vec<(i64, i64, i64, i64)> =
        shown.iter().map(|d| (d.day.0 - today.0, d.orders, d.paid, d.revenue.0)).collect();
    assert_eq!(figures, [(-1, 0, 0, 0), (0, 1, 1, 25_000), (1, 1, 0, 0), (2, 0, 1, 25_000), (3, 0, 0, 0)]);
    assert_eq!(dashboard(&app, 400).await.days.len(), 400);
}

/// Failed ones are counted apart, until they are retried.
#[tokio::test]
async fn the_median_is_of_successful_set_ups() {
    let app = TestApp::with(&[("PROVISION_TRIES", "1")]).await;
    for (n, seconds) in [(1, 0), (2, 40), (3, 100)] {
        let (_, uuid) = app.paid_order(&Buyer::nth(n)).await;
        app.advance(seconds);
        app.work().await;
        assert_eq!(app.states(uuid).await, "active succeeded active");
    }
    app.sim().panel.away(true);
    let (browser, failed) = app.paid_order(&Buyer::nth(4)).await;
    app.work().await;
    let setups = dashboard(&app, 1).await.setups;
    assert_eq!((setups.succeeded, setups.failed, setups.median_seconds), (3, 1, Some(40)));
    app.sim().panel.away(false);
    browser.post(&format!("/me/services/provision/{failed}"), &[]).await;
    app.work().await;
    assert_eq!(app.states(failed).await, "active succeeded active");
    let setups = dashboard(&app, 1).await.setups;
    assert_eq!((setups.succeeded, setups.failed), (4, 0));
    app.advance(86_400);
    assert_eq!(dashboard(&app, 1).await.setups.succeeded, 0, "yesterday's are not today's");
}
