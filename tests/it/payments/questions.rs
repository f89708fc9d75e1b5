//! How often the gateway is asked, and for whom.
use super::{body_for, newest_push, notice};
use hollyn_core::{
    api::ClientError,
    domain::{ids::OrderUuid, user::Role},
};
use hollyn_portal::sandbox::gateway::WebhookFault;
use hollyn_tests::{Browser, Buyer, TestApp};

/// An order whose request waits on the phone, and whose webhook will not come.
async fn waiting(app: &TestApp, n: u32) -> (Browser, OrderUuid) {
    let (browser, uuid) = app.order(&Buyer::nth(n)).await;
    browser.pay(uuid).await;
    app.sim().gateway.webhooks(WebhookFault::Drop);
    (browser, uuid)
}

/// Rule questions-are-limited: a hundred taps on "I have paid" are one question; 3 seconds after its answer
/// the next one may be asked.
#[tokio::test]
async fn a_hundred_checks_at_once_are_one_question() {
    let app = TestApp::start().await;
    let (browser, uuid) = waiting(&app, 1).await;
    let mut taps = tokio::task::JoinSet::new();
    for _ in 0..100 {
        let browser = browser.clone();
        taps.spawn(async move { browser.check(uuid).await.status });
    }
    assert!(taps.join_all().await.iter().all(|status| *status == 303));
    assert_eq!(app.sim().gateway.status_queries(), 1);
    app.advance(2);
    browser.check(uuid).await;
    assert_eq!(app.sim().gateway.status_queries(), 1);
    app.advance(1);
    app.sim().gateway.approve(&newest_push(&app).order_id);
    browser.check(uuid).await;
    assert_eq!(app.sim().gateway.status_queries(), 2);
    assert_eq!(app.states(uuid).await, "paid succeeded requested");
    app.work().await;
}

/// Rule questions-are-limited: "send it again" asks about the last request first, and is held to the same
/// pause.
#[tokio::test]
async fn sending_again_and_again_does_not_ask_again_and_again() {
    let app = TestApp::start().await;
    let (browser, uuid) = waiting(&app, 1).await;
    for _ in 0..20 {
        assert_eq!(browser.push(uuid, 1, "").await.status, 409);
    }
    assert_eq!(app.sim().gateway.status_queries(), 1);
    app.work().await;
}

/// Rule questions-are-limited: an order is asked about so often by its customer; then the page says when to
/// go on, and the worker goes on by itself.
#[tokio::test]
async fn an_order_that_is_checked_too_often_waits_for_the_worker() {
    let app = TestApp::with(&[("LIMIT_PAYMENT_CHECKS", "2")]).await;
    let (browser, uuid) = waiting(&app, 1).await;
    for _ in 0..2 {
        assert_eq!(browser.check(uuid).await.status, 303);
        app.advance(3);
    }
    let answer = browser.check(uuid).await;
    assert_eq!((answer.status, answer.header("retry-after")), (429, "594"), "{}", answer.body);
    assert!(answer.body.contains("you can check again at 12:40"), "{}", answer.body);
    assert_eq!(app.sim().gateway.status_queries(), 2);
    let (other, other_uuid) = waiting(&app, 2).await;
    assert_eq!(other.check(other_uuid).await.status, 303, "another order has its own limit");
    app.advance(5);
    app.work().await;
    assert_eq!(app.sim().gateway.status_queries(), 5);
}

/// Rule questions-are-limited: staff have a limit of their own, so that a customer cannot use it up.
#[tokio::test]
async fn staff_check_an_order_whatever_its_customer_did() {
    let app = TestApp::with(&[("LIMIT_PAYMENT_CHECKS", "1")]).await;
    let staff = app.staff(Role::Support).await;
    let (browser, uuid) = waiting(&app, 1).await;
    browser.check(uuid).await;
    app.advance(3);
    assert_eq!(browser.check(uuid).await.status, 429);
    staff.check_payment(uuid.to_string()).await.expect("asked");
    assert_eq!(app.sim().gateway.status_queries(), 2);
    staff.check_payment(uuid.to_string()).await.expect("just asked");
    assert_eq!(app.sim().gateway.status_queries(), 2);
    app.advance(3);
    let refused = staff.check_payment(uuid.to_string()).await.expect_err("refused");
    let ClientError::Refused { status: 429, retry_after: Some(594..=600), .. } = refused else {
        panic!("{refused:?}");
    };
    app.work().await;
}

/// Rule questions-are-limited: people cause at most half of a minute's questions; the worker settles with the
/// rest.
#[tokio::test]
async fn people_cannot_use_up_the_questions_of_the_worker() {
    let app = TestApp::with(&[("LIMIT_GATEWAY_QUESTIONS", "8")]).await;
    let mut orders = Vec::new();
    for n in 1..=6 {
        orders.push(waiting(&app, n).await);
    }
    for (browser, uuid) in &orders {
        assert_eq!(browser.check(*uuid).await.status, 303);
    }
    assert_eq!(app.sim().gateway.status_queries(), 4);
    let (_, last) = orders[5];
    app.sim().gateway.approve(&newest_push(&app).order_id);
    app.advance(5);
    app.work().await;
    assert_eq!(app.sim().gateway.status_queries(), 8, "the worker has the other half");
    app.advance(60);
    app.work().await;
    assert_eq!(app.states(last).await, "active succeeded active");
}

/// Rule questions-are-limited: webhooks about payments that nobody knows have no more than the share of
/// people.
#[tokio::test]
async fn notices_about_unknown_payments_leave_the_worker_its_questions() {
    let app = TestApp::with(&[("LIMIT_GATEWAY_QUESTIONS", "4")]).await;
    let (_, uuid) = waiting(&app, 1).await;
    app.sim().gateway.approve(&newest_push(&app).order_id);
    for letter in 'b'..='h' {
        notice(&app, "", None, body_for(&String::from(letter).repeat(20))).await;
    }
    app.work().await;
    assert_eq!(app.sim().gateway.status_queries(), 2);
    app.advance(5);
    app.work().await;
    assert_eq!(app.states(uuid).await, "active succeeded active");
    for _ in 0..4 {
        app.advance(61);
        app.work().await;
    }
    assert_eq!(app.sim().gateway.status_queries(), 8, "each was asked about in its time");
}
