//! Notices that prove nothing, in numbers: what is kept of them, and what they cannot do.
use super::{body_for, newest_push, notice, webhook_query};
use hollyn_core::ops::jobs;
use hollyn_portal::sandbox::gateway::WebhookFault;
use hollyn_tests::{Buyer, TestApp};

/// Sends notices one after the other and returns how many were answered with that status.
async fn notices(app: &TestApp, count: usize, query: &str, key: Option<&str>, status: u16) -> usize {
    let mut answered = 0;
    for _ in 0..count {
        answered += usize::from(notice(app, query, key, body_for("7")).await == status);
    }
    answered
}

/// Rule webhooks-are-bounded: of 400 notices of 60 KB that come in a moment, 60 are kept, 4 KB of each; the
/// others are counted.
#[tokio::test]
async fn a_flood_of_large_notices_leaves_a_few_kilobytes() {
    let app = TestApp::start().await;
    let browser = app.browser();
    let url = browser.url("/webhooks/zeno");
    let (mut kept, mut limited) = (0, 0);
    // As many connections as the listener queues, ten times over.
    for _ in 0..10 {
        let send = || tokio::spawn(browser.http().post(&url).body(vec![b'x'; 60_000]).send());
        let flood: Vec<_> = (0..40).map(|_| send()).collect();
        for one in flood {
            let answer = one.await.unwrap().unwrap();
            match answer.status().as_u16() {
                200 => kept += 1,
                status => {
                    limited += 1;
                    assert_eq!((status, answer.headers()["retry-after"].to_str().unwrap()), (429, "60"));
                }
            }
        }
    }
    assert_eq!((kept, limited), (60, 340));
    assert_eq!(app.count("select count(*) from webhook_inbox").await, 60);
    assert_eq!(app.count("select max(length(body)) from webhook_inbox").await, 4096);
    assert_eq!(app.count("select refused_rows from webhook_budgets").await, 340);
    assert_eq!(app.count("select count(*) from rate_limit_events").await, 60);
}

/// Rule webhooks-are-bounded: what a sender calls itself is kept in part.
#[tokio::test]
async fn long_headers_are_cut() {
    let app = TestApp::start().await;
    let browser = app.browser();
    let request = browser.http().post(browser.url("/webhooks/zeno")).header("user-agent", "x".repeat(4000));
    assert_eq!(browser.send(request).await.status, 200);
    assert_eq!(app.count("select length(headers) from webhook_inbox").await, 400);
}

/// Rule webhooks-are-bounded: notices with a wrong key or token are limited like those without.
#[tokio::test]
async fn rejected_notices_are_limited_too() {
    let app = TestApp::with(&[("LIMIT_WEBHOOK_ADDRESS", "3")]).await;
    assert_eq!(notices(&app, 2, "?token=wrong", None, 401).await, 2);
    assert_eq!(notices(&app, 1, "", Some("wrong"), 401).await, 1);
    for (query, key) in [("?token=wrong", None), ("", Some("wrong")), ("", None)] {
        assert_eq!(notices(&app, 3, query, key, 429).await, 3, "{query} {key:?}");
    }
    assert_eq!(app.count("select count(*) from webhook_inbox").await, 3);
}

/// Rule webhooks-are-bounded: all addresses together fill no more than the day's budget; the next day has its
/// own.
#[tokio::test]
async fn a_day_keeps_so_many_notices_without_a_proof_and_no_more() {
    let app = TestApp::with(&[("LIMIT_WEBHOOK_DAY", "5"), ("LIMIT_WEBHOOK_ADDRESS", "1000")]).await;
    assert_eq!(notices(&app, 8, "", None, 200).await, 5);
    assert_eq!(notices(&app, 2, "", Some("wrong"), 429).await, 2);
    let (browser, uuid) = app.order(&Buyer::default()).await;
    browser.pay(uuid).await;
    let proven = webhook_query(&newest_push(&app));
    assert_eq!(notices(&app, 3, &proven, None, 200).await, 3, "proven notices need no room");
    app.advance(86_400);
    assert_eq!(notices(&app, 8, "", None, 200).await, 5);
    app.work().await;
}

