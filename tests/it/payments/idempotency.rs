//! One order, one push: double taps, second tabs, reloads, back buttons.
use super::{newest_push, payment_states, sql};
use hollyn_core::store::{self, UniqueKey};
use hollyn_portal::sandbox::gateway::CreateFault;
use hollyn_tests::{Buyer, TestApp};

/// Rule one-live-payment: the database itself refuses a second live payment for an order, whoever writes it.
#[tokio::test]
async fn the_database_refuses_a_second_live_payment() {
    let app = TestApp::start().await;
    let (browser, uuid) = app.order(&Buyer::default()).await;
    browser.pay(uuid).await;
    let second = "insert into payments (order_id, attempt, gateway_order_id, active_order_id, payer_phone, \
        amount_tzs, currency, status, is_applied, created_at, updated_at) \
        select order_id, 99, 'aaaaaaaaaaaaaaaaaaaa', order_id, payer_phone, amount_tzs, 'TZS', 'created', \
        0, 1, 1 from payments";
    let error = sql(&app, second).await.expect_err("two live payments");
    assert!(matches!(error, store::Error::Duplicate(UniqueKey::PaymentsActiveOrder)), "{error:?}");
    let same_attempt = "insert into payments (order_id, attempt, gateway_order_id, payer_phone, amount_tzs, \
        currency, status, is_applied, created_at, updated_at) \
        select order_id, attempt, 'bbbbbbbbbbbbbbbbbbbb', payer_phone, amount_tzs, 'TZS', 'created', 0, 1, 1 \
        from payments";
    let error = sql(&app, same_attempt).await.expect_err("an attempt twice");
    assert!(matches!(error, store::Error::Duplicate(UniqueKey::PaymentsAttempt)), "{error:?}");
    let same_id = "insert into payments (order_id, attempt, gateway_order_id, payer_phone, amount_tzs, \
        currency, status, is_applied, created_at, updated_at) \
        select order_id, 98, gateway_order_id, payer_phone, amount_tzs, 'TZS', 'created', 0, 1, 1 \
        from payments";
    let error = sql(&app, same_id).await.expect_err("an id twice");
    assert!(matches!(error, store::Error::Duplicate(UniqueKey::PaymentsGatewayOrderId)), "{error:?}");
    app.work().await;
}

/// Rule one-live-payment, one-request-per-tap: ten taps on "Pay" at once, from two tabs, are one push.
#[tokio::test]
async fn ten_taps_on_pay_send_one_push() {
    let app = TestApp::start().await;
    let (browser, uuid) = app.order(&Buyer::default()).await;
    let taps = (0..10).map(|_| {
        let browser = browser.clone();
        tokio::spawn(async move { browser.pay(uuid).await })
    });
    for tap in taps.collect::<Vec<_>>() {
        let answer = tap.await.unwrap();
        assert_eq!((answer.status, answer.location), (303, format!("/pay/{uuid}")));
    }
    assert_eq!(app.sim().gateway.create_calls(), 1);
    assert_eq!(payment_states(&app, uuid).await, "pending");
    app.work().await;
}

/// Rule one-request-per-tap: a second tab, a reload and a back button that send the old form again meet the
/// push that is under way.
#[tokio::test]
async fn an_old_form_sent_again_meets_the_push_that_is_under_way() {
    let app = TestApp::start().await;
    let (browser, uuid) = app.order(&Buyer::default()).await;
    browser.pay(uuid).await;
    browser.pay(uuid).await;
    // The page knew the push, and its "send again" came before the push's life was over.
    browser.push(uuid, 1, "").await;
    browser.push(uuid, 1, "0655 000 111").await;
    // A form that somebody changed by hand.
    browser.push(uuid, 999, "").await;
    assert_eq!(app.sim().gateway.create_calls(), 1);
    // After it failed, an older page still knows nothing of it and only shows what became of it.
    app.sim().gateway.refuse(&newest_push(&app).order_id);
    app.advance(10);
    app.work().await;
    assert_eq!(browser.pay(uuid).await.status, 303);
    assert_eq!(
        (app.sim().gateway.create_calls(), app.states(uuid).await.as_str()),
        (1, "pending cancelled -")
    );
    // The page that shows the refusal can send.
    browser.push(uuid, 1, "").await;
    assert_eq!(payment_states(&app, uuid).await, "pending cancelled");
    app.work().await;
}

