//! Sessions of browsers: their list, their duration, ending them, and the mail about a new one.
use super::{cookie, form, is_in, mails_about, mails_to, post_as, registered, sign_in};
use hollyn_tests::{Browser, TestApp};

const PHONE: &str = "Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 \
    Mobile Safari/537.36";
const LAPTOP: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:127.0) Gecko/20100101 Firefox/127.0";

async fn sign_in_as(browser: &Browser, user_agent: &str, email: &str, password: &str) {
    let fields = [form("email", email), form("password", password)];
    assert_eq!(post_as(browser, user_agent, "/login", &fields).await.status, 303);
}

/// The paths of the buttons that end a session, in the order of the page.
async fn ends(browser: &Browser) -> Vec<String> {
    let page = browser.get("/profile/security").await.body;
    let parts = page.split("action=\"/profile/sessions/").skip(1);
    parts
        .filter_map(|part| part.split_once("/end\""))
        .map(|(id, _)| id.to_owned())
        .filter(|id| id.len() < 20)
        .collect()
}

#[tokio::test]
async fn a_listed_session_can_be_ended_from_another_browser() {
    let app = TestApp::start().await;
    let (browser, buyer) = registered(&app, 1).await;
    let phone = app.browser();
    app.advance(60);
    sign_in_as(&phone, PHONE, &buyer.email, &buyer.password).await;
    let laptop = app.browser();
    app.advance(60);
    sign_in_as(&laptop, LAPTOP, &buyer.email, &buyer.password).await;

    let page = laptop.get("/profile/security").await.body;
    for words in ["Chrome, Android", "Firefox, Windows", "127.0.0.1", "This device"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert_eq!(page.matches("This device").count(), 1, "{page}");
    let others = ends(&laptop).await;
    assert_eq!(others.len(), 2, "this browser signs itself out elsewhere");
    // The latest seen first: the phone.
    let answer = laptop.post(&format!("/profile/sessions/{}/end", others[0]), &[]).await;
    assert_eq!((answer.status, answer.location.as_str()), (303, "/profile/security?saved=session"));
    assert!(laptop.get(&answer.location).await.body.contains("This device is signed out."));
    assert!(!is_in(&phone).await && is_in(&browser).await && is_in(&laptop).await);
    assert_eq!(laptop.post(&format!("/profile/sessions/{}/end", others[0]), &[]).await.status, 404, "twice");

    sign_in_as(&phone, PHONE, &buyer.email, &buyer.password).await;
    let answer = laptop.post("/profile/sessions/end-others", &[]).await;
    assert_eq!((answer.status, answer.location.as_str()), (303, "/profile/security?saved=sessions"));
    assert!(!is_in(&phone).await && !is_in(&browser).await && is_in(&laptop).await);
    app.work().await;
}

#[tokio::test]
async fn another_customers_session_cannot_be_ended() {
    let app = TestApp::start().await;
    let (mine, buyer) = registered(&app, 1).await;
    let second = app.browser();
    sign_in(&second, &buyer.email, &buyer.password).await;
    let (other, _) = registered(&app, 2).await;
    for id in ends(&mine).await.iter().map(String::as_str).chain(["0", "-1", "99"]) {
        assert_eq!(other.post(&format!("/profile/sessions/{id}/end"), &[]).await.status, 404, "{id}");
    }
    assert_eq!(other.post("/profile/sessions/end-others", &[]).await.status, 303);
    assert!(is_in(&mine).await && is_in(&second).await);
    let visitor = app.browser();
    for path in ["/profile/sessions/1/end", "/profile/sessions/end-others"] {
        assert!(visitor.post(path, &[]).await.location.starts_with("/login"), "{path}");
    }
}

#[tokio::test]
async fn a_sign_in_from_an_unknown_browser_is_mailed_once() {
    const NEWS: &str = "New sign-in to your account";
    let app = TestApp::start().await;
    let (browser, buyer) = registered(&app, 1).await;
    browser.post("/logout", &[]).await;
    sign_in(&browser, &buyer.email, &buyer.password).await;
    app.work().await;
    assert_eq!(mails_about(&app, &buyer.email, NEWS), 0, "the browser that registered is known");

    let phone = app.browser();
    assert_eq!(sign_in(&phone, &buyer.email, "si hili kabisa").await.status, 422);
    app.work().await;
    assert_eq!(mails_about(&app, &buyer.email, NEWS), 0, "no sign-in succeeded");
    for _ in 0..2 {
        sign_in_as(&phone, PHONE, &buyer.email, &buyer.password).await;
        phone.post("/logout", &[]).await;
    }
    app.work().await;
    assert_eq!(mails_about(&app, &buyer.email, NEWS), 1);
    let mail = mails_to(&app, &buyer.email).pop().unwrap();
    assert!(mail.text.contains("Chrome, Android") && mail.text.contains("127.0.0.1"), "{}", mail.text);

    // A browser is known per account, and stays known to each.
    let (_, other) = registered(&app, 2).await;
    sign_in_as(&phone, PHONE, &other.email, &other.password).await;
    sign_in_as(&phone, PHONE, &buyer.email, &buyer.password).await;
    app.work().await;
    assert_eq!(mails_about(&app, &other.email, NEWS), 1);
    assert_eq!(mails_about(&app, &buyer.email, NEWS), 1);
}

#[tokio::test]
async fn a_forged_device_cookie_makes_no_browser_known() {
    let app = TestApp::start().await;
    let (_, buyer) = registered(&app, 1).await;
    let fields = [form("email", &buyer.email), form("password", &buyer.password)];
    let attacker = app.browser();
    let request = attacker.http().post(attacker.url("/login")).header("sec-fetch-site", "same-origin");
    let answer = attacker.send(request.header("cookie", "device=1; device=1.AAAA").form(&fields)).await;
    assert_eq!(answer.status, 303);
    app.work().await;
    assert_eq!(mails_about(&app, &buyer.email, "New sign-in to your account"), 1);
}

#[tokio::test]
async fn remember_me_lasts_30_days_and_other_sessions_two_idle_hours() {
    let app = TestApp::start().await;
    let (browser, buyer) = registered(&app, 1).await;
    let remembered = app.browser();
    let fields = [form("email", &buyer.email), form("password", &buyer.password), form("remember", "true")];
    let answer = remembered.post("/login", &fields).await;
    assert!(cookie(&answer, "session").is_some());
    let lines: Vec<_> = answer.headers.get_all("set-cookie").iter().filter_map(|v| v.to_str().ok()).collect();
    let session = lines.iter().find(|line| line.starts_with("session=")).unwrap();
    assert!(session.contains("Max-Age=2592000") && session.contains("HttpOnly"), "{session}");
    app.work().await;

    // The two hours begin with the last request.
    for _ in 0..3 {
        app.advance(2 * 3600 - 1);
        assert!(is_in(&browser).await);
    }
    app.advance(2 * 3600);
    assert!(!is_in(&browser).await, "two idle hours");
    assert!(is_in(&remembered).await);
    app.advance(29 * 86_400);
    assert!(is_in(&remembered).await);
    app.advance(86_400 - 8 * 3600);
    assert!(is_in(&remembered).await, "29 days and 24 hours less three seconds");
    app.advance(3);
    assert!(!is_in(&remembered).await, "30 days, however busy it was");
}

#[tokio::test]
async fn a_copied_cookie_is_invalid_after_signing_out() {
    let app = TestApp::start().await;
    let (browser, buyer) = registered(&app, 1).await;
    let token = cookie(&sign_in(&browser, &buyer.email, &buyer.password).await, "session").unwrap();
    let copy = app.browser();
    let page = |token: String| {
        copy.send(copy.http().get(copy.url("/profile")).header("cookie", format!("session={token}")))
    };
    assert_eq!(page(token.clone()).await.status, 200);
    browser.post("/logout", &[]).await;
    assert_eq!(page(token).await.status, 303);
}
