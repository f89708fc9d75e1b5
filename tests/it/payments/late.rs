//! The long watch: how often we ask, for how long, and what a late or second answer is worth.
use super::{body_for, newest_push, notice, payments_of, webhook_query};
use hollyn_core::domain::ids::OrderUuid;
use hollyn_portal::sandbox::gateway::{StatusFault, WebhookFault};
use hollyn_tests::{Buyer, TestApp};

const HOUR: i64 = 3600;

/// Lets the worker follow its own timetable until `until` seconds of the payment's life; returns the
/// distances.
async fn follow(app: &TestApp, uuid: OrderUuid, until: i64) -> Vec<(i64, i64)> {
    let mut steps = Vec::new();
    loop {
        let push = payments_of(app, uuid).await.remove(0);
        let Some(next) = push.next_check_at else { return steps };
        let age = next.seconds_since(push.created_at);
        if age > until {
            return steps;
        }
        steps.push((age, next.seconds_since(app.ctx.now())));
        app.advance(next.seconds_since(app.ctx.now()).max(0));
        app.work().await;
    }
}

/// An order whose push hangs, with a gateway that has gone silent.
async fn silent(app: &TestApp) -> (hollyn_tests::Browser, OrderUuid, String) {
    app.sim().gateway.webhooks(WebhookFault::Drop);
    let (browser, uuid) = app.order(&Buyer::default()).await;
    browser.pay(uuid).await;
    app.sim().gateway.away(true);
    (browser, uuid, newest_push(app).order_id)
}

/// Rule watched-for-72-hours: every few seconds while a customer waits, then less often, never more than
/// an hour apart.
#[tokio::test]
async fn the_gateway_is_asked_often_first_and_rarely_later() {
    let app = TestApp::start().await;
    let (_, uuid, _) = silent(&app).await;
    let steps = follow(&app, uuid, 30 * HOUR).await;
    for (age, distance) in &steps {
        let most = match age - distance {
            ..=180 => 5,
            181..=900 => 15,
            901..=3600 => 60,
            3601..=86_400 => 600,
            _ => 3600,
        };
        assert!((3..=most).contains(distance), "{distance} s at the age of {age} s");
    }
    assert!(steps.windows(2).all(|pair| pair[0].1 <= pair[1].1 || pair[0].0 < 10), "{steps:?}");
    assert!(steps.len() > 200, "{}", steps.len());
    app.work().await;
}

/// Rule watched-for-72-hours: a success after 71 hours, which no webhook told us of, pays the order.
#[tokio::test]
async fn a_success_after_71_hours_is_honoured() {
    let app = TestApp::start().await;
    let (_, uuid, id) = silent(&app).await;
    app.advance(70 * HOUR + 3500);
    app.work().await;
    assert_eq!(app.states(uuid).await, "pending pending -");
    app.sim().gateway.behave();
    app.sim().gateway.webhooks(WebhookFault::Drop);
    app.sim().gateway.approve(&id);
    app.advance(HOUR);
    app.work().await;
    assert_eq!(app.states(uuid).await, "active succeeded active");
    assert!(app.attention().await.is_empty());
    app.work().await;
}

/// Rule watched-for-72-hours: the page's "expired" is for the screen: after two minutes it says so, and the
/// books still wait.
#[tokio::test]
async fn the_page_expires_before_the_watch_ends() {
    let app = TestApp::start().await;
    let (browser, uuid, id) = silent(&app).await;
    app.advance(121);
    app.work().await;
    let page = browser.get(&format!("/pay/{uuid}")).await.body;
    assert!(page.contains("We have not heard from the network yet"), "{page}");
    assert_eq!(app.states(uuid).await, "pending pending -");
    app.sim().gateway.behave();
    app.sim().gateway.approve(&id);
    app.work().await;
    assert_eq!(app.states(uuid).await, "active succeeded active");
    app.work().await;
}