/// Rule one-request-per-tap: two taps on "Try again" are one more push, not two.
#[tokio::test]
async fn two_taps_on_try_again_send_one_more_push() {
    let app = TestApp::start().await;
    let (browser, uuid) = app.order(&Buyer::default()).await;
    app.sim().gateway.next_create(CreateFault::Refuse("no".into()));
    browser.pay(uuid).await;
    tokio::join!(browser.push(uuid, 1, ""), browser.push(uuid, 1, ""), browser.push(uuid, 1, "0655 000 111"));
    assert_eq!(app.sim().gateway.create_calls(), 2);
    assert_eq!(payment_states(&app, uuid).await, "pending failed");
    app.work().await;
}

/// Rule one-request-per-tap: a double tap on "Order" by somebody new is one account, one order, and both taps
/// lead to it.
#[tokio::test]
async fn a_double_tap_on_order_is_one_order() {
    let app = TestApp::start().await;
    let (browser, buyer) = (app.browser(), Buyer::default());
    let fields = buyer.fields();
    let (first, second) =
        tokio::join!(browser.post("/checkout", &fields), browser.post("/checkout", &fields));
    assert_eq!((first.status, second.status), (303, 303), "{} {}", first.body, second.body);
    assert_eq!(first.location, second.location);
    assert!(first.location.starts_with("/pay/"), "no redirect to the sign-in: {}", first.location);
    assert_eq!(app.count("select count(*) from orders").await, 1);
    assert_eq!(app.count("select count(*) from users").await, 1);
    assert_eq!(app.count("select count(*) from mails").await, 1);
    assert_eq!(browser.get(&first.location).await.status, 200);
    app.work().await;
}

/// Rule one-request-per-tap: the form sent again later (back button), by the same browser or by one that lost
/// its cookies.
#[tokio::test]
async fn the_same_form_sent_later_finds_the_same_order() {
    let app = TestApp::start().await;
    let (browser, uuid) = app.order(&Buyer::default()).await;
    app.advance(60);
    assert_eq!(browser.order(&Buyer::default()).await, uuid);
    assert_eq!(app.browser().order(&Buyer::default()).await, uuid);
    // Once it is paid, the same thing can be bought again.
    browser.pay(uuid).await;
    app.sim().gateway.approve(&newest_push(&app).order_id);
    app.work().await;
    assert_ne!(browser.order(&Buyer::default()).await, uuid);
    app.work().await;
}

/// Rule one-request-per-tap: who goes back to correct the number has one order, and the request goes to the
/// right phone.
#[tokio::test]
async fn a_corrected_number_is_asked_and_not_the_wrong_one() {
    let app = TestApp::start().await;
    let (browser, uuid) = app.order(&Buyer { phone: "0754 999 999".into(), ..Buyer::default() }).await;
    assert_eq!(browser.order(&Buyer::default()).await, uuid);
    browser.pay(uuid).await;
    assert_eq!(newest_push(&app).phone, "0754318206");
    assert_eq!(app.count("select count(*) from orders").await, 1);
    app.work().await;
}

/// Rule one-request-per-tap: looking never sends: pages and status as often as one likes.
#[tokio::test]
async fn opening_the_page_sends_nothing() {
    let app = TestApp::start().await;
    let (browser, uuid) = app.order(&Buyer::default()).await;
    for _ in 0..3 {
        assert_eq!(browser.get(&format!("/pay/{uuid}")).await.status, 200);
        assert_eq!(browser.get(&format!("/order/{uuid}")).await.status, 200);
        assert_eq!(browser.status(uuid).await["status"], "pending");
    }
    assert_eq!((app.sim().gateway.create_calls(), app.states(uuid).await.as_str()), (0, "pending - -"));
    app.work().await;
}
