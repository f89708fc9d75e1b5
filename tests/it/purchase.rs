//! The whole way, from the order to the open control panel.
use hollyn_tests::{Buyer, TestApp};

#[tokio::test]
async fn a_customer_buys_a_plan_and_is_signed_in_to_the_panel() {
    let app = TestApp::start().await;
    let (browser, uuid) = app.order(&Buyer::default()).await;
    assert_eq!(app.states(uuid).await, "pending - -");
    assert_eq!(browser.pay(uuid).await.location, format!("/pay/{uuid}"));
    assert_eq!(app.states(uuid).await, "pending pending -");
    let push = app.sim().gateway.pushes().remove(0);
    assert_eq!((push.phone.as_str(), push.amount), ("0754318206", 25_000));

    app.sim().gateway.approve(&push.order_id);
    app.work().await;
    assert_eq!(app.states(uuid).await, "active succeeded active");

    let panel = browser.get("/me/panel").await;
    assert_eq!(panel.status, 303);
    let ticket = panel.location.split("ticket=").nth(1).unwrap();
    let account = app.sim().panel.redeem(ticket).expect("the ticket opens an account");
    assert_eq!(account.domain, "kahawakibo.co.tz");
    let subjects: Vec<String> = app.sim().mailbox.mails().into_iter().map(|mail| mail.subject).collect();
    assert_eq!(subjects.len(), 3, "{subjects:?}");
}
