//! Ordering with an account: sign in and continue with what was typed; known details are not asked again.
use hollyn_tests::{Browser, Buyer, TestApp};

const TAKEN: &str = "This email has an account already. Sign in to go on; what you typed stays.";

/// `U*U` as the Laravel application stored it.
const LARAVEL_HASH: &str = "$2y$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";

async fn sign_in(browser: &Browser, email: &str, password: &str, next: &str) -> hollyn_tests::Answer {
    let fields = [("email", email.to_owned()), ("password", password.to_owned()), ("next", next.to_owned())];
    browser.post("/login", &fields).await
}

/// What the second order of the usual buyer is about, typed without being signed in.
fn second_order() -> Buyer {
    Buyer {
        plan: "hollyn-grow",
        months: 12,
        name: "Neema M.".into(),
        phone: "0655 000 111".into(),
        domain: "duka-jipya.co.tz".into(),
        password: "not my password".into(),
        ..Buyer::default()
    }
}

#[tokio::test]
async fn an_email_that_has_an_account_signs_in_and_goes_on_with_what_was_typed() {
    let app = TestApp::start().await;
    app.order(&Buyer::default()).await;
    let browser = app.browser();
    let answer = browser.post("/checkout", &second_order().fields()).await;
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains(TAKEN), "{}", answer.body);
    assert!(
        answer.body.contains("/login?next=/checkout/hollyn-grow")
            || answer.body.contains("next=&#x2F;checkout")
    );
    assert!(answer.body.contains("duka-jipya.co.tz") && !answer.body.contains("not my password"));
    assert_eq!(browser.get("/dashboard").await.status, 303, "a wrong password does not sign in");
    let answer =
        sign_in(&browser, "neema.mushi@example.com", "mkahawa wa kibo", "/checkout/hollyn-grow").await;
    assert_eq!((answer.status, answer.location.as_str()), (303, "/checkout/hollyn-grow"));
    let page = browser.get("/checkout/hollyn-grow").await.body;
    for typed in ["duka-jipya.co.tz", "0655 000 111", "value=\"12\" checked", "Ordering as"] {
        assert!(page.contains(typed), "{typed} is lost: {page}");
    }
    assert!(!page.contains("not my password"));
    assert_eq!(app.count("select count(*) from orders").await, 1);
    app.work().await;
}

#[tokio::test]
async fn have_an_account_keeps_what_was_typed() {
    let app = TestApp::start().await;
    app.order(&Buyer::default()).await;
    let browser = app.browser();
    let answer = browser.post("/checkout/sign-in", &second_order().fields()).await;
    assert_eq!((answer.status, answer.location.as_str()), (303, "/login?next=%2Fcheckout%2Fhollyn-grow"));
    let page = browser.get(&answer.location).await;
    assert_eq!(page.status, 200);
    sign_in(&browser, "neema.mushi@example.com", "mkahawa wa kibo", "/checkout/hollyn-grow").await;
    let page = browser.get("/checkout/hollyn-grow").await.body;
    assert!(page.contains("duka-jipya.co.tz") && page.contains("0655 000 111"), "{page}");
    // It was for that plan only, and a changed cookie is nothing.
    assert!(!browser.get("/checkout/hollyn-lite").await.body.contains("duka-jipya"));
    app.work().await;
}

#[tokio::test]
async fn an_account_s_own_password_at_checkout_signs_in() {
    let app = TestApp::start().await;
    app.order(&Buyer::default()).await;
    let browser = app.browser();
    let uuid = browser.order(&Buyer { password: "mkahawa wa kibo".into(), ..second_order() }).await;
    assert_eq!(browser.get("/dashboard").await.status, 200);
    assert_eq!(app.count("select count(*) from users").await, 1);
    assert_eq!(app.view(uuid).await.order.plan.slug, "hollyn-grow");
    app.work().await;
}

/// A password that would be too short for a new account is no problem of an old one.
#[tokio::test]
async fn an_old_short_password_is_not_called_too_short() {
    let app = TestApp::start().await;
    app.order(&Buyer::default()).await;
    sqlx::query("update users set password = ?").bind(LARAVEL_HASH).execute(app.sql()).await.unwrap();
    for password in ["", "short"] {
        let answer = app
            .browser()
            .post("/checkout", &Buyer { password: password.into(), ..second_order() }.fields())
            .await;
        assert_eq!(answer.status, 422);
        assert!(answer.body.contains(TAKEN), "{password:?}: {}", answer.body);
        assert!(!answer.body.contains("at least 10 characters</span>"), "{password:?}");
    }
    app.browser().order(&Buyer { password: "U*U".into(), ..second_order() }).await;
    assert_eq!(app.count("select count(*) from orders").await, 2);
    app.work().await;
}

#[tokio::test]
async fn a_signed_in_customer_is_not_asked_for_name_and_email() {
    let app = TestApp::start().await;
    let (browser, _) = app.order(&Buyer::default()).await;
    let page = browser.get("/checkout/hollyn-grow").await.body;
    for field in ["name=\"name\"", "name=\"email\"", "name=\"password\""] {
        assert!(!page.contains(field), "{field} is asked for again");
    }
    assert!(page.contains("Neema Mushi") && page.contains("0754 318 206"), "{page}");
    let fields = [("plan", "hollyn-grow".to_owned()), ("months", "3".to_owned())];
    let answer = browser.post("/checkout", &fields).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    let order =
        "select customer_name || customer_email || customer_phone from orders where duration_months = 3";
    assert_eq!(app.text(order).await, "Neema Mushineema.mushi@example.com0754318206");
    // What a form from before signing in still carries is not another person.
    let answer = browser.post("/checkout", &Buyer { months: 6, ..Buyer::nth(7) }.fields()).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    assert_eq!(app.count("select count(*) from users").await, 1);
    let order = "select customer_email from orders where duration_months = 6";
    assert_eq!(app.text(order).await, "neema.mushi@example.com");
    app.work().await;
}
