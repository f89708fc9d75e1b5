//! A portal that answers as a test says and remembers what it was asked; a keyring and a clipboard on paper.
use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use hollyn_core::{api::SignIn, domain::time::Moment};
use hollyn_desktop::{
    clipboard::Board,
    desk::{Desk, Event},
    keyring::{Vault, VaultError},
};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

pub const TOKEN: &str = "token-that-nobody-may-see";

/// What came in: `POST /session`, and the token with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    pub what: String,
    pub query: String,
    pub token: Option<String>,
}

#[derive(Debug, Clone)]
pub struct Says {
    status: u16,
    headers: String,
    body: String,
}

#[derive(Clone, Default)]
pub struct Journal {
    says: Arc<Mutex<HashMap<String, Says>>>,
    asked: Arc<Mutex<Vec<Asked>>>,
}

pub struct Stub {
    pub url: String,
    journal: Journal,
    listens: JoinHandle<()>,
}

impl Stub {
    /// A portal of this version, at which anybody may sign in.
    pub async fn start() -> Stub {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let journal = Journal::default();
        let heard = journal.clone();
        let listens = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(answer(stream, heard.clone()));
            }
        });
        let stub = Stub { url, journal, listens };
        stub.says("GET /about", 200, about(hollyn_core::api::VERSION));
        let user = json!({ "id": 1, "name": "Rehema", "email": "rehema@hollyn.online", "role": "admin", "has_totp": true });
        let opened = json!({ "token": TOKEN, "expires_at": "2026-12-01T09:00:00Z", "user": user, "recovery_codes": [] });
        stub.says("POST /session", 200, opened);
        let session = json!({ "user": user, "device": "desk", "expires_at": "2026-12-01T09:00:00Z", "fresh_until": null });
        stub.says("GET /session", 200, session.clone());
        stub.says("POST /session/confirm", 200, session);
        stub.says("DELETE /session", 200, json!({}));
        stub
    }

    pub fn says(&self, what: &str, status: u16, body: Value) {
        self.says_raw(what, status, "content-type: application/json\r\n", &body.to_string());
    }

    pub fn says_raw(&self, what: &str, status: u16, headers: &str, body: &str) {
        let says = Says { status, headers: headers.into(), body: body.into() };
        self.journal.says.lock().unwrap().insert(what.into(), says);
    }

    pub fn refuses(&self, what: &str, status: u16, code: &str) {
        self.says(
            what,
            status,
            json!({ "error": { "code": code, "message": "No.", "fields": {}, "request_id": "r-7" } }),
        );
    }

    /// It is away from now on.
    pub async fn goes(&mut self) {
        self.listens.abort();
        let _ = (&mut self.listens).await;
    }

    pub fn asked(&self, what: &str) -> Vec<Asked> {
        self.all().into_iter().filter(|asked| asked.what == what).collect()
    }

    /// Everything it was asked, in order.
    pub fn all(&self) -> Vec<Asked> {
        self.journal.asked.lock().unwrap().clone()
    }
}

pub fn about(api: i64) -> Value {
    json!({ "company": "Hollyn Online", "version": "0.1.0", "api": api, "url": "http://localhost", "is_totp_required": false })
}

async fn answer(stream: TcpStream, journal: Journal) {
    let mut stream = BufReader::new(stream);
    let mut first = String::new();
    stream.read_line(&mut first).await.unwrap();
    let (mut token, mut length) = (None, 0);
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await.unwrap();
        let Some((name, value)) = line.trim_end().split_once(": ") else { break };
        match name.to_ascii_lowercase().as_str() {
            "authorization" => token = value.strip_prefix("Bearer ").map(str::to_owned),
            "content-length" => length = value.parse().unwrap(),
            _ => {}
        }
    }
    stream.read_exact(&mut vec![0; length]).await.unwrap();
    let mut words = first.split_whitespace();
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let what = format!("{method} {}", path.strip_prefix("/api/admin/v1").unwrap_or(path));
    journal.asked.lock().unwrap().push(Asked { what: what.clone(), query: query.to_owned(), token });
    let nothing = Says { status: 404, headers: String::new(), body: "<h1>nothing here</h1>".into() };
    let Says { status, headers, body } = journal.says.lock().unwrap().get(&what).cloned().unwrap_or(nothing);
    let length = if headers.contains("transfer-encoding") {
        String::new()
    } else {
        format!("content-length: {}\r\n", body.len())
    };
    let answer = format!("HTTP/1.1 {status} .\r\n{headers}{length}connection: close\r\n\r\n{body}");
    let _ = stream.write_all(answer.as_bytes()).await;
}