/// Rule webhooks-are-bounded: bodies count as well, so the day's budget is one of bytes too.
#[tokio::test]
async fn a_day_keeps_so_many_bytes_without_a_proof_and_no_more() {
    let app = TestApp::with(&[("LIMIT_WEBHOOK_DAY", "20"), ("LIMIT_WEBHOOK_ADDRESS", "1000")]).await;
    let mut kept = 0;
    for _ in 0..20 {
        kept += u32::from(notice(&app, "", None, vec![b'x'; 60_000]).await == 200);
    }
    assert!(kept < 6, "{kept} large bodies were kept");
    assert_eq!(notice(&app, "", None, body_for("7")).await, 200, "a small one has room");
}

/// Rule webhooks-are-bounded: a notice that is only counted still has the gateway asked about a payment of
/// ours.
#[tokio::test]
async fn a_counted_notice_still_makes_us_ask_about_a_known_payment() {
    let app = TestApp::with(&[("LIMIT_WEBHOOK_ADDRESS", "1")]).await;
    let (browser, uuid) = app.order(&Buyer::default()).await;
    browser.pay(uuid).await;
    let push = newest_push(&app);
    app.sim().gateway.webhooks(WebhookFault::Drop);
    app.sim().gateway.approve(&push.order_id);
    assert_eq!(notices(&app, 2, "", None, 429).await, 1);
    assert_eq!(notice(&app, "", None, body_for(&push.order_id)).await, 429);
    assert_eq!(notice(&app, "", None, body_for("aaaaaaaaaaaaaaaaaaaa")).await, 429);
    app.work().await;
    assert_eq!(app.states(uuid).await, "active succeeded active");
    assert_eq!(app.sim().gateway.status_queries(), 1, "the stranger's payment was asked about");
}

/// Rule webhooks-are-bounded: notices that are only counted have the gateway asked no sooner than 3 seconds
/// after its last answer.
#[tokio::test]
async fn counted_notices_do_not_make_us_ask_without_a_pause() {
    let app = TestApp::with(&[("LIMIT_WEBHOOK_ADDRESS", "1")]).await;
    let (browser, uuid) = app.order(&Buyer::default()).await;
    browser.pay(uuid).await;
    let push = newest_push(&app);
    for _ in 0..10 {
        notice(&app, "", None, body_for(&push.order_id)).await;
        app.work().await;
    }
    assert_eq!(app.sim().gateway.status_queries(), 1);
    app.advance(3);
    app.work().await;
    assert_eq!(app.sim().gateway.status_queries(), 2);
    app.work().await;
}

/// Rule webhooks-are-bounded: a proven body is kept whole, and longer.
#[tokio::test]
async fn old_notices_without_a_proof_are_swept() {
    let app = TestApp::start().await;
    let (browser, uuid) = app.order(&Buyer::default()).await;
    browser.pay(uuid).await;
    let query = webhook_query(&newest_push(&app));
    assert_eq!(notice(&app, &query, None, vec![b'x'; 60_000]).await, 200);
    assert_eq!(notice(&app, "", None, body_for("7")).await, 200);
    assert_eq!(notice(&app, "", Some("wrong"), body_for("7")).await, 401);
    app.work().await;
    app.advance(6 * 86_400);
    jobs::sweep(&app.ctx).await.expect("swept");
    assert_eq!(app.count("select count(*) from webhook_inbox").await, 3);
    app.advance(2 * 86_400);
    jobs::sweep(&app.ctx).await.expect("swept");
    assert_eq!(app.count("select count(*) from webhook_inbox").await, 1);
    assert_eq!(app.count("select length(body) from webhook_inbox where verdict = 'stored'").await, 60_000);
    assert_eq!(app.count("select count(*) from webhook_budgets").await, 0);
    app.work().await;
}
