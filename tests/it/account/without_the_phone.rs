//! Two-factor authentication without the app: recovery codes, disabling it, and signing in by the order form.
use super::{
    form, is_in, registered,
    second_factor::{code, enter, recovery_on, switched_on, wrong},
    sign_in,
};
use hollyn_tests::{Browser, Buyer, TestApp};

/// `U*U` as the Laravel application stored it.
const LARAVEL_HASH: &str = "$2y$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";

#[tokio::test]
async fn a_recovery_code_signs_in_once_and_new_ones_replace_it() {
    let app = TestApp::start().await;
    let (browser, buyer) = registered(&app, 1).await;
    let (_, codes) = switched_on(&app, &browser, &buyer).await;
    let owner = app.browser();
    sign_in(&owner, &buyer.email, &buyer.password).await;
    // As typed by hand: capitals, and a space instead of the hyphen.
    assert_eq!(enter(&owner, &codes[0].to_uppercase().replace('-', " ")).await.status, 303);
    assert!(is_in(&owner).await);
    assert!(owner.get("/profile/security").await.body.contains("7 "), "seven are left");
    let again = app.browser();
    sign_in(&again, &buyer.email, &buyer.password).await;
    let refused = enter(&again, &codes[0]).await;
    assert!(
        refused.status == 422 && refused.body.contains("This recovery code is wrong or was used"),
        "{}",
        refused.body
    );

    let wrong = owner.post("/profile/two-factor/codes", &[form("password", "si hili kabisa")]).await;
    assert!(wrong.status == 422 && recovery_on(&wrong.body).is_empty(), "{}", wrong.body);
    let made = owner.post("/profile/two-factor/codes", &[form("password", &buyer.password)]).await;
    let fresh = recovery_on(&made.body);
    assert_eq!((made.status, fresh.len()), (200, 8));
    assert_eq!(enter(&again, &codes[1]).await.status, 422, "an old one");
    assert_eq!(enter(&again, &fresh[0]).await.status, 303);
    app.work().await;
}

#[tokio::test]
async fn disabling_two_factor_needs_the_password() {
    let app = TestApp::start().await;
    let (browser, buyer) = registered(&app, 1).await;
    let (secret, codes) = switched_on(&app, &browser, &buyer).await;
    let refused = browser.post("/profile/two-factor/off", &[form("password", "si hili kabisa")]).await;
    assert!(refused.status == 422 && refused.body.contains("That is not the password of your account"));
    // Nor by enrolling again.
    browser.post("/confirm-password", &[form("password", &buyer.password)]).await;
    browser.post("/profile/two-factor/start", &[]).await;
    assert!(sign_in(&app.browser(), &buyer.email, &buyer.password).await.location.starts_with("/login/code"));
    for typed in ["", "000000"] {
        let fields = [form("password", &buyer.password), form("code", typed)];
        let refused = browser.post("/profile/two-factor/off", &fields).await;
        assert!(refused.status == 422 && refused.body.contains("This code is wrong"), "{}", refused.body);
    }
    let fields = [form("password", &buyer.password), form("code", &code(&app, &secret))];
    let off = browser.post("/profile/two-factor/off", &fields).await;
    assert_eq!((off.status, off.location.as_str()), (303, "/profile/security?saved=two-factor-off"));
    assert!(browser.get(&off.location).await.body.contains("Two-step sign-in is off."));
    assert_eq!(sign_in(&app.browser(), &buyer.email, &buyer.password).await.location, "/dashboard");
    assert_eq!(app.count("select count(*) from two_factor").await, 0);
    assert_eq!(app.count("select count(*) from recovery_codes").await, 0);
    assert_eq!(
        browser.post("/profile/two-factor/codes", &[form("password", &buyer.password)]).await.status,
        404
    );
    // A new seed: the old seed and the old codes are invalid.
    let (fresh, _) = switched_on(&app, &browser, &buyer).await;
    assert_ne!(fresh, secret);
    let phone = app.browser();
    sign_in(&phone, &buyer.email, &buyer.password).await;
    for old in [code(&app, &secret), codes[0].clone()] {
        assert_eq!(enter(&phone, &old).await.status, 422);
    }
    app.work().await;
}

async fn order_with_password(app: &TestApp, buyer: &Buyer, password: &str) -> Browser {
    let browser = app.browser();
    let again = Buyer { domain: "duka-jipya.co.tz".into(), password: password.into(), ..buyer.clone() };
    let answer = browser.post("/checkout", &again.fields()).await;
    assert_eq!(answer.status, 422, "{}", answer.location);
    assert!(answer.body.contains("Sign in to go on"), "{}", answer.body);
    browser
}

#[tokio::test]
async fn a_sign_in_by_the_order_form_needs_the_code() {
    let app = TestApp::start().await;
    let (browser, buyer) = registered(&app, 1).await;
    switched_on(&app, &browser, &buyer).await;
    let attacker = order_with_password(&app, &buyer, &buyer.password).await;
    assert!(!is_in(&attacker).await);
    assert_eq!(app.count("select count(*) from orders").await, 0);
    assert!(sign_in(&attacker, &buyer.email, &buyer.password).await.location.starts_with("/login/code"));
    app.work().await;
}

#[tokio::test]
async fn a_sign_in_by_the_order_form_with_a_legacy_password_needs_the_code() {
    let app = TestApp::start().await;
    let (browser, buyer) = registered(&app, 1).await;
    switched_on(&app, &browser, &buyer).await;
    sqlx::query("update users set password = ?").bind(LARAVEL_HASH).execute(app.sql()).await.unwrap();
    let attacker = order_with_password(&app, &buyer, "U*U").await;
    assert!(!is_in(&attacker).await);
    assert_eq!(app.count("select count(*) from orders").await, 0);
    app.work().await;
}

#[tokio::test]
async fn a_password_reset_does_not_replace_the_code() {
    let app = TestApp::start().await;
    let (browser, buyer) = registered(&app, 1).await;
    let (secret, _) = switched_on(&app, &browser, &buyer).await;
    app.browser().post("/forgot-password", &[form("email", &buyer.email)]).await;
    app.work().await;
    let reader = app.browser();
    let path = super::link(&app, &buyer.email, "reset-password");
    assert_eq!(reader.post(&path, &[form("password", "chai ya maziwa")]).await.status, 200);
    assert!(sign_in(&reader, &buyer.email, "chai ya maziwa").await.location.starts_with("/login/code"));
    assert!(!is_in(&reader).await);
    assert_eq!(enter(&reader, &wrong(&app, &secret)).await.status, 422);
    assert_eq!(enter(&reader, &code(&app, &secret)).await.status, 303);
    app.work().await;
}
