//! Changes of name, phone, e-mail and password by the customer.
use super::{cookie, form, is_in, link, mails_about, mails_to, registered, sign_in};
use hollyn_tests::TestApp;

#[tokio::test]
async fn the_phone_is_changed_with_the_password_and_the_name_without() {
    let app = TestApp::start().await;
    let (browser, buyer) = registered(&app, 1).await;
    let saved = browser.post("/profile/name", &[form("name", "  Juma   H. Hamisi ")]).await;
    assert_eq!((saved.status, saved.location.as_str()), (303, "/profile?saved=name"));
    let page = browser.get(&saved.location).await.body;
    assert!(page.contains("Your name is saved.") && page.contains("Juma H. Hamisi"), "{page}");
    let long = "x".repeat(121);
    for bad in ["", long.as_str()] {
        assert_eq!(browser.post("/profile/name", &[form("name", bad)]).await.status, 422);
    }

    let phone = |number: &str, password: &str| [form("phone", number), form("password", password)];
    let refused = browser.post("/profile/phone", &phone("0655 000 111", "si hili kabisa")).await;
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("value=\"0655 000 111\""), "what was typed stays: {}", refused.body);
    assert!(refused.body.contains("That is not the password of your account"), "{}", refused.body);
    assert!(!refused.body.contains("si hili kabisa"), "the password came back");
    let wrong = browser.post("/profile/phone", &phone("12", &buyer.password)).await;
    assert!(wrong.status == 422 && wrong.body.contains("Enter all 10 digits"), "{}", wrong.body);
    assert_eq!(app.text("select phone from users").await, "0754000001");
    let saved = browser.post("/profile/phone", &phone("+255 655 000 111", &buyer.password)).await;
    assert_eq!((saved.status, saved.location.as_str()), (303, "/profile?saved=phone"));
    assert!(browser.get("/profile").await.body.contains("0655 000 111"));
    assert_eq!(browser.post("/profile/phone", &phone("", &buyer.password)).await.status, 303);
    assert_eq!(app.count("select count(*) from users where phone is null").await, 1);
}

#[tokio::test]
async fn a_changed_email_is_confirmed_and_the_previous_address_loses_access() {
    let app = TestApp::start().await;
    let (browser, buyer) = registered(&app, 1).await;
    let verification = link(&app, &buyer.email, "verify-email");
    browser.post(&verification, &[]).await;
    app.browser().post("/forgot-password", &[form("email", &buyer.email)]).await;
    app.work().await;
    let reset = link(&app, &buyer.email, "reset-password");

    let email = |new: &str, password: &str| [form("email", new), form("password", password)];
    let refused = browser.post("/profile/email", &email("juma.mpya@example.com", "si hili kabisa")).await;
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("value=\"juma.mpya@example.com\""), "{}", refused.body);
    assert!(refused.body.contains("That is not the password of your account"), "{}", refused.body);
    assert_eq!(app.text("select email from users").await, buyer.email);
    let saved = browser.post("/profile/email", &email("Juma.Mpya@Example.com", &buyer.password)).await;
    assert_eq!((saved.status, saved.location.as_str()), (303, "/profile?saved=email"));
    assert!(is_in(&browser).await);
    assert_eq!(app.text("select email from users").await, "juma.mpya@example.com");
    assert_eq!(app.count("select count(*) from users where email_verified_at is not null").await, 0);

    app.work().await;
    let told = mails_to(&app, &buyer.email).pop().unwrap();
    assert!(told.text.contains("j***@example.com") && !told.text.contains("juma.mpya"), "{}", told.text);
    assert!(app.browser().get(&reset).await.body.contains("This link does not work any more"));
    assert_eq!(app.browser().post(&reset, &[form("password", "chai ya maziwa")]).await.status, 422);
    assert_eq!(app.browser().post("/forgot-password", &[form("email", &buyer.email)]).await.status, 200);
    app.work().await;
    assert_eq!(
        mails_about(&app, &buyer.email, "Choose a new password"),
        1,
        "the old address gets no more links"
    );
    assert_eq!(sign_in(&app.browser(), &buyer.email, &buyer.password).await.status, 422);
    assert_eq!(sign_in(&app.browser(), "juma.mpya@example.com", &buyer.password).await.status, 303);
    let fresh = link(&app, "juma.mpya@example.com", "verify-email");
    assert_eq!(app.browser().post(&fresh, &[]).await.status, 200);
    assert_eq!(app.count("select count(*) from users where email_verified_at is not null").await, 1);
    app.work().await;
}

