//! Offline credentials: where they are stored, when they are removed, and what the portal is told.
use std::{fs, sync::Arc};

use hollyn_core::{api::Time, domain::time::Timestamp};
use hollyn_desktop::{
    error::ErrorKind,
    feed::FeedCursor,
    secret_store::{SecretStore, SecretStoreError},
};
use secrecy::SecretString;
use serde_json::json;

use crate::support::{FakePortal, MemoryStore, NoKeyring, TOKEN, TestApp, session_opened, staff};

const SAVE: &str = "POST /services/7/keep";
const REMOVE: &str = "DELETE /services/7/keep";
const REVEAL: &str = "POST /services/7/reveal";
/// A week after the time of the tests' clock, which is one second after the epoch.
const UNTIL: &str = "1970-01-08T00:00:01Z";

fn until() -> Time {
    serde_json::from_value(json!(UNTIL)).unwrap()
}

/// A portal that answers with the credentials of service 7 and accepts their removal.
async fn fake_portal() -> FakePortal {
    let portal = FakePortal::start().await;
    portal.answers(
        SAVE,
        200,
        json!({ "domain": "kahawa.co.tz", "username": "kahawaco", "password": "hunter2", "until": UNTIL,
            "panel_url": "https://panel.example:2003" }),
    );
    portal.answers(REMOVE, 200, json!({}));
    portal
}

/// An app with a session and the offline credential of service 7.
async fn app_with_credential(portal: &FakePortal, store: &MemoryStore) -> (TestApp, String) {
    let app = TestApp::new(store.clone());
    let profile = app.sign_in(portal).await;
    app.state.offline_credentials.save(7, 7).await.unwrap();
    (app, profile)
}

/// The names of the offline credentials in the keyring.
fn saved(store: &MemoryStore) -> Vec<String> {
    store.0.lock().unwrap().keys().filter(|name| name.starts_with("offline/")).cloned().collect()
}

#[tokio::test]
async fn an_offline_credential_is_used_while_the_portal_is_unreachable() {
    let (mut portal, store) = (fake_portal().await, MemoryStore::default());
    let (app, profile) = app_with_credential(&portal, &store).await;
    assert_eq!(saved(&store), [format!("offline/{profile}/7")]);
    portal.stop().await;
    // After a restart, too.
    let next = TestApp::restart(store, Arc::clone(&app.folder));
    next.state.auth.restore().await;
    let listed = next.state.offline_credentials.list().await.unwrap();
    let [login] = listed.as_slice() else { panic!("{listed:?}") };
    assert_eq!((login.service, login.domain.as_str(), login.until), (7, "kahawa.co.tz", until()));
    assert_eq!(login.username.as_deref(), Some("kahawaco"));
    assert_eq!(next.state.passwords.copy(7).await.unwrap(), Some(until()));
    assert_eq!(next.clipboard.0.lock().unwrap().as_deref(), Some("hunter2"));
    let shown = next.state.passwords.show(7).await.unwrap();
    assert_eq!((shown.password.expose(), shown.hide_after_seconds), ("hunter2", 30));
    assert_eq!(next.state.passwords.copy(8).await.unwrap_err().kind, ErrorKind::Unreachable);

    next.state.lock.lock().await;
    assert_eq!(*next.clipboard.0.lock().unwrap(), None);
    assert_eq!(next.state.passwords.copy(7).await.unwrap_err().kind, ErrorKind::Locked);
    assert_eq!(next.state.offline_credentials.list().await.unwrap_err().kind, ErrorKind::Locked);
}

#[tokio::test]
async fn an_offline_credential_is_in_no_file() {
    let (portal, store) = (fake_portal().await, MemoryStore::default());
    let (app, _) = app_with_credential(&portal, &store).await;
    for file in fs::read_dir(app.folder.path()).unwrap() {
        let text = fs::read_to_string(file.unwrap().path()).unwrap();
        assert!(text.contains("kahawa.co.tz"));
        assert!(!text.contains("hunter2") && !text.contains("kahawaco"), "{text}");
    }
}

