//! Payments that do not match: too little, too much, twice, too late, or without an order.
use super::{body_for, newest_push, notice, payment_states, payments_of, staff};
use hollyn_portal::sandbox::gateway::{PhoneAction, StatusFault, WebhookFault};
use hollyn_tests::{Buyer, TestApp, reason};

/// Rule unexpected-money: less than asked: not paid, nothing set up, the customer and staff are told, and no
/// button asks for more money.
#[tokio::test]
async fn too_little_money_is_shown_and_sets_nothing_up() {
    let app = TestApp::start().await;
    let (browser, uuid) = app.order(&Buyer::default()).await;
    browser.pay(uuid).await;
    app.sim().gateway.act(&newest_push(&app).order_id, PhoneAction::PayTooLittle);
    app.work().await;
    assert_eq!(app.states(uuid).await, "pending succeeded -");
    let entry = app.attention().await.remove(0);
    assert_eq!((entry.kind.into_str(), entry.amount_tzs.map(|t| t.0)), ("shortfall", Some(12_500)));
    let page = browser.get(&format!("/pay/{uuid}")).await.body;
    assert!(page.contains("Less has arrived than asked") && page.contains("12,500"), "{page}");
    assert!(!page.contains("name=\"action\""), "the page still offers to pay: {page}");
    // A form that was open before, or a second tab.
    browser.push(uuid, 1, "").await;
    browser.push(uuid, 0, "").await;
    assert_eq!(app.sim().gateway.create_calls(), 1);
    // It is not given up either while a person has to look at it.
    app.advance(80 * 3600);
    app.work().await;
    assert_eq!(app.states(uuid).await, "pending succeeded -");
    app.work().await;
}

/// Rule unexpected-money: more than asked: paid and set up; staff see the surplus.
#[tokio::test]
async fn too_much_money_pays_and_the_surplus_is_shown() {
    let app = TestApp::start().await;
    let (browser, uuid) = app.order(&Buyer::default()).await;
    browser.pay(uuid).await;
    app.sim().gateway.act(&newest_push(&app).order_id, PhoneAction::PayTooMuch);
    app.work().await;
    assert_eq!(app.states(uuid).await, "active succeeded active");
    let entry = app.attention().await.remove(0);
    assert_eq!((entry.kind.into_str(), entry.amount_tzs.map(|t| t.0)), ("surplus", Some(5_000)));
    assert_eq!(payments_of(&app, uuid).await[0].received().map(|t| t.0), Some(30_000));
    app.work().await;
}

/// Rule unexpected-money: both pushes were answered: one pays, the other is recorded and shown, nothing is
/// set up twice.
#[tokio::test]
async fn money_that_came_twice_is_shown_and_sets_nothing_up_twice() {
    let app = TestApp::start().await;
    let (browser, uuid) = app.order(&Buyer::default()).await;
    browser.pay(uuid).await;
    app.advance(121);
    browser.push(uuid, 1, "").await;
    assert_eq!(app.sim().gateway.create_calls(), 2);
    app.sim().gateway.act(&newest_push(&app).order_id, PhoneAction::PayTwice);
    app.work().await;
    assert_eq!(app.sim().gateway.charges().len(), 2);
    assert_eq!(payment_states(&app, uuid).await, "succeeded succeeded");
    let applied = payments_of(&app, uuid).await.iter().filter(|p| p.is_applied()).count();
    assert_eq!(applied, 1);
    let entry = app.attention().await.remove(0);
    assert_eq!((entry.kind.into_str(), entry.amount_tzs.map(|t| t.0)), ("second_payment", Some(25_000)));
    assert_eq!((app.attention().await.len(), app.sim().panel.accounts().len()), (1, 1));
    assert_eq!(app.count("select count(*) from mails where kind = 'payment_received'").await, 1);
    app.work().await;
}

/// Rule unexpected-money: money for an order that was cancelled meanwhile is kept and shown, and sets nothing
/// up.
#[tokio::test]
async fn money_for_a_cancelled_order_is_shown_and_sets_nothing_up() {
    let app = TestApp::start().await;
    let (browser, uuid) = app.order(&Buyer::default()).await;
    browser.pay(uuid).await;
    hollyn_core::ops::orders::cancel(&app.ctx, &staff(), uuid, &reason("ordered by mistake")).await.unwrap();
    app.sim().gateway.approve(&newest_push(&app).order_id);
    app.work().await;
    assert_eq!(app.states(uuid).await, "cancelled succeeded -");
    let entry = app.attention().await.remove(0);
    assert_eq!((entry.kind.into_str(), entry.amount_tzs.map(|t| t.0)), ("paid_after_end", Some(25_000)));
    browser.push(uuid, 1, "").await;
    assert_eq!(app.sim().gateway.create_calls(), 1, "a cancelled order is not asked for money");
    app.work().await;
}

