//! Pushes that we cannot tell anything about, until the gateway can.
use super::{newest_push, payment_states, payments_of};
use hollyn_portal::sandbox::gateway::{CreateFault, StatusFault};
use hollyn_tests::{Buyer, TestApp};

/// Rule unknown-is-asked: a push that went out although its answer was lost is found by asking, and its money
/// pays the order.
#[tokio::test]
async fn money_for_a_push_whose_answer_was_lost_pays_the_order() {
    let app = TestApp::start().await;
    let (browser, uuid) = app.order(&Buyer::default()).await;
    app.sim().gateway.next_create(CreateFault::TimeoutAfterActing);
    browser.pay(uuid).await;
    assert_eq!(app.states(uuid).await, "pending unknown -");
    let page = browser.get(&format!("/pay/{uuid}")).await.body;
    assert!(page.contains("Do not pay again"), "{page}");
    app.advance(6);
    app.work().await;
    assert_eq!(app.states(uuid).await, "pending pending -");
    app.sim().gateway.approve(&newest_push(&app).order_id);
    app.work().await;
    assert_eq!(app.states(uuid).await, "active succeeded active");
    assert_eq!(app.sim().gateway.create_calls(), 1);
    app.work().await;
}

/// Rule unknown-is-asked: "not found" proves nothing for a quarter of an hour after an unclear create; then
/// it ends the payment.
#[tokio::test]
async fn not_found_ends_an_unknown_payment_only_after_a_quarter_of_an_hour() {
    let app = TestApp::start().await;
    let (browser, uuid) = app.order(&Buyer::default()).await;
    app.sim().gateway.next_create(CreateFault::TimeoutBeforeActing);
    browser.pay(uuid).await;
    for seconds in [10, 110, 600, 170] {
        app.advance(seconds);
        app.work().await;
        assert_eq!(app.states(uuid).await, "pending unknown -");
    }
    app.advance(15);
    app.work().await;
    assert_eq!(app.states(uuid).await, "pending failed -");
    assert_eq!(app.sim().gateway.create_calls(), 1);
    app.work().await;
}

/// Rule unknown-is-asked: "not found" about a push that the gateway accepted is a lapse of the gateway and
/// never an end.
#[tokio::test]
async fn not_found_never_ends_an_accepted_payment() {
    let app = TestApp::start().await;
    let (browser, uuid) = app.order(&Buyer::default()).await;
    browser.pay(uuid).await;
    app.advance(1000);
    app.sim().gateway.next_status(StatusFault::NotFound);
    app.work().await;
    assert_eq!(app.states(uuid).await, "pending pending -");
    app.sim().gateway.approve(&newest_push(&app).order_id);
    app.work().await;
    assert_eq!(app.states(uuid).await, "active succeeded active");
    app.work().await;
}

/// Rule unknown-is-asked: "send again" asks first. Within the push's life it waits; where the first was paid
/// meanwhile, nothing is sent.
#[tokio::test]
async fn send_again_asks_what_became_of_the_first() {
    let app = TestApp::start().await;
    let (browser, uuid) = app.order(&Buyer::default()).await;
    app.sim().gateway.next_create(CreateFault::Http { status: 502, after_acting: true });
    browser.pay(uuid).await;
    app.advance(60);
    let asked = app.sim().gateway.status_queries();
    browser.push(uuid, 1, "").await;
    assert_eq!(app.sim().gateway.status_queries(), asked + 1, "the gateway was not asked");
    assert_eq!(app.sim().gateway.create_calls(), 1);
    app.sim().gateway.webhooks(hollyn_portal::sandbox::gateway::WebhookFault::Drop);
    app.sim().gateway.approve(&newest_push(&app).order_id);
    app.advance(61);
    browser.push(uuid, 1, "").await;
    assert_eq!(app.sim().gateway.create_calls(), 1);
    assert_eq!(app.states(uuid).await, "paid succeeded requested");
    app.work().await;
}

