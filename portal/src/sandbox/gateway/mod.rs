//! ZenoPay, and the phones behind it: pushes that wait for an answer, what became of them, the money that
//! really moved. A push is `PENDING` until it is answered on the phone; one without an answer fails after
//! [`Options::push_fails_after`](super::Options), as the operators' do.

mod actions;
mod faults;
mod webhook;
mod wire;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Memory, Options};

pub use actions::PhoneAction;
pub use faults::{CreateFault, StatusFault, WebhookFault};
pub use webhook::Delivery;
pub(super) use wire::routes as wire_routes;

use faults::Faults;
use webhook::Deliveries;

/// One push, as the gateway keeps it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Push {
    /// The merchant's id of it.
    pub order_id: String,
    /// `07…` or `06…`, as it came.
    pub phone: String,
    /// Whole shillings asked for.
    pub amount: i64,
    /// Who buys, as it came.
    pub buyer_name: String,
    /// As it came.
    pub buyer_email: String,
    /// Where the webhook goes; without it there is none.
    pub webhook_url: Option<String>,
    /// Comes back in the webhook.
    pub metadata: Value,
    /// When it was accepted, unix microseconds.
    pub at: i64,
    /// The gateway's number of it, from the start.
    pub reference: String,
    /// How it stands.
    pub state: PushState,
    /// Money that will arrive after the prompt is gone.
    late: Option<Late>,
}

/// How a push stands with the gateway.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PushState {
    /// The prompt is on the phone.
    Waiting,
    /// The prompt is gone unanswered; the gateway does not know yet, and says `PENDING`.
    Ignored,
    /// The PIN was entered.
    Completed(Charge),
    /// Refused on the phone.
    Cancelled,
    /// Given up by the gateway, or by the operator.
    Failed,
}

/// Money that moved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Charge {
    /// The push it paid.
    pub order_id: String,
    /// Whole shillings that left the phone.
    pub amount: i64,
    /// The operator's reference, unique for ever.
    pub transid: String,
    /// Unix microseconds.
    pub at: i64,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Late {
    due: i64,
    amount: i64,
}

impl Push {
    /// The gateway's word for the state.
    pub fn status(&self) -> &'static str {
        match self.state {
            PushState::Waiting | PushState::Ignored => "PENDING",
            PushState::Completed(_) => "COMPLETED",
            PushState::Cancelled => "CANCELLED",
            PushState::Failed => "FAILED",
        }
    }

    /// Whether the gateway still does not know how it ends.
    pub fn is_open(&self) -> bool {
        match self.state {
            PushState::Waiting | PushState::Ignored => true,
            PushState::Completed(_) | PushState::Cancelled | PushState::Failed => false,
        }
    }

    /// Whether money is on its way although the prompt is gone.
    pub fn pays_late(&self) -> bool {
        self.late.is_some()
    }

    /// The network's name on the prompt. `None` for unknown prefixes.
    pub fn network(&self) -> Option<&'static str> {
        network(&self.phone).map(|(name, _)| name)
    }

    fn channel(&self) -> &'static str {
        network(&self.phone).map_or("UNKNOWN", |(_, channel)| channel)
    }

    /// What a person would call the order: the number in the metadata, else the merchant's id of the push.
    pub fn order_label(&self) -> &str {
        self.metadata.get("number").and_then(Value::as_str).unwrap_or(&self.order_id)
    }

    fn merchant_order(&self) -> Option<&str> {
        self.metadata.get("order").and_then(Value::as_str)
    }
}

/// The operators' prefixes as the gateway knows them. T-PESA's channel is a guess: the documentation names
/// four.
fn network(phone: &str) -> Option<(&'static str, &'static str)> {
    match phone.get(..3)? {
        "061" | "062" | "063" => Some(("HALOPESA", "HALOPESATZ")),
        "065" | "067" | "070" | "071" | "077" => Some(("MIXX BY YAS", "TIGOPESATZ")),
        "066" | "068" | "069" | "078" => Some(("AIRTEL MONEY", "AIRTELMONEY")),
        "072" | "074" | "075" | "076" | "079" => Some(("M-PESA", "MPESA-TZ")),
        "073" => Some(("T-PESA", "TPESATZ")),
        _ => None,
    }
}

