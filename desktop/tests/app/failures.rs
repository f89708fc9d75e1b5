//! Failures of the network and the portal.
use hollyn_core::api::{BROKE_OFF, ExportQuery};
use hollyn_desktop::{error::ErrorKind, export::ExportNoun, feed::FeedCursor};
use serde_json::{Value, json};

use crate::support::{FakePortal, MemoryStore, TestApp};

#[tokio::test]
async fn a_token_does_not_follow_a_redirect() {
    let (portal, other, app) =
        (FakePortal::start().await, FakePortal::start().await, TestApp::new(MemoryStore::default()));
    app.sign_in(&portal).await;
    let away = format!("location: {}/api/admin/v1/plans\r\n", other.url);
    portal.answers_raw("GET /plans", 302, &away, "");
    let error = app.get("list_plans").await.unwrap_err();
    assert_eq!((error.kind, error.status), (ErrorKind::Unreadable, Some(302)));
    assert!(other.requests("GET /plans").is_empty());
}

#[tokio::test]
async fn an_address_without_a_portal_is_not_added() {
    let (portal, app) = (FakePortal::start().await, TestApp::new(MemoryStore::default()));
    portal.answers_raw("GET /about", 200, "content-type: text/html\r\n", "<h1>Welcome to nginx!</h1>");
    let error = app.state.profiles.add(&portal.url).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Unreadable);
    assert!(error.message.contains("no Hollyn portal"), "{}", error.message);
    assert!(app.state.settings.state().profiles.is_empty());
}

#[tokio::test]
async fn errors_keep_the_retry_time_and_the_request_id() {
    let (portal, app) = (FakePortal::start().await, TestApp::new(MemoryStore::default()));
    app.sign_in(&portal).await;
    let error =
        json!({ "error": { "code": "limited", "message": "Wait.", "fields": {}, "request_id": "r-7" } });
    portal.answers_raw("GET /plans", 429, "retry-after: 40\r\n", &error.to_string());
    let error = app.get("list_plans").await.unwrap_err();
    assert_eq!((error.status, error.retry_after), (Some(429), Some(40)));
    portal.refuses("GET /plans", 500, "internal");
    let error = app.get("list_plans").await.unwrap_err();
    assert_eq!((error.status, error.request_id.as_deref()), (Some(500), Some("r-7")));
}

#[tokio::test]
async fn cached_answers_are_available_while_the_portal_is_unreachable_until_sign_out() {
    let (mut portal, app) = (FakePortal::start().await, TestApp::new(MemoryStore::default()));
    app.sign_in(&portal).await;
    let plans = json!({ "items": [{ "name": "Boost" }] });
    portal.answers("GET /plans", 200, plans.clone());
    app.get("list_plans").await.unwrap();
    portal.stop().await;
    assert_eq!(app.get("list_plans").await.unwrap_err().kind, ErrorKind::Unreachable);
    let cached = app.state.rpc.cached("list_plans", Value::Null, Value::Null).unwrap().unwrap();
    assert_eq!(cached.answer, plans);
    app.state.auth.sign_out().await.unwrap();
    assert!(app.state.rpc.cached("list_plans", Value::Null, Value::Null).is_err());
}

#[tokio::test]
async fn a_revealed_password_is_not_cached() {
    let (portal, app) = (FakePortal::start().await, TestApp::new(MemoryStore::default()));
    app.sign_in(&portal).await;
    portal.answers(
        "POST /services/7/reveal",
        200,
        json!({ "password": "hunter2", "hide_after_seconds": 30 }),
    );
    let error = app.state.rpc.call("reveal_password", json!(7), Value::Null, Value::Null).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Refused);
    assert!(portal.requests("POST /services/7/reveal").is_empty());
    app.state.passwords.show(7).await.unwrap();
    assert!(app.state.rpc.cached("reveal_password", json!(7), Value::Null).is_err());
}

