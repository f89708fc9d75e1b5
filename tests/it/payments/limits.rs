//! How many pushes a phone gets.
use super::payment_states;
use hollyn_portal::sandbox::gateway::CreateFault;
use hollyn_tests::{Buyer, TestApp};

/// Refuses all creates, so that the next push may follow at once.
fn refuse_all(app: &TestApp, times: usize) {
    for _ in 0..times {
        app.sim().gateway.next_create(CreateFault::Refuse("no".into()));
    }
}

/// Rule request-limits: the fourth push to a phone in ten minutes is refused, with the time at which one may
/// go on, on the page and in `Retry-After`; then it works.
#[tokio::test]
async fn the_fourth_push_in_ten_minutes_waits_and_says_how_long() {
    let app = TestApp::start().await;
    let (browser, uuid) = app.order(&Buyer::default()).await;
    refuse_all(&app, 3);
    for attempt in 0..3 {
        assert_eq!(browser.push(uuid, attempt, "").await.status, 303);
        app.advance(60);
    }
    let answer = browser.push(uuid, 3, "").await;
    assert_eq!(answer.status, 429);
    assert_eq!(answer.header("retry-after"), "420");
    // 12:30 + 10 minutes.
    assert!(answer.body.contains("12:40"), "{}", answer.body);
    assert!(answer.body.contains("No more requests for now"), "{}", answer.body);
    assert_eq!(app.sim().gateway.create_calls(), 3);
    let page = browser.get(&format!("/pay/{uuid}")).await.body;
    assert!(page.contains("12:40"), "the page itself does not say it");
    app.advance(419);
    assert_eq!(browser.push(uuid, 3, "").await.status, 429);
    app.advance(1);
    assert_eq!(browser.push(uuid, 3, "").await.status, 303);
    assert_eq!(app.sim().gateway.create_calls(), 4);
    app.work().await;
}

/// Rule request-limits: the limit is the phone's, over all accounts and however the number is spelt; another
/// phone is free.
#[tokio::test]
async fn the_limit_belongs_to_the_phone_and_not_to_the_account() {
    let app = TestApp::start().await;
    let spelt = ["0754 318 206", "+255754318206", "255 754-318-206", "0754318206"];
    refuse_all(&app, 3);
    for (n, phone) in (1..).zip(spelt) {
        let (browser, uuid) = app.order(&Buyer::nth(n)).await;
        let status = browser.push(uuid, 0, phone).await.status;
        assert_eq!(status, if n <= 3 { 303 } else { 429 }, "{phone}");
        if n == 4 {
            assert_eq!(payment_states(&app, uuid).await, "");
            assert_eq!(browser.push(uuid, 0, "0655 000 111").await.status, 303);
        }
    }
    app.work().await;
}

/// Rule request-limits: six a day; the seventh says when the day is over.
#[tokio::test]
async fn the_seventh_push_in_a_day_waits_for_the_next() {
    let app = TestApp::start().await;
    let (browser, uuid) = app.order(&Buyer::default()).await;
    refuse_all(&app, 6);
    for attempt in 0..6 {
        assert_eq!(browser.push(uuid, attempt, "").await.status, 303, "{attempt}");
        app.advance(1800);
    }
    let answer = browser.push(uuid, 6, "").await;
    assert_eq!(answer.status, 429);
    assert_eq!(answer.header("retry-after"), (86_400 - 6 * 1800).to_string());
    assert!(answer.body.contains("24\u{a0}November 2026, 12:30"), "{}", answer.body);
    app.advance(86_400 - 6 * 1800);
    assert_eq!(browser.push(uuid, 6, "").await.status, 303);
    app.work().await;
}

/// Rule request-limits: taps at once from several orders do not slip through together.
#[tokio::test]
async fn many_orders_at_once_do_not_slip_through() {
    let app = TestApp::start().await;
    let mut taps = Vec::new();
    for n in 1..=6 {
        let (browser, uuid) = app.order(&Buyer::nth(n)).await;
        taps.push((browser, uuid));
    }
    let taps: Vec<_> = taps
        .into_iter()
        .map(|(browser, uuid)| {
            tokio::spawn(async move { browser.push(uuid, 0, "0655 000 111").await.status })
        })
        .collect();
    let mut sent = 0;
    for tap in taps {
        match tap.await.unwrap() {
            303 => sent += 1,
            status => assert_eq!(status, 429),
        }
    }
    assert_eq!((sent, app.sim().gateway.create_calls()), (3, 3));
    app.work().await;
}

/// Rule request-limits: the page says how many requests are left.
#[tokio::test]
async fn the_page_counts_down_what_is_left() {
    let app = TestApp::start().await;
    let (browser, uuid) = app.order(&Buyer::default()).await;
    browser.pay(uuid).await;
    app.advance(95);
    let page = browser.get(&format!("/pay/{uuid}")).await.body;
    assert!(page.contains("You can send 2 more"), "{page}");
    app.work().await;
}
