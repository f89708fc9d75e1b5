//! Many sign-ins at once: what is refused, who is served all the same, and how much memory it takes.
use hollyn_core::password_hashing::{PLACES, Place, Priority};
use hollyn_tests::{Answer, Browser, Buyer, TestApp};

async fn sign_in(browser: &Browser, email: &str, password: &str) -> Answer {
    browser.post("/login", &[("email", email.to_owned()), ("password", password.to_owned())]).await
}

/// Takes all places of strangers at the threads that hash passwords.
fn take_all_places(app: &TestApp) -> Vec<Place> {
    let place = || app.ctx.password_hashing.place(Priority::Unknown).expect("a place");
    (0..PLACES).map(|_| place()).collect()
}

fn assert_busy(answer: &Answer, typed: &str) {
    assert_eq!((answer.status, answer.header("retry-after")), (503, "5"), "{}", answer.body);
    assert!(answer.body.contains("Try again in a few seconds"), "{}", answer.body);
    assert!(answer.body.contains(typed), "what was typed is gone: {}", answer.body);
}

#[tokio::test]
async fn beyond_the_queue_a_stranger_is_told_at_once_to_come_back() {
    let app = TestApp::start().await;
    let buyer = Buyer::default();
    app.order(&buyer).await;
    let places = take_all_places(&app);
    let unknown_browser = app.browser();
    // More often than the limit of wrong passwords: what was not looked at is no wrong password.
    for _ in 0..6 {
        assert_busy(&sign_in(&unknown_browser, &buyer.email, &buyer.password).await, &buyer.email);
    }
    assert_busy(&unknown_browser.post("/checkout", &Buyer::nth(2).fields()).await, "juma2@example.com");
    let fields = Buyer::nth(3).fields();
    assert_busy(&unknown_browser.post("/register", &fields).await, "juma3@example.com");
    drop(places);
    assert_eq!(sign_in(&unknown_browser, &buyer.email, &buyer.password).await.status, 303);
    assert_eq!(app.browser().post("/checkout", &Buyer::nth(2).fields()).await.status, 303);
    app.work().await;
}

#[tokio::test]
async fn a_signed_in_customer_is_served_while_strangers_wait() {
    let app = TestApp::start().await;
    let buyer = Buyer::default();
    let (browser, _) = app.order(&buyer).await;
    let _places = take_all_places(&app);
    let fields = [
        ("current", buyer.password.clone()),
        ("password", "chai ya tangawizi".to_owned()),
        ("repeat", "chai ya tangawizi".to_owned()),
    ];
    let answer = browser.post("/profile/password", &fields).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    app.work().await;
}

/// Another customer's session and device are a stranger's.
#[tokio::test]
async fn a_known_browser_signs_in_while_strangers_wait() {
    let app = TestApp::start().await;
    let buyer = Buyer::default();
    let (known, _) = app.order(&buyer).await;
    known.post("/logout", &[]).await;
    let (other, _) = app.order(&Buyer::nth(2)).await;
    let _places = take_all_places(&app);
    assert_eq!(sign_in(&known, &buyer.email, &buyer.password).await.status, 303);
    assert_busy(&sign_in(&other, &buyer.email, &buyer.password).await, &buyer.email);
    app.work().await;
}

#[tokio::test]
async fn the_admin_api_says_when_to_come_back() {
    let app = TestApp::start().await;
    let _places = take_all_places(&app);
    let browser = app.browser();
    let request = browser.http().post(browser.url("/api/admin/v1/session")).json(&serde_json::json!({
        "email": "asha@hollyn.online", "password": "not the password", "device": "a desk",
    }));
    let answer = browser.send(request).await;
    assert_eq!((answer.status, answer.header("retry-after")), (503, "5"), "{}", answer.body);
}

/// Kilobytes of memory of this process, by its name in `/proc/self/status`.
fn memory(name: &str) -> u64 {
    let text = std::fs::read_to_string("/proc/self/status").expect("Linux tells a process's memory");
    let line = text.lines().find(|line| line.starts_with(name)).expect("the line");
    line.split_whitespace().nth(1).and_then(|number| number.parse().ok()).expect("a number")
}

/// Each hash takes 19 MB; two are computed at once, and their memory is used again.
#[tokio::test(flavor = "multi_thread")]
async fn a_storm_of_sign_ins_takes_the_memory_of_two() {
    let app = TestApp::with(&[("LIMIT_SIGN_IN_ADDRESS", "100000")]).await;
    assert_eq!(sign_in(&app.browser(), "unknown_browser@example.com", "wrong").await.status, 422);
    let before = memory("VmHWM:");
    for storm in 0..2 {
        let mut guesses = tokio::task::JoinSet::new();
        for n in 0..50 {
            let browser = app.browser();
            let email = format!("unknown_browser{storm}-{n}@example.com");
            guesses.spawn(async move { sign_in(&browser, &email, "wrong").await.status });
        }
        let statuses = guesses.join_all().await;
        assert!(statuses.iter().all(|status| matches!(status, 422 | 503)), "{statuses:?}");
    }
    let grown = memory("VmHWM:").saturating_sub(before);
    assert!(grown < 60_000, "the storm took {grown} KB");
}
