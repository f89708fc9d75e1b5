//! The simulators held against the providers' contracts, word for word where the contract has words.

mod gateway;
mod mail;
mod pages;
mod panel;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use rocket::http::{ContentType, Header};
use rocket::local::asynchronous::{Client, LocalRequest};
use serde_json::Value;

use super::{MOUNT, Options, Sandbox};

/// 19 May 2025, 08:40:33 in Dar es Salaam, as in the provider's own example.
const NOW: i64 = 1_747_633_233_000_000;

/// A sandbox behind Rocket's own client, and a clock that the test moves.
struct World {
    client: Client,
    sandbox: Sandbox,
    now: Arc<AtomicI64>,
}

impl World {
    async fn new() -> World {
        let now = Arc::new(AtomicI64::new(NOW));
        let sandbox = Sandbox::open(None, options(&now)).unwrap();
        let rocket =
            rocket::custom(rocket::Config { log_level: rocket::config::LogLevel::Off, ..Default::default() })
                .manage(sandbox.clone())
                .mount(MOUNT, Sandbox::wire_routes());
        World { client: Client::untracked(rocket).await.unwrap(), sandbox, now }
    }

    fn later(&self, seconds: i64) {
        self.now.fetch_add(seconds * 1_000_000, Ordering::SeqCst);
    }
}

fn options(now: &Arc<AtomicI64>) -> Options {
    let now = Arc::clone(now);
    Options {
        webhook_pauses: vec![Duration::from_millis(5), Duration::from_millis(5)],
        hang: Duration::from_millis(50),
        ..Options::new(Arc::new(move || now.load(Ordering::SeqCst)))
    }
}

/// Sends, and answers the status and the body.
async fn sent(request: LocalRequest<'_>) -> (u16, String) {
    let response = request.dispatch().await;
    (response.status().code, response.into_string().await.unwrap_or_default())
}

async fn sent_json(request: LocalRequest<'_>) -> (u16, Value) {
    let (status, body) = sent(request).await;
    (status, serde_json::from_str(&body).unwrap_or_else(|_| panic!("not JSON: {body}")))
}

fn key(key: &str) -> Header<'static> {
    Header::new("x-api-key", key.to_owned())
}

fn form() -> ContentType {
    ContentType::Form
}
