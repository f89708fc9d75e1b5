//! How many payment requests an account and a network may send.
use super::newest_push;
use hollyn_tests::{Browser, Buyer, TestApp};

/// The nth order of one customer, for another domain.
fn nth_order(n: u32) -> Buyer {
    Buyer { domain: format!("duka{n}.co.tz"), ..Buyer::default() }
}

/// Orders and sends a request to a phone of its own. Returns the status and the page.
async fn ring(browser: &Browser, n: u32) -> hollyn_tests::Answer {
    let uuid = browser.order(&nth_order(n)).await;
    browser.push(uuid, 0, &format!("0754{n:06}")).await
}

/// Rule request-limits: an account that has not paid yet rings five phones in an hour, not twelve; the answer
/// says when the next may ring.
#[tokio::test]
async fn a_new_account_cannot_ring_twelve_phones() {
    let app = TestApp::start().await;
    let browser = app.browser();
    for n in 1..=12 {
        let answer = ring(&browser, n).await;
        if n <= 5 {
            assert_eq!(answer.status, 303, "{n}");
        } else {
            assert_eq!((answer.status, answer.header("retry-after")), (429, "3600"), "{n}");
            assert!(answer.body.contains("The next one can go out at 13:30"), "{}", answer.body);
        }
    }
    assert_eq!(app.sim().gateway.create_calls(), 5);
    let language = [("lang", "sw".to_owned()), ("next", "/".to_owned())];
    browser.post("/language", &language).await;
    let answer = ring(&browser, 13).await;
    assert!(answer.body.contains("Unaweza kutuma jingine 13:30"), "{}", answer.body);
    app.advance(3600);
    assert_eq!(ring(&browser, 14).await.status, 303);
    app.work().await;
}

/// Rule request-limits: the first payment that succeeds frees the account.
#[tokio::test]
async fn an_account_that_has_paid_may_send_more() {
    let app = TestApp::start().await;
    let browser = app.browser();
    for n in 1..=5 {
        assert_eq!(ring(&browser, n).await.status, 303);
    }
    assert_eq!(ring(&browser, 6).await.status, 429);
    app.sim().gateway.approve(&newest_push(&app).order_id);
    app.work().await;
    for n in 7..=20 {
        assert_eq!(ring(&browser, n).await.status, 303, "{n}");
    }
    app.work().await;
}

/// Rule request-limits: one network's new accounts are limited together; an account that has paid is not held
/// up by them.
#[tokio::test]
async fn new_accounts_of_one_network_are_limited_together() {
    let app = TestApp::with(&[("LIMIT_FIRST_PAYMENT_REQUESTS_ADDRESS", "3")]).await;
    let (known, uuid) = app.order(&Buyer::default()).await;
    known.pay(uuid).await;
    app.sim().gateway.approve(&newest_push(&app).order_id);
    app.work().await;
    for n in 1..=4 {
        let (browser, uuid) = app.order(&Buyer::nth(n)).await;
        let answer = browser.pay(uuid).await;
        if n <= 2 {
            assert_eq!(answer.status, 303, "{n}");
        } else {
            assert_eq!((answer.status, answer.header("retry-after")), (429, "3600"), "{n}");
            assert!(answer.body.contains("Many requests came from your network"), "{}", answer.body);
        }
    }
    assert_eq!(ring(&known, 7).await.status, 303);
    app.work().await;
}

/// Rule request-limits: accounts that have paid are limited by their network as well, later.
#[tokio::test]
async fn a_network_sends_so_many_requests_in_an_hour() {
    let app = TestApp::with(&[("LIMIT_PAYMENT_REQUESTS_ADDRESS", "2")]).await;
    let (browser, uuid) = app.order(&Buyer::default()).await;
    browser.pay(uuid).await;
    app.sim().gateway.approve(&newest_push(&app).order_id);
    app.work().await;
    assert_eq!(ring(&browser, 2).await.status, 303);
    let answer = ring(&browser, 3).await;
    assert_eq!(answer.status, 429);
    assert!(answer.body.contains("Try again at 13:30:00, or from another network"), "{}", answer.body);
    app.work().await;
}
