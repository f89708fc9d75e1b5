//! During an impersonation: all pages can be read, no action of the customer and no secret is available.
use super::{admin, asked, cookie_line, everything, has_banner, looking, user};
use hollyn_core::ops::auth;
use hollyn_portal::sandbox::panel::PanelCall;
use hollyn_tests::{Browser, Buyer, TestApp};
use std::collections::BTreeSet;

async fn attempt(browser: &Browser, request: &str, form: &str) -> hollyn_tests::Answer {
    let (method, path) = request.split_once(' ').expect("a method and a path");
    let request = match method {
        "GET" => browser.http().get(browser.url(path)),
        _ => browser
            .http()
            .request(method.parse().expect("a method"), browser.url(path))
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(form.to_owned()),
    };
    browser.send(request).await
}

/// Also with the customer's password. All refusals have the same text.
#[tokio::test]
async fn an_impersonation_changes_nothing_of_the_customer() {
    let app = TestApp::start().await;
    let buyer = Buyer::nth(1);
    let (own, _) = app.paid_order(&buyer).await;
    app.work().await;
    let pending = own.order(&Buyer { domain: "duka-la-pili.co.tz".into(), ..buyer.clone() }).await;
    let service = app.count("select id from services").await;
    let session = app.count("select min(id) from sessions").await;
    let admin = admin(&app).await;
    let browser = looking(&app, &admin, &buyer).await;
    app.work().await;
    let password = "password=mkahawa+wa+kibo";
    let change = "current=mkahawa+wa+kibo&password=nenosiri+jipya+kabisa";
    let order = "plan=hollyn-lite&months=1&phone=0754000001&domain=duka-la-tatu.co.tz";

    let forbidden = [
        (format!("POST /me/services/{service}/reveal"), password),
        ("POST /profile/password".into(), change),
        ("POST /profile/email".into(), "email=asha%40hollyn.online&password=mkahawa+wa+kibo"),
        ("POST /profile/phone".into(), "phone=0754999999&password=mkahawa+wa+kibo"),
        ("POST /profile/name".into(), "name=Asha"),
        ("GET /profile/delete".into(), ""),
        ("POST /profile/delete".into(), password),
        ("POST /email/verification".into(), ""),
        (format!("POST /pay/{pending}"), "action=send&attempt=0"),
        (format!("POST /pay/{pending}"), "action=other&attempt=0&phone=0754999999"),
        (format!("POST /pay/{pending}"), "action=check"),
        ("POST /checkout".into(), order),
        ("POST /checkout/sign-in".into(), order),
        ("POST /profile/two-factor/start".into(), ""),
        ("POST /profile/two-factor/confirm".into(), "code=123456"),
        ("POST /profile/two-factor/off".into(), password),
        ("POST /profile/two-factor/replace".into(), "code=123456"),
        ("POST /profile/two-factor/codes".into(), password),
        (format!("POST /profile/sessions/{session}/end"), ""),
        ("POST /profile/sessions/end-others".into(), ""),
        ("GET /confirm-password".into(), ""),
        ("POST /confirm-password".into(), password),
        ("GET /me/panel".into(), ""),
        ("GET /me/panel/".into(), ""),
        ("GET /me//panel".into(), ""),
        ("GET /me/%70anel?x=1".into(), ""),
        ("HEAD /me/panel".into(), ""),
        (format!("POST /me/panel/{service}"), ""),
        ("POST /login".into(), "email=juma1%40example.com&password=mkahawa+wa+kibo"),
        ("GET /login/code".into(), ""),
        ("POST /login/code".into(), "code=123456"),
        ("POST /register".into(), "name=Asha&email=asha%40example.com&password=nenosiri+jipya"),
        ("GET /forgot-password".into(), ""),
        ("POST /forgot-password".into(), "email=juma1%40example.com"),
        ("GET /reset-password/x".into(), ""),
        ("POST /reset-password/x".into(), change),
        ("GET /verify-email/x".into(), ""),
        ("POST /verify-email/x".into(), ""),
        ("POST //profile/name".into(), "name=Asha"),
        ("POST /profile/%6eame".into(), "name=Asha"),
        ("PUT /profile/name".into(), "name=Asha"),
        ("POST /something/yet/to/be/written".into(), ""),
    ];
    let before = everything(&app).await;
    let logins = app.sim().panel.calls(PanelCall::SignOn);
    for (request, form) in &forbidden {
        let answer = attempt(&browser, request, form).await;
        assert_eq!(answer.status, 403, "{request}: {}", answer.body);
        let told = "While you view the site as a customer this cannot be done";
        assert!(answer.body.contains(told) || request.starts_with("HEAD"), "{request}: {}", answer.body);
        assert!(has_banner(&answer, "Juma Hamisi 1") || request.starts_with("HEAD"), "{request}");
        assert!(cookie_line(&answer, "session").is_none(), "{request}");
    }
    assert_eq!(everything(&app).await, before, "something was done");
    assert_eq!(app.sim().gateway.create_calls(), 1, "a second request went out");
    assert_eq!(app.sim().panel.calls(PanelCall::SignOn), logins, "the panel was asked for a sign-on");
    // Meanwhile the customer can do all of it.
    assert_eq!(
        own.post(&format!("/me/services/{service}/reveal"), &[("password", buyer.password.clone())])
            .await
            .status,
        200
    );
    assert_eq!(own.pay(pending).await.status, 303);
    app.work().await;
    app.work().await;
}

