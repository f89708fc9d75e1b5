//! Wrong passwords of strangers: they do not lock out a browser that the account was signed in with, nor a
//! valid session; and what a attacker set up on another person's address ends when its owner proves it.
use super::{
    form, link, registered,
    second_factor::{code, enter, switched_on},
    sign_in,
};
use hollyn_core::{
    api::{ConfirmPassword, ErrorCode},
    domain::user::Role,
};
use hollyn_tests::{Browser, STAFF_PASSWORD, TestApp};

/// Six wrong passwords from a browser that was never signed in to the account.
async fn attacked(app: &TestApp, email: &str) -> Browser {
    let attacker = app.browser();
    for attempt in 0..6 {
        let status = sign_in(&attacker, email, "si hili kabisa").await.status;
        assert_eq!(status, if attempt < 5 { 422 } else { 429 }, "attempt {attempt}");
    }
    attacker
}

#[tokio::test]
async fn strangers_do_not_lock_a_known_browser_out() {
    let app = TestApp::start().await;
    let (browser, buyer) = registered(&app, 1).await;
    let (other, _) = registered(&app, 2).await;
    browser.post("/logout", &[]).await;
    other.post("/logout", &[]).await;
    let attacker = attacked(&app, &buyer.email).await;
    assert_eq!(sign_in(&attacker, &buyer.email, &buyer.password).await.status, 429, "the right one waits");
    assert_eq!(sign_in(&other, &buyer.email, &buyer.password).await.status, 429, "known to another account");
    assert_eq!(sign_in(&browser, &buyer.email, &buyer.password).await.location, "/dashboard");
    assert_eq!(sign_in(&attacker, &buyer.email, &buyer.password).await.status, 429, "that helps no attacker");

    // The known browser has a count of its own.
    browser.post("/logout", &[]).await;
    for attempt in 0..6 {
        let status = sign_in(&browser, &buyer.email, "si hili kabisa").await.status;
        assert_eq!(status, if attempt < 5 { 422 } else { 429 }, "attempt {attempt}");
    }
    app.advance(901);
    assert_eq!(sign_in(&browser, &buyer.email, &buyer.password).await.location, "/dashboard");
    assert_eq!(app.count("select count(*) from known_devices where token_hash like '%=%'").await, 0);
    app.work().await;
}

#[tokio::test]
async fn strangers_do_not_lock_a_valid_session_out() {
    let app = TestApp::start().await;
    let (browser, buyer) = registered(&app, 1).await;
    let client = app.staff(Role::Support).await;
    attacked(&app, &buyer.email).await;
    attacked(&app, "staff1@hollyn.online").await;
    let confirmed = browser.post("/confirm-password", &[form("password", &buyer.password)]).await;
    assert_eq!((confirmed.status, confirmed.location.as_str()), (303, "/profile/security"));
    let confirm = |password: &str| ConfirmPassword { password: password.into(), totp: None };
    client.confirm_password(&confirm(STAFF_PASSWORD)).await.expect("the desktop app unlocks");
    // Guessing in a session is limited as well.
    for _ in 0..5 {
        client.confirm_password(&confirm("not the password")).await.expect_err("wrong");
    }
    let refused = client.confirm_password(&confirm(STAFF_PASSWORD)).await.expect_err("too many");
    assert_eq!(refused.refusal().map(|error| error.code), Some(ErrorCode::Limited));
    for _ in 0..5 {
        browser.post("/confirm-password", &[form("password", "si hili kabisa")]).await;
    }
    let refused = browser.post("/confirm-password", &[form("password", &buyer.password)]).await;
    assert_eq!(refused.status, 429);
    app.work().await;
}

#[tokio::test]
async fn somebody_else_s_wrong_codes_do_not_lock_a_known_browser_out() {
    let app = TestApp::start().await;
    let (browser, buyer) = registered(&app, 1).await;
    let (secret, _) = switched_on(&app, &browser, &buyer).await;
    browser.post("/logout", &[]).await;
    let attacker = app.browser();
    sign_in(&attacker, &buyer.email, &buyer.password).await;
    for _ in 0..5 {
        enter(&attacker, "000000").await;
    }
    assert_eq!(enter(&attacker, &code(&app, &secret)).await.status, 429);
    sign_in(&browser, &buyer.email, &buyer.password).await;
    assert_eq!(enter(&browser, &code(&app, &secret)).await.location, "/dashboard");
    app.work().await;
}

/// The account is its owner's after the first proof of the address: nothing of a attacker's is left.
#[tokio::test]
async fn a_reset_of_a_never_confirmed_account_ends_what_was_set_up_before() {
    let app = TestApp::start().await;
    let (attacker, buyer) = registered(&app, 1).await;
    attacker.post("/confirm-password", &[form("password", &buyer.password)]).await;
    attacker.post("/profile/two-factor/start", &[]).await;
    let page = attacker.get("/profile/security").await.body;
    assert!(page.contains("First confirm your email") && !page.contains("otpauth:"), "{page}");
    assert_eq!(app.count("select count(*) from two_factor").await, 0);
    // Set up by an older version, which did not ask for a confirmed address.
    app.execute(
        "insert into two_factor (user_id, secret_enc, confirmed_at, last_step, created_at) \
         select id, 'x', 1, 0, 1 from users",
    )
    .await;
    assert_eq!(app.count("select count(*) from known_devices").await, 1);

    let owner = app.browser();
    owner.post("/forgot-password", &[form("email", &buyer.email)]).await;
    app.work().await;
    let path = link(&app, &buyer.email, "reset-password");
    assert_eq!(owner.post(&path, &[form("password", "kahawa ya asubuhi")]).await.status, 200);
    assert_eq!(sign_in(&owner, &buyer.email, "kahawa ya asubuhi").await.location, "/dashboard", "no code");
    assert_eq!(attacker.get("/profile").await.status, 303, "the attacker is out");
    assert_eq!(sign_in(&attacker, &buyer.email, &buyer.password).await.status, 422);
    assert_eq!(app.count("select count(*) from two_factor").await, 0);
    assert_eq!(app.count("select count(*) from known_devices").await, 1, "the owner's browser");
    app.work().await;
}

#[tokio::test]
async fn a_reset_of_a_confirmed_account_keeps_its_second_factor() {
    let app = TestApp::start().await;
    let (browser, buyer) = registered(&app, 1).await;
    switched_on(&app, &browser, &buyer).await;
    // The address is another one since, not confirmed yet.
    app.execute("update users set email_verified_at = null").await;
    let attacker = app.browser();
    attacker.post("/forgot-password", &[form("email", &buyer.email)]).await;
    app.work().await;
    let path = link(&app, &buyer.email, "reset-password");
    assert_eq!(attacker.post(&path, &[form("password", "kahawa ya asubuhi")]).await.status, 200);
    let halfway = sign_in(&attacker, &buyer.email, "kahawa ya asubuhi").await;
    assert!(halfway.location.starts_with("/login/code"), "{}", halfway.location);
    app.work().await;
}
