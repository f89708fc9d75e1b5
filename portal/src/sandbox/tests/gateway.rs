//! ZenoPay's contract.

use std::time::Duration;

use rocket::tokio;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::{NOW, World, key, options, sent, sent_json};
use crate::sandbox::gateway::{CreateFault, PhoneAction, PushState, StatusFault, WebhookFault};
use crate::sandbox::{Sandbox, serve_wire};

const CREATE: &str = "/sandbox/zenopay/payments/mobile_money_tanzania";

fn order(id: &str, webhook: Option<&str>) -> Value {
    json!({
        "order_id": id, "buyer_email": "neema@example.co.tz", "buyer_name": "Neema Mushi",
        "buyer_phone": "0744963858", "amount": 1000, "webhook_url": webhook, "metadata": { "order": "H-1" },
    })
}

impl World {
    async fn create(&self, body: &Value) -> (u16, Value) {
        sent_json(self.client.post(CREATE).header(key("sandbox")).body(body.to_string())).await
    }

    async fn status_text(&self, id: &str) -> (u16, String) {
        let path = format!("/sandbox/zenopay/payments/order-status?order_id={id}");
        sent(self.client.get(path).header(key("sandbox"))).await
    }

    async fn status(&self, id: &str) -> Value {
        serde_json::from_str(&self.status_text(id).await.1).unwrap()
    }
}

#[rocket::async_test]
async fn a_push_that_is_paid_is_told_as_documented() {
    let world = World::new().await;
    let (status, body) = world.create(&order("abc1", None)).await;
    assert_eq!(status, 200);
    assert_eq!(
        (&body["status"], &body["resultcode"], &body["order_id"]),
        (&json!("success"), &json!("000"), &json!("abc1"))
    );

    let pending = world.status("abc1").await;
    assert_eq!(pending["result"], "SUCCESS");
    let reference = pending["reference"].clone();
    let row = json!({
        "order_id": "abc1", "creation_date": "2025-05-19 08:40:33",
            "amount": "1000", "payment_status": "PENDING",
        "transid": null, "channel": null, "reference": null, "msisdn": null,
    });
    assert_eq!(pending["data"], json!([row]));

    assert!(world.sandbox.gateway.act("abc1", PhoneAction::Approve));
    let transid = world.sandbox.gateway.charges()[0].transid.clone();
    assert!(transid.len() == 11 && transid.starts_with('C'), "{transid}");
    let row = json!({
        "order_id": "abc1", "creation_date": "2025-05-19 08:40:33",
            "amount": "1000", "payment_status": "COMPLETED",
        "transid": transid, "channel": "MPESA-TZ", "reference": reference, "msisdn": "255744963858",
    });
    let paid = json!({
        "reference": reference, "resultcode": "000", "result": "SUCCESS", "message": "Order fetch successful",
        "data": [row],
    });
    assert_eq!(world.status("abc1").await, paid);
    assert!(!world.sandbox.gateway.act("abc1", PhoneAction::Approve), "money moves once");
    assert_eq!(world.sandbox.gateway.charges().len(), 1);
}

#[rocket::async_test]
async fn bad_calls_are_refused_in_the_providers_shapes() {
    let world = World::new().await;
    let unsigned =
        sent_json(world.client.post(CREATE).header(key("other")).body(order("a", None).to_string())).await;
    assert_eq!(unsigned.0, 401);
    assert_eq!((&unsigned.1["status"], &unsigned.1["resultcode"]), (&json!("FAILED"), &json!("401")));

    let (status, body) = world
        .create(&json!({ "order_id": "a", "buyer_name": " ", "buyer_phone": "0744963858", "amount": 1 }))
        .await;
    assert_eq!(status, 400);
    assert_eq!(body["errors"]["buyer_email"], json!(["The buyer email field is required."]));
    assert!(body["errors"]["buyer_name"].is_array());

    let mut abroad = order("a", None);
    abroad["buyer_phone"] = json!("255744963858");
    assert_eq!(world.create(&abroad).await.0, 400);

    assert_eq!(world.create(&order("a", None)).await.0, 200);
    let (status, body) = world.create(&order("a", None)).await;
    assert_eq!((status, &body["status"]), (400, &json!("error")));
    assert_eq!(world.sandbox.gateway.pushes().len(), 1);
    assert_eq!(world.sandbox.gateway.create_calls(), 5);

    let unknown = world.status("unknown").await;
    assert_eq!(unknown["result"], "FAIL");
    assert!(unknown["message"].as_str().unwrap().ends_with("not found"));
}