#[tokio::test]
async fn every_page_of_an_impersonation_has_its_banner_and_no_secret() {
    let app = TestApp::start().await;
    let buyer = Buyer::nth(1);
    let (own, uuid) = app.paid_order(&buyer).await;
    app.work().await;
    let pending = own.order(&Buyer { domain: "duka-la-pili.co.tz".into(), ..buyer.clone() }).await;
    // The customer has begun to enrol the second factor.
    app.confirm_emails().await;
    own.post("/confirm-password", &[("password", buyer.password.clone())]).await;
    own.post("/profile/two-factor/start", &[]).await;
    assert!(own.get("/profile/security").await.body.contains("otpauth:"));
    let service = app.count("select id from services").await;
    let admin = admin(&app).await;
    let browser = looking(&app, &admin, &buyer).await;

    for (path, status) in [
        ("/".to_owned(), 200),
        ("/plans".into(), 200),
        ("/checkout/hollyn-boost?months=12".into(), 200),
        (format!("/pay/{pending}"), 200),
        (format!("/pay/{uuid}"), 200),
        (format!("/order/{pending}"), 200),
        (format!("/order/{uuid}"), 200),
        ("/dashboard".into(), 200),
        ("/me/dashboard".into(), 200),
        ("/me/services".into(), 200),
        (format!("/me/services/{service}"), 200),
        ("/me/orders".into(), 200),
        ("/profile".into(), 200),
        ("/profile/security".into(), 200),
        ("/profile/activity".into(), 200),
        ("/admin".into(), 200),
        ("/no/such/page".into(), 404),
        ("/me/services/999".into(), 404),
    ] {
        let page = browser.get(&path).await;
        assert_eq!(page.status, status, "{path}");
        assert!(has_banner(&page, "Juma Hamisi 1"), "{path}: {}", page.body);
        assert_eq!(page.header("cache-control"), "no-store", "{path}");
        let forms: BTreeSet<&str> = page.body.split("<form").skip(1).filter_map(posts_to).collect();
        let looks = ["/impersonate/stop", "/language"];
        assert!(forms.iter().all(|action| looks.contains(action)), "{path}: {forms:?}");
        for secret in ["otpauth:", "type=\"password\"", "<svg viewBox=\"0 0 4", "href=\"/me/panel"] {
            assert!(!page.body.contains(secret), "{path} shows {secret}");
        }
    }
    for path in ["/login", "/register"] {
        assert_eq!(browser.get(path).await.location, "/dashboard", "a second sign-in by {path}");
    }
    let another = app.browser();
    assert!(!another.get("/").await.body.contains("Viewing as"), "the banner was kept for everybody");
    let polled = browser.get("/me/services/status").await;
    assert_eq!(polled.json()["services"][0]["domain"], "duka1.co.tz");
    app.work().await;
    app.work().await;
}

