//! The lists of orders, services and activity: paged, and of the customer only.
use super::{form, registered, sign_in};
use hollyn_core::ops::{Caller, services};
use hollyn_tests::{Browser, Buyer, TestApp, reason};

#[tokio::test]
async fn activity_lists_every_action_newest_first() {
    let app = TestApp::start().await;
    let buyer = Buyer::nth(1);
    let (browser, uuid) = app.paid_order(&buyer).await;
    app.work().await;
    let id = app.view(uuid).await.service.unwrap().id;
    let before = browser.get("/profile/activity").await.body;
    assert_eq!(before.matches("Signed in").count(), 1, "{before}");
    let reveal = format!("/me/services/{id}/reveal");
    assert_eq!(browser.post(&reveal, &[form("password", &buyer.password)]).await.status, 200);
    let after = browser.get("/profile/activity").await.body;
    assert_eq!(after.matches("Password of the control panel shown").count(), 1, "{after}");
    assert_eq!(after.matches("Signed in").count(), 1, "showing a password is no sign-in: {after}");

    browser.post("/profile/name", &[form("name", "Juma H")]).await;
    browser.post("/profile/phone", &[form("phone", "0655000111"), form("password", &buyer.password)]).await;
    let fields = [form("current", &buyer.password), form("password", "chai ya maziwa")];
    browser.post("/profile/password", &fields).await;
    let page = browser.get("/profile/activity").await.body;
    for words in [
        "Account created",
        "Order placed",
        "Name changed",
        "Mobile number changed",
        "Password changed",
        "127.0.0.1",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(!page.contains("Account changed"), "each has words of its own: {page}");
    let newest = page.find("Password changed").unwrap();
    assert!(newest < page.find("Name changed").unwrap() && newest < page.find("Account created").unwrap());
    let (other, _) = registered(&app, 2).await;
    assert!(!other.get("/profile/activity").await.body.contains("Name changed"));
    app.work().await;
}

fn rows(page: &str, mark: &str) -> usize {
    page.matches(mark).count()
}

/// Reads all pages of 20 rows; a page beyond the last links back, and an invalid page number is harmless.
async fn is_in_pages(browser: &Browser, path: &str, mark: &str, first: usize, second: usize) {
    let page = browser.get(path).await;
    assert_eq!((page.status, rows(&page.body, mark)), (200, first), "{path}: {}", page.body);
    assert!(page.body.replace("&#x2F;", "/").contains(&format!("{path}?page=2")), "{}", page.body);
    let page = browser.get(&format!("{path}?page=2")).await;
    assert_eq!((page.status, rows(&page.body, mark)), (200, second), "{path}: {}", page.body);
    for odd in ["99", "0", "-1", "x", "9223372036854775807"] {
        let page = browser.get(&format!("{path}?page={odd}")).await;
        assert_eq!(page.status, 200, "{path}?page={odd}");
    }
}

#[tokio::test]
async fn every_order_and_service_is_on_exactly_one_page() {
    let app = TestApp::start().await;
    let buyer = Buyer::nth(1);
    let (browser, _) = app.order(&buyer).await;
    for n in 2..=23 {
        browser.order(&Buyer { domain: format!("duka{n}.co.tz"), ..buyer.clone() }).await;
    }
    is_in_pages(&browser, "/me/orders", "href=\"/order/", 20, 3).await;
    let (other, _) = registered(&app, 2).await;
    let page = other.get("/me/orders").await.body;
    assert!(!page.contains("href=\"/order/") && page.contains("/plans"), "{page}");
    assert!(!other.get("/me/services").await.body.contains("/me/services/1\""));
    assert!(app.browser().get("/me/orders").await.location.starts_with("/login?next="));
    assert!(app.browser().get("/me/services").await.location.starts_with("/login?next="));
    app.work().await;
}

#[tokio::test]
async fn every_activity_is_on_exactly_one_page() {
    let app = TestApp::start().await;
    let (browser, buyer) = registered(&app, 1).await;
    for n in 0..24 {
        browser.post("/profile/name", &[form("name", &format!("Juma {n}"))]).await;
    }
    sign_in(&app.browser(), &buyer.email, &buyer.password).await;
    // 24 names, the account, two sign-ins.
    is_in_pages(&browser, "/profile/activity", "<time>", 20, 7).await;
    app.work().await;
}

#[tokio::test]
async fn every_active_service_is_listed_with_a_link() {
    let app = TestApp::start().await;
    let buyer = Buyer::nth(1);
    let (browser, first) = app.paid_order(&buyer).await;
    let second = browser.order(&Buyer { domain: "duka2.co.tz".into(), ..buyer.clone() }).await;
    browser.pay(second).await;
    app.sim().gateway.approve(&app.sim().gateway.pushes().last().unwrap().order_id);
    app.work().await;
    let page = browser.get("/me/services").await.body;
    for uuid in [first, second] {
        let service = app.view(uuid).await.service.unwrap();
        assert!(
            page.contains(&service.domain) && page.contains(&format!("/me/services/{}", service.id)),
            "{page}"
        );
    }
    assert!(!page.contains("class=\"pager\""), "two are one page");
}

#[tokio::test]
async fn each_suspension_and_activation_is_mailed_once_in_the_customers_language() {
    let app = TestApp::start().await;
    let buyer = Buyer::nth(1);
    let (_, uuid) = app.paid_order(&buyer).await;
    app.work().await;
    let id = app.view(uuid).await.service.unwrap().id;
    let staff = Caller::default();
    for _ in 0..2 {
        services::suspend(&app.ctx, &staff, id, &reason("Spam was sent from it")).await.unwrap();
        app.work().await;
    }
    let mails = super::mails_to(&app, &buyer.email);
    let told: Vec<_> = mails.iter().filter(|mail| mail.subject == "duka1.co.tz is suspended").collect();
    assert_eq!(told.len(), 1, "once");
    assert!(told[0].text.contains("Spam was sent from it"), "{}", told[0].text);
    for _ in 0..2 {
        services::activate(&app.ctx, &staff, id, None).await.unwrap();
        app.work().await;
    }
    assert_eq!(super::mails_about(&app, &buyer.email, "duka1.co.tz is back"), 1);
    let sent = services::send_credentials(&app.ctx, &staff, id).await.unwrap();
    assert_eq!(sent, buyer.email);
    app.work().await;
    assert_eq!(super::mails_about(&app, &buyer.email, "How to get into duka1.co.tz"), 1);
}