#[tokio::test]
async fn an_answer_of_the_portal_takes_precedence_over_the_offline_credential() {
    let (portal, store) = (fake_portal().await, MemoryStore::default());
    let (app, _) = app_with_credential(&portal, &store).await;
    portal.answers(REVEAL, 200, json!({ "password": "changed", "hide_after_seconds": 30 }));
    assert_eq!(app.state.passwords.copy(7).await.unwrap(), None);
    assert_eq!(app.clipboard.0.lock().unwrap().as_deref(), Some("changed"));
    portal.refuses(REVEAL, 429, "limited");
    assert_eq!(app.state.passwords.copy(7).await.unwrap_err().status, Some(429));
    portal.refuses(REVEAL, 500, "internal");
    assert_eq!(app.state.passwords.copy(7).await.unwrap_err().status, Some(500));
    // Only a proxy answers.
    portal.answers_raw(REVEAL, 502, "content-type: text/html\r\n", "<h1>Bad Gateway</h1>");
    assert_eq!(app.state.passwords.copy(7).await.unwrap(), Some(until()));
}

#[tokio::test]
async fn an_expired_offline_credential_is_removed_and_not_reported() {
    let (mut portal, store) = (fake_portal().await, MemoryStore::default());
    let (app, _) = app_with_credential(&portal, &store).await;
    portal.stop().await;
    let next = TestApp::restart_at(store.clone(), Arc::clone(&app.folder), || {
        Timestamp(7 * 86_400_000_000 + 1_000_000)
    });
    next.state.auth.restore().await;
    assert_eq!(next.state.passwords.copy(7).await.unwrap_err().kind, ErrorKind::Unreachable);
    assert_eq!(next.state.offline_credentials.list().await.unwrap(), []);
    next.state.offline_store.remove_stale().await;
    assert_eq!(saved(&store), [""; 0]);
    let state = next.state.settings.state();
    // The portal knows the expiry.
    assert!(state.offline_credentials.is_empty() && state.pending_removals.is_empty());
}

#[tokio::test]
async fn a_removal_while_offline_is_reported_once_when_the_portal_answers() {
    let (portal, store) = (fake_portal().await, MemoryStore::default());
    let (app, _) = app_with_credential(&portal, &store).await;
    portal.answers_raw(REMOVE, 502, "content-type: text/html\r\n", "<h1>Bad Gateway</h1>");
    app.state.offline_credentials.remove(7).await.unwrap();
    assert_eq!((saved(&store).len(), app.state.offline_credentials.list().await.unwrap().len()), (0, 0));
    app.state.offline_credentials.send_removals().await;

    let next = TestApp::restart(store, Arc::clone(&app.folder));
    next.state.auth.restore().await;
    portal.answers(
        "GET /changes",
        200,
        json!({ "cursor": 5, "has_more": false, "items": [], "attention": 0 }),
    );
    portal.answers(REMOVE, 200, json!({}));
    let mut cursor = FeedCursor::default();
    next.state.feed.poll(&mut cursor).await.unwrap();
    next.state.feed.poll(&mut cursor).await.unwrap();
    assert_eq!(portal.requests(REMOVE).len(), 2, "one failed attempt, one success");
    assert!(next.state.settings.state().pending_removals.is_empty());
}

#[tokio::test]
async fn signing_out_removes_offline_credentials_and_reports_it_before_the_token_ends() {
    let (portal, store) = (fake_portal().await, MemoryStore::default());
    let (app, _) = app_with_credential(&portal, &store).await;
    app.state.auth.sign_out().await.unwrap();
    assert!(store.0.lock().unwrap().is_empty());
    assert_eq!(portal.requests(REMOVE)[0].token.as_deref(), Some(TOKEN));
    let all = portal.all_requests();
    let at = |endpoint: &str| all.iter().position(|request| request.endpoint == endpoint).unwrap();
    assert!(at(REMOVE) < at("DELETE /session"), "{all:?}");
}

#[tokio::test]
async fn a_revoked_token_removes_offline_credentials() {
    let (portal, store) = (fake_portal().await, MemoryStore::default());
    let (app, _) = app_with_credential(&portal, &store).await;
    portal.refuses("GET /plans", 401, "unauthorized");
    app.get("list_plans").await.unwrap_err();
    assert!(store.0.lock().unwrap().is_empty());
    assert!(portal.requests(REMOVE).is_empty());
    // Reported after the next sign-in.
    app.sign_in(&portal).await;
    app.state.offline_credentials.send_removals().await;
    assert_eq!(portal.requests(REMOVE).len(), 1);
}

