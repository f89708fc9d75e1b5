//! Two-factor authentication: enrolling with the password and a code, and signing in with it.
use super::{cookie, form, is_in, registered, sign_in};
use hollyn_tests::{Answer, Browser, Buyer, TestApp};

/// The current code of this seed.
pub(super) fn code(app: &TestApp, secret: &str) -> String {
    app.totp_code(secret)
}

/// Six digits that are not the previous, the current or the next code.
pub(super) fn wrong(app: &TestApp, secret: &str) -> String {
    let right = code(app, secret);
    match right.strip_prefix('0') {
        Some(rest) => format!("1{rest}"),
        None => format!("0{}", &right[1..]),
    }
}

/// The seed that the page shows for typing in.
pub(super) fn secret_on(page: &str) -> String {
    let shown = page.split("id=\"secret\">").nth(1).and_then(|rest| rest.split("</code>").next());
    shown.unwrap_or_else(|| panic!("{page}")).replace("<span>", "").replace("</span>", "")
}

/// The recovery codes that the page shows.
pub(super) fn recovery_on(page: &str) -> Vec<String> {
    let list = page.split("id=\"codes\">").nth(1).and_then(|rest| rest.split("</ul>").next());
    let parts = list.unwrap_or_default().split("<code>").skip(1);
    parts.filter_map(|part| part.split("</code>").next()).map(str::to_owned).collect()
}

/// Switches the second factor on; returns the seed and the recovery codes.
pub(super) async fn switched_on(app: &TestApp, browser: &Browser, buyer: &Buyer) -> (String, Vec<String>) {
    app.confirm_emails().await;
    browser.post("/confirm-password", &[form("password", &buyer.password)]).await;
    browser.post("/profile/two-factor/start", &[]).await;
    let secret = secret_on(&browser.get("/profile/security").await.body);
    let done = browser.post("/profile/two-factor/confirm", &[form("code", &code(app, &secret))]).await;
    assert_eq!(done.status, 200, "{}", done.body);
    let codes = recovery_on(&done.body);
    app.advance(30);
    (secret, codes)
}

pub(super) async fn enter(browser: &Browser, code: &str) -> Answer {
    browser.post("/login/code", &[form("next", "/dashboard"), form("code", code)]).await
}

#[tokio::test]
async fn enrolling_needs_the_password_and_a_valid_code() {
    let app = TestApp::start().await;
    let (browser, buyer) = registered(&app, 1).await;
    app.confirm_emails().await;
    let start = browser.post("/profile/two-factor/start", &[]).await;
    assert_eq!((start.status, start.location.as_str()), (303, "/confirm-password?next=/profile/security"));
    assert_eq!(app.count("select count(*) from two_factor").await, 0);
    let page = browser.get(&start.location).await;
    assert!(
        page.status == 200 && page.body.replace("&#x2F;", "/").contains("value=\"/profile/security\""),
        "{}",
        page.body
    );
    let fields = |password: &str, next: &str| [form("password", password), form("next", next)];
    let refused = browser.post("/confirm-password", &fields("si hili kabisa", "/profile/security")).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.body.contains("That is not the password of your account")
            && !refused.body.contains("si hili")
    );
    assert!(browser.post("/profile/two-factor/start", &[]).await.location.starts_with("/confirm-password"));
    let elsewhere = browser.post("/confirm-password", &fields(&buyer.password, "https://evil.tz/")).await;
    assert_eq!(elsewhere.location, "/profile/security", "our own pages only");

    let begun = browser.post("/profile/two-factor/start", &[]).await;
    assert!(begun.location.starts_with("/profile/security"), "{}", begun.location);
    let page = browser.get("/profile/security").await.body;
    assert!(page.contains("<svg viewBox=") && page.contains("otpauth:"), "{page}");
    let secret = secret_on(&page);
    assert!(secret.len() >= 26, "128 bits at least: {}", secret.len());
    assert!(!app.text("select secret_enc from two_factor").await.contains(&secret), "sealed");

    let refused = browser.post("/profile/two-factor/confirm", &[form("code", &wrong(&app, &secret))]).await;
    assert!(refused.status == 422 && refused.body.contains("This code is wrong"), "{}", refused.body);
    assert_eq!(secret_on(&refused.body), secret, "a wrong code starts nothing anew");
    assert_eq!(
        sign_in(&app.browser(), &buyer.email, &buyer.password).await.location,
        "/dashboard",
        "not on yet"
    );
    let spaced = code(&app, &secret);
    let spaced = format!("{} {}", &spaced[..3], &spaced[3..]);
    let done = browser.post("/profile/two-factor/confirm", &[form("code", &spaced)]).await;
    assert_eq!((done.status, done.header("cache-control")), (200, "no-store"), "{}", done.body);
    let codes = recovery_on(&done.body);
    assert_eq!(codes.len(), 8, "{}", done.body);
    let after = browser.get("/profile/security").await.body;
    assert!(codes.iter().all(|code| !after.contains(code)) && !after.contains(&secret), "shown once");
    app.work().await;
}

