//! The end of an impersonation: by the button, by time, or by a changed account; and its audit entries.
use super::{CALLED_BACK, REASON, SENT_AWAY, admin, asked, cookie_line, enter, has_banner, looking, user};
use hollyn_core::ops::jobs;
use hollyn_tests::{Answer, Browser, Buyer, TestApp};

/// Whether the answer is the page that says that the impersonation ended, without an account.
fn is_ended(answer: &Answer) -> bool {
    answer.status == 410
        && answer.body.contains("You do not view as a customer any more")
        && !answer.body.contains("Juma Hamisi")
}

async fn with_token(browser: &Browser, token: &str) -> Answer {
    browser
        .send(
            browser.http().get(browser.url("/dashboard")).header("cookie", format!("impersonation={token}")),
        )
        .await
}

/// Until staff leave, the browser is not signed in; its own session is not used meanwhile.
#[tokio::test]
async fn an_impersonation_ends_after_15_minutes_and_does_not_fall_back_to_the_own_session() {
    let app = TestApp::start().await;
    app.order(&Buyer::nth(1)).await;
    // The browser of staff who also are signed in as a customer.
    let (browser, own) = app.order(&Buyer::nth(2)).await;
    let admin = admin(&app).await;
    enter(&browser, &asked(&app, &admin, user(&app, &Buyer::nth(1).email).await).await).await;
    app.advance(15 * 60 - 1);
    assert!(has_banner(&browser.get("/dashboard").await, "Juma Hamisi 1"));
    app.advance(1);
    for path in ["/dashboard", "/", "/plans", "/profile", "/me/panel", "/login", "/no/such/page"] {
        let page = browser.get(path).await;
        assert!(is_ended(&page), "{path}: {} {}", page.status, page.body);
    }
    for path in ["/profile/name", "/logout", "/checkout"] {
        assert!(is_ended(&browser.post(path, &[("name", "Asha".to_owned())]).await), "{path}");
    }
    assert!(is_ended(&browser.post(&format!("/pay/{own}"), &[("action", "send".to_owned())]).await));
    let polled = browser.http().get(browser.url("/me/services/status")).header("accept", "application/json");
    let polled = browser.send(polled).await;
    assert!(polled.status == 410 && polled.json()["error"]["code"] == "forbidden", "{}", polled.body);
    assert_eq!(browser.get("/static/portal.css").await.status, 200);
    assert_eq!(app.sim().gateway.create_calls(), 0);

    let left = browser.post("/impersonate/stop", &[]).await;
    assert_eq!(left.status, 200);
    assert!(left.body.contains("You have left Juma Hamisi 1&#x27;s account"), "{}", left.body);
    assert!(browser.get("/dashboard").await.body.contains("Juma"));
    assert!(browser.get("/profile").await.body.contains("juma2@example.com"), "its own session goes on");
    app.work().await;
}

#[tokio::test]
async fn leaving_ends_the_impersonation_and_keeps_the_own_session() {
    for way_out in ["/impersonate/stop", "/logout"] {
        let app = TestApp::start().await;
        app.order(&Buyer::nth(1)).await;
        let (browser, _) = app.order(&Buyer::nth(2)).await;
        let admin = admin(&app).await;
        let link = asked(&app, &admin, user(&app, &Buyer::nth(1).email).await).await;
        let sessions = "select group_concat(id || token_hash || ends_at) from sessions";
        let before = app.text(sessions).await;
        let entered = enter(&browser, &link).await;
        let cookie = cookie_line(&entered, "impersonation").unwrap();
        let token = cookie.trim_start_matches("impersonation=").split(';').next().unwrap().to_owned();
        assert!(browser.get("/profile").await.body.contains("juma1@example.com"));
        assert_eq!(with_token(&app.browser(), &token).await.status, 200);

        let left = browser.post(way_out, &[]).await;
        assert_eq!(left.status, 200, "{way_out}: {}", left.location);
        assert!(left.body.contains("You can close this tab"), "{}", left.body);
        assert!(!left.body.contains("Viewing as") && !left.body.contains("Juma Hamisi 2"), "{}", left.body);
        let cookie = cookie_line(&left, "impersonation").expect("the cookie is taken away");
        assert!(cookie.starts_with("impersonation=;") && cookie.contains("Path=/"), "{cookie}");
        assert!(cookie_line(&left, "session").is_none(), "{way_out}");
        assert!(is_ended(&with_token(&app.browser(), &token).await), "a copied cookie still works");
        assert_eq!(app.text(sessions).await, before);
        assert!(browser.get("/profile").await.body.contains("juma2@example.com"));
        // A second time changes nothing.
        assert_eq!(browser.post("/impersonate/stop", &[]).await.status, 200);
        assert_eq!(
            app.count("select count(*) from audit_log where action = 'user.impersonation_ended'").await,
            1
        );
        assert_eq!(browser.get(&link).await.status, 410);
        app.work().await;
    }
}