/// A keyring on paper.
#[derive(Clone, Default)]
pub struct Paper(pub Arc<Mutex<HashMap<String, String>>>);

impl Vault for Paper {
    fn read(&self, profile: &str) -> Result<Option<String>, VaultError> {
        Ok(self.0.lock().unwrap().get(profile).cloned())
    }
    fn write(&self, profile: &str, token: &str) -> Result<(), VaultError> {
        self.0.lock().unwrap().insert(profile.into(), token.into());
        Ok(())
    }
    fn remove(&self, profile: &str) -> Result<(), VaultError> {
        self.0.lock().unwrap().remove(profile);
        Ok(())
    }
}

/// A machine without a keyring.
pub struct NoKeyring;

impl Vault for NoKeyring {
    fn read(&self, _: &str) -> Result<Option<String>, VaultError> {
        Err(VaultError::Missing("no bus".into()))
    }
    fn write(&self, _: &str, _: &str) -> Result<(), VaultError> {
        Err(VaultError::Missing("no bus".into()))
    }
    fn remove(&self, _: &str) -> Result<(), VaultError> {
        Err(VaultError::Missing("no bus".into()))
    }
}

/// A clipboard on paper.
#[derive(Clone, Default)]
pub struct Slip(pub Arc<Mutex<Option<String>>>);

impl Board for Slip {
    fn read(&self) -> Option<String> {
        self.0.lock().unwrap().clone()
    }
    fn write(&self, text: &str) -> Result<(), String> {
        *self.0.lock().unwrap() = Some(text.into());
        Ok(())
    }
    fn write_secret(&self, text: &str) -> Result<(), String> {
        self.write(text)
    }
    fn clear(&self) -> Result<(), String> {
        *self.0.lock().unwrap() = None;
        Ok(())
    }
}

/// A desk, and what can be seen of it from outside.
pub struct Office {
    pub desk: Arc<Desk>,
    pub folder: Arc<TempDir>,
    pub slip: Slip,
    pub heard: Arc<Mutex<Vec<Event>>>,
}

impl Office {
    pub fn new(vault: impl Vault) -> Office {
        Office::again(vault, Arc::new(tempfile::tempdir().unwrap()))
    }

    /// By a clock of the test's.
    pub fn by(clock: fn() -> Moment, vault: impl Vault) -> Office {
        Office::at(vault, Arc::new(tempfile::tempdir().unwrap()), clock)
    }

    /// The app started on a folder that is there.
    pub fn again(vault: impl Vault, folder: Arc<TempDir>) -> Office {
        Office::at(vault, folder, || Moment(1_000_000))
    }

    /// The same, at another time.
    pub fn at(vault: impl Vault, folder: Arc<TempDir>, clock: fn() -> Moment) -> Office {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let slip = Slip::default();
        let heard: Arc<Mutex<Vec<Event>>> = Arc::default();
        let ear = Arc::clone(&heard);
        let http = hollyn_desktop::desk::http().unwrap();
        let hear = move |event| ear.lock().unwrap().push(event);
        let desk = Desk::new(folder.path(), vault, slip.clone(), http, clock, hear);
        Office { desk: Arc::new(desk), folder, slip, heard }
    }

    /// Adds the portal and signs in; gives the profile.
    pub async fn sign_in(&self, stub: &Stub) -> String {
        let profile = self.desk.add_profile(&stub.url).await.unwrap().id;
        self.desk.sign_in(&profile, rehema()).await.unwrap();
        profile
    }

    pub async fn ask(&self, endpoint: &str) -> Result<Value, hollyn_desktop::trouble::Trouble> {
        self.desk.call(endpoint, Value::Null, Value::Null, Value::Null).await
    }
}

pub fn rehema() -> SignIn {
    SignIn {
        email: "rehema@hollyn.online".into(),
        password: "kahawa tamu".into(),
        totp: None,
        device: "desk".into(),
    }
}
