//! Signing in and out, staying signed in, locking.
use std::{fs, sync::Arc};

use hollyn_core::api::VERSION;
use hollyn_desktop::{desk::Event, keyring::Vault as _, trouble::Kind};
use serde_json::json;

use crate::stub::{NoKeyring, Office, Paper, Stub, TOKEN, about, rehema};

#[tokio::test]
async fn the_next_start_finds_one_signed_in() {
    let (stub, vault) = (Stub::start().await, Paper::default());
    let office = Office::new(vault.clone());
    let profile = office.sign_in(&stub).await;
    assert_eq!(vault.read(&profile).unwrap().as_deref(), Some(TOKEN));

    let next = Office::again(vault, Arc::clone(&office.folder));
    next.desk.restore().await;
    assert_eq!(next.desk.signed_in().unwrap().staff.name, "Rehema");
    stub.says("GET /plans", 200, json!({ "items": [] }));
    next.ask("list_plans").await.unwrap();
    assert_eq!(stub.asked("GET /plans")[0].token.as_deref(), Some(TOKEN));
}

#[tokio::test]
async fn the_token_is_in_no_file_and_in_nothing_the_page_gets() {
    let (stub, office) = (Stub::start().await, Office::new(Paper::default()));
    let profile = office.desk.add_profile(&stub.url).await.unwrap();
    let welcome = office.desk.sign_in(&profile.id, rehema()).await.unwrap();
    assert!(!serde_json::to_string(&welcome).unwrap().contains(TOKEN));
    for file in fs::read_dir(office.folder.path()).unwrap() {
        let text = fs::read_to_string(file.unwrap().path()).unwrap();
        assert!(!text.contains(TOKEN) && !text.contains("kahawa tamu"), "{text}");
        assert!(text.contains("rehema@hollyn.online"));
    }
}

#[tokio::test]
async fn without_a_keyring_one_works_and_signs_in_at_each_start() {
    let (stub, office) = (Stub::start().await, Office::new(NoKeyring));
    office.sign_in(&stub).await;
    stub.says("GET /plans", 200, json!({ "items": [] }));
    office.ask("list_plans").await.unwrap();
    let next = Office::again(NoKeyring, Arc::clone(&office.folder));
    next.desk.restore().await;
    assert!(next.desk.signed_in().is_none());
}

#[tokio::test]
async fn signing_out_leaves_nothing_here_and_tells_the_portal() {
    let (stub, vault) = (Stub::start().await, Paper::default());
    let office = Office::new(vault.clone());
    office.sign_in(&stub).await;
    assert!(office.desk.sign_out().await.unwrap().is_revoked);
    assert!(vault.0.lock().unwrap().is_empty());
    assert_eq!(stub.asked("DELETE /session")[0].token.as_deref(), Some(TOKEN));
    assert_eq!(office.ask("list_plans").await.unwrap_err().kind, Kind::SignedOut);
}

