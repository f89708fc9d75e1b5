//! Delivering webhooks: once by itself and twice more where the merchant does not answer 2xx, then never
//! again. The POST is plain HTTP without a client library: a merchant's portal is on this machine, and the
//! portal, which this code is compiled into, has no HTTP client on purpose.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::{Push, SimGateway, WebhookFault};

/// One attempt to deliver one webhook.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Delivery {
    /// The push it speaks of.
    pub order_id: String,
    /// Where it went.
    pub url: String,
    /// What was sent.
    pub body: String,
    /// 1 for the first, up to 3.
    pub attempt: usize,
    /// What the merchant answered; `None` where there was no answer, or the fault dropped it.
    pub status: Option<u16>,
    /// Unix microseconds.
    pub at: i64,
}

/// One webhook, ready to be sent.
#[derive(Clone)]
struct Webhook {
    order_id: String,
    url: String,
    kind: &'static str,
    body: String,
    key: Option<String>,
}

/// Webhooks under way, and those kept back by order.
#[derive(Default)]
pub(super) struct Deliveries {
    under_way: AtomicUsize,
    held: Mutex<Vec<Webhook>>,
}

const PATIENCE: Duration = Duration::from_secs(10);

impl SimGateway {
    /// Sends what was held back, last first.
    pub fn release_webhooks_reversed(&self) {
        let held = std::mem::take(&mut *self.deliveries.held.lock().unwrap_or_else(PoisonError::into_inner));
        let gateway = self.clone();
        self.deliveries.under_way.fetch_add(1, Ordering::SeqCst);
        self.in_background(async move {
            // One after the other: the order is the point of it.
            for webhook in held.into_iter().rev() {
                gateway.deliver(&webhook).await;
            }
            gateway.deliveries.under_way.fetch_sub(1, Ordering::SeqCst);
        });
    }

    /// Waits until no webhook is under way. Held ones do not count.
    pub async fn webhooks_done(&self) {
        while self.deliveries.under_way.load(Ordering::SeqCst) > 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    pub(super) fn notify(&self, push: &Push, times: u32) {
        let Some(url) = push.webhook_url.clone() else { return };
        let fault = self.faults().webhooks;
        let mut plain = json!({
            "order_id": push.order_id,
            "payment_status": "COMPLETED",
            "reference": push.reference,
            "metadata": push.metadata,
        });
        let (kind, body) = match fault {
            WebhookFault::FormEncoded => ("application/x-www-form-urlencoded", as_form(&plain)),
            WebhookFault::Nested => {
                ("application/json", json!({ "status": "success", "data": plain }).to_string())
            }
            WebhookFault::MetadataAsText => {
                plain["metadata"] = json!(plain["metadata"].to_string());
                ("application/json", plain.to_string())
            }
            WebhookFault::None
            | WebhookFault::Drop
            | WebhookFault::Duplicate(_)
            | WebhookFault::Hold
            | WebhookFault::WithoutKey
            | WebhookFault::WrongKey => ("application/json", plain.to_string()),
        };
        let key = match fault {
            WebhookFault::WithoutKey => None,
            WebhookFault::WrongKey => Some("not-the-key".to_owned()),
            WebhookFault::None
            | WebhookFault::Drop
            | WebhookFault::Duplicate(_)
            | WebhookFault::Hold
            | WebhookFault::FormEncoded
            | WebhookFault::Nested
            | WebhookFault::MetadataAsText => Some(self.options.api_key.clone()),
        };
        let webhook = Webhook { order_id: push.order_id.clone(), url, kind, body, key };
        let times = match fault {
            WebhookFault::Drop => {
                self.note(&webhook, 1, None);
                return;
            }
            WebhookFault::Hold => {
                let mut held = self.deliveries.held.lock().unwrap_or_else(PoisonError::into_inner);
                held.extend((0..times).map(|_| webhook.clone()));
                return;
            }
            WebhookFault::Duplicate(n) => n.max(times),
            WebhookFault::None
            | WebhookFault::WithoutKey
            | WebhookFault::WrongKey
            | WebhookFault::FormEncoded
            | WebhookFault::Nested
            | WebhookFault::MetadataAsText => times,
        };
        for _ in 0..times {
            let (gateway, webhook) = (self.clone(), webhook.clone());
            self.deliveries.under_way.fetch_add(1, Ordering::SeqCst);
            self.in_background(async move {
                gateway.deliver(&webhook).await;
                gateway.deliveries.under_way.fetch_sub(1, Ordering::SeqCst);
            });
        }
    }

    async fn deliver(&self, webhook: &Webhook) {
        let pauses = self.options.webhook_pauses.iter().copied().map(Some).chain([None]);
        for (attempt, pause) in (1..).zip(pauses) {
            let status = match tokio::time::timeout(PATIENCE, post(webhook)).await {
                Ok(Ok(status)) => Some(status),
                Ok(Err(_)) | Err(_) => None,
            };
            self.note(webhook, attempt, status);
            if status.is_some_and(|status| (200..300).contains(&status)) {
                return;
            }
            if let Some(pause) = pause {
                tokio::time::sleep(pause).await;
            }
        }
    }

    fn note(&self, webhook: &Webhook, attempt: usize, status: Option<u16>) {
        let delivery = Delivery {
            order_id: webhook.order_id.clone(),
            url: webhook.url.clone(),
            body: webhook.body.clone(),
            attempt,
            status,
            at: (self.options.now)(),
        };
        self.memory.change(|state| state.gateway.deliveries.push(delivery));
    }

    fn in_background(&self, work: impl Future<Output = ()> + Send + 'static) {
        match tokio::runtime::Handle::try_current() {
            Ok(runtime) => drop(runtime.spawn(work)),
            // Without a runtime it is not delivered, like webhooks that are lost.
            Err(_) => drop(self.deliveries.under_way.fetch_sub(1, Ordering::SeqCst)),
        }
    }
}

fn as_form(webhook: &Value) -> String {
    let encoded = |value: &Value| {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        rocket::http::RawStr::new(&text).percent_encode().into_owned()
    };
    let pairs = webhook.as_object().into_iter().flatten();
    let pairs: Vec<String> = pairs.map(|(name, value)| format!("{name}={}", encoded(value))).collect();
    pairs.join("&")
}

/// One HTTP/1.1 POST on a connection of its own; answers the status.
async fn post(webhook: &Webhook) -> std::io::Result<u16> {
    let other = |why: &str| std::io::Error::other(why.to_owned());
    let rest = webhook
        .url
        .strip_prefix("http://")
        .ok_or_else(|| other("the sandbox delivers over plain http only"))?;
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let path = if path.is_empty() { "/" } else { path };
    let address = if host.contains(':') { host.to_owned() } else { format!("{host}:80") };
    let key = webhook.key.as_ref().map(|key| format!("x-api-key: {key}\r\n")).unwrap_or_default();
    let request = format!(
        "POST {path} HTTP/1.1\r\nhost: {host}\r\nuser-agent: zenopay-sandbox\r\ncontent-type: {}\r\n{key}\
         content-length: {}\r\nconnection: close\r\n\r\n{}",
        webhook.kind,
        webhook.body.len(),
        webhook.body
    );
    let mut stream = TcpStream::connect(address).await?;
    stream.write_all(request.as_bytes()).await?;
    let mut answer = Vec::new();
    stream.take(64 * 1024).read_to_end(&mut answer).await?;
    let head = String::from_utf8_lossy(answer.get(..12).unwrap_or(&answer)).into_owned();
    head.strip_prefix("HTTP/1.1 ")
        .and_then(|code| code.parse().ok())
        .ok_or_else(|| other("not an HTTP answer"))
}
