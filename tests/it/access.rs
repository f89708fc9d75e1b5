//! Access to orders, and requests that are refused before any route handles them.
use hollyn_tests::{Answer, Browser, Buyer, TestApp};

const NOBODYS: &str = "018f2d4e-0000-7000-8000-000000000000";

/// A POST as a page of another site sends it.
async fn foreign_post(browser: &Browser, path: &str, headers: &[(&str, &str)]) -> Answer {
    let mut request = browser.http().post(browser.url(path)).form(&[("action", "send"), ("attempt", "0")]);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    browser.send(request).await
}

async fn sign_in(browser: &Browser, email: &str, password: &str, next: &str) -> Answer {
    let fields = [("email", email.to_owned()), ("password", password.to_owned()), ("next", next.to_owned())];
    browser.post("/login", &fields).await
}

#[tokio::test]
async fn visitors_without_a_session_are_sent_to_sign_in() {
    let app = TestApp::start().await;
    let (_, uuid) = app.order(&Buyer::default()).await;
    let visitor = app.browser();
    for uuid in [uuid.to_string(), NOBODYS.to_owned()] {
        for path in [format!("/pay/{uuid}"), format!("/order/{uuid}")] {
            let answer = visitor.get(&path).await;
            assert_eq!(answer.status, 303, "{path}");
            assert!(answer.location.starts_with("/login?next=%2F"), "{path}: {}", answer.location);
        }
        assert_eq!(visitor.get(&format!("/pay/{uuid}/status")).await.status, 404);
        let answer = visitor.post(&format!("/pay/{uuid}"), &[("action", "send".to_owned())]).await;
        assert!(answer.location.starts_with("/login"), "{} {}", answer.status, answer.location);
    }
    for path in ["/pay/x", "/order/1", "/pay/%00", "/order/../pay"] {
        assert_eq!(visitor.get(path).await.status, 404, "{path}");
    }
    assert_eq!(app.sim().gateway.create_calls(), 0);
    app.work().await;
}

#[tokio::test]
async fn another_customers_order_is_not_found() {
    let app = TestApp::start().await;
    let (_, uuid) = app.order(&Buyer::nth(1)).await;
    let (other, _) = app.order(&Buyer::nth(2)).await;
    for path in [format!("/pay/{uuid}"), format!("/order/{uuid}"), format!("/pay/{uuid}/status")] {
        assert_eq!(other.get(&path).await.status, 404, "{path}");
    }
    for action in ["send", "other", "check"] {
        let answer = other.post(&format!("/pay/{uuid}"), &[("action", action.to_owned())]).await;
        assert_eq!(answer.status, 404, "{action}");
    }
    assert_eq!(other.post(&format!("/me/services/provision/{uuid}"), &[]).await.status, 404);
    assert_eq!(app.sim().gateway.create_calls(), 0);
    app.work().await;
}

#[tokio::test]
async fn the_browser_that_ordered_can_pay_for_a_day_after_its_session_ended() {
    let app = TestApp::start().await;
    let (browser, uuid) = app.order(&Buyer::default()).await;
    app.execute("delete from sessions").await;
    assert_eq!(browser.get("/dashboard").await.status, 303);
    assert_eq!(browser.get(&format!("/pay/{uuid}")).await.status, 200);
    assert_eq!(browser.get(&format!("/order/{uuid}")).await.status, 200);
    assert_eq!(browser.pay(uuid).await.location, format!("/pay/{uuid}"));
    assert_eq!(app.sim().gateway.create_calls(), 1);
    // A forged cookie gives no access.
    let forged = app.browser();
    let request =
        forged.http().get(forged.url(&format!("/pay/{uuid}"))).header("cookie", format!("orders={uuid}"));
    assert_eq!(forged.send(request).await.status, 303);
    app.work().await;
    app.advance(86_400);
    assert_eq!(browser.get(&format!("/order/{uuid}")).await.status, 303, "a day is over");
    app.work().await;
}

/// Name, domain, phone and receipt stood on the shared phone for three months.
#[tokio::test]
async fn signing_out_hides_the_orders_from_who_uses_the_phone_next() {
    let app = TestApp::start().await;
    let (browser, uuid) = app.paid_order(&Buyer::default()).await;
    app.work().await;
    browser.post("/logout", &[]).await;
    for path in ["pay", "order"] {
        assert_eq!(browser.get(&format!("/{path}/{uuid}")).await.status, 303, "{path}");
    }
    assert_eq!(browser.get(&format!("/pay/{uuid}/status")).await.status, 404);
}

/// Another host of the domain cannot set a cookie with this prefix, nor read one.
#[tokio::test]
async fn every_cookie_is_the_hosts_own() {
    let app = TestApp::with(&[("APP_URL", "https://hollyn.example")]).await;
    let browser = app.browser();
    let posts = [
        ("/language", vec![("lang", "sw".to_owned())]),
        ("/checkout", Buyer::default().fields()),
        ("/logout", Vec::new()),
    ];
    let mut seen = 0;
    for (path, fields) in posts {
        let answer = browser.post(path, &fields).await;
        assert_eq!(answer.status, 303, "{path}: {}", answer.body);
        for cookie in answer.headers.get_all("set-cookie") {
            let cookie = cookie.to_str().expect("text");
            seen += 1;
            assert!(cookie.starts_with("__Host-"), "{path}: {cookie}");
            for part in ["HttpOnly", "SameSite=Lax", "Secure", "Path=/"] {
                assert!(cookie.split("; ").any(|other| other == part), "{path}: no {part} in {cookie}");
            }
            assert!(!cookie.contains("Domain"), "{path}: {cookie}");
        }
    }
    assert!(seen >= 5, "language, session, orders, draft and device: {seen}");
    app.work().await;
}