#[tokio::test]
async fn a_confirmed_password_counts_for_15_minutes_in_its_session() {
    let app = TestApp::start().await;
    let (browser, buyer) = registered(&app, 1).await;
    app.confirm_emails().await;
    browser.post("/confirm-password", &[form("password", &buyer.password)]).await;
    browser.post("/profile/two-factor/start", &[]).await;
    let secret = secret_on(&browser.get("/profile/security").await.body);
    app.advance(900);
    assert!(browser.post("/profile/two-factor/start", &[]).await.location.starts_with("/confirm-password"));
    // An enrolment that was begun earlier is not shown and cannot be completed.
    assert!(!browser.get("/profile/security").await.body.contains("otpauth:"));
    let late = browser.post("/profile/two-factor/confirm", &[form("code", &code(&app, &secret))]).await;
    assert!(late.location.starts_with("/confirm-password"), "{} {}", late.status, late.location);
    assert_eq!(app.count("select count(*) from two_factor where confirmed_at is not null").await, 0);
    let confirmed = browser.post("/confirm-password", &[form("password", &buyer.password)]).await;
    let confirmed = cookie(&confirmed, "confirmed").unwrap();
    let other = app.browser();
    let session = cookie(&sign_in(&other, &buyer.email, &buyer.password).await, "session").unwrap();
    let plain = Browser::new(&app.url);
    let request = plain
        .http()
        .post(plain.url("/profile/two-factor/start"))
        .header("sec-fetch-site", "same-origin")
        .header("cookie", format!("session={session}; confirmed={confirmed}"));
    assert!(plain.send(request).await.location.starts_with("/confirm-password"), "another session's");
    app.work().await;
}

#[tokio::test]
async fn sign_in_needs_a_code_that_is_used_once() {
    let app = TestApp::start().await;
    let (browser, buyer) = registered(&app, 1).await;
    app.confirm_emails().await;
    let used = {
        browser.post("/confirm-password", &[form("password", &buyer.password)]).await;
        browser.post("/profile/two-factor/start", &[]).await;
        let secret = secret_on(&browser.get("/profile/security").await.body);
        let first = code(&app, &secret);
        browser.post("/profile/two-factor/confirm", &[form("code", &first)]).await;
        (secret, first)
    };
    let (secret, first) = used;
    let phone = app.browser();
    assert_eq!(phone.get("/login/code").await.status, 303, "the code page needs the password first");
    assert!(enter(&phone, &first).await.location.starts_with("/login"), "nor past it");
    let asked = sign_in(&phone, &buyer.email, &buyer.password).await;
    assert_eq!((asked.status, asked.location.as_str()), (303, "/login/code?next=%2Fdashboard"));
    assert!(cookie(&asked, "session").is_none() && !is_in(&phone).await);
    assert_eq!(phone.get(&asked.location).await.status, 200);
    assert_eq!(enter(&phone, &first).await.status, 422, "it confirmed the app already");
    app.advance(30);
    let second = code(&app, &secret);
    let done = enter(&phone, &second).await;
    assert_eq!((done.status, done.location.as_str()), (303, "/dashboard"));
    assert!(is_in(&phone).await);

    let over_the_shoulder = app.browser();
    sign_in(&over_the_shoulder, &buyer.email, &buyer.password).await;
    let refused = enter(&over_the_shoulder, &second).await;
    assert!(refused.status == 422 && refused.body.contains("was used already"), "{}", refused.body);
    // The entered password counts for ten minutes.
    app.advance(600);
    assert!(enter(&over_the_shoulder, &code(&app, &secret)).await.location.starts_with("/login"));
    assert!(!is_in(&over_the_shoulder).await);
    app.work().await;
}

