//! Notices of the gateway: kept, answered, and no more than a reason to ask.
use super::{body_for, newest_push, notice, sql, webhook_query};
use hollyn_portal::sandbox::gateway::WebhookFault;
use hollyn_tests::{Buyer, TestApp};

/// Rule webhooks-are-stored: body, headers, sender, time and verdict are kept as they came.
#[tokio::test]
async fn a_webhook_is_stored_as_it_came() {
    let app = TestApp::start().await;
    let (_, uuid) = app.paid_order(&Buyer::default()).await;
    let delivery = app.sim().gateway.deliveries().remove(0);
    assert_eq!(delivery.status, Some(200));
    assert_eq!(app.text("select cast(body as text) from webhook_inbox").await, delivery.body);
    let headers = app.text("select headers from webhook_inbox").await;
    assert!(headers.contains("application/json") && headers.contains("zenopay-sandbox"), "{headers}");
    assert!(!headers.contains("x-api-key"), "the key is a secret: {headers}");
    assert_eq!(
        app.text("select gateway || verdict || source from webhook_inbox").await,
        "zenostored127.0.0.1"
    );
    assert_eq!(app.text("select gateway_order_id from webhook_inbox").await, delivery.order_id);
    assert!(app.count("select received_at from webhook_inbox").await > 0);
    app.work().await;
    assert_eq!(app.states(uuid).await, "active succeeded active");
    app.work().await;
}

/// Rule webhooks-are-stored: an unknown order is answered like a known one, so that nobody learns which ids
/// are ours.
#[tokio::test]
async fn a_stranger_learns_nothing_from_an_unknown_order() {
    let app = TestApp::start().await;
    let (browser, uuid) = app.order(&Buyer::default()).await;
    browser.pay(uuid).await;
    let known = newest_push(&app).order_id;
    for id in [known.as_str(), "aaaaaaaaaaaaaaaaaaaa", "7", "", "x' or 1=1 --"] {
        assert_eq!(notice(&app, "", None, body_for(id)).await, 200, "{id}");
    }
    assert_eq!(app.count("select count(*) from webhook_inbox").await, 5);
    app.work().await;
    assert_eq!(app.states(uuid).await, "pending pending -");
    assert!(app.attention().await.is_empty());
    app.work().await;
}

/// Rule webhooks-are-stored: a second webhook changes nothing, and neither does the hundredth; each is
/// answered 200 and kept.
#[tokio::test]
async fn the_hundredth_copy_of_a_webhook_changes_nothing() {
    let app = TestApp::start().await;
    let (browser, uuid) = app.order(&Buyer::default()).await;
    app.sim().gateway.webhooks(WebhookFault::Duplicate(100));
    browser.pay(uuid).await;
    app.sim().gateway.approve(&newest_push(&app).order_id);
    app.work().await;
    assert_eq!(app.states(uuid).await, "active succeeded active");
    assert!(app.sim().gateway.deliveries().iter().all(|d| d.status == Some(200)));
    assert_eq!(app.count("select count(*) from webhook_inbox").await, 100);
    assert_eq!(app.count("select count(*) from payment_events where event_type = 'completed'").await, 1);
    assert_eq!(app.count("select count(*) from services").await, 1);
    assert_eq!(app.sim().mailbox.mails().len(), 3);
    assert_eq!(app.sim().panel.accounts().len(), 1);
    app.work().await;
}

/// Rule webhooks-are-stored: the bodies that are seen in the wild are understood.
#[tokio::test]
async fn nested_and_form_encoded_webhooks_are_understood() {
    let app = TestApp::start().await;
    let faults = [
        WebhookFault::FormEncoded,
        WebhookFault::Nested,
        WebhookFault::MetadataAsText,
        WebhookFault::WithoutKey,
    ];
    for (n, fault) in (1..).zip(faults) {
        let (browser, uuid) = app.order(&Buyer::nth(n)).await;
        browser.pay(uuid).await;
        app.sim().gateway.webhooks(fault);
        app.sim().gateway.approve(&newest_push(&app).order_id);
        app.work().await;
        assert_eq!(app.states(uuid).await, "active succeeded active", "{fault:?}");
    }
    app.work().await;
}

/// Rule webhooks-are-stored, webhook-token: the key alone is enough of a proof, in each form of the body,
/// where the address was shortened on the way.
#[tokio::test]
async fn a_webhook_without_our_address_is_known_by_its_body() {
    let app = TestApp::start().await;
    for (n, form) in (1..).zip([
        r#"{"order_id":"ID","payment_status":"COMPLETED"}"#,
        r#"{"status":"success","data":{"order_id":"ID"}}"#,
        r#"{"data":[{"order_id":"ID"}]}"#,
        "payment_status=COMPLETED&order_id=ID",
    ]) {
        let (browser, uuid) = app.order(&Buyer::nth(n)).await;
        browser.pay(uuid).await;
        app.sim().gateway.webhooks(WebhookFault::Drop);
        let id = newest_push(&app).order_id;
        app.sim().gateway.approve(&id);
        assert_eq!(notice(&app, "", Some("sandbox"), form.replace("ID", &id)).await, 200);
        app.work().await;
        assert_eq!(app.states(uuid).await, "active succeeded active", "{form}");
    }
    app.work().await;
}

/// Rule webhooks-are-stored: a notice that could not be stored is not answered 200; the gateway tries again,
/// and then it counts.
#[tokio::test]
async fn a_webhook_that_could_not_be_stored_comes_again() {
    let app = TestApp::start().await;
    let (browser, uuid) = app.order(&Buyer::default()).await;
    browser.pay(uuid).await;
    let push = newest_push(&app);
    sql(&app, "alter table webhook_inbox rename to out_of_order").await.unwrap();
    app.sim().gateway.approve(&push.order_id);
    app.sim().gateway.webhooks_done().await;
    assert_eq!(app.sim().gateway.deliveries()[0].status, Some(503));
    assert_eq!(notice(&app, "", None, body_for("7")).await, 503);
    sql(&app, "alter table out_of_order rename to webhook_inbox").await.unwrap();
    assert_eq!(notice(&app, &webhook_query(&push), None, body_for(&push.order_id)).await, 200);
    app.work().await;
    assert_eq!(app.states(uuid).await, "active succeeded active");
    app.work().await;
}

/// Rule webhooks-are-stored: notices that come in the same moment share their transactions, and each is there
/// when it is answered.
#[tokio::test]
async fn a_burst_of_webhooks_is_stored_to_the_last() {
    let app = TestApp::start().await;
    let (browser, uuid) = app.order(&Buyer::default()).await;
    browser.pay(uuid).await;
    let push = newest_push(&app);
    let query = webhook_query(&push);
    let (browser, body) = (app.browser(), body_for(&push.order_id));
    let url = browser.url(&format!("/webhooks/zeno{query}"));
    let burst: Vec<_> =
        (0..200).map(|_| tokio::spawn(browser.http().post(&url).body(body.clone()).send())).collect();
    let mut answers = Vec::new();
    for one in burst {
        answers.push(one.await.unwrap().unwrap().status().as_u16());
    }
    assert!(answers.iter().all(|status| *status == 200), "{answers:?}");
    assert_eq!(app.count("select count(*) from webhook_inbox").await, 200);
    app.work().await;
    assert_eq!(app.states(uuid).await, "pending pending -");
    app.work().await;
}