#[rocket::async_test]
async fn the_phone_can_refuse_forget_and_pay_late() {
    let world = World::new().await;
    for id in ["refused", "ignored", "late", "left"] {
        world.create(&order(id, None)).await;
    }
    let gateway = &world.sandbox.gateway;
    let said =
        async |id: &str| world.status(id).await["data"][0]["payment_status"].as_str().unwrap().to_owned();
    assert!(gateway.act("refused", PhoneAction::Refuse));
    assert!(gateway.act("ignored", PhoneAction::Ignore));
    assert!(gateway.act("late", PhoneAction::PayLate));
    assert_eq!(said("refused").await, "CANCELLED");
    assert_eq!(said("ignored").await, "PENDING");
    assert_eq!(said("late").await, "PENDING");

    world.later(134);
    assert_eq!(said("late").await, "PENDING");
    assert_eq!(gateway.push("left").unwrap().state, PushState::Ignored, "the prompt is gone after its life");
    world.later(1);
    assert_eq!(said("late").await, "COMPLETED");
    world.later(165);
    assert_eq!(said("ignored").await, "FAILED");
    assert_eq!(said("left").await, "FAILED");
    assert_eq!(gateway.charges().iter().map(|charge| charge.at).collect::<Vec<_>>(), [NOW + 135_000_000]);
}

#[rocket::async_test]
async fn other_amounts_and_second_payments_are_charged_as_they_are() {
    let world = World::new().await;
    for id in ["less", "more", "first", "second"] {
        world.create(&order(id, None)).await;
    }
    let gateway = &world.sandbox.gateway;
    gateway.act("less", PhoneAction::PayTooLittle);
    gateway.act("more", PhoneAction::PayTooMuch);
    gateway.act("second", PhoneAction::PayTwice);
    let charges: Vec<_> =
        gateway.charges().into_iter().map(|charge| (charge.order_id, charge.amount)).collect();
    let paid = |id: &str, amount| (id.to_owned(), amount);
    assert_eq!(charges, [paid("less", 500), paid("more", 6000), paid("first", 1000), paid("second", 1000)]);
    assert_eq!(world.status("less").await["data"][0]["amount"], "500");
}

#[rocket::async_test]
async fn an_answer_can_go_wrong_after_the_push_went_out() {
    let world = World::new().await;
    let gateway = &world.sandbox.gateway;
    gateway.next_create(CreateFault::Http { status: 504, after_acting: true });
    gateway.next_create(CreateFault::Garbage { after_acting: false });
    gateway.next_create(CreateFault::TimeoutAfterActing);
    for (id, expected) in [("a", 504), ("b", 200), ("c", 504)] {
        let request = world.client.post(CREATE).header(key("sandbox")).body(order(id, None).to_string());
        assert_eq!(sent(request).await.0, expected, "{id}");
    }
    assert_eq!(gateway.pushes().iter().map(|push| push.order_id.as_str()).collect::<Vec<_>>(), ["a", "c"]);

    gateway.next_status(StatusFault::LieTopLevel);
    let lie = world.status("a").await;
    assert_eq!((&lie["result"], &lie["message"]), (&json!("SUCCESS"), &json!("COMPLETED")));
    assert_eq!(lie["data"][0]["payment_status"], "PENDING");
    gateway.next_status(StatusFault::AmountWithDecimals);
    assert_eq!(world.status("a").await["data"][0]["amount"], "1000.00");
    gateway.next_status(StatusFault::DataAsObject);
    assert_eq!(world.status("a").await["data"]["order_id"], "a");
    gateway.next_status(StatusFault::Huge);
    assert!(world.status_text("a").await.1.len() > 200_000);
    gateway.away(true);
    assert_eq!(world.status_text("a").await.0, 503);
    gateway.behave();
    assert_eq!(world.status_text("a").await.0, 200);
    assert_eq!(gateway.status_queries(), 5);
}

/// A merchant that answers each webhook with the next of these, and keeps what came.
async fn merchant(answers: &'static [u16]) -> (String, tokio::task::JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/webhooks/zeno?t=1", listener.local_addr().unwrap());
    let received = tokio::spawn(async move {
        let mut requests = Vec::new();
        for answer in answers {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut request = vec![0; 4096];
            let length = stream.read(&mut request).await.unwrap();
            requests.push(String::from_utf8_lossy(&request[..length]).into_owned());
            stream
                .write_all(format!("HTTP/1.1 {answer} X\r\ncontent-length: 0\r\n\r\n").as_bytes())
                .await
                .unwrap();
        }
        requests
    });
    (url, received)
}