#[tokio::test]
async fn concurrent_wrong_codes_are_all_counted() {
    let app = TestApp::start().await;
    let (browser, buyer) = registered(&app, 1).await;
    let (secret, _) = switched_on(&app, &browser, &buyer).await;
    let attacker = app.browser();
    sign_in(&attacker, &buyer.email, &buyer.password).await;
    let mut guesses = tokio::task::JoinSet::new();
    for _ in 0..40 {
        let (attacker, guess) = (attacker.clone(), wrong(&app, &secret));
        guesses.spawn(async move { enter(&attacker, &guess).await.status });
    }
    let mut statuses = guesses.join_all().await;
    statuses.retain(|status| *status == 422);
    assert_eq!(statuses.len(), 5, "so many were looked at");
    app.work().await;
}

#[tokio::test]
async fn a_password_reset_ends_sign_ins_that_wait_for_a_code() {
    let app = TestApp::start().await;
    let (browser, buyer) = registered(&app, 1).await;
    let (secret, recovery) = switched_on(&app, &browser, &buyer).await;
    let attacker = app.browser();
    let asked = sign_in(&attacker, &buyer.email, &buyer.password).await;
    assert!(asked.location.starts_with("/login/code"), "{}", asked.location);
    let fields = [form("current", &buyer.password), form("password", "nenosiri lingine kabisa")];
    assert_eq!(browser.post("/profile/password", &fields).await.location, "/profile?saved=password");
    for typed in [code(&app, &secret), recovery[0].clone()] {
        let answer = enter(&attacker, &typed).await;
        assert!(answer.location.starts_with("/login?"), "{} {}", answer.status, answer.location);
    }
    assert!(!is_in(&attacker).await);
    app.work().await;
}

#[tokio::test]
async fn five_wrong_codes_lock_the_second_factor_in_all_browsers() {
    let app = TestApp::start().await;
    let (browser, buyer) = registered(&app, 1).await;
    let (secret, recovery) = switched_on(&app, &browser, &buyer).await;
    for n in 0..5 {
        let attacker = app.browser();
        sign_in(&attacker, &buyer.email, &buyer.password).await;
        let typed = if n == 4 { "aaaaa-bbbbb".to_owned() } else { wrong(&app, &secret) };
        assert_eq!(enter(&attacker, &typed).await.status, 422, "{n}");
    }
    let owner = app.browser();
    sign_in(&owner, &buyer.email, &buyer.password).await;
    for typed in [code(&app, &secret), recovery[0].clone()] {
        let answer = enter(&owner, &typed).await;
        assert_eq!((answer.status, answer.header("retry-after")), (429, "900"));
        assert!(answer.body.contains("There were too many tries"), "{}", answer.body);
    }
    app.advance(901);
    sign_in(&owner, &buyer.email, &buyer.password).await;
    assert_eq!(enter(&owner, &code(&app, &secret)).await.status, 303);
    app.work().await;
}
