//! What goes wrong between here and the portal.
use hollyn_core::api::{BROKE_OFF, ExportQuery};
use hollyn_desktop::{feed::Place, trouble::Kind};
use serde_json::{Value, json};

use crate::stub::{Office, Paper, Stub};

#[tokio::test]
async fn a_token_does_not_follow_a_redirect() {
    let (stub, other, office) = (Stub::start().await, Stub::start().await, Office::new(Paper::default()));
    office.sign_in(&stub).await;
    let away = format!("location: {}/api/admin/v1/plans\r\n", other.url);
    stub.says_raw("GET /plans", 302, &away, "");
    let trouble = office.ask("list_plans").await.unwrap_err();
    assert_eq!((trouble.kind, trouble.status), (Kind::Unreadable, Some(302)));
    assert!(other.asked("GET /plans").is_empty());
}

#[tokio::test]
async fn an_address_that_is_no_portal_is_said_to_be_none() {
    let (stub, office) = (Stub::start().await, Office::new(Paper::default()));
    stub.says_raw("GET /about", 200, "content-type: text/html\r\n", "<h1>Welcome to nginx!</h1>");
    let trouble = office.desk.add_profile(&stub.url).await.unwrap_err();
    assert_eq!(trouble.kind, Kind::Unreadable);
    assert!(trouble.message.contains("no Hollyn portal"), "{}", trouble.message);
    assert!(office.desk.book.kept().profiles.is_empty());
}

#[tokio::test]
async fn too_often_says_when_again_and_a_fault_says_its_number() {
    let (stub, office) = (Stub::start().await, Office::new(Paper::default()));
    office.sign_in(&stub).await;
    let error =
        json!({ "error": { "code": "limited", "message": "Wait.", "fields": {}, "request_id": "r-7" } });
    stub.says_raw("GET /plans", 429, "retry-after: 40\r\n", &error.to_string());
    let trouble = office.ask("list_plans").await.unwrap_err();
    assert_eq!((trouble.status, trouble.retry_after), (Some(429), Some(40)));
    stub.refuses("GET /plans", 500, "internal");
    let trouble = office.ask("list_plans").await.unwrap_err();
    assert_eq!((trouble.status, trouble.request_id.as_deref()), (Some(500), Some("r-7")));
}

#[tokio::test]
async fn what_was_seen_can_be_read_while_the_portal_is_away() {
    let (mut stub, office) = (Stub::start().await, Office::new(Paper::default()));
    office.sign_in(&stub).await;
    let plans = json!({ "items": [{ "name": "Boost" }] });
    stub.says("GET /plans", 200, plans.clone());
    office.ask("list_plans").await.unwrap();
    stub.goes().await;
    assert_eq!(office.ask("list_plans").await.unwrap_err().kind, Kind::Unreachable);
    let seen = office.desk.cached("list_plans", Value::Null, Value::Null).unwrap().unwrap();
    assert_eq!(seen.answer, plans);
    office.desk.sign_out().await.unwrap();
    assert!(office.desk.cached("list_plans", Value::Null, Value::Null).is_err());
}

#[tokio::test]
async fn a_revealed_password_is_not_kept_for_later() {
    let (stub, office) = (Stub::start().await, Office::new(Paper::default()));
    office.sign_in(&stub).await;
    stub.says("POST /services/7/reveal", 200, json!({ "password": "hunter2", "hide_after_seconds": 30 }));
    let trouble = office.desk.call("reveal_password", json!(7), Value::Null, Value::Null).await.unwrap_err();
    assert_eq!(trouble.kind, Kind::Refused);
    assert!(stub.asked("POST /services/7/reveal").is_empty());
    office.desk.show_password(7).await.unwrap();
    assert!(office.desk.cached("reveal_password", json!(7), Value::Null).is_err());
}

#[tokio::test]
async fn an_export_that_breaks_off_leaves_no_file_that_looks_whole() {
    let (stub, office) = (Stub::start().await, Office::new(Paper::default()));
    office.sign_in(&stub).await;
    let all = ExportQuery::default();
    let path = office.folder.path().join("users.csv");
    stub.says_raw("GET /exports/users", 200, "content-type: text/csv\r\n", "id,name\n1,Asha\n");
    let saved = office.desk.export("users", &all, path.clone()).await.unwrap();
    assert_eq!((saved.rows, std::fs::read_to_string(&path).unwrap().as_str()), (1, "id,name\n1,Asha\n"));
    // More is promised than comes.
    let other = office.folder.path().join("orders.csv");
    stub.says_raw(
        "GET /exports/orders",
        200,
        "content-type: text/csv\r\ntransfer-encoding: chunked\r\n",
        "5\r\nid,na",
    );
    assert!(office.desk.export("orders", &all, other.clone()).await.is_err());
    assert!(!other.exists() && !other.with_file_name("orders.csv.part").exists());
    // The portal says itself that it could not go on.
    let table = format!("id,name\n1,Asha\n{BROKE_OFF}");
    stub.says_raw("GET /exports/services", 200, "content-type: text/csv\r\n", &table);
    assert!(office.desk.export("services", &all, other.clone()).await.is_err());
    assert!(!other.exists());
}

#[tokio::test]
async fn i_chose_three_rows_and_saved_them_all() {
    let (stub, office) = (Stub::start().await, Office::new(Paper::default()));
    office.sign_in(&stub).await;
    stub.says_raw("GET /exports/users", 200, "content-type: text/csv\r\n", "id,name\n");
    // As the page sends it: what is not given is null there.
    let query: ExportQuery =
        serde_json::from_value(json!({ "ids": "7,8,9", "q": null, "is_disabled": false })).unwrap();
    office.desk.export("users", &query, office.folder.path().join("users.csv")).await.unwrap();
    assert_eq!(stub.asked("GET /exports/users")[0].query, "ids=7%2C8%2C9&is_disabled=false");
}

#[tokio::test]
async fn what_happens_is_told_once() {
    let (stub, office) = (Stub::start().await, Office::new(Paper::default()));
    office.sign_in(&stub).await;
    let mut place = Place::default();
    stub.says("GET /changes", 200, json!({ "cursor": 5, "has_more": false, "items": [], "attention": 2 }));
    assert_eq!(office.desk.look(&mut place).await.unwrap().attention, 2);
    let change = json!({
        "at": "2026-11-26T09:00:00Z", "noun": "order", "id": "0192", "action": "order.paid",
        "notice": { "kind": "paid", "title": "Order HO-7 is paid", "text": "TSh 25,000" },
    });
    stub.says(
        "GET /changes",
        200,
        json!({ "cursor": 6, "has_more": false, "items": [change], "attention": 2 }),
    );
    assert_eq!(office.desk.look(&mut place).await.unwrap().notices.len(), 1);
    assert_eq!(office.heard.lock().unwrap().len(), 2);
    office.desk.lock().await;
    assert!(office.desk.look(&mut place).await.is_none());
}
