//! Logins that are taken along for offline use: where they are, when they end, and who is told.
use std::{fs, sync::Arc};

use hollyn_core::{api::Time, domain::time::Moment};
use hollyn_desktop::{
    feed::Place,
    keyring::{Vault, VaultError},
    trouble::Kind,
};
use serde_json::json;

use crate::stub::{NoKeyring, Office, Paper, Stub, TOKEN};

const KEEP: &str = "POST /services/7/keep";
const DROP: &str = "DELETE /services/7/keep";
const REVEAL: &str = "POST /services/7/reveal";
/// In the clock of the tests: a second after the epoch, and a week on.
const UNTIL: &str = "1970-01-08T00:00:01Z";

fn until() -> Time {
    serde_json::from_value(json!(UNTIL)).unwrap()
}

/// A portal that gives the login of service 7 to keep, and hears when it is dropped.
async fn portal() -> Stub {
    let stub = Stub::start().await;
    stub.says(
        KEEP,
        200,
        json!({ "domain": "kahawa.co.tz", "username": "kahawaco", "password": "hunter2", "until": UNTIL,
            "panel_url": "https://panel.example:2003" }),
    );
    stub.says(DROP, 200, json!({}));
    stub
}

/// An office in which somebody is signed in and keeps the login of service 7.
async fn office(stub: &Stub, vault: &Paper) -> (Office, String) {
    let office = Office::new(vault.clone());
    let profile = office.sign_in(stub).await;
    office.desk.save_offline_credentials(7, 7).await.unwrap();
    (office, profile)
}

/// The kept logins in the keyring.
fn kept(vault: &Paper) -> Vec<String> {
    vault.0.lock().unwrap().keys().filter(|name| name.starts_with("kept/")).cloned().collect()
}

#[tokio::test]
async fn a_login_taken_along_is_there_when_the_portal_is_away() {
    let (mut stub, vault) = (portal().await, Paper::default());
    let (office, profile) = office(&stub, &vault).await;
    assert_eq!(kept(&vault), [format!("kept/{profile}/7")]);
    stub.goes().await;
    // Also after a start without the portal.
    let next = Office::again(vault, Arc::clone(&office.folder));
    next.desk.restore().await;
    let listed = next.desk.kept_credentials().await.unwrap();
    let [login] = listed.as_slice() else { panic!("{listed:?}") };
    assert_eq!((login.service, login.domain.as_str(), login.until), (7, "kahawa.co.tz", until()));
    assert_eq!(login.username.as_deref(), Some("kahawaco"));
    assert_eq!(next.desk.copy_password(7).await.unwrap(), Some(until()));
    assert_eq!(next.slip.0.lock().unwrap().as_deref(), Some("hunter2"));
    let shown = next.desk.show_password(7).await.unwrap();
    assert_eq!((shown.password.as_str(), shown.hide_after_seconds), ("hunter2", 30));
    assert_eq!(next.desk.copy_password(8).await.unwrap_err().kind, Kind::Unreachable);

    next.desk.lock().await;
    assert_eq!(*next.slip.0.lock().unwrap(), None);
    assert_eq!(next.desk.copy_password(7).await.unwrap_err().kind, Kind::Locked);
    assert_eq!(next.desk.kept_credentials().await.unwrap_err().kind, Kind::Locked);
}

#[tokio::test]
async fn a_kept_login_is_in_no_file() {
    let (stub, vault) = (portal().await, Paper::default());
    let (office, _) = office(&stub, &vault).await;
    for file in fs::read_dir(office.folder.path()).unwrap() {
        let text = fs::read_to_string(file.unwrap().path()).unwrap();
        assert!(text.contains("kahawa.co.tz"));
        assert!(!text.contains("hunter2") && !text.contains("kahawaco"), "{text}");
    }
}