/// The path that a form's opening tag posts to; None for a GET form.
fn posts_to(form: &str) -> Option<&str> {
    let tag = form.split('>').next().filter(|tag| tag.contains("method=\"post\""))?;
    tag.split("action=\"").nth(1)?.split('"').next()
}

#[tokio::test]
async fn staff_can_start_the_set_up_of_a_paid_order() {
    let app = TestApp::with(&[("PROVISION_ON_PAYMENT", "false")]).await;
    let (_, uuid) = app.paid_order(&Buyer::nth(1)).await;
    app.work().await;
    assert_eq!(app.states(uuid).await, "paid succeeded -");
    let admin = admin(&app).await;
    let browser = looking(&app, &admin, &Buyer::nth(1)).await;
    let page = browser.get("/dashboard").await;
    assert!(page.body.contains("action=\"/me/services/provision-latest\""), "{}", page.body);
    let answer = browser.post(&format!("/me/services/provision/{uuid}"), &[]).await;
    assert_eq!((answer.status, answer.location), (303, format!("/order/{uuid}")));
    let sql = "select actor || ' for ' || subject from audit_log where action = 'service.requested'";
    let customer = user(&app, &Buyer::nth(1).email).await;
    assert_eq!(app.text(sql).await, format!("staff:{} for user:{customer}", admin.staff.unwrap()));
    app.work().await;
    assert_eq!(app.states(uuid).await, "active succeeded active");
    app.work().await;
}

#[tokio::test]
async fn the_language_of_staff_does_not_change_the_customers() {
    let app = TestApp::start().await;
    app.order(&Buyer::nth(1)).await;
    let admin = admin(&app).await;
    let browser = looking(&app, &admin, &Buyer::nth(1)).await;
    let fields = [("lang", "sw".to_owned()), ("next", "/dashboard".to_owned())];
    assert_eq!(browser.post("/language", &fields).await.status, 303);
    let page = browser.get("/dashboard").await;
    assert!(page.body.contains("Unatazama kama <b>Juma Hamisi 1</b> hadi"), "{}", page.body);
    let refused = browser.post("/profile/name", &[("name", "Asha".to_owned())]).await;
    assert!(refused.body.contains("Hili haliwezekani unapotazama tovuti kama mteja"), "{}", refused.body);
    let customer =
        auth::active_user(&app.ctx, user(&app, &Buyer::nth(1).email).await).await.unwrap().unwrap();
    assert_eq!((customer.locale.as_str(), customer.name.as_str()), ("en", "Juma Hamisi 1"));
    app.work().await;
}

#[tokio::test]
async fn an_impersonation_cookie_does_not_open_the_admin_api() {
    let app = TestApp::start().await;
    for n in 1..=2 {
        app.order(&Buyer::nth(n)).await;
    }
    let admin = admin(&app).await;
    let browser = looking(&app, &admin, &Buyer::nth(1)).await;
    for path in
        ["/api/admin/v1/session", "/api/admin/v1/users", "/api/admin/v1/orders", "/api/admin/v1/dashboard"]
    {
        let answer = browser.get(path).await;
        assert!(matches!(answer.status, 401 | 403 | 404), "{path}: {}", answer.status);
        assert!(!answer.body.contains("juma2@example.com"), "{path}: {}", answer.body);
    }
    let second = user(&app, &Buyer::nth(2).email).await;
    let before = everything(&app).await;
    for path in
        [format!("/api/admin/v1/users/{second}/impersonate"), format!("/api/admin/v1/users/{second}/disable")]
    {
        let answer = attempt(&browser, &format!("POST {path}"), "{\"reason\":\"x\"}").await;
        assert_eq!(answer.status, 403, "{path}");
    }
    assert_eq!(everything(&app).await, before);
    let link = asked(&app, &admin, second).await;
    assert_eq!(browser.get(&link).await.status, 409, "the admin's own right is what it was");
    app.work().await;
}