/// What the gateway keeps.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct GatewayState {
    pushes: Vec<Push>,
    charges: Vec<Charge>,
    create_calls: u64,
    status_queries: u64,
    deliveries: Vec<Delivery>,
}

/// The simulated ZenoPay. Clones share it.
#[derive(Clone)]
pub struct SimGateway {
    memory: Arc<Memory>,
    options: Arc<Options>,
    faults: Arc<Mutex<Faults>>,
    deliveries: Arc<Deliveries>,
    away: Arc<AtomicBool>,
}

impl SimGateway {
    pub(super) fn new(memory: Arc<Memory>, options: Arc<Options>) -> SimGateway {
        let faults = Faults::new(options.hang);
        SimGateway {
            memory,
            options,
            faults: Arc::new(Mutex::new(faults)),
            deliveries: Arc::default(),
            away: Arc::default(),
        }
    }

    /// Every push that was accepted, oldest first.
    pub fn pushes(&self) -> Vec<Push> {
        self.memory.read(|state| state.gateway.pushes.clone())
    }

    /// The name on the prompt.
    pub fn merchant(&self) -> &str {
        &self.options.merchant
    }

    /// One push.
    pub fn push(&self, order_id: &str) -> Option<Push> {
        self.memory.read(|state| state.gateway.find(order_id).cloned())
    }

    /// All money that moved, oldest first.
    pub fn charges(&self) -> Vec<Charge> {
        self.memory.read(|state| state.gateway.charges.clone())
    }

    /// How often create was called, accepted or not.
    pub fn create_calls(&self) -> u64 {
        self.memory.read(|state| state.gateway.create_calls)
    }

    /// How often status was asked, answered or not.
    pub fn status_queries(&self) -> u64 {
        self.memory.read(|state| state.gateway.status_queries)
    }

    /// Every attempt to deliver a webhook, oldest first.
    pub fn deliveries(&self) -> Vec<Delivery> {
        self.memory.read(|state| state.gateway.deliveries.clone())
    }

    /// The whole provider gone (every call answers 503 and nothing is done or counted), or back.
    pub fn away(&self, away: bool) {
        self.away.store(away, Ordering::SeqCst);
    }

    /// The next create goes wrong like this. Faults queue up, one call each.
    pub fn next_create(&self, fault: CreateFault) {
        self.faults().creates.push_back(fault);
    }

    /// The next status query goes wrong like this. Faults queue up, one call each.
    pub fn next_status(&self, fault: StatusFault) {
        self.faults().statuses.push_back(fault);
    }

    /// Webhooks go wrong like this until this is called again.
    pub fn webhooks(&self, fault: WebhookFault) {
        self.faults().webhooks = fault;
    }

    /// How long calls that time out are left hanging.
    pub fn hang_for(&self, time: Duration) {
        self.faults().hang = time;
    }

    /// Forgets every fault that was ordered, and comes back.
    pub fn behave(&self) {
        let hang = self.faults().hang;
        *self.faults() = Faults::new(hang);
        self.away(false);
    }

    /// The time as the phones show it.
    pub(super) fn now(&self) -> i64 {
        (self.options.now)()
    }

    fn is_away(&self) -> bool {
        self.away.load(Ordering::SeqCst)
    }

    fn faults(&self) -> MutexGuard<'_, Faults> {
        self.faults.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl GatewayState {
    fn find(&self, order_id: &str) -> Option<&Push> {
        self.pushes.iter().find(|push| push.order_id == order_id)
    }

    fn find_mut(&mut self, order_id: &str) -> Option<&mut Push> {
        self.pushes.iter_mut().find(|push| push.order_id == order_id)
    }
}
