//! The second factor of staff, where it is required: never off, replaced only with a code of it.
use super::{
    form,
    second_factor::{code, enter, recovery_on, secret_on, wrong},
    sign_in,
};
use hollyn_core::domain::user::Role;
use hollyn_tests::{Browser, STAFF_PASSWORD, StaffWithTotp, TestApp};

/// A browser in which the member of staff is signed in, and typed the password just now.
async fn at_the_site(app: &TestApp, email: &str, totp: &str) -> Browser {
    let browser = app.browser();
    sign_in(&browser, email, STAFF_PASSWORD).await;
    assert_eq!(enter(&browser, totp).await.location, "/dashboard");
    browser.post("/confirm-password", &[form("password", STAFF_PASSWORD)]).await;
    browser
}

#[tokio::test]
async fn staff_do_not_switch_their_second_factor_off_in_production() {
    let app = TestApp::with(&[("STAFF_TOTP", "required")]).await;
    let StaffWithTotp { email, client, secret, .. } = app.staff_with_totp(Role::Support).await;
    app.advance(30);
    let browser = at_the_site(&app, &email, &code(&app, &secret)).await;
    assert!(!browser.get("/profile/security").await.body.contains("/profile/two-factor/off"));
    app.advance(30);
    let fields = [form("password", STAFF_PASSWORD), form("code", &code(&app, &secret))];
    assert_eq!(browser.post("/profile/two-factor/off", &fields).await.status, 403);
    assert_eq!(app.count("select count(*) from two_factor where confirmed_at is not null").await, 1);
    client.session().await.expect("the device stays signed in");
    app.work().await;
}

#[tokio::test]
async fn another_app_takes_a_code_of_the_present_one_or_a_recovery_code() {
    let app = TestApp::with(&[("STAFF_TOTP", "required")]).await;
    let StaffWithTotp { email, secret, recovery_codes, .. } = app.staff_with_totp(Role::Support).await;
    app.advance(30);
    let browser = at_the_site(&app, &email, &code(&app, &secret)).await;
    // The password alone begins nothing, neither anew nor in its place.
    browser.post("/profile/two-factor/start", &[]).await;
    assert!(!browser.get("/profile/security").await.body.contains("otpauth:"));
    for typed in [String::new(), wrong(&app, &secret)] {
        let refused = browser.post("/profile/two-factor/replace", &[form("code", &typed)]).await;
        assert_eq!(refused.status, 422, "{}", refused.body);
    }
    assert!(!browser.get("/profile/security").await.body.contains("otpauth:"));

    let first = recovery_codes.first().expect("there are codes");
    assert_eq!(browser.post("/profile/two-factor/replace", &[form("code", first)]).await.status, 303);
    let next = secret_on(&browser.get("/profile/security").await.body);
    assert_ne!(next, secret);
    // The present one counts until a code of the new one was typed.
    app.advance(30);
    let other = app.browser();
    sign_in(&other, &email, STAFF_PASSWORD).await;
    assert_eq!(enter(&other, &code(&app, &next)).await.status, 422, "not yet");
    assert_eq!(enter(&other, &code(&app, &secret)).await.location, "/dashboard");
    let refused = browser.post("/profile/two-factor/confirm", &[form("code", &wrong(&app, &next))]).await;
    assert_eq!(refused.status, 422);
    let done = browser.post("/profile/two-factor/confirm", &[form("code", &code(&app, &next))]).await;
    assert_eq!(recovery_on(&done.body).len(), 8, "{}", done.body);
    app.advance(30);
    let again = app.browser();
    sign_in(&again, &email, STAFF_PASSWORD).await;
    assert_eq!(enter(&again, &code(&app, &secret)).await.status, 422, "the old app");
    assert_eq!(enter(&again, &recovery_codes[1]).await.status, 422, "an old recovery code");
    assert_eq!(enter(&again, &code(&app, &next)).await.location, "/dashboard");
    assert_eq!(
        app.count("select count(*) from audit_log where action = 'user.two_factor_replaced'").await,
        1
    );
    app.work().await;
}
