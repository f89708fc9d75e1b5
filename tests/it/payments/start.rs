//! Sending a push: committed first, sent once.
use super::{newest_push, payment_states, payments_of};
use hollyn_core::{
    domain::phone::Phone,
    ops::{
        Caller,
        payments::{Started, send, start},
    },
};
use hollyn_portal::sandbox::gateway::CreateFault;
use hollyn_tests::{Buyer, TestApp, statements_during};
use std::collections::HashSet;

/// Rule committed-before-sent: while the gateway still thinks, the payment is already in the books under the
/// id that the gateway has.
#[tokio::test]
async fn the_payment_is_committed_before_the_gateway_is_called() {
    let app = TestApp::start().await;
    let (browser, uuid) = app.order(&Buyer::default()).await;
    app.sim().gateway.next_create(CreateFault::TimeoutAfterActing);
    let sending = tokio::spawn({
        let browser = browser.clone();
        async move { browser.pay(uuid).await }
    });
    while app.sim().gateway.pushes().is_empty() {
        tokio::task::yield_now().await;
    }
    let rows = payments_of(&app, uuid).await;
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].status().into_str(), "created");
    assert_eq!(rows[0].gateway_order_id, newest_push(&app).order_id);
    assert_eq!((rows[0].amount.0, rows[0].payer_phone.as_str()), (25_000, "255754318206"));
    assert_eq!(sending.await.unwrap().status, 303);
    assert_eq!(app.states(uuid).await, "pending unknown -");
    app.work().await;
}

/// Rule committed-before-sent: a portal that dies between the commit and the call has asked nobody, and a
/// later push is possible.
#[tokio::test]
async fn a_push_that_was_never_sent_does_not_block_the_order() {
    let app = TestApp::start().await;
    let (browser, uuid) = app.order(&Buyer::default()).await;
    let phone = Phone::parse("0754318206").unwrap();
    let order = app.view(uuid).await.order;
    let started = start(&app.ctx, &Caller::default(), &order, &phone, 0).await.unwrap();
    assert!(matches!(started, Started::New(_)), "{started:?}");
    assert_eq!(app.sim().gateway.create_calls(), 0);
    assert_eq!(app.states(uuid).await, "pending created -");
    app.advance(121);
    app.work().await;
    browser.push(uuid, 1, "").await;
    assert_eq!(app.sim().gateway.create_calls(), 1);
    app.sim().gateway.approve(&newest_push(&app).order_id);
    app.work().await;
    assert_eq!(app.states(uuid).await, "active succeeded active");
    app.advance(15 * 60);
    app.work().await;
    assert_eq!(payment_states(&app, uuid).await, "succeeded failed");
    app.work().await;
}

/// Rule committed-before-sent: however often and however badly, the gateway never sees an id twice, and each
/// id is one of ours.
#[tokio::test]
async fn the_gateway_never_sees_an_id_twice() {
    let app = TestApp::start().await;
    let (browser, uuid) = app.order(&Buyer::default()).await;
    app.sim().gateway.next_create(CreateFault::Http { status: 504, after_acting: true });
    app.sim().gateway.next_create(CreateFault::Empty { after_acting: true });
    for attempt in 0..3 {
        browser.push(uuid, attempt, "").await;
        browser.push(uuid, attempt, "").await;
        app.advance(121);
        app.work().await;
    }
    let pushes = app.sim().gateway.pushes();
    let ids: HashSet<_> = pushes.iter().map(|push| push.order_id.clone()).collect();
    assert_eq!((app.sim().gateway.create_calls(), pushes.len(), ids.len()), (3, 3, 3));
    for id in ids {
        assert!(id.len() <= 20 && id.bytes().all(|b| b.is_ascii_alphanumeric()), "{id}");
    }
    app.work().await;
}

/// Rule accepted-refused-unknown: whatever is not a clear yes or no leaves the payment unknown, whether or
/// not the push went out, and nothing is sent again by itself.
#[tokio::test]
async fn an_unclear_answer_is_unknown_and_not_failed() {
    let app = TestApp::start().await;
    let faults = [
        CreateFault::TimeoutAfterActing,
        CreateFault::TimeoutBeforeActing,
        CreateFault::Http { status: 500, after_acting: false },
        CreateFault::Http { status: 504, after_acting: true },
        CreateFault::Garbage { after_acting: true },
        CreateFault::Garbage { after_acting: false },
        CreateFault::Empty { after_acting: true },
        CreateFault::Empty { after_acting: false },
        CreateFault::ResetAfterActing,
        CreateFault::DuplicateId,
        CreateFault::Huge,
    ];
    for (n, fault) in (1..).zip(faults) {
        let (browser, uuid) = app.order(&Buyer::nth(n)).await;
        app.sim().gateway.next_create(fault.clone());
        assert_eq!(browser.pay(uuid).await.status, 303, "{fault:?}");
        assert_eq!(app.states(uuid).await, "pending unknown -", "{fault:?}");
        app.advance(30);
        app.work().await;
        assert_eq!(app.sim().gateway.create_calls(), u64::from(n), "{fault:?}");
        assert!(!payment_states(&app, uuid).await.contains("failed"), "{fault:?}");
    }
    app.work().await;
}

