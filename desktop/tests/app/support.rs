//! A fake portal that records its requests, and a keyring and a clipboard in memory.
use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use hollyn_core::{api::SignIn, domain::time::Timestamp};
use hollyn_desktop::{
    app_state::{AppState, http_client},
    clipboard::ClipboardBackend,
    error::AppError,
    events::Event,
    secret_store::{SecretStore, SecretStoreError},
};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

pub const TOKEN: &str = "secret-token";

/// A request that the portal received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Method and path, like `POST /session`.
    pub endpoint: String,
    pub query: String,
    pub token: Option<String>,
}

#[derive(Debug, Clone)]
struct Answer {
    status: u16,
    headers: String,
    body: String,
}

#[derive(Clone, Default)]
struct Journal {
    answers: Arc<Mutex<HashMap<String, Answer>>>,
    requests: Arc<Mutex<Vec<Request>>>,
}

pub struct FakePortal {
    pub url: String,
    journal: Journal,
    server: JoinHandle<()>,
}

impl FakePortal {
    /// A portal of this API version that accepts any password.
    pub async fn start() -> FakePortal {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let journal = Journal::default();
        let server_journal = journal.clone();
        let server = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(answer(stream, server_journal.clone()));
            }
        });
        let portal = FakePortal { url, journal, server };
        portal.answers("GET /about", 200, about(hollyn_core::api::VERSION));
        let user = staff(1, "Rehema", "admin");
        let opened = session_opened(TOKEN, &user);
        portal.answers("POST /session", 200, opened);
        let session = json!({
            "user": user, "device": "laptop", "expires_at": "2026-12-01T09:00:00Z",
            "fresh_until": null, "code_fresh_until": null,
        });
        portal.answers("GET /session", 200, session.clone());
        portal.answers("POST /session/confirm", 200, session);
        portal.answers("DELETE /session", 200, json!({}));
        portal
    }

    /// Answers an endpoint with JSON from now on.
    pub fn answers(&self, endpoint: &str, status: u16, body: Value) {
        self.answers_raw(endpoint, status, "content-type: application/json\r\n", &body.to_string());
    }

    pub fn answers_raw(&self, endpoint: &str, status: u16, headers: &str, body: &str) {
        let answer = Answer { status, headers: headers.into(), body: body.into() };
        self.journal.answers.lock().unwrap().insert(endpoint.into(), answer);
    }

    pub fn refuses(&self, endpoint: &str, status: u16, code: &str) {
        self.answers(
            endpoint,
            status,
            json!({ "error": { "code": code, "message": "No.", "fields": {}, "request_id": "r-7" } }),
        );
    }

    /// Stops answering.
    pub async fn stop(&mut self) {
        self.server.abort();
        let _ = (&mut self.server).await;
    }

    /// The requests to an endpoint, in order.
    pub fn requests(&self, endpoint: &str) -> Vec<Request> {
        self.all_requests().into_iter().filter(|request| request.endpoint == endpoint).collect()
    }

    pub fn all_requests(&self) -> Vec<Request> {
        self.journal.requests.lock().unwrap().clone()
    }
}

pub fn about(api: i64) -> Value {
    json!({
        "company": "Hollyn Online", "version": "0.1.0", "api": api,
        "url": "http://localhost", "is_totp_required": false,
    })
}

pub fn staff(id: i64, name: &str, role: &str) -> Value {
    let email = format!("{}@hollyn.online", name.to_lowercase());
    json!({ "id": id, "name": name, "email": email, "role": role, "has_totp": true })
}

/// The portal's answer to a sign-in.
pub fn session_opened(token: &str, user: &Value) -> Value {
    json!({ "token": token, "expires_at": "2026-12-01T09:00:00Z", "user": user, "recovery_codes": [] })
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
    let endpoint = format!("{method} {}", path.strip_prefix("/api/admin/v1").unwrap_or(path));
    let request = Request { endpoint: endpoint.clone(), query: query.to_owned(), token };
    journal.requests.lock().unwrap().push(request);
    let not_found = Answer { status: 404, headers: String::new(), body: "<h1>Not found</h1>".into() };
    let answer = journal.answers.lock().unwrap().get(&endpoint).cloned().unwrap_or(not_found);
    let Answer { status, headers, body } = answer;
    let length = if headers.contains("transfer-encoding") {
        String::new()
    } else {
        format!("content-length: {}\r\n", body.len())
    };
    let answer = format!("HTTP/1.1 {status} .\r\n{headers}{length}connection: close\r\n\r\n{body}");
    let _ = stream.write_all(answer.as_bytes()).await;
}