#[tokio::test]
async fn an_interrupted_export_leaves_no_file() {
    let (portal, app) = (FakePortal::start().await, TestApp::new(MemoryStore::default()));
    app.sign_in(&portal).await;
    let all = ExportQuery::default();
    let path = app.folder.path().join("users.csv");
    portal.answers_raw("GET /exports/users", 200, "content-type: text/csv\r\n", "id,name\n1,Asha\n");
    let saved = app.state.exporter.save(ExportNoun::Users, &all, path.clone()).await.unwrap();
    assert_eq!((saved.rows, std::fs::read_to_string(&path).unwrap().as_str()), (1, "id,name\n1,Asha\n"));
    // The connection closes early.
    let other = app.folder.path().join("orders.csv");
    portal.answers_raw(
        "GET /exports/orders",
        200,
        "content-type: text/csv\r\ntransfer-encoding: chunked\r\n",
        "5\r\nid,na",
    );
    assert!(app.state.exporter.save(ExportNoun::Orders, &all, other.clone()).await.is_err());
    assert!(!other.exists() && !other.with_file_name("orders.csv.part").exists());
    // The portal marks the export as interrupted.
    let table = format!("id,name\n1,Asha\n{BROKE_OFF}");
    portal.answers_raw("GET /exports/services", 200, "content-type: text/csv\r\n", &table);
    assert!(app.state.exporter.save(ExportNoun::Services, &all, other.clone()).await.is_err());
    assert!(!other.exists());
}

#[tokio::test]
async fn an_export_contains_only_the_selected_rows() {
    let (portal, app) = (FakePortal::start().await, TestApp::new(MemoryStore::default()));
    app.sign_in(&portal).await;
    portal.answers_raw("GET /exports/users", 200, "content-type: text/csv\r\n", "id,name\n");
    // The page sends null for absent fields.
    let query: ExportQuery =
        serde_json::from_value(json!({ "ids": "7,8,9", "q": null, "is_disabled": false })).unwrap();
    app.state.exporter.save(ExportNoun::Users, &query, app.folder.path().join("users.csv")).await.unwrap();
    assert_eq!(portal.requests("GET /exports/users")[0].query, "ids=7%2C8%2C9&is_disabled=false");
}

#[tokio::test]
async fn a_change_is_notified_once() {
    let (portal, app) = (FakePortal::start().await, TestApp::new(MemoryStore::default()));
    app.sign_in(&portal).await;
    let mut cursor = FeedCursor::default();
    portal.answers(
        "GET /changes",
        200,
        json!({ "cursor": 5, "has_more": false, "items": [], "attention": 2 }),
    );
    assert_eq!(app.state.feed.poll(&mut cursor).await.unwrap().attention, 2);
    let change = json!({
        "at": "2026-11-26T09:00:00Z", "noun": "order", "id": "0192", "action": "order.paid",
        "notice": { "kind": "paid", "title": "Order HO-7 is paid", "text": "TSh 25,000" },
    });
    portal.answers(
        "GET /changes",
        200,
        json!({ "cursor": 6, "has_more": false, "items": [change], "attention": 2 }),
    );
    assert_eq!(app.state.feed.poll(&mut cursor).await.unwrap().notifications.len(), 1);
    assert_eq!(app.events.lock().unwrap().len(), 2);
    app.state.lock.lock().await;
    assert!(app.state.feed.poll(&mut cursor).await.is_none());
}

#[tokio::test]
async fn the_answer_of_an_action_reaches_the_page_unchanged_and_is_not_cached() {
    let (portal, app) = (FakePortal::start().await, TestApp::new(MemoryStore::default()));
    app.sign_in(&portal).await;
    let service = json!({ "id": 7, "status": "suspended", "a_newer_field": [1, null] });
    portal.answers("POST /services/7/suspend", 200, service.clone());
    let body = json!({ "reason": "Not paid." });
    let answer = app.state.rpc.call("suspend", json!(7), Value::Null, body).await.unwrap();
    assert_eq!(answer, service);
    assert_eq!(app.state.rpc.cached("suspend", json!(7), Value::Null).unwrap(), None);
}
