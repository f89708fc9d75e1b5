//! Every endpoint, called by every kind of caller.
use super::STALE_SECONDS;
use hollyn_core::{
    api::{self, ConfirmPassword, EndpointMeta, ErrorBody, ErrorCode, Reason, SignIn},
    domain::user::Role,
};
use hollyn_tests::{Browser, Buyer, STAFF_PASSWORD, StaffWithTotp, TestApp};
use serde_json::{Value, json};

/// Endpoints without a session. The declarations are compared with these lists, so that a right is changed in
/// two places.
const ANYONE: [&str; 3] = ["about", "sign_in", "enrol"];

/// Endpoints for admins only.
const ADMIN: [&str; 17] = [
    "reset_two_factor",
    "disable_user",
    "enable_user",
    "delete_user",
    "impersonate",
    "delete_service",
    "delete_order",
    "mark_paid",
    "cancel_order",
    "create_plan",
    "edit_plan",
    "activate_plan",
    "deactivate_plan",
    "delete_plan",
    "list_audit",
    "verify_audit",
    "export",
];

/// Endpoints that need a fresh password.
const PASSWORD: [&str; 19] = [
    "impersonate",
    "edit_service",
    "delete_service",
    "reveal_password",
    "save_offline_credentials",
    "suspend",
    "activate",
    "send_credentials",
    "open_panel",
    "edit_order",
    "delete_order",
    "mark_paid",
    "cancel_order",
    "create_plan",
    "edit_plan",
    "activate_plan",
    "deactivate_plan",
    "delete_plan",
    "export",
];

/// Endpoints that ask for the password and a code again.
const CODE: [&str; 1] = ["renew_recovery_codes"];

/// Endpoints that ask for the password again, and for a code where they are about staff.
const CODE_FOR_STAFF: [&str; 8] = [
    "create_user",
    "edit_user",
    "cancel_email_change",
    "send_invitation",
    "reset_two_factor",
    "disable_user",
    "enable_user",
    "delete_user",
];

/// The body of a request about a member of staff, for an endpoint of [`CODE_FOR_STAFF`].
fn about_staff(endpoint: &EndpointMeta, email: &str) -> Value {
    match endpoint.name {
        "create_user" => json!({ "name": "Zawadi", "email": "zawadi@hollyn.online", "role": "support" }),
        "edit_user" => json!({ "name": "Zawadi Komba" }),
        _ => json!({ "reason": "a try", "confirm": email }),
    }
}

/// The answers for an unknown object, with an empty object as the body.
async fn attempt(
    browser: &Browser,
    endpoint: &EndpointMeta,
    token: Option<&str>,
) -> (u16, Option<ErrorCode>) {
    attempt_on(browser, endpoint, token, "987654321", &json!({})).await
}

/// What comes back for that object and that body.
async fn attempt_on(
    browser: &Browser,
    endpoint: &EndpointMeta,
    token: Option<&str>,
    id: &str,
    body: &Value,
) -> (u16, Option<ErrorCode>) {
    let path = endpoint.path.replace("{id}", id);
    let method = reqwest::Method::from_bytes(endpoint.method.as_bytes()).expect("a method");
    let url = browser.url(&format!("{}{path}", api::MOUNT));
    let mut request = browser
        .http()
        .request(method, url)
        .header("sec-fetch-site", "same-origin")
        .header("accept", "application/json");
    if endpoint.method != "GET" {
        request = request.header("content-type", "application/json").body(body.to_string());
    }
    if let Some(token) = token {
        request = request.bearer_auth(token);
    }
    let answer = browser.send(request).await;
    let error = serde_json::from_str::<ErrorBody>(&answer.body).ok().map(|body| body.error);
    if answer.status != 200 {
        let error = error.as_ref().unwrap_or_else(|| panic!("{}: {}", endpoint.name, answer.body));
        assert!(!error.message.is_empty() && !error.request_id.is_empty(), "{}", endpoint.name);
    }
    (answer.status, error.map(|error| error.code))
}

async fn token(app: &TestApp, nth: i64) -> String {
    let sign_in = SignIn {
        email: format!("staff{nth}@hollyn.online"),
        password: STAFF_PASSWORD.into(),
        totp: None,
        device: "a laptop".into(),
    };
    app.client().sign_in(&sign_in).await.expect("staff sign in").token
}

#[test]
fn the_declared_rights_are_those_of_this_test() {
    let names = |wanted: &dyn Fn(&&EndpointMeta) -> bool| -> Vec<&str> {
        api::ALL.iter().filter(wanted).map(|endpoint| endpoint.name).collect()
    };
    assert_eq!(names(&|e| e.access == api::Access::Anyone), ANYONE);
    assert_eq!(names(&|e| e.access == api::Access::Admin), ADMIN);
    assert_eq!(names(&|e| e.freshness == api::Freshness::Password), PASSWORD);
    assert_eq!(names(&|e| e.freshness == api::Freshness::Code), CODE);
    assert_eq!(names(&|e| e.freshness == api::Freshness::CodeForStaff), CODE_FOR_STAFF);
}