#[tokio::test]
async fn what_the_portal_says_counts_before_what_is_kept() {
    let (stub, vault) = (portal().await, Paper::default());
    let (office, _) = office(&stub, &vault).await;
    stub.says(REVEAL, 200, json!({ "password": "changed since", "hide_after_seconds": 30 }));
    assert_eq!(office.desk.copy_password(7).await.unwrap(), None);
    assert_eq!(office.slip.0.lock().unwrap().as_deref(), Some("changed since"));
    stub.refuses(REVEAL, 429, "limited");
    assert_eq!(office.desk.copy_password(7).await.unwrap_err().status, Some(429));
    stub.refuses(REVEAL, 500, "internal");
    assert_eq!(office.desk.copy_password(7).await.unwrap_err().status, Some(500));
    // The server before it answers, and nothing behind.
    stub.says_raw(REVEAL, 502, "content-type: text/html\r\n", "<h1>Bad Gateway</h1>");
    assert_eq!(office.desk.copy_password(7).await.unwrap(), Some(until()));
}

#[tokio::test]
async fn what_ended_is_not_there_any_more() {
    let (mut stub, vault) = (portal().await, Paper::default());
    let (office, _) = office(&stub, &vault).await;
    stub.goes().await;
    let next =
        Office::at(vault.clone(), Arc::clone(&office.folder), || Moment(7 * 86_400_000_000 + 1_000_000));
    next.desk.restore().await;
    assert_eq!(next.desk.copy_password(7).await.unwrap_err().kind, Kind::Unreachable);
    assert_eq!(next.desk.kept_credentials().await.unwrap(), []);
    next.desk.end_kept().await;
    assert_eq!(kept(&vault), [""; 0]);
    let book = next.desk.book.kept();
    // The record has had its day from the beginning.
    assert!(book.logins.is_empty() && book.untold.is_empty());
}

#[tokio::test]
async fn who_lets_go_of_it_while_offline_is_rid_of_it_and_the_portal_hears_later() {
    let (stub, vault) = (portal().await, Paper::default());
    let (office, _) = office(&stub, &vault).await;
    stub.says_raw(DROP, 502, "content-type: text/html\r\n", "<h1>Bad Gateway</h1>");
    office.desk.remove_offline_credentials(7).await.unwrap();
    assert_eq!((kept(&vault).len(), office.desk.kept_credentials().await.unwrap().len()), (0, 0));
    office.desk.tell_dropped().await;

    let next = Office::again(vault, Arc::clone(&office.folder));
    next.desk.restore().await;
    stub.says("GET /changes", 200, json!({ "cursor": 5, "has_more": false, "items": [], "attention": 0 }));
    stub.says(DROP, 200, json!({}));
    let mut place = Place::default();
    next.desk.look(&mut place).await.unwrap();
    next.desk.look(&mut place).await.unwrap();
    assert_eq!(stub.asked(DROP).len(), 2, "once in vain, once heard, and not again");
    assert!(next.desk.book.kept().untold.is_empty());
}

#[tokio::test]
async fn signing_out_takes_the_logins_along_and_the_record_has_it() {
    let (stub, vault) = (portal().await, Paper::default());
    let (office, _) = office(&stub, &vault).await;
    office.desk.sign_out().await.unwrap();
    assert!(vault.0.lock().unwrap().is_empty());
    assert_eq!(stub.asked(DROP)[0].token.as_deref(), Some(TOKEN));
    let all = stub.all();
    let at = |what: &str| all.iter().position(|asked| asked.what == what).unwrap();
    assert!(at(DROP) < at("DELETE /session"), "while the token was good: {all:?}");
}

#[tokio::test]
async fn a_token_revoked_elsewhere_takes_the_logins_along() {
    let (stub, vault) = (portal().await, Paper::default());
    let (office, _) = office(&stub, &vault).await;
    stub.refuses("GET /plans", 401, "unauthorized");
    office.ask("list_plans").await.unwrap_err();
    assert!(vault.0.lock().unwrap().is_empty());
    assert!(stub.asked(DROP).is_empty());
    // Once they are back, the portal hears it.
    office.sign_in(&stub).await;
    office.desk.tell_dropped().await;
    assert_eq!(stub.asked(DROP).len(), 1);
}

#[tokio::test]
async fn a_portal_that_is_taken_off_the_list_keeps_no_login() {
    let (one, other, vault) = (portal().await, Stub::start().await, Paper::default());
    let (office, first) = office(&one, &vault).await;
    office.sign_in(&other).await;
    // Of the one that is in use, nothing is kept.
    assert_eq!(office.desk.kept_credentials().await.unwrap(), []);
    office.desk.remove_profile(&first).await.unwrap();
    assert_eq!(kept(&vault), [""; 0]);
    assert_eq!(one.asked(DROP)[0].token.as_deref(), Some(TOKEN));
    let book = office.desk.book.kept();
    assert!(book.logins.is_empty() && book.untold.is_empty());
}

