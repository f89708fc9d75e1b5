//! A customer who wants the hosting and is not put off by a site that falls over: reloads, presses again,
//! answers the phone. Pays once, like a sensible person.
use hollyn_core::domain::ids::OrderUuid;
use hollyn_portal::sandbox::{
    Sandbox,
    gateway::{Push, PushState},
};
use hollyn_tests::{Answer, Browser, Buyer};
use serde_json::Value;
use std::time::Duration;

/// How long a customer waits between two looks.
const PATIENCE: Duration = Duration::from_millis(350);

pub struct Customer {
    browser: Browser,
    buyer: Buyer,
    sim: Sandbox,
    /// Presses "send again" also after having paid, while the page does not know of it yet.
    is_anxious: bool,
}

impl Customer {
    pub fn new(url: &str, buyer: Buyer, sim: Sandbox, is_anxious: bool) -> Customer {
        Customer { browser: Browser::new(url), buyer, sim, is_anxious }
    }

    /// Goes on until the order is active.
    pub async fn buys(self) {
        let order = self.orders().await;
        // What the page in front of the customer says of the last push; 0 before the first.
        let mut known_attempt = 0;
        let mut press = true;
        loop {
            if press {
                // Without an answer the page stays as it was, and the same form is sent again.
                press = self.presses(order, known_attempt).await.is_none();
            } else if let Some(seen) = self.looks(order).await {
                known_attempt = seen["payment"]["attempt"].as_i64().unwrap_or(0);
                match seen["status"].as_str() {
                    Some("active") => return,
                    Some("pending") => press = self.wants_a_push(),
                    _ => {}
                }
            }
            self.answers_the_phone();
            tokio::time::sleep(PATIENCE).await;
        }
    }

    /// Sends the form until it leads to an order.
    async fn orders(&self) -> OrderUuid {
        loop {
            let form = self.buyer.fields();
            if let Some(answer) = self.post("/checkout", &form).await {
                assert_eq!(answer.status, 303, "the order form answered: {}", answer.body);
                let uuid = answer.location.strip_prefix("/pay/").and_then(OrderUuid::parse);
                return uuid.unwrap_or_else(|| panic!("the order form led to {}", answer.location));
            }
            tokio::time::sleep(PATIENCE).await;
        }
    }

    async fn presses(&self, order: OrderUuid, known_attempt: i64) -> Option<Answer> {
        let form = [("action", "send".to_owned()), ("attempt", known_attempt.to_string())];
        let answer = self.post(&format!("/pay/{order}"), &form).await?;
        // 303: sent, or nothing to send. 409: the last one can still be answered. 429: too many for this
        // phone.
        assert!(
            matches!(answer.status, 303 | 409 | 429),
            "the button answered {}: {}",
            answer.status,
            answer.body
        );
        Some(answer)
    }

    async fn looks(&self, order: OrderUuid) -> Option<Value> {
        let answer = send(self.browser.http().get(self.browser.url(&format!("/pay/{order}/status")))).await?;
        assert_eq!(answer.status, 200, "the order's state: {}", answer.body);
        Some(answer.json())
    }

    fn wants_a_push(&self) -> bool {
        let mine = self.prompts();
        let has_paid = mine.iter().any(|push| matches!(push.state, PushState::Completed(_)));
        let sees_one = mine.iter().any(|push| push.state == PushState::Waiting);
        !sees_one && (self.is_anxious || !has_paid)
    }

    fn prompts(&self) -> Vec<Push> {
        self.sim.gateway.pushes().into_iter().filter(|push| push.phone == self.buyer.phone).collect()
    }

    /// Enters the PIN, once in all; a further prompt is refused.
    fn answers_the_phone(&self) {
        let mine = self.prompts();
        let mut has_paid = mine.iter().any(|push| matches!(push.state, PushState::Completed(_)));
        for prompt in mine.iter().filter(|push| push.state == PushState::Waiting) {
            if has_paid {
                self.sim.gateway.refuse(&prompt.order_id);
            } else {
                has_paid = self.sim.gateway.approve(&prompt.order_id);
            }
        }
    }

    async fn post(&self, path: &str, form: &[(&str, String)]) -> Option<Answer> {
        let request = self.browser.http().post(self.browser.url(path));
        send(request.header("sec-fetch-site", "same-origin").form(form)).await
    }
}

/// The answer; None where there is none, or it breaks off.
async fn send(request: reqwest::RequestBuilder) -> Option<Answer> {
    let response = request.send().await.ok()?;
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let location = headers.get("location").and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
    Some(Answer { status, location, body: response.text().await.ok()?, headers })
}
