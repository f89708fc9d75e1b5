//! Notices that are not what they say: forged, too many, too large, senseless.
use super::{body_for, newest_push, notice, payments_of, webhook_query};
use hollyn_core::keys::webhook_token;
use hollyn_portal::sandbox::gateway::WebhookFault;
use hollyn_tests::{Buyer, TestApp};

/// Rule webhooks-are-stored: a wrong key or token is refused, kept for staff to see, and asks nobody
/// anything.
#[tokio::test]
async fn a_webhook_with_a_wrong_key_or_token_is_refused_and_stored() {
    let app = TestApp::start().await;
    let (browser, uuid) = app.order(&Buyer::default()).await;
    browser.pay(uuid).await;
    let push = newest_push(&app);
    app.sim().gateway.webhooks(WebhookFault::WrongKey);
    app.sim().gateway.approve(&push.order_id);
    app.sim().gateway.webhooks_done().await;
    assert_eq!(app.sim().gateway.deliveries()[0].status, Some(401));
    let id = &push.order_id;
    let good = webhook_query(&push);
    for (query, key) in [
        (format!("?payment={id}&token=wrong"), None),
        (format!("?payment={id}&token="), None),
        (format!("?payment={id}&token={}", "0".repeat(64)), Some("sandbox")),
        (good.clone(), Some("")),
        (good.clone(), Some("sandboxx")),
        ("?token=wrong".to_owned(), None),
        (String::new(), Some("wrong")),
    ] {
        assert_eq!(notice(&app, &query, key, body_for(id)).await, 401, "{query} {key:?}");
    }
    assert_eq!(app.count("select count(*) from webhook_inbox where verdict = 'rejected'").await, 8);
    let asked = app.sim().gateway.status_queries();
    app.work().await;
    assert_eq!(app.sim().gateway.status_queries(), asked, "a forged notice made us ask");
    assert_eq!(app.states(uuid).await, "pending pending -");
    // The poller finds the money all the same.
    app.advance(6);
    app.work().await;
    assert_eq!(app.states(uuid).await, "active succeeded active");
    app.work().await;
}

/// Rule webhook-token: the token is made for one payment. Another payment's token, or one under another
/// secret, is wrong.
#[tokio::test]
async fn the_token_of_one_payment_does_not_fit_another() {
    let app = TestApp::start().await;
    let (browser, uuid) = app.order(&Buyer::nth(1)).await;
    browser.pay(uuid).await;
    let (first, query) = (newest_push(&app), webhook_query(&newest_push(&app)));
    let (other_browser, other_uuid) = app.order(&Buyer::nth(2)).await;
    other_browser.pay(other_uuid).await;
    let second = newest_push(&app);
    let token = query.rsplit('=').next().unwrap();
    assert!(token.len() >= 32, "{token}");
    assert_eq!(token, webhook_token(&"a secret of the tests".into(), &first.order_id));
    assert_ne!(token, webhook_token(&"another secret".into(), &first.order_id));
    let moved = format!("?payment={}&token={token}", second.order_id);
    assert_eq!(notice(&app, &moved, None, body_for(&second.order_id)).await, 401);
    // With the first's token, it is the first that is asked about, whatever the body says.
    app.advance(2);
    assert_eq!(notice(&app, &query, None, body_for(&second.order_id)).await, 200);
    assert!(payments_of(&app, uuid).await[0].next_check_at <= Some(app.ctx.now()));
    assert!(payments_of(&app, other_uuid).await[0].next_check_at > Some(app.ctx.now()));
    app.work().await;
}

/// Rule webhook-token, webhooks-are-bounded: without token and key a notice is a hint that may cost us a
/// question; sixty in a minute cost one. A proven one gets through.
#[tokio::test]
async fn a_flood_of_unproven_webhooks_costs_one_question() {
    let app = TestApp::start().await;
    let (browser, uuid) = app.order(&Buyer::default()).await;
    browser.pay(uuid).await;
    let push = newest_push(&app);
    for _ in 0..60 {
        assert_eq!(notice(&app, "", None, body_for(&push.order_id)).await, 200);
    }
    app.work().await;
    let asked = app.sim().gateway.status_queries();
    app.sim().gateway.webhooks(WebhookFault::Drop);
    app.sim().gateway.approve(&push.order_id);
    assert_eq!(notice(&app, "", None, body_for(&push.order_id)).await, 429);
    app.work().await;
    assert_eq!(app.sim().gateway.status_queries(), asked, "the flood still makes us ask");
    assert_eq!(app.count("select count(*) from webhook_inbox").await, 60);
    assert_eq!(notice(&app, &webhook_query(&push), None, body_for(&push.order_id)).await, 200);
    app.work().await;
    assert_eq!(app.states(uuid).await, "active succeeded active");
    app.work().await;
}

/// Rule webhook-token: the gateway's own, proven notices do not use the limit up.
#[tokio::test]
async fn proven_webhooks_do_not_count_as_a_flood() {
    let app = TestApp::start().await;
    let (browser, uuid) = app.order(&Buyer::default()).await;
    browser.pay(uuid).await;
    let push = newest_push(&app);
    for _ in 0..61 {
        assert_eq!(notice(&app, &webhook_query(&push), None, body_for(&push.order_id)).await, 200);
    }
    app.work().await;
    app.sim().gateway.webhooks(WebhookFault::Drop);
    app.sim().gateway.approve(&push.order_id);
    assert_eq!(notice(&app, "", None, body_for(&push.order_id)).await, 200);
    app.work().await;
    assert_eq!(app.states(uuid).await, "active succeeded active");
    app.work().await;
}

/// Rule webhook-token: a minute later unproven notices are heard again.
#[tokio::test]
async fn a_flood_is_forgotten_after_a_minute() {
    let app = TestApp::with(&[("LIMIT_WEBHOOK_ADDRESS", "1")]).await;
    let (mut kept, unknown) = (0, body_for("aaaaaaaaaaaaaaaaaaaa"));
    for _ in 0..5 {
        kept += u32::from(notice(&app, "", None, unknown.clone()).await == 200);
    }
    app.advance(61);
    assert_eq!(notice(&app, "", None, unknown).await, 200);
    assert_eq!((kept, app.count("select count(*) from webhook_inbox").await), (1, 2));
    app.work().await;
}

/// Rule webhooks-are-stored: senseless bodies are kept and answered; more than 64 KB is not read.
#[tokio::test]
async fn senseless_webhooks_are_stored_and_huge_ones_refused() {
    let app = TestApp::start().await;
    let deep = "[".repeat(30_000);
    let senseless: [&[u8]; 9] = [
        b"",
        b"null",
        b"[]",
        b"{\"order_id\":{\"a\":1}}",
        b"{\"data\":\"x\"}",
        b"\x00\xff\xfe",
        b"<xml/>",
        b"order_id",
        deep.as_bytes(),
    ];
    for body in senseless {
        assert_eq!(notice(&app, "", None, body.to_vec()).await, 200, "{:?}", &body[..body.len().min(30)]);
    }
    assert_eq!(app.count("select count(*) from webhook_inbox").await, 9);
    assert_eq!(app.count("select count(*) from webhook_inbox where gateway_order_id is not null").await, 0);
    assert_eq!(notice(&app, "", None, vec![b'x'; 64 * 1024]).await, 200);
    assert_eq!(notice(&app, "", None, vec![b'x'; 64 * 1024 + 1]).await, 413);
    assert_eq!(notice(&app, "?payment=%ff&token=%ff", None, "").await, 401);
    assert_eq!(app.browser().get("/webhooks/zeno").await.status, 404);
    app.work().await;
}
