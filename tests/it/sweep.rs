//! Every mounted route with every kind of visitor: for those without a right to it, it does not exist.
use crate::impersonation::{admin, asked, enter, user};
use hollyn_core::domain::ids::OrderUuid;
use hollyn_tests::{Browser, Buyer, TestApp};
use std::collections::BTreeSet;

/// Method and route, a form for POST, and what comes back to: an anonymous visitor, another customer, the
/// owner, a disabled owner, staff in the owner's place. `login` is a redirect to sign in; `home` is any other
/// redirect; a number is a status.
type Row = (&'static str, &'static str, [&'static str; 5]);

/// `{order}` is the owner's active order, `{service}` its service, `{session}` a session of the owner's.
const ROUTES: &[Row] = &[
    ("GET /", "", ["200", "200", "200", "200", "200"]),
    ("GET /plans", "", ["200", "200", "200", "200", "200"]),
    ("GET /admin/<_..>", "", ["200", "200", "200", "200", "200"]),
    ("GET /checkout/<slug>?<months>", "", ["200", "200", "200", "200", "200"]),
    ("POST /checkout", "plan=hollyn-lite", ["422", "422", "422", "422", "403"]),
    ("POST /checkout/sign-in", "plan=hollyn-lite", ["login", "login", "login", "login", "403"]),
    ("GET /pay/<uuid>", "", ["login", "404", "200", "login", "200"]),
    ("POST /pay/<uuid>", "action=check", ["login", "404", "home", "login", "403"]),
    ("GET /pay/<uuid>/status", "", ["404", "404", "200", "404", "200"]),
    ("GET /order/<uuid>", "", ["login", "404", "200", "login", "200"]),
    ("GET /register?<next>", "", ["200", "home", "home", "200", "home"]),
    ("POST /register", "name=&email=&password=", ["422", "422", "422", "422", "403"]),
    ("GET /login?<next>&<ended>", "", ["200", "home", "home", "200", "home"]),
    ("POST /login", "email=nobody@example.com&password=x", ["422", "422", "422", "422", "403"]),
    ("GET /login/code?<next>&<remember>", "", ["login", "login", "login", "login", "403"]),
    ("POST /login/code", "code=000000", ["login", "login", "login", "login", "403"]),
    ("POST /language", "lang=sw&next=/", ["home", "home", "home", "home", "home"]),
    ("GET /forgot-password", "", ["200", "200", "200", "200", "403"]),
    ("POST /forgot-password", "email=", ["422", "422", "422", "422", "403"]),
    ("GET /reset-password/<token>", "", ["200", "200", "200", "200", "403"]),
    ("POST /reset-password/<token>", "password=a+long+password", ["422", "422", "422", "422", "403"]),
    ("GET /invitation/<token>", "", ["200", "200", "200", "200", "403"]),
    ("POST /invitation/<token>", "password=a+long+password", ["422", "422", "422", "422", "403"]),
    ("GET /email-change/<token>", "", ["200", "200", "200", "200", "403"]),
    ("POST /email-change/<token>", "action=confirm", ["422", "422", "422", "422", "403"]),
    ("GET /verify-email/<token>", "", ["200", "200", "200", "200", "403"]),
    ("POST /verify-email/<token>", "", ["422", "422", "422", "422", "403"]),
    ("POST /email/verification", "", ["login", "home", "home", "login", "403"]),
    ("GET /dashboard", "", ["login", "200", "200", "login", "200"]),
    ("GET /me/dashboard", "", ["login", "200", "200", "login", "200"]),
    ("GET /me/services?<page>", "", ["login", "200", "200", "login", "200"]),
    ("GET /me/orders?<page>", "", ["login", "200", "200", "login", "200"]),
    ("GET /me/services/status", "", ["login", "200", "200", "login", "200"]),
    ("GET /me/services/<id>", "", ["login", "404", "200", "login", "200"]),
    ("POST /me/services/<id>/reveal", "password=wrong", ["login", "404", "422", "login", "403"]),
    ("POST /me/services/provision/<order>", "", ["login", "404", "home", "login", "home"]),
    ("POST /me/services/provision-latest", "", ["login", "home", "home", "login", "home"]),
    ("GET /me/panel", "", ["login", "home", "panel", "login", "403"]),
    ("POST /me/panel/<service>", "", ["login", "404", "panel", "login", "403"]),
    ("GET /profile?<saved>&<sent>", "", ["login", "200", "200", "login", "200"]),
    ("POST /profile/name", "name=", ["login", "422", "422", "login", "403"]),
    ("POST /profile/email", "email=", ["login", "422", "422", "login", "403"]),
    ("POST /profile/phone", "phone=1", ["login", "422", "422", "login", "403"]),
    ("POST /profile/password", "current=x&password=y", ["login", "422", "422", "login", "403"]),
    ("GET /profile/security?<saved>", "", ["login", "200", "200", "login", "200"]),
    ("GET /profile/activity?<page>", "", ["login", "200", "200", "login", "200"]),
    ("GET /confirm-password?<next>", "", ["login", "200", "200", "login", "403"]),
    ("POST /confirm-password", "password=wrong", ["login", "422", "422", "login", "403"]),
    ("POST /profile/two-factor/start", "", ["login", "home", "home", "login", "403"]),
    ("POST /profile/two-factor/confirm", "code=1", ["login", "home", "home", "login", "403"]),
    ("POST /profile/two-factor/replace", "code=1", ["login", "home", "home", "login", "403"]),
    ("POST /profile/two-factor/off", "password=wrong", ["login", "422", "422", "login", "403"]),
    ("POST /profile/two-factor/codes", "password=wrong", ["login", "422", "422", "login", "403"]),
    ("GET /profile/delete", "", ["login", "200", "200", "login", "403"]),
    ("POST /profile/delete", "password=wrong", ["login", "422", "422", "login", "403"]),
    ("POST /profile/sessions/<id>/end", "", ["login", "404", "home", "login", "403"]),
    ("POST /profile/sessions/end-others", "", ["login", "home", "home", "login", "403"]),
    ("POST /webhooks/zeno?<payment>&<token>", "order_id=x", ["200", "200", "200", "200", "403"]),
    ("GET /healthz", "", ["200", "200", "200", "200", "200"]),
    ("GET /readyz", "", ["200", "200", "200", "200", "200"]),
    ("GET /static/<path..>?<v>", "", ["200", "200", "200", "200", "200"]),
    ("GET /favicon.ico", "", ["200", "200", "200", "200", "200"]),
    ("GET /refused/csrf", "", ["403", "403", "403", "403", "403"]),
    ("GET /refused/host", "", ["400", "400", "400", "400", "400"]),
    ("GET /refused/viewing", "", ["403", "403", "403", "403", "403"]),
    ("GET /refused/ended", "", ["410", "410", "410", "410", "410"]),
    ("GET /impersonate/<ticket>", "", ["410", "410", "410", "410", "409"]),
    ("POST /impersonate/<ticket>", "", ["410", "410", "410", "410", "403"]),
    ("POST /impersonate/stop", "", ["200", "200", "200", "200", "200"]),
    ("POST /logout", "", ["home", "home", "home", "home", "200"]),
];

/// Mounted routes that no row tries. It stays empty.
const UNCOVERED: &[&str] = &[];

#[test]
fn every_mounted_route_is_swept() {
    let mounted: BTreeSet<String> = hollyn_portal::mounted().into_iter().collect();
    let rows: BTreeSet<String> = ROUTES.iter().map(|(route, ..)| (*route).to_owned()).collect();
    let uncovered: Vec<&String> =
        mounted.difference(&rows).filter(|r| !UNCOVERED.contains(&r.as_str())).collect();
    let gone: Vec<&String> = rows.difference(&mounted).collect();
    assert!(uncovered.is_empty() && gone.is_empty(), "not swept: {uncovered:#?}\nnot mounted: {gone:#?}");
}

#[tokio::test]
async fn routes_are_open_only_to_those_with_a_right_to_them() {
    let app = TestApp::with(&[("LIMIT_SIGN_IN_ACCOUNT", "1000"), ("LIMIT_CHECKOUT_ADDRESS", "1000")]).await;
    let (owner, order) = app.paid_order(&Buyer::nth(1)).await;
    app.work().await;
    let service = app.count("select id from services").await;
    let other = app.browser();
    other.order(&Buyer::nth(2)).await;
    let (disabled, _) = app.order(&Buyer::nth(3)).await;
    app.execute("update users set disabled_at = 1 where email = 'juma3@example.com'").await;
    // A second browser of the owner's, to be signed out.
    let form = [("email", Buyer::nth(1).email), ("password", Buyer::nth(1).password)];
    assert_eq!(app.browser().post("/login", &form).await.status, 303);
    let session = app.count("select max(id) from sessions").await;

    let admin = admin(&app).await;
    let place = user(&app, &Buyer::nth(1).email).await;

    let mut wrong = Vec::new();
    for (route, form, expected) in ROUTES {
        // Each time by a new link: some of the routes lead out again.
        let impersonated = app.browser();
        enter(&impersonated, &asked(&app, &admin, place).await).await;
        // The other and the anonymous visitor first: what they may not do must not have happened when the
        // owner comes.
        let actors = [
            ("anonymous", app.browser()),
            ("other", other.clone()),
            ("owner", owner.clone()),
            ("disabled", disabled.clone()),
            ("impersonated", impersonated),
        ];
        for ((who, browser), want) in actors.into_iter().zip(expected) {
            let got = attempt(&browser, route, form, order, service, session).await;
            if got != *want {
                wrong.push(format!("{route} as {who}: {got}, not {want}"));
            }
        }
    }
    app.work().await;
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

async fn attempt(
    browser: &Browser,
    route: &str,
    form: &str,
    order: OrderUuid,
    service: i64,
    session: i64,
) -> String {
    let (method, pattern) = route.split_once(' ').expect("a method and an address");
    let path = pattern.split('?').next().unwrap_or_default();
    let id = if path.contains("sessions") { session } else { service };
    let path = path
        .replace("<_..>", "users")
        .replace("<slug>", "hollyn-lite")
        .replace("<uuid>", &order.to_string())
        .replace("<order>", &order.to_string())
        .replace("<service>", &service.to_string())
        .replace("<id>", &id.to_string())
        .replace("<ticket>", "0123456789012345678901234567890123456789012")
        .replace("<token>", "0123456789012345678901234567890123456789012")
        .replace("<path..>", "portal.css");
    let request = match method {
        "GET" => browser.http().get(browser.url(&path)),
        _ => browser
            .http()
            .post(browser.url(&path))
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(form.to_owned()),
    };
    let answer = browser.send(request).await;
    match answer.status {
        303 if answer.location.contains("/login") => "login".into(),
        303 if answer.location.contains("ticket=") => "panel".into(),
        303 => "home".into(),
        status => status.to_string(),
    }
}