#[tokio::test]
async fn a_verification_link_of_a_previous_address_verifies_nothing() {
    let app = TestApp::start().await;
    let (browser, buyer) = registered(&app, 1).await;
    let old = link(&app, &buyer.email, "verify-email");
    let fields = [form("email", "juma.mpya@example.com"), form("password", &buyer.password)];
    assert_eq!(browser.post("/profile/email", &fields).await.status, 303);
    assert_eq!(browser.post(&old, &[]).await.status, 422);
    assert_eq!(app.count("select count(*) from users where email_verified_at is not null").await, 0);
    app.work().await;
}

#[tokio::test]
async fn an_address_of_another_account_is_refused_without_a_mail() {
    let app = TestApp::start().await;
    let (_, first) = registered(&app, 1).await;
    let (browser, second) = registered(&app, 2).await;
    let before = app.sim().mailbox.received();
    let fields = [form("email", &first.email.to_uppercase()), form("password", &second.password)];
    let refused = browser.post("/profile/email", &fields).await;
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("Another account has this email"), "{}", refused.body);
    assert!(refused.body.contains("JUMA1@EXAMPLE.COM"), "what was typed stays: {}", refused.body);
    app.work().await;
    assert_eq!(app.sim().mailbox.received(), before);
}

#[tokio::test]
async fn a_changed_password_ends_all_other_sessions() {
    let app = TestApp::start().await;
    let (browser, buyer) = registered(&app, 1).await;
    let lost = app.browser();
    sign_in(&lost, &buyer.email, &buyer.password).await;
    let before = sign_in(&browser, &buyer.email, &buyer.password).await;
    app.browser().post("/forgot-password", &[form("email", &buyer.email)]).await;
    app.work().await;
    let reset = link(&app, &buyer.email, "reset-password");

    let fields = |current: &str, new: &str| [form("current", current), form("password", new)];
    let refused = browser.post("/profile/password", &fields("si hili kabisa", "chai ya maziwa")).await;
    assert!(refused.status == 422 && refused.body.contains("That is not the password of your account"));
    assert!(!refused.body.contains("chai ya maziwa") && !refused.body.contains("si hili kabisa"));
    let short = browser.post("/profile/password", &fields(&buyer.password, "short")).await;
    assert!(short.status == 422 && short.body.contains("at least 10 characters"), "{}", short.body);
    assert!(is_in(&lost).await);

    let saved = browser.post("/profile/password", &fields(&buyer.password, "chai ya maziwa")).await;
    assert_eq!((saved.status, saved.location.as_str()), (303, "/profile?saved=password"));
    let (old, new) = (cookie(&before, "session"), cookie(&saved, "session"));
    assert!(old.is_some() && new.is_some() && old != new, "{old:?} {new:?}");
    assert!(is_in(&browser).await && !is_in(&lost).await);
    assert_eq!(app.count("select count(*) from sessions").await, 1, "the old token is gone");
    assert!(app.browser().get(&reset).await.body.contains("This link does not work any more"));
    app.work().await;
    assert_eq!(mails_about(&app, &buyer.email, "Your password was changed"), 1);
    assert_eq!(sign_in(&app.browser(), &buyer.email, &buyer.password).await.status, 422);
    assert_eq!(sign_in(&app.browser(), &buyer.email, "chai ya maziwa").await.status, 303);
    app.work().await;
}

#[tokio::test]
async fn wrong_passwords_on_the_profile_are_limited_like_sign_ins() {
    let app = TestApp::start().await;
    let (browser, buyer) = registered(&app, 1).await;
    let fields = |password: &str| [form("email", "mwizi@example.com"), form("password", password)];
    for n in 0..5 {
        assert_eq!(browser.post("/profile/email", &fields(&format!("kisio sahihi {n}"))).await.status, 422);
    }
    let answer = browser.post("/profile/email", &fields(&buyer.password)).await;
    assert_eq!((answer.status, answer.header("retry-after")), (429, "900"), "also the right one");
    assert!(answer.body.contains("value=\"mwizi@example.com\""), "{}", answer.body);
    assert_eq!(app.text("select email from users").await, buyer.email);
}

#[tokio::test]
async fn saving_the_same_email_changes_and_mails_nothing() {
    let app = TestApp::start().await;
    let (browser, buyer) = registered(&app, 1).await;
    let before = app.sim().mailbox.received();
    let fields = [form("email", &buyer.email), form("password", &buyer.password)];
    let same = browser.post("/profile/email", &fields).await;
    assert!(same.status == 422 && same.body.contains("This is your email already"), "{}", same.body);
    let fields = [form("current", &buyer.password), form("password", &buyer.password)];
    let same = browser.post("/profile/password", &fields).await;
    assert!(same.status == 422 && same.body.contains("that is not your present one"), "{}", same.body);
    app.work().await;
    assert_eq!(app.sim().mailbox.received(), before);
}