#[tokio::test]
async fn one_can_sign_out_while_the_portal_is_away() {
    let (mut stub, vault) = (Stub::start().await, Paper::default());
    let office = Office::new(vault.clone());
    office.sign_in(&stub).await;
    stub.goes().await;
    assert!(!office.desk.sign_out().await.unwrap().is_revoked);
    assert!(vault.0.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_token_revoked_elsewhere_ends_the_work_here() {
    let (stub, vault) = (Stub::start().await, Paper::default());
    let office = Office::new(vault.clone());
    office.sign_in(&stub).await;
    stub.refuses("GET /plans", 401, "unauthorized");
    assert_eq!(office.ask("list_plans").await.unwrap_err().kind, Kind::SignedOut);
    assert!(vault.0.lock().unwrap().is_empty());
    assert_eq!(*office.heard.lock().unwrap(), [Event::SignedOut]);
}

#[tokio::test]
async fn a_wrong_password_at_the_lock_ends_nothing() {
    let (stub, vault) = (Stub::start().await, Paper::default());
    let office = Office::new(vault.clone());
    office.sign_in(&stub).await;
    office.desk.lock().await;
    stub.refuses("POST /session/confirm", 401, "wrong_credentials");
    assert_eq!(office.desk.unlock("guess".into()).await.unwrap_err().kind, Kind::Refused);
    assert!(office.desk.is_locked());
    assert!(!vault.0.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_locked_app_tells_nothing_and_takes_the_copied_password_away() {
    let (stub, office) = (Stub::start().await, Office::new(Paper::default()));
    let profile = office.sign_in(&stub).await;
    stub.says("POST /services/7/reveal", 200, json!({ "password": "hunter2", "hide_after_seconds": 30 }));
    office.desk.copy_password(7).await.unwrap();
    assert_eq!(office.slip.0.lock().unwrap().as_deref(), Some("hunter2"));

    office.desk.lock().await;
    assert_eq!(*office.slip.0.lock().unwrap(), None);
    assert_eq!(*office.heard.lock().unwrap(), [Event::Locked]);
    assert_eq!(office.ask("list_plans").await.unwrap_err().kind, Kind::Locked);
    assert_eq!(office.desk.show_password(7).await.unwrap_err().kind, Kind::Locked);
    // Nor is there a way round it.
    assert_eq!(office.desk.use_profile(&profile).await.unwrap_err().kind, Kind::Locked);
    assert_eq!(office.desk.sign_in(&profile, rehema()).await.unwrap_err().kind, Kind::Locked);
    assert!(office.desk.cached("list_plans", json!(null), json!(null)).is_err());

    office.desk.unlock("kahawa tamu".into()).await.unwrap();
    stub.says("GET /plans", 200, json!({ "items": [] }));
    office.ask("list_plans").await.unwrap();
}

#[tokio::test]
async fn a_locked_app_is_locked_after_a_restart() {
    let (stub, vault) = (Stub::start().await, Paper::default());
    let office = Office::new(vault.clone());
    office.sign_in(&stub).await;
    office.desk.lock().await;
    let next = Office::again(vault, Arc::clone(&office.folder));
    next.desk.restore().await;
    assert_eq!(next.ask("list_plans").await.unwrap_err().kind, Kind::Locked);
}

#[tokio::test]
async fn a_locked_app_does_not_open_because_the_keyring_was_away_for_a_start() {
    let (stub, vault) = (Stub::start().await, Paper::default());
    let office = Office::new(vault.clone());
    let profile = office.sign_in(&stub).await;
    office.desk.lock().await;
    let without = Office::again(NoKeyring, Arc::clone(&office.folder));
    without.desk.restore().await;
    assert_eq!(without.ask("list_plans").await.unwrap_err().kind, Kind::SignedOut);
    let next = Office::again(vault.clone(), Arc::clone(&office.folder));
    next.desk.restore().await;
    assert_eq!(next.ask("list_plans").await.unwrap_err().kind, Kind::Locked);
    // Whoever has the password can still sign in without the keyring.
    without.desk.sign_in(&profile, rehema()).await.unwrap();
    assert!(!without.desk.is_locked());
}

#[tokio::test]
async fn a_portal_of_another_version_is_named_before_a_password_is_sent() {
    let (stub, office) = (Stub::start().await, Office::new(Paper::default()));
    let profile = office.desk.add_profile(&stub.url).await.unwrap().id;
    stub.says("GET /about", 200, about(VERSION + 1));
    assert_eq!(office.desk.sign_in(&profile, rehema()).await.unwrap_err().kind, Kind::Version);
    assert!(stub.asked("POST /session").is_empty());
}

#[tokio::test]
async fn a_portal_that_is_taken_off_the_list_keeps_no_token() {
    let (one, other, vault) = (Stub::start().await, Stub::start().await, Paper::default());
    let office = Office::new(vault.clone());
    let first = office.sign_in(&one).await;
    office.sign_in(&other).await;
    assert_eq!(vault.0.lock().unwrap().len(), 2);
    office.desk.remove_profile(&first).await.unwrap();
    assert_eq!(one.asked("DELETE /session")[0].token.as_deref(), Some(TOKEN));
    assert_eq!(vault.0.lock().unwrap().len(), 1);
    assert_eq!(office.desk.book.kept().profiles.len(), 1);
}