#[tokio::test]
async fn an_impersonation_ends_at_the_next_request_when_staff_or_customer_lose_access() {
    let app = TestApp::start().await;
    app.order(&Buyer::nth(1)).await;
    let admin = admin(&app).await;
    for change in SENT_AWAY {
        let browser = looking(&app, &admin, &Buyer::nth(1)).await;
        assert_eq!(browser.get("/dashboard").await.status, 200);
        app.execute(change).await;
        let page = browser.get("/dashboard").await;
        assert!(is_ended(&page), "{change}: {}", page.status);
        assert_eq!(browser.post("/impersonate/stop", &[]).await.status, 200);
        app.execute(CALLED_BACK).await;
    }
    app.work().await;
}

#[tokio::test]
async fn a_forged_impersonation_cookie_gives_no_access() {
    let app = TestApp::start().await;
    app.order(&Buyer::nth(1)).await;
    let admin = admin(&app).await;
    let link = asked(&app, &admin, user(&app, &Buyer::nth(1).email).await).await;
    let ticket = link.rsplit('/').next().unwrap();
    for token in [ticket, "", "x", &"y".repeat(43)] {
        assert!(is_ended(&with_token(&app.browser(), token).await), "{token}");
    }
    app.work().await;
}

#[tokio::test]
async fn the_customers_activity_shows_an_impersonation_without_the_staff_member() {
    let app = TestApp::start().await;
    let (own, _) = app.order(&Buyer::nth(1)).await;
    assert!(!own.get("/profile/activity").await.body.contains("Account viewed"));
    let admin = admin(&app).await;
    let browser = looking(&app, &admin, &Buyer::nth(1)).await;
    browser.post("/impersonate/stop", &[]).await;
    let page = own.get("/profile/activity").await.body;
    for words in
        ["Account viewed to help you", "Viewing of your account asked for", "Viewing of your account ended"]
    {
        assert_eq!(page.matches(words).count(), 1, "{words}: {page}");
    }
    assert!(!page.contains("Asha") && !page.contains(REASON), "{page}");
    own.post("/language", &[("lang", "sw".to_owned())]).await;
    assert!(own.get("/profile/activity").await.body.contains("Akaunti imetazamwa ili kukusaidia"));
    app.work().await;
}

#[tokio::test]
async fn an_impersonation_is_audited_from_its_request_to_its_end() {
    let app = TestApp::start().await;
    app.order(&Buyer::nth(1)).await;
    let admin = admin(&app).await;
    let customer = user(&app, &Buyer::nth(1).email).await;
    let browser = looking(&app, &admin, &Buyer::nth(1)).await;
    browser.post("/impersonate/stop", &[]).await;
    let rows = app
        .text(
            "select group_concat(action || ' ' || actor || ' ' || coalesce(subject, '-') || ' ' || object \
            || ' ' \
             || object_id || ' ' || coalesce(details, '-') || ' ' || address, char(10)) \
             from (select * from audit_log where action like 'user.impersonat%' order by id)",
        )
        .await;
    let (staff, user) = (format!("staff:{}", admin.staff.unwrap()), format!("user:{customer}"));
    let want = [
        format!("user.impersonation_asked {staff} - user {customer} {REASON} 196.41.40.2"),
        format!("user.impersonated {staff} {user} user {customer} {REASON} 127.0.0.1"),
        format!("user.impersonation_ended {staff} {user} user {customer} - 127.0.0.1"),
    ];
    assert_eq!(rows.lines().collect::<Vec<_>>(), want);
    app.work().await;
}

#[tokio::test]
async fn tickets_and_impersonations_are_swept_after_a_day() {
    let app = TestApp::start().await;
    app.order(&Buyer::nth(1)).await;
    let admin = admin(&app).await;
    looking(&app, &admin, &Buyer::nth(1)).await;
    asked(&app, &admin, user(&app, &Buyer::nth(1).email).await).await;
    let (left, record) = (
        "select count(*) from impersonations",
        "select count(*) from audit_log where action like 'user.imp%'",
    );
    for (seconds, kept) in [(0, 2), (86_400, 2), (61, 1), (14 * 60, 0)] {
        app.advance(seconds);
        jobs::sweep(&app.ctx).await.unwrap();
        assert_eq!(app.count(left).await, kept, "{seconds} s later");
    }
    assert_eq!(app.count(record).await, 3);
    app.work().await;
}