/// Rule watched-for-72-hours: unresolved after 72 hours is for a person, and a success that is told even
/// later still pays the order.
#[tokio::test]
async fn unresolved_after_72_hours_is_shown_and_still_honoured_later() {
    let app = TestApp::start().await;
    let (_, uuid, id) = silent(&app).await;
    follow(&app, uuid, 73 * HOUR).await;
    assert_eq!(app.view(uuid).await.payments[0].status().into_str(), "failed");
    let entry = app.attention().await.remove(0);
    assert_eq!((entry.kind.into_str(), entry.payment_id.is_some()), ("unresolved", true));
    assert_eq!(payments_of(&app, uuid).await[0].next_check_at, None, "the watch is over");
    let status = app.view(uuid).await.order.status();
    app.sim().gateway.behave();
    app.sim().gateway.approve(&id);
    app.work().await;
    let view = app.view(uuid).await;
    assert_eq!(view.payments[0].status().into_str(), "succeeded");
    let paid = status.into_str() == "pending" && view.order.status().is_paid();
    let shown = app.attention_kinds().await.contains(&"paid_after_end".to_owned());
    assert!(paid || shown, "the money was dropped: {status} {}", view.order.status());
    app.work().await;
}

/// Rule unexpected-money, watched-for-72-hours: a notice about a payment that had ended is not lost because
/// the gateway was out of order when we asked.
#[tokio::test]
async fn a_late_webhook_is_followed_up_until_the_gateway_answers() {
    let app = TestApp::start().await;
    app.sim().gateway.webhooks(WebhookFault::Drop);
    let (browser, uuid) = app.order(&Buyer::default()).await;
    browser.pay(uuid).await;
    let push = newest_push(&app);
    app.sim().gateway.fail(&push.order_id);
    app.advance(6);
    app.work().await;
    assert_eq!(app.states(uuid).await, "pending failed -");
    app.sim().gateway.approve(&push.order_id);
    for fault in [StatusFault::Timeout, StatusFault::Word("PENDING".into()), StatusFault::NotFound] {
        app.sim().gateway.next_status(fault);
    }
    assert_eq!(notice(&app, &webhook_query(&push), None, body_for(&push.order_id)).await, 200);
    app.work().await;
    assert_eq!(app.states(uuid).await, "pending failed -");
    for _ in 0..3 {
        app.advance(60);
        app.work().await;
    }
    assert_eq!(app.states(uuid).await, "active succeeded active");
    app.work().await;
}

/// Rule watched-for-72-hours: late money of a push that everybody had forgotten, told by the gateway itself.
#[tokio::test]
async fn money_that_arrives_after_the_prompt_is_gone_pays_the_order() {
    let app = TestApp::start().await;
    let (browser, uuid) = app.order(&Buyer::default()).await;
    browser.pay(uuid).await;
    let id = newest_push(&app).order_id;
    app.sim().gateway.act(&id, hollyn_portal::sandbox::gateway::PhoneAction::PayLate);
    app.advance(130);
    app.work().await;
    assert_eq!(app.states(uuid).await, "pending pending -");
    app.advance(10);
    app.work().await;
    assert_eq!(app.states(uuid).await, "active succeeded active");
    app.work().await;
}

/// An order whose push waits on the phone.
async fn pushed(app: &TestApp) -> (hollyn_tests::Browser, OrderUuid, String) {
    let (browser, uuid) = app.order(&Buyer::default()).await;
    browser.pay(uuid).await;
    (browser, uuid, newest_push(app).order_id)
}

/// Rule forward-only: success is the end. A gateway that says FAILED, CANCELLED or PENDING afterwards changes
/// nothing.
#[tokio::test]
async fn a_failure_after_the_success_changes_nothing() {
    let app = TestApp::start().await;
    let (browser, uuid, id) = pushed(&app).await;
    app.sim().gateway.approve(&id);
    app.work().await;
    for word in ["FAILED", "CANCELLED", "PENDING"] {
        app.sim().gateway.next_status(StatusFault::Word(word.into()));
        browser.check(uuid).await;
        notice(&app, &webhook_query(&newest_push(&app)), None, body_for(&id)).await;
        app.work().await;
        assert_eq!(app.states(uuid).await, "active succeeded active", "{word}");
    }
    app.work().await;
}

/// Rule forward-only, watched-for-72-hours: failed is not for ever where the operator corrects itself; the
/// money is honoured.
#[tokio::test]
async fn a_success_after_a_failure_is_honoured() {
    let app = TestApp::start().await;
    let (_, uuid, id) = pushed(&app).await;
    app.sim().gateway.fail(&id);
    app.advance(5);
    app.work().await;
    assert_eq!(app.states(uuid).await, "pending failed -");
    app.sim().gateway.approve(&id);
    app.work().await;
    assert_eq!(app.states(uuid).await, "active succeeded active");
    app.work().await;
}
