//! Two-step sign-in without the app: recovery codes, switching it off, and the doors beside the sign-in page.
use super::{
    form, is_in, registered,
    second_factor::{code, enter, recovery_on, switched_on, wrong},
    sign_in,
};
use hollyn_tests::{Browser, Buyer, TestApp};

/// `U*U` as the Laravel application stored it.
const LARAVEL_HASH: &str = "$2y$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";

/// A recovery code is a way in, once; new ones make the old ones worthless.
#[tokio::test]
async fn my_phone_is_gone_and_my_recovery_code_was_refused() {
    let app = TestApp::start().await;
    let (browser, buyer) = registered(&app, 1).await;
    let (_, codes) = switched_on(&app, &browser, &buyer).await;
    let owner = app.browser();
    sign_in(&owner, &buyer.email, &buyer.password).await;
    // As people type it: capitals, a space for the dash.
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

/// Off asks for the password, and then the password is enough again.
#[tokio::test]
async fn somebody_with_my_phone_switched_two_step_sign_in_off() {
    let app = TestApp::start().await;
    let (browser, buyer) = registered(&app, 1).await;
    let (secret, codes) = switched_on(&app, &browser, &buyer).await;
    let refused = browser.post("/profile/two-factor/off", &[form("password", "si hili kabisa")]).await;
    assert!(refused.status == 422 && refused.body.contains("That is not the password of your account"));
    // Nor by starting it anew.
    browser.post("/confirm-password", &[form("password", &buyer.password)]).await;
    browser.post("/profile/two-factor/start", &[]).await;
    assert!(sign_in(&app.browser(), &buyer.email, &buyer.password).await.location.starts_with("/login/code"));
    let off = browser.post("/profile/two-factor/off", &[form("password", &buyer.password)]).await;
    assert_eq!((off.status, off.location.as_str()), (303, "/profile/security?saved=two-factor-off"));
    assert!(browser.get(&off.location).await.body.contains("Two-step sign-in is off."));
    assert_eq!(sign_in(&app.browser(), &buyer.email, &buyer.password).await.location, "/dashboard");
    assert_eq!(app.count("select count(*) from two_factor").await, 0);
    assert_eq!(app.count("select count(*) from recovery_codes").await, 0);
    assert_eq!(
        browser.post("/profile/two-factor/codes", &[form("password", &buyer.password)]).await.status,
        404
    );
    // A new seed; the old app and the old codes are worth nothing.
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

/// The order form takes e-mail and password, too. It leads to the sign-in page, where the code is asked for.
#[tokio::test]
async fn the_order_form_let_somebody_in_without_my_code() {
    let app = TestApp::start().await;
    let (browser, buyer) = registered(&app, 1).await;
    switched_on(&app, &browser, &buyer).await;
    let thief = order_with_password(&app, &buyer, &buyer.password).await;
    assert!(!is_in(&thief).await);
    assert_eq!(app.count("select count(*) from orders").await, 0);
    assert!(sign_in(&thief, &buyer.email, &buyer.password).await.location.starts_with("/login/code"));
    app.work().await;
}

/// The same with a password of the old application, which a new account could not have.
#[tokio::test]
async fn the_order_form_let_somebody_in_with_my_short_old_password() {
    let app = TestApp::start().await;
    let (browser, buyer) = registered(&app, 1).await;
    switched_on(&app, &browser, &buyer).await;
    sqlx::query("update users set password = ?").bind(LARAVEL_HASH).execute(app.sql()).await.unwrap();
    let thief = order_with_password(&app, &buyer, "U*U").await;
    assert!(!is_in(&thief).await);
    assert_eq!(app.count("select count(*) from orders").await, 0);
    app.work().await;
}

/// A mailed link replaces the password, not the second step.
#[tokio::test]
async fn who_read_my_mail_needed_no_code() {
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