/// Rule unknown-is-asked: after its life a new push is made; the old one stays watched, and it may still be
/// the one that is paid.
#[tokio::test]
async fn a_late_success_of_the_first_push_pays_the_order() {
    let app = TestApp::start().await;
    let (browser, uuid) = app.order(&Buyer::default()).await;
    app.sim().gateway.next_create(CreateFault::TimeoutAfterActing);
    browser.pay(uuid).await;
    let first = newest_push(&app);
    app.advance(119);
    browser.push(uuid, 1, "").await;
    assert_eq!(app.sim().gateway.create_calls(), 1, "the first can still be answered on the phone");
    app.advance(1);
    browser.push(uuid, 1, "").await;
    assert_eq!(app.sim().gateway.create_calls(), 2);
    let rows = payments_of(&app, uuid).await;
    assert!(rows[0].is_active && !rows[1].is_active);
    assert!(rows[1].next_check_at.is_some(), "the old one is not watched any more");

    app.sim().gateway.webhooks(hollyn_portal::sandbox::gateway::WebhookFault::Drop);
    app.sim().gateway.approve(&first.order_id);
    app.advance(15);
    app.work().await;
    assert_eq!(app.states(uuid).await, "active pending active");
    let page = browser.get(&format!("/pay/{uuid}")).await.body;
    assert!(page.contains("Your hosting is ready"), "{page}");
    app.sim().gateway.refuse(&newest_push(&app).order_id);
    app.advance(15);
    app.work().await;
    assert_eq!(payment_states(&app, uuid).await, "cancelled succeeded");
    assert!(app.attention().await.is_empty());
    app.work().await;
}

/// Rule accepted-refused-unknown, unknown-is-asked: no kind of nonsense in the gateway's answer ends or pays
/// anything.
#[tokio::test]
async fn nonsense_from_the_gateway_changes_nothing() {
    let app = TestApp::start().await;
    let (browser, uuid) = app.order(&Buyer::default()).await;
    browser.pay(uuid).await;
    let faults = [
        StatusFault::Garbage,
        StatusFault::Empty,
        StatusFault::Http(500),
        StatusFault::Http(401),
        StatusFault::Timeout,
        StatusFault::Reset,
        StatusFault::LieTopLevel,
        StatusFault::NotFound,
        StatusFault::Huge,
        StatusFault::Word("INPROGRESS".into()),
        StatusFault::Word("AMBIGUOUS".into()),
        StatusFault::Word("SUCCESS".into()),
        StatusFault::Word("PAID".into()),
    ];
    for fault in faults {
        app.sim().gateway.next_status(fault.clone());
        assert_eq!(browser.check(uuid).await.status, 303, "{fault:?}");
        assert_eq!(app.states(uuid).await, "pending pending -", "{fault:?}");
        app.advance(3);
    }
    app.sim().gateway.next_status(StatusFault::DataAsObject);
    app.sim().gateway.approve(&newest_push(&app).order_id);
    app.work().await;
    assert_eq!(app.states(uuid).await, "active succeeded active");
    app.work().await;
}

/// Rule accepted-refused-unknown: the words for "no" in all their spellings.
#[tokio::test]
async fn a_no_in_any_spelling_is_a_no() {
    let app = TestApp::start().await;
    for (n, (word, state)) in (1..).zip([
        ("FAILED", "failed"),
        ("rejected", "failed"),
        ("Declined", "failed"),
        ("CANCELLED", "cancelled"),
        ("USERCANCELLED", "cancelled"),
    ]) {
        let (browser, uuid) = app.order(&Buyer::nth(n)).await;
        browser.pay(uuid).await;
        app.sim().gateway.next_status(StatusFault::Word(word.into()));
        browser.check(uuid).await;
        assert_eq!(app.states(uuid).await, format!("pending {state} -"), "{word}");
    }
    app.work().await;
}