#[tokio::test]
async fn removing_a_portal_removes_its_offline_credentials() {
    let (one, other, store) = (fake_portal().await, FakePortal::start().await, MemoryStore::default());
    let (app, first) = app_with_credential(&one, &store).await;
    app.sign_in(&other).await;
    // The active portal has none.
    assert_eq!(app.state.offline_credentials.list().await.unwrap(), []);
    app.state.profiles.remove(&first).await.unwrap();
    assert_eq!(saved(&store), [""; 0]);
    assert_eq!(one.requests(REMOVE)[0].token.as_deref(), Some(TOKEN));
    let state = app.state.settings.state();
    assert!(state.offline_credentials.is_empty() && state.pending_removals.is_empty());
}

#[tokio::test]
async fn an_offline_credential_is_not_available_to_another_staff_member() {
    let (portal, store) = (fake_portal().await, MemoryStore::default());
    let (app, _) = app_with_credential(&portal, &store).await;
    let opened = session_opened("another", &staff(2, "Baraka", "support"));
    portal.answers("POST /session", 200, opened);
    app.sign_in(&portal).await;
    assert_eq!(app.state.offline_credentials.list().await.unwrap(), []);
    portal.answers_raw(REVEAL, 502, "content-type: text/html\r\n", "<h1>Bad Gateway</h1>");
    assert_eq!(app.state.passwords.copy(7).await.unwrap_err().kind, ErrorKind::Unreadable);
    app.state.offline_store.remove_stale().await;
    assert_eq!(saved(&store), [""; 0]);
    app.state.offline_credentials.send_removals().await;
    assert!(portal.requests(REMOVE).is_empty(), "it would be logged under the wrong name");
}

#[tokio::test]
async fn a_credential_missing_from_the_keyring_is_not_listed_and_its_removal_is_reported() {
    let (portal, store) = (fake_portal().await, MemoryStore::default());
    let (app, _) = app_with_credential(&portal, &store).await;
    store.0.lock().unwrap().retain(|name, _| !name.starts_with("offline/"));
    assert_eq!(app.state.offline_credentials.list().await.unwrap(), []);
    app.state.offline_credentials.send_removals().await;
    assert_eq!(portal.requests(REMOVE).len(), 1);
}

#[tokio::test]
async fn without_a_keyring_nothing_is_saved_and_the_portal_is_not_asked() {
    let (portal, app) = (fake_portal().await, TestApp::new(NoKeyring));
    app.sign_in(&portal).await;
    let error = app.state.offline_credentials.save(7, 7).await.unwrap_err();
    assert_eq!(error.message, "This computer has no keyring, so no credentials can be saved on it.");
    assert!(portal.requests(SAVE).is_empty());
    assert!(app.state.settings.state().offline_credentials.is_empty());
}

/// A keyring that refuses new offline credentials.
#[derive(Clone, Default)]
struct ReadOnlyStore(MemoryStore);

impl SecretStore for ReadOnlyStore {
    fn read(&self, name: &str) -> Result<Option<SecretString>, SecretStoreError> {
        self.0.read(name)
    }
    fn write(&self, name: &str, secret: &SecretString) -> Result<(), SecretStoreError> {
        if name.starts_with("offline/") { Err(SecretStoreError::Locked) } else { self.0.write(name, secret) }
    }
    fn remove(&self, name: &str) -> Result<(), SecretStoreError> {
        self.0.remove(name)
    }
}

#[tokio::test]
async fn a_save_that_the_keyring_refuses_is_reported_as_removed() {
    let (portal, app) = (fake_portal().await, TestApp::new(ReadOnlyStore::default()));
    app.sign_in(&portal).await;
    let error = app.state.offline_credentials.save(7, 7).await.unwrap_err();
    assert!(error.message.contains("locked"), "{}", error.message);
    assert_eq!((portal.requests(SAVE).len(), portal.requests(REMOVE).len()), (1, 1));
    let state = app.state.settings.state();
    assert!(state.offline_credentials.is_empty() && state.pending_removals.is_empty());
}

#[tokio::test]
async fn a_save_that_cannot_be_listed_is_not_left_in_the_keyring() {
    let (portal, store) = (fake_portal().await, MemoryStore::default());
    let app = TestApp::new(store.clone());
    app.sign_in(&portal).await;
    fs::remove_dir_all(app.folder.path()).unwrap();
    fs::write(app.folder.path(), "").unwrap();
    let error = app.state.offline_credentials.save(7, 7).await.unwrap_err();
    assert!(error.message.contains("settings cannot be written"), "{}", error.message);
    assert_eq!((saved(&store).len(), portal.requests(REMOVE).len()), (0, 1));
    fs::remove_file(app.folder.path()).unwrap();
}
