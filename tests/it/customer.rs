//! The customer's pages: the overview, one service, its password, opening the panel.
mod many;
mod overview;
mod panel;

use hollyn_core::domain::ids::OrderUuid;
use hollyn_tests::{Browser, Buyer, TestApp};

async fn active(app: &TestApp, buyer: &Buyer) -> (Browser, OrderUuid, i64) {
    let (browser, uuid) = app.paid_order(buyer).await;
    app.work().await;
    assert_eq!(app.states(uuid).await, "active succeeded active");
    let id = app.view(uuid).await.service.expect("the order has a service").id.0;
    (browser, uuid, id)
}

#[tokio::test]
async fn a_service_page_is_for_its_owner_only() {
    let app = TestApp::start().await;
    let (browser, _, id) = active(&app, &Buyer::nth(1)).await;
    let (other, _, _) = active(&app, &Buyer::nth(2)).await;
    let path = format!("/me/services/{id}");
    let own = browser.get(&path).await;
    assert_eq!(own.status, 200);
    assert!(own.body.contains("duka1.co.tz") && own.body.contains("duka1<"), "{}", own.body);
    let password = [("password", Buyer::nth(2).password)];
    assert_eq!(other.get(&path).await.status, 404);
    assert_eq!(other.post(&format!("{path}/reveal"), &password).await.status, 404);
    for nowhere in ["/me/services/0", "/me/services/99", "/me/services/-1"] {
        assert_eq!(browser.get(nowhere).await.status, 404, "{nowhere}");
    }
    let visitor = app.browser();
    assert!(visitor.get(&path).await.location.starts_with("/login?next="));
    assert!(visitor.get("/dashboard").await.location.starts_with("/login?next="));
}

/// Five wrong account passwords lock it for 15 minutes; showing it is audited.
#[tokio::test]
async fn the_panel_password_is_shown_only_after_the_account_password() {
    let app = TestApp::start().await;
    let buyer = Buyer::default();
    let (browser, uuid, id) = active(&app, &buyer).await;
    let service = app.view(uuid).await.service.unwrap();
    let (_, password) = app.panel_password(service.id).await;
    let path = format!("/me/services/{id}");
    let reveal = format!("{path}/reveal");
    let shown = password.replace('&', "&amp;");
    assert!(!browser.get(&path).await.body.contains(&shown));

    let answer = browser.post(&reveal, &[("password", buyer.password.clone())]).await;
    assert_eq!((answer.status, answer.header("cache-control")), (200, "no-store"));
    assert!(answer.body.contains(&shown), "{}", answer.body);
    assert_eq!(app.count("select count(*) from audit_log where action = 'service.password_shown'").await, 1);
    let details = app
        .text("select actor || ' ' || object_id from audit_log where action = 'service.password_shown'")
        .await;
    assert_eq!(details, format!("user:{} {id}", service.order.user_id));
    assert!(!browser.get(&path).await.body.contains(&shown), "hidden again");

    for _ in 0..5 {
        let answer = browser.post(&reveal, &[("password", "si hili".to_owned())]).await;
        assert_eq!(answer.status, 422);
        assert!(answer.body.contains("That is not the password of your account"), "{}", answer.body);
        assert!(!answer.body.contains(&shown));
    }
    let answer = browser.post(&reveal, &[("password", buyer.password.clone())]).await;
    assert_eq!((answer.status, answer.header("retry-after")), (429, "900"), "also the right one");
    assert!(!answer.body.contains(&shown));
    assert_eq!(app.count("select count(*) from audit_log where action = 'service.password_shown'").await, 1);
    app.advance(901);
    assert_eq!(browser.post(&reveal, &[("password", buyer.password)]).await.status, 200);
}

/// The JSON that the overview polls: the state of each service, and whether to poll again.
#[tokio::test]
async fn the_overview_follows_the_provisioning() {
    let app = TestApp::start().await;
    let (browser, _) = app.paid_order(&Buyer::default()).await;
    let before = browser.get("/me/services/status").await.json();
    assert_eq!(before["services"][0]["status"], "requested");
    assert_eq!(before["services"][0]["domain"], "kahawakibo.co.tz");
    assert_eq!(before["live"], true);
    app.work().await;
    let after = browser.get("/me/services/status").await.json();
    assert_eq!((&after["services"][0]["status"], &after["live"]), (&"active".into(), &false.into()));
    assert_ne!(before["view"], after["view"]);
    let (other, _) = app.order(&Buyer::nth(2)).await;
    assert_eq!(other.get("/me/services/status").await.json()["services"], serde_json::json!([]));
    app.work().await;
}