/// Rule accepted-refused-unknown: a clear refusal is a failure with the gateway's reason, and one may try
/// again at once.
#[tokio::test]
async fn a_refused_push_says_why_and_can_be_sent_again() {
    let app = TestApp::start().await;
    let (browser, uuid) = app.order(&Buyer::default()).await;
    app.sim().gateway.next_create(CreateFault::Refuse("Amount is below the minimum".into()));
    browser.pay(uuid).await;
    assert_eq!(app.states(uuid).await, "pending failed -");
    let refusal = payments_of(&app, uuid).await[0].refusal().unwrap().to_owned();
    assert!(refusal.contains("Amount is below the minimum"), "{refusal}");
    let page = browser.get(&format!("/pay/{uuid}")).await.body;
    assert!(page.contains("The payment did not go through") && page.contains("No money was taken"), "{page}");
    assert!(!page.contains("data-auto"), "the page must not send again by itself");
    browser.push(uuid, 1, "").await;
    assert_eq!(payment_states(&app, uuid).await, "pending failed");
    app.work().await;
}

/// Rule accepted-refused-unknown: a gateway that cannot be reached at all has not got the push.
#[tokio::test]
async fn a_gateway_that_refuses_connections_has_not_got_the_push() {
    let app = TestApp::with(&[("ZENO_BASE_URL", "http://127.0.0.1:9/sandbox/zenopay")]).await;
    let (browser, uuid) = app.order(&Buyer::default()).await;
    browser.pay(uuid).await;
    assert_eq!(app.states(uuid).await, "pending failed -");
    let refusal = payments_of(&app, uuid).await[0].refusal().unwrap().to_owned();
    assert!(refusal.starts_with("unreachable"), "{refusal}");
    app.work().await;
}

/// Rule any-phone-pays: the payer's phone need not be the customer's, and a number of no known network is
/// tried like any other.
#[tokio::test]
async fn any_phone_of_any_network_may_pay() {
    let app = TestApp::start().await;
    for (n, phone) in (1..).zip(["+255 655 000 111", "0640 123 456", "0600000000", "0799-111-222"]) {
        let (browser, uuid) = app.order(&Buyer::nth(n)).await;
        assert_eq!(browser.push(uuid, 0, phone).await.status, 303, "{phone}");
        let push = newest_push(&app);
        assert_eq!(push.phone, Phone::parse(phone).unwrap().local());
        app.sim().gateway.approve(&push.order_id);
        app.work().await;
        assert_eq!(app.states(uuid).await, "active succeeded active", "{phone}");
        let view = app.view(uuid).await;
        assert_ne!(view.order.customer.phone, push.phone, "the order keeps the customer's own number");
    }
    app.work().await;
}

/// Rule any-phone-pays: what is no number at all is said so, next to the field, with what was typed; nothing
/// is sent.
#[tokio::test]
async fn a_mistyped_number_is_reported_and_kept() {
    let app = TestApp::start().await;
    let (browser, uuid) = app.order(&Buyer::default()).await;
    for typed in ["0754 318", "+254 722 000 000", "<b>0754</b>", "0754 318 2O6"] {
        let answer = browser.push(uuid, 0, typed).await;
        assert_eq!(answer.status, 422, "{typed}");
        assert!(answer.body.contains("Enter all 10 digits of your number"), "{typed}");
        assert!(!answer.body.contains("<b>0754"), "what was typed is not markup");
    }
    assert_eq!(app.sim().gateway.create_calls(), 0);
    assert_eq!(app.states(uuid).await, "pending - -");
    app.work().await;
}

/// Rule committed-before-sent: sending the same payment twice, as no route does, leaves what is known of it.
#[tokio::test]
async fn a_push_sent_twice_by_mistake_is_refused_by_the_gateway_and_harms_nothing() {
    let app = TestApp::start().await;
    let (browser, uuid) = app.order(&Buyer::default()).await;
    browser.pay(uuid).await;
    let view = app.view(uuid).await;
    let again = send(&app.ctx, &view.order, &view.payments[0]).await;
    assert!(again.is_err() || app.states(uuid).await == "pending pending -");
    assert_eq!(app.states(uuid).await, "pending pending -");
    assert_eq!(app.sim().gateway.pushes().len(), 1);
    app.work().await;
}

/// Rule committed-before-sent: the order is read once, and the payment travels from its commit to the
/// gateway.
#[tokio::test]
async fn a_payment_request_reads_its_order_once() {
    let app = TestApp::start().await;
    let (browser, first) = app.order(&Buyer::nth(1)).await;
    browser.pay(first).await;
    let (browser, uuid) = app.order(&Buyer::nth(2)).await;
    let (answer, asked) = statements_during(browser.pay(uuid)).await;
    assert_eq!(answer.status, 303);
    let reads = |columns: &str| asked.iter().filter(|statement| statement.contains(columns)).count();
    assert_eq!((reads("select o.id"), reads("select id, order_id")), (1, 1), "{asked:#?}");
    assert_eq!(asked.len(), 27, "{asked:#?}");
    app.work().await;
}