#[tokio::test]
async fn a_colleague_at_the_same_computer_gets_nothing_of_it() {
    let (stub, vault) = (portal().await, Paper::default());
    let (office, _) = office(&stub, &vault).await;
    let user = json!({ "id": 2, "name": "Baraka", "email": "baraka@hollyn.online", "role": "support", "has_totp": true });
    let opened = json!({ "token": "another", "expires_at": "2026-12-01T09:00:00Z", "user": user, "recovery_codes": [] });
    stub.says("POST /session", 200, opened);
    office.sign_in(&stub).await;
    assert_eq!(office.desk.kept_credentials().await.unwrap(), []);
    stub.says_raw(REVEAL, 502, "content-type: text/html\r\n", "<h1>Bad Gateway</h1>");
    assert_eq!(office.desk.copy_password(7).await.unwrap_err().kind, Kind::Unreadable);
    office.desk.end_kept().await;
    assert_eq!(kept(&vault), [""; 0]);
    office.desk.tell_dropped().await;
    assert!(stub.asked(DROP).is_empty(), "it is on record under the wrong name");
}

#[tokio::test]
async fn a_login_taken_out_of_the_keyring_by_hand_is_not_said_to_be_there() {
    let (stub, vault) = (portal().await, Paper::default());
    let (office, _) = office(&stub, &vault).await;
    vault.0.lock().unwrap().retain(|name, _| !name.starts_with("kept/"));
    assert_eq!(office.desk.kept_credentials().await.unwrap(), []);
    office.desk.tell_dropped().await;
    assert_eq!(stub.asked(DROP).len(), 1);
}

#[tokio::test]
async fn without_a_keyring_nothing_is_kept_and_nothing_is_on_record() {
    let (stub, office) = (portal().await, Office::new(NoKeyring));
    office.sign_in(&stub).await;
    let trouble = office.desk.save_offline_credentials(7, 7).await.unwrap_err();
    assert_eq!(trouble.message, "This computer has no keyring, so no login can be kept on it.");
    assert!(stub.asked(KEEP).is_empty());
    assert!(office.desk.book.kept().logins.is_empty());
}

/// A keyring that gives and takes nothing new.
#[derive(Clone, Default)]
struct Full(Paper);

impl Vault for Full {
    fn read(&self, name: &str) -> Result<Option<String>, VaultError> {
        self.0.read(name)
    }
    fn write(&self, name: &str, secret: &str) -> Result<(), VaultError> {
        if name.starts_with("kept/") { Err(VaultError::Locked) } else { self.0.write(name, secret) }
    }
    fn remove(&self, name: &str) -> Result<(), VaultError> {
        self.0.remove(name)
    }
}

#[tokio::test]
async fn what_could_not_be_kept_is_not_on_record_as_kept() {
    let (stub, office) = (portal().await, Office::new(Full::default()));
    office.sign_in(&stub).await;
    let trouble = office.desk.save_offline_credentials(7, 7).await.unwrap_err();
    assert!(trouble.message.contains("locked"), "{}", trouble.message);
    assert_eq!((stub.asked(KEEP).len(), stub.asked(DROP).len()), (1, 1));
    let book = office.desk.book.kept();
    assert!(book.logins.is_empty() && book.untold.is_empty());
}

#[tokio::test]
async fn what_could_not_be_listed_is_not_left_in_the_keyring() {
    let (stub, vault) = (portal().await, Paper::default());
    let office = Office::new(vault.clone());
    office.sign_in(&stub).await;
    fs::remove_dir_all(office.folder.path()).unwrap();
    fs::write(office.folder.path(), "").unwrap();
    let trouble = office.desk.save_offline_credentials(7, 7).await.unwrap_err();
    assert!(trouble.message.contains("settings cannot be written"), "{}", trouble.message);
    assert_eq!((kept(&vault).len(), stub.asked(DROP).len()), (0, 1));
    fs::remove_file(office.folder.path()).unwrap();
}