#[tokio::test]
async fn every_endpoint_refuses_callers_without_the_right() {
    let app = TestApp::start().await;
    let admin_client = app.staff(Role::Admin).await;
    for _ in 0..4 {
        app.staff(Role::Support).await;
    }
    let (customer, uuid) = app.order(&Buyer::default()).await;
    let user = app.view(uuid).await.order.user_id.0;
    let (admin, support, disabled) = (token(&app, 1).await, token(&app, 2).await, token(&app, 3).await);
    let (revoked, demoted) = (token(&app, 4).await, token(&app, 5).await);
    app.execute("update users set disabled_at = 1 where email = 'staff3@hollyn.online'").await;
    app.execute("update users set role = 'user' where email = 'staff5@hollyn.online'").await;
    app.client().with_token(&revoked).sign_out().await.expect("revoked");
    // A browser in which an admin impersonates a customer.
    let impersonated = app.browser();
    let link = admin_client.impersonate(user, &Reason { reason: "a try".into() }).await.expect("a link");
    let path = link.url.strip_prefix(&app.url).expect("a page of ours");
    assert_eq!(impersonated.post(path, &[]).await.status, 303);

    let mut wrong = Vec::new();
    let visitor = app.browser();
    for endpoint in api::ALL {
        let strangers = [
            ("a visitor", &visitor, None),
            ("a customer", &customer, None),
            ("impersonated", &impersonated, None),
            ("disabled", &visitor, Some(disabled.as_str())),
            ("revoked", &visitor, Some(revoked.as_str())),
            ("demoted", &visitor, Some(demoted.as_str())),
            ("a guess", &visitor, Some("0123456789012345678901234567890123456789012")),
        ];
        for (who, browser, token) in strangers {
            let (status, code) = attempt(browser, endpoint, token).await;
            let refused = (status, code) == (401, Some(ErrorCode::Unauthorized));
            // An impersonation changes nothing, also by the API.
            let shut = who == "impersonated" && endpoint.method != "GET" && status == 403;
            if !(ANYONE.contains(&endpoint.name) || refused || shut) {
                wrong.push(format!("{} as {who}: {status} {code:?}", endpoint.name));
            }
            if ANYONE.contains(&endpoint.name) && code == Some(ErrorCode::Unauthorized) {
                wrong.push(format!("{} is shut to {who}", endpoint.name));
            }
        }
        // A permitted call would end the session: session.rs tests it.
        if endpoint.name == "sign_out" {
            continue;
        }
        let (status, code) = attempt(&visitor, endpoint, Some(&support)).await;
        let is_shut = (status, code) == (403, Some(ErrorCode::Forbidden));
        if is_shut != ADMIN.contains(&endpoint.name) || status >= 500 && status != 502 {
            wrong.push(format!("{} as support: {status} {code:?}", endpoint.name));
        }
        let (status, code) = attempt(&visitor, endpoint, Some(&admin)).await;
        if [401, 403].contains(&status) || status >= 500 && status != 502 {
            wrong.push(format!("{} as admin: {status} {code:?}", endpoint.name));
        }
    }

    app.advance(STALE_SECONDS);
    for endpoint in api::ALL.iter().filter(|endpoint| endpoint.name != "sign_out") {
        for (who, token) in [("an admin", &admin), ("support", &support)] {
            let (status, code) = attempt(&visitor, endpoint, Some(token)).await;
            let asks = (status, code) == (403, Some(ErrorCode::ReauthRequired));
            let is_asked = endpoint.freshness != api::Freshness::Session;
            let is_shut = who == "support" && ADMIN.contains(&endpoint.name);
            if asks != (is_asked && !is_shut) {
                wrong.push(format!("{} as {who}, not fresh: {status} {code:?}", endpoint.name));
            }
        }
    }
    app.advance(8 * 3600);
    for endpoint in api::ALL.iter().filter(|endpoint| !ANYONE.contains(&endpoint.name)) {
        let (status, code) = attempt(&visitor, endpoint, Some(&admin)).await;
        if (status, code) != (401, Some(ErrorCode::Unauthorized)) {
            wrong.push(format!("{} in an expired session: {status} {code:?}", endpoint.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    app.work().await;
}

/// An admin with a fresh password and without a fresh code may change customers only.
#[tokio::test]
async fn every_endpoint_about_staff_asks_for_a_code() {
    let app = TestApp::start().await;
    let StaffWithTotp { client, token, .. } = app.staff_with_totp(Role::Admin).await;
    let colleague = app.make_staff(Role::Support).await;
    let id = app.count("select id from users where email = 'staff2@hollyn.online'").await.to_string();
    app.advance(STALE_SECONDS);
    let confirm = ConfirmPassword { password: STAFF_PASSWORD.into(), totp: None };
    client.confirm_password(&confirm).await.expect("the password is right");
    let browser = app.browser();
    let mut wrong = Vec::new();
    for endpoint in api::ALL.iter().filter(|endpoint| endpoint.name != "sign_out") {
        let body = about_staff(endpoint, &colleague);
        let (status, code) = attempt_on(&browser, endpoint, Some(&token), &id, &body).await;
        let asks = (status, code) == (403, Some(ErrorCode::ReauthCodeRequired));
        let is_asked = matches!(endpoint.freshness, api::Freshness::Code | api::Freshness::CodeForStaff);
        if asks != is_asked || code == Some(ErrorCode::ReauthRequired) {
            wrong.push(format!("{} without a code: {status} {code:?}", endpoint.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    app.work().await;
}

#[tokio::test]
async fn an_unknown_endpoint_is_answered_with_an_api_error() {
    let app = TestApp::start().await;
    let browser = app.browser();
    for path in ["/nothing", "/users/1/nothing", "/USERS", ""] {
        let answer = browser.get(&format!("{}{path}", api::MOUNT)).await;
        assert_eq!(answer.status, 404, "{path}");
        let body: ErrorBody =
            serde_json::from_str(&answer.body).unwrap_or_else(|e| panic!("{e}: {}", answer.body));
        assert_eq!(body.error.code, ErrorCode::NotFound);
    }
    let described = browser.get(&format!("{}/openapi.json", api::MOUNT)).await;
    assert_eq!((described.status, described.body.as_str()), (200, api::OPENAPI));
}
