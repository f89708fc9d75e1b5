//! Signing in and out, restoring the session, locking.
use std::{fs, sync::Arc};

use hollyn_core::api::VERSION;
use hollyn_desktop::{error::ErrorKind, events::Event};
use serde_json::json;

use crate::support::{FakePortal, MemoryStore, NoKeyring, TOKEN, TestApp, about, credentials};

#[tokio::test]
async fn the_session_is_restored_at_the_next_start() {
    let (portal, store) = (FakePortal::start().await, MemoryStore::default());
    let app = TestApp::new(store.clone());
    let profile = app.sign_in(&portal).await;
    assert_eq!(store.get(&profile).as_deref(), Some(TOKEN));

    let next = TestApp::restart(store, Arc::clone(&app.folder));
    next.state.auth.restore().await;
    assert_eq!(next.state.session.get().unwrap().staff.name, "Rehema");
    portal.answers("GET /plans", 200, json!({ "items": [] }));
    next.get("list_plans").await.unwrap();
    assert_eq!(portal.requests("GET /plans")[0].token.as_deref(), Some(TOKEN));
}

#[tokio::test]
async fn the_token_is_in_no_file_and_in_no_answer_to_the_page() {
    let (portal, app) = (FakePortal::start().await, TestApp::new(MemoryStore::default()));
    let profile = app.state.profiles.add(&portal.url).await.unwrap();
    let result = app.state.auth.sign_in(&profile.id, credentials()).await.unwrap();
    assert!(!serde_json::to_string(&result).unwrap().contains(TOKEN));
    for file in fs::read_dir(app.folder.path()).unwrap() {
        let text = fs::read_to_string(file.unwrap().path()).unwrap();
        assert!(!text.contains(TOKEN) && !text.contains("kahawa tamu"), "{text}");
        assert!(text.contains("rehema@hollyn.online"));
    }
}

#[tokio::test]
async fn without_a_keyring_the_session_ends_with_the_app() {
    let (portal, app) = (FakePortal::start().await, TestApp::new(NoKeyring));
    app.sign_in(&portal).await;
    portal.answers("GET /plans", 200, json!({ "items": [] }));
    app.get("list_plans").await.unwrap();
    let next = TestApp::restart(NoKeyring, Arc::clone(&app.folder));
    next.state.auth.restore().await;
    assert!(next.state.session.get().is_none());
}

#[tokio::test]
async fn signing_out_removes_the_token_and_revokes_it() {
    let (portal, store) = (FakePortal::start().await, MemoryStore::default());
    let app = TestApp::new(store.clone());
    app.sign_in(&portal).await;
    assert!(app.state.auth.sign_out().await.unwrap().is_revoked);
    assert!(store.0.lock().unwrap().is_empty());
    assert_eq!(portal.requests("DELETE /session")[0].token.as_deref(), Some(TOKEN));
    assert_eq!(app.get("list_plans").await.unwrap_err().kind, ErrorKind::SignedOut);
}