/// A keyring in memory.
#[derive(Clone, Default)]
pub struct MemoryStore(pub Arc<Mutex<HashMap<String, String>>>);

impl MemoryStore {
    pub fn get(&self, name: &str) -> Option<String> {
        self.0.lock().unwrap().get(name).cloned()
    }
}

impl SecretStore for MemoryStore {
    fn read(&self, name: &str) -> Result<Option<SecretString>, SecretStoreError> {
        Ok(self.get(name).map(SecretString::from))
    }
    fn write(&self, name: &str, secret: &SecretString) -> Result<(), SecretStoreError> {
        self.0.lock().unwrap().insert(name.into(), secret.expose_secret().into());
        Ok(())
    }
    fn remove(&self, name: &str) -> Result<(), SecretStoreError> {
        self.0.lock().unwrap().remove(name);
        Ok(())
    }
}

/// A machine without a keyring.
pub struct NoKeyring;

impl SecretStore for NoKeyring {
    fn read(&self, _: &str) -> Result<Option<SecretString>, SecretStoreError> {
        Err(SecretStoreError::Missing("no bus".into()))
    }
    fn write(&self, _: &str, _: &SecretString) -> Result<(), SecretStoreError> {
        Err(SecretStoreError::Missing("no bus".into()))
    }
    fn remove(&self, _: &str) -> Result<(), SecretStoreError> {
        Err(SecretStoreError::Missing("no bus".into()))
    }
}

/// A clipboard in memory.
#[derive(Clone, Default)]
pub struct MemoryClipboard(pub Arc<Mutex<Option<String>>>);

impl ClipboardBackend for MemoryClipboard {
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

/// The app and its surroundings.
pub struct TestApp {
    pub state: Arc<AppState>,
    /// The app's configuration folder.
    pub folder: Arc<TempDir>,
    pub clipboard: MemoryClipboard,
    /// The events that the page received.
    pub events: Arc<Mutex<Vec<Event>>>,
}

impl TestApp {
    /// Starts the app for the first time.
    pub fn new(store: impl SecretStore) -> TestApp {
        TestApp::restart(store, Arc::new(tempfile::tempdir().unwrap()))
    }

    pub fn with_clock(clock: fn() -> Timestamp, store: impl SecretStore) -> TestApp {
        TestApp::restart_at(store, Arc::new(tempfile::tempdir().unwrap()), clock)
    }

    /// Starts the app with an existing folder.
    pub fn restart(store: impl SecretStore, folder: Arc<TempDir>) -> TestApp {
        TestApp::restart_at(store, folder, || Timestamp(1_000_000))
    }

    pub fn restart_at(store: impl SecretStore, folder: Arc<TempDir>, clock: fn() -> Timestamp) -> TestApp {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let clipboard = MemoryClipboard::default();
        let events: Arc<Mutex<Vec<Event>>> = Arc::default();
        let received = Arc::clone(&events);
        let emit = move |event| received.lock().unwrap().push(event);
        let http = http_client().unwrap();
        let state = AppState::new(folder.path(), store, clipboard.clone(), http, clock, emit);
        TestApp { state: Arc::new(state), folder, clipboard, events }
    }

    /// Adds the portal and signs in; returns the id of the profile.
    pub async fn sign_in(&self, portal: &FakePortal) -> String {
        let profile = self.state.profiles.add(&portal.url).await.unwrap().id;
        self.state.auth.sign_in(&profile, credentials()).await.unwrap();
        profile
    }

    /// Calls an endpoint without arguments.
    pub async fn get(&self, endpoint: &str) -> Result<Value, AppError> {
        self.state.rpc.call(endpoint, Value::Null, Value::Null, Value::Null).await
    }
}

pub fn credentials() -> SignIn {
    SignIn {
        email: "rehema@hollyn.online".into(),
        password: "kahawa tamu".into(),
        totp: None,
        device: "laptop".into(),
    }
}