#[rocket::async_test]
async fn the_webhook_comes_again_until_it_is_taken() {
    let world = World::new().await;
    let (url, received) = merchant(&[500, 200]).await;
    world.create(&order("abc1", Some(&url))).await;
    world.sandbox.gateway.approve("abc1");
    let requests = received.await.unwrap();
    assert!(requests[1].starts_with("POST /webhooks/zeno?t=1 HTTP/1.1\r\n"), "{}", requests[1]);
    assert!(requests[1].contains("x-api-key: sandbox\r\n"));
    let body: Value = serde_json::from_str(requests[1].split_once("\r\n\r\n").unwrap().1).unwrap();
    let reference = world.sandbox.gateway.push("abc1").unwrap().reference;
    let expected = json!({
        "order_id": "abc1", "payment_status": "COMPLETED", "reference": reference,
            "metadata": { "order": "H-1" },
    });
    assert_eq!(body, expected);
    world.sandbox.gateway.webhooks_done().await;
    let journal: Vec<_> =
        world.sandbox.gateway.deliveries().iter().map(|one| (one.attempt, one.status)).collect();
    assert_eq!(journal, [(1, Some(500)), (2, Some(200))]);
}

#[rocket::async_test]
async fn held_webhooks_come_in_reverse_and_forms_without_a_key() {
    let world = World::new().await;
    let (url, received) = merchant(&[200, 200, 200]).await;
    for id in ["one", "two", "form"] {
        world.create(&order(id, Some(&url))).await;
    }
    let gateway = &world.sandbox.gateway;
    gateway.webhooks(WebhookFault::Hold);
    gateway.approve("one");
    gateway.approve("two");
    gateway.release_webhooks_reversed();
    gateway.webhooks_done().await;
    gateway.webhooks(WebhookFault::FormEncoded);
    gateway.approve("form");
    let requests = received.await.unwrap();
    assert!(requests[0].contains("\"two\"") && requests[1].contains("\"one\""));
    assert!(requests[2].contains("order_id=form&") && requests[2].contains("x-www-form-urlencoded"));
    gateway.webhooks(WebhookFault::Drop);
    assert!(gateway.deliveries().iter().all(|one| one.status == Some(200)));
}

#[rocket::async_test]
async fn a_cut_answer_ends_the_connection() {
    let now = std::sync::Arc::new(NOW.into());
    let sandbox = Sandbox::open(None, options(&now)).unwrap();
    let (address, shutdown) = serve_wire(sandbox.clone()).await.unwrap();
    sandbox.gateway.next_create(CreateFault::ResetAfterActing);
    let body = order("a", None).to_string();
    let request = format!(
        "POST {CREATE} HTTP/1.1\r\nhost: {address}\r\nx-api-key: sandbox\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    let ended = tokio::time::timeout(Duration::from_secs(5), stream.read_to_end(&mut answer)).await;
    assert!(ended.is_ok(), "the connection ends");
    let answer = String::from_utf8_lossy(&answer).into_owned();
    assert!(answer.is_empty() || answer.contains("content-length: 512"), "{answer}");
    assert_eq!(sandbox.gateway.pushes().len(), 1);
    shutdown.notify();
}

#[rocket::async_test]
async fn the_state_survives_a_restart() {
    let file = std::env::temp_dir().join(format!("hollyn-sandbox-{}.json", std::process::id()));
    std::fs::remove_file(&file).ok();
    let now = std::sync::Arc::new(NOW.into());
    let before = Sandbox::open(Some(file.clone()), options(&now)).unwrap();
    before.panel.own("juma1234", "juma.co.tz", "juma@example.co.tz");
    before.mailbox.keep("a@b.tz", vec!["c@d.tz".into()], b"Subject: Habari\r\n\r\nMambo\r\n");
    drop(before);
    let after = Sandbox::open(Some(file.clone()), options(&now)).unwrap();
    assert_eq!(after.panel.account("juma1234").unwrap().domain, "juma.co.tz");
    assert_eq!(after.mailbox.mails()[0].subject, "Habari");
    std::fs::write(&file, "{").unwrap();
    assert!(
        Sandbox::open(Some(file.clone()), options(&now)).is_err(),
        "an unreadable file is not overwritten"
    );
    std::fs::remove_file(&file).unwrap();
}