#[tokio::test]
async fn a_form_of_another_site_is_refused() {
    let app = TestApp::start().await;
    let (browser, uuid) = app.order(&Buyer::default()).await;
    let pay = format!("/pay/{uuid}");
    let foreign: [&[(&str, &str)]; 8] = [
        &[("origin", "https://evil.tz")],
        &[("origin", "null")],
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site"), ("origin", "https://evil.tz")],
        &[("sec-fetch-site", "cross-site"), ("origin", "https://evil.tz")],
        &[("referer", "https://evil.tz/form")],
        &[("referer", "http://127.0.0.1.evil.tz/form")],
        // A browser that sends the cookie and no header about the origin.
        &[],
    ];
    for headers in foreign {
        for path in [pay.as_str(), "/checkout", "/login", "/logout", "/language"] {
            let answer = foreign_post(&browser, path, headers).await;
            assert_eq!(answer.status, 403, "{path} {headers:?}");
            assert!(answer.body.contains("another website"), "{}", answer.body);
        }
    }
    assert_eq!(foreign_post(&app.browser(), "/login", &[("origin", "https://evil.tz")]).await.status, 403);
    assert_eq!(app.sim().gateway.create_calls(), 0);
    assert_eq!(browser.get("/dashboard").await.status, 200, "a form of another site signed the customer out");
    let own = foreign_post(&browser, &pay, &[("origin", app.url.as_str())]).await;
    assert_eq!(own.status, 303);
    assert_eq!(app.sim().gateway.create_calls(), 1);
    // An old browser tells only from which page it comes.
    let page = format!("{}{pay}", app.url);
    assert_eq!(foreign_post(&browser, "/language", &[("referer", page.as_str())]).await.status, 404);
    app.work().await;
}

#[tokio::test]
async fn an_unknown_host_is_refused() {
    let app = TestApp::start().await;
    let browser = app.browser();
    for host in ["evil.tz", "evil.tz:80", "127.0.0.1.evil.tz", "localhost.evil.tz"] {
        for path in ["/", "/plans", "/login", "/healthz"] {
            let request = browser.http().get(browser.url(path)).header("host", host);
            assert_eq!(browser.send(request).await.status, 400, "{host} {path}");
        }
        let request = browser.http().post(browser.url("/webhooks/zeno")).header("host", host).body("{}");
        assert_eq!(browser.send(request).await.status, 400, "{host}");
    }
    assert_eq!(app.count("select count(*) from webhook_inbox").await, 0);
    assert_eq!(browser.get("/plans").await.status, 200);
}

#[tokio::test]
async fn the_sign_in_redirects_to_own_paths_only() {
    let app = TestApp::start().await;
    let (browser, uuid) = app.order(&Buyer::default()).await;
    let buyer = Buyer::default();
    for next in [
        "https://evil.tz",
        "//evil.tz",
        "/\\evil.tz",
        "\\\\evil.tz",
        "/\t/evil.tz",
        "/ /evil.tz",
        "javascript:alert(1)",
        "evil.tz",
        "/\r\nset-cookie: a=b",
        "",
    ] {
        let answer = sign_in(&app.browser(), &buyer.email, &buyer.password, next).await;
        assert_eq!((answer.status, answer.location.as_str()), (303, "/dashboard"), "{next:?}");
        let query = rocket::http::RawStr::new(next).percent_encode().to_string();
        let answer = browser.get(&format!("/login?next={query}")).await;
        assert_eq!((answer.status, answer.location.as_str()), (303, "/dashboard"), "{next:?}");
        let fields = [("lang", "en".to_owned()), ("next", next.to_owned())];
        assert_eq!(browser.post("/language", &fields).await.location, "/", "{next:?}");
    }
    let back = format!("/pay/{uuid}");
    assert_eq!(sign_in(&app.browser(), &buyer.email, &buyer.password, &back).await.location, back);
    app.work().await;
}

#[tokio::test]
async fn signing_out_ends_the_session_on_the_server() {
    let app = TestApp::start().await;
    let answer = app.browser().post("/checkout", &Buyer::default().fields()).await;
    let cookies = answer.headers.get_all("set-cookie").iter().filter_map(|value| value.to_str().ok());
    let cookie =
        cookies.into_iter().find(|cookie| cookie.starts_with("session=")).expect("signed in").to_owned();
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/"),
        "{cookie}"
    );
    let token = cookie.split(';').next().unwrap().to_owned();
    let copy = app.browser();
    let look = || copy.send(copy.http().get(copy.url("/dashboard")).header("cookie", token.clone()));
    assert_eq!(look().await.status, 200);
    let leave = copy
        .http()
        .post(copy.url("/logout"))
        .header("cookie", token.clone())
        .header("sec-fetch-site", "same-origin");
    assert_eq!(copy.send(leave).await.location, "/");
    assert_eq!(look().await.status, 303, "the token still opens the account");
    assert_eq!(app.count("select count(*) from sessions").await, 0);
    app.work().await;
}

#[tokio::test]
async fn an_idle_session_ends() {
    let app = TestApp::start().await;
    let (browser, uuid) = app.order(&Buyer::default()).await;
    app.advance(7100);
    assert_eq!(browser.get("/dashboard").await.status, 200);
    app.advance(7100);
    assert_eq!(browser.get("/dashboard").await.status, 200, "looking keeps it open");
    app.advance(7300);
    assert_eq!(browser.get("/dashboard").await.location, "/login?next=%2Fdashboard&ended=true");
    assert_eq!(browser.get(&format!("/pay/{uuid}")).await.status, 200, "the order can still be paid");
    app.work().await;
}