#[tokio::test]
async fn signing_out_works_while_the_portal_is_unreachable() {
    let (mut portal, store) = (FakePortal::start().await, MemoryStore::default());
    let app = TestApp::new(store.clone());
    app.sign_in(&portal).await;
    portal.stop().await;
    assert!(!app.state.auth.sign_out().await.unwrap().is_revoked);
    assert!(store.0.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_revoked_token_ends_the_session() {
    let (portal, store) = (FakePortal::start().await, MemoryStore::default());
    let app = TestApp::new(store.clone());
    app.sign_in(&portal).await;
    portal.refuses("GET /plans", 401, "unauthorized");
    assert_eq!(app.get("list_plans").await.unwrap_err().kind, ErrorKind::SignedOut);
    assert!(store.0.lock().unwrap().is_empty());
    assert_eq!(*app.events.lock().unwrap(), [Event::SignedOut]);
}

#[tokio::test]
async fn a_wrong_password_does_not_unlock_and_does_not_end_the_session() {
    let (portal, store) = (FakePortal::start().await, MemoryStore::default());
    let app = TestApp::new(store.clone());
    app.sign_in(&portal).await;
    app.state.lock.lock().await;
    portal.refuses("POST /session/confirm", 401, "wrong_credentials");
    assert_eq!(app.state.lock.unlock("guess".into()).await.unwrap_err().kind, ErrorKind::Refused);
    assert!(app.state.session.is_locked());
    assert!(!store.0.lock().unwrap().is_empty());
}

#[tokio::test]
async fn locking_clears_the_copied_password_and_refuses_all_commands() {
    let (portal, app) = (FakePortal::start().await, TestApp::new(MemoryStore::default()));
    let profile = app.sign_in(&portal).await;
    portal.answers(
        "POST /services/7/reveal",
        200,
        json!({ "password": "hunter2", "hide_after_seconds": 30 }),
    );
    app.state.passwords.copy(7).await.unwrap();
    assert_eq!(app.clipboard.0.lock().unwrap().as_deref(), Some("hunter2"));

    app.state.lock.lock().await;
    assert_eq!(*app.clipboard.0.lock().unwrap(), None);
    assert_eq!(*app.events.lock().unwrap(), [Event::Locked]);
    assert_eq!(app.get("list_plans").await.unwrap_err().kind, ErrorKind::Locked);
    assert_eq!(app.state.passwords.show(7).await.unwrap_err().kind, ErrorKind::Locked);
    assert_eq!(app.state.profiles.switch_to(&profile).await.unwrap_err().kind, ErrorKind::Locked);
    assert_eq!(app.state.auth.sign_in(&profile, credentials()).await.unwrap_err().kind, ErrorKind::Locked);
    assert!(app.state.rpc.cached("list_plans", json!(null), json!(null)).is_err());

    app.state.lock.unlock("kahawa tamu".into()).await.unwrap();
    portal.answers("GET /plans", 200, json!({ "items": [] }));
    app.get("list_plans").await.unwrap();
}

#[tokio::test]
async fn a_locked_app_starts_locked() {
    let (portal, store) = (FakePortal::start().await, MemoryStore::default());
    let app = TestApp::new(store.clone());
    app.sign_in(&portal).await;
    app.state.lock.lock().await;
    let next = TestApp::restart(store, Arc::clone(&app.folder));
    next.state.auth.restore().await;
    assert_eq!(next.get("list_plans").await.unwrap_err().kind, ErrorKind::Locked);
}

#[tokio::test]
async fn a_start_without_the_keyring_does_not_unlock_the_app() {
    let (portal, store) = (FakePortal::start().await, MemoryStore::default());
    let app = TestApp::new(store.clone());
    let profile = app.sign_in(&portal).await;
    app.state.lock.lock().await;
    let without = TestApp::restart(NoKeyring, Arc::clone(&app.folder));
    without.state.auth.restore().await;
    assert_eq!(without.get("list_plans").await.unwrap_err().kind, ErrorKind::SignedOut);
    let next = TestApp::restart(store.clone(), Arc::clone(&app.folder));
    next.state.auth.restore().await;
    assert_eq!(next.get("list_plans").await.unwrap_err().kind, ErrorKind::Locked);
    // Signing in with the password works without the keyring.
    without.state.auth.sign_in(&profile, credentials()).await.unwrap();
    assert!(!without.state.session.is_locked());
}

#[tokio::test]
async fn no_password_is_sent_to_a_portal_of_another_version() {
    let (portal, app) = (FakePortal::start().await, TestApp::new(MemoryStore::default()));
    let profile = app.state.profiles.add(&portal.url).await.unwrap().id;
    portal.answers("GET /about", 200, about(VERSION + 1));
    assert_eq!(app.state.auth.sign_in(&profile, credentials()).await.unwrap_err().kind, ErrorKind::Version);
    assert!(portal.requests("POST /session").is_empty());
}

#[tokio::test]
async fn removing_a_portal_revokes_and_removes_its_token() {
    let (one, other, store) = (FakePortal::start().await, FakePortal::start().await, MemoryStore::default());
    let app = TestApp::new(store.clone());
    let first = app.sign_in(&one).await;
    app.sign_in(&other).await;
    assert_eq!(store.0.lock().unwrap().len(), 2);
    app.state.profiles.remove(&first).await.unwrap();
    assert_eq!(one.requests("DELETE /session")[0].token.as_deref(), Some(TOKEN));
    assert_eq!(store.0.lock().unwrap().len(), 1);
    assert_eq!(app.state.settings.state().profiles.len(), 1);
}