/// Rule unexpected-money, watched-for-72-hours: an order is given up after 72 hours without money; money
/// after that is kept and shown.
#[tokio::test]
async fn an_order_without_money_is_given_up_and_money_after_that_is_shown() {
    let app = TestApp::start().await;
    let (browser, uuid) = app.order(&Buyer::default()).await;
    browser.pay(uuid).await;
    let id = newest_push(&app).order_id;
    app.advance(600);
    app.work().await;
    assert_eq!(app.states(uuid).await, "pending failed -");
    app.advance(72 * 3600 - 700);
    app.work().await;
    assert_eq!(app.states(uuid).await, "pending failed -");
    app.advance(3700);
    app.work().await;
    assert_eq!(app.states(uuid).await, "failed failed -");
    browser.sign_in(&Buyer::default()).await;
    assert!(browser.get(&format!("/pay/{uuid}")).await.body.contains("see every payment"));
    app.sim().gateway.approve(&id);
    app.work().await;
    assert_eq!(app.states(uuid).await, "failed succeeded -");
    assert_eq!(app.attention_kinds().await, ["paid_after_end"]);
    app.work().await;
}

/// Rule unexpected-money: an order that was never paid ends as well.
#[tokio::test]
async fn an_order_without_a_push_is_given_up() {
    let app = TestApp::start().await;
    let (browser, uuid) = app.order(&Buyer::default()).await;
    app.advance(72 * 3600 - 10);
    app.work().await;
    assert_eq!(app.states(uuid).await, "pending - -");
    app.advance(10);
    app.work().await;
    assert_eq!(app.states(uuid).await, "failed - -");
    browser.pay(uuid).await;
    assert_eq!(app.sim().gateway.create_calls(), 0);
    assert_ne!(browser.order(&Buyer::default()).await, uuid, "it can be ordered anew");
    app.work().await;
}

/// A payment request that the gateway has and the database has not, as after a restored backup.
async fn unmatched_payment(app: &TestApp) -> &'static str {
    let id = "strangestrangestrang";
    let browser = app.browser();
    let sent = serde_json::json!({
        "order_id": id, "buyer_email": "a@b.tz", "buyer_name": "A", "buyer_phone": "0754000000",
        "amount": 9000,
        "webhook_url": format!("{}/webhooks/zeno", app.url),
    });
    let url = format!("{}/zenopay/payments/mobile_money_tanzania", app.providers.base);
    let answer = browser.send(browser.http().post(url).header("x-api-key", "sandbox").json(&sent)).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    id
}

/// Rule unexpected-money: money for an order that is not in our books is never dropped.
#[tokio::test]
async fn money_for_an_unknown_order_is_shown() {
    let app = TestApp::start().await;
    let id = unmatched_payment(&app).await;
    app.sim().gateway.webhooks(WebhookFault::Duplicate(3));
    app.sim().gateway.next_status(StatusFault::Timeout);
    app.sim().gateway.approve(id);
    app.work().await;
    assert!(app.attention().await.is_empty(), "the gateway did not answer yet");
    app.advance(600);
    app.work().await;
    let entry = app.attention().await.remove(0);
    assert_eq!((entry.kind.into_str(), entry.amount_tzs.map(|t| t.0)), ("unmatched_payment", Some(9_000)));
    assert!(entry.details.contains(id));
    assert_eq!(app.attention().await.len(), 1);
    assert_eq!(app.count("select count(*) from payment_events where event_type = 'unmatched'").await, 1);
    app.work().await;
}

/// Rule unexpected-money: a notice that is ahead of the gateway's own books is asked about again.
#[tokio::test]
async fn money_for_an_unknown_order_is_asked_about_until_it_shows() {
    let app = TestApp::start().await;
    let id = unmatched_payment(&app).await;
    assert_eq!(notice(&app, "", Some("sandbox"), body_for(id)).await, 200);
    app.work().await;
    assert!(app.attention().await.is_empty());
    app.sim().gateway.webhooks(WebhookFault::Drop);
    app.sim().gateway.approve(id);
    app.advance(3600);
    app.work().await;
    assert_eq!(app.attention_kinds().await, ["unmatched_payment"]);
    app.work().await;
}

/// Rule success-in-one-transaction: with `PROVISION_ON_PAYMENT=false` the order is paid and waits for
/// somebody to finish its setup.
#[tokio::test]
async fn without_automatic_setup_a_paid_order_waits() {
    let app = TestApp::with(&[("PROVISION_ON_PAYMENT", "false")]).await;
    let (browser, uuid) = app.order(&Buyer::default()).await;
    browser.pay(uuid).await;
    app.sim().gateway.approve(&newest_push(&app).order_id);
    app.work().await;
    assert_eq!(app.states(uuid).await, "paid succeeded -");
    assert_eq!(app.sim().panel.accounts().len(), 0);
    assert_eq!(app.count("select count(*) from mails where kind = 'payment_received'").await, 1);
    let page = browser.get(&format!("/order/{uuid}")).await.body;
    assert!(page.contains(&format!("/me/services/provision/{uuid}")), "{page}");
    let answer = browser.post(&format!("/me/services/provision/{uuid}"), &[]).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    app.work().await;
    assert_eq!(app.states(uuid).await, "active succeeded active");
    app.work().await;
}
