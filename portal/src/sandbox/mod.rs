//! Simulated providers: a ZenoPay, a Webuzo and a mail server that the real clients talk to over HTTP and
//! SMTP, and pages that stand for the customer's phone. The tests start the same simulators, inject faults,
//! and read their journals.
//!
//! The simulators know nothing of orders, services or the database. They have their own tables of prefixes
//! and plans on purpose, so that a mistake in the portal's tables is not repeated by the simulator that
//! should find it.

pub mod gateway;
mod loopback_only;
pub mod mailbox;
mod memory;
mod pages;
pub mod panel;
pub mod smtp;
mod start;
mod wire;

#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rocket::config::{self, LogLevel};
use rocket::fairing::AdHoc;
use rocket::{Config, Route, Shutdown};
use serde::{Deserialize, Serialize};
use tokio::sync::oneshot;

use gateway::GatewayState;
use mailbox::MailState;
use panel::PanelState;

pub use gateway::SimGateway;
pub use loopback_only::LoopbackOnly;
pub use mailbox::Mailbox;
pub use panel::SimPanel;

/// What the simulated providers know, in the state file.
type Memory = memory::Memory<State>;

/// All the providers' facts.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct State {
    gateway: GatewayState,
    panel: PanelState,
    mail: MailState,
    last_number: i64,
}

impl State {
    /// A number that is not given twice, also not after the file was lost: it grows with the clock, and by
    /// one where the clock stands still.
    fn number(&mut self, now: i64) -> i64 {
        self.last_number = now.max(self.last_number + 1);
        self.last_number
    }
}

/// Where the wire routes and the pages are mounted.
pub const MOUNT: &str = "/sandbox";

/// Returns the time in unix microseconds.
pub type Clock = Arc<dyn Fn() -> i64 + Send + Sync>;

/// Called with the provider's name at the start of each wire request. A test puts "no transaction is open"
/// here.
pub type OnCall = Arc<dyn Fn(&str) + Send + Sync>;

/// Who may call the simulators, and how they keep time.
#[derive(Clone)]
pub struct Options {
    /// What ZenoPay expects in `x-api-key`, and sends with its webhooks.
    pub api_key: String,
    /// Webuzo's admin, for basic authentication.
    pub admin_user: String,
    /// The admin's password.
    pub admin_pass: String,
    /// Webuzo's `apikey`; `apiuser` is `admin_user`.
    pub panel_key: String,
    /// The name on the phone's prompt.
    pub merchant: String,
    /// Origin of sign-on links. None: the host the panel was called by, so that the caller's host check
    /// agrees.
    pub public_url: Option<String>,
    /// The time. It is handed in, so that tests can move it.
    pub now: Clock,
    /// How long the prompt stays on the phone.
    pub push_life: Duration,
    /// When the gateway gives up on an unanswered push: `PENDING` becomes `FAILED`.
    pub push_fails_after: Duration,
    /// Pauses between the attempts to deliver one webhook; one attempt more than there are pauses.
    pub webhook_pauses: Vec<Duration>,
    /// How long creating an account takes on the panel.
    pub create_takes: Duration,
    /// How long a call that "times out" is left without an answer. Longer than any client's patience.
    pub hang: Duration,
    /// See [`OnCall`].
    pub on_call: Option<OnCall>,
}

impl Options {
    /// Simulators that answer at once, for tests: key, user and password are all `sandbox`.
    pub fn new(now: Clock) -> Options {
        Options {
            api_key: "sandbox".into(),
            admin_user: "sandbox".into(),
            admin_pass: "sandbox".into(),
            panel_key: "sandbox".into(),
            merchant: "HOLLYN ONLINE".into(),
            public_url: None,
            now,
            push_life: Duration::from_secs(120),
            push_fails_after: Duration::from_secs(300),
            webhook_pauses: vec![Duration::from_millis(200), Duration::from_millis(800)],
            create_takes: Duration::ZERO,
            hang: Duration::from_secs(100),
            on_call: None,
        }
    }

    /// The same at a person's pace, so that the live set-up can be watched.
    pub fn demo(now: Clock) -> Options {
        Options { create_takes: Duration::from_millis(1500), ..Options::new(now) }
    }

    fn called(&self, provider: &str) {
        if let Some(on_call) = &self.on_call {
            on_call(provider);
        }
    }
}

/// Everything the simulated providers know. Clones share it.
#[derive(Clone)]
pub struct Sandbox {
    /// ZenoPay, and the phones behind it.
    pub gateway: SimGateway,
    /// Webuzo.
    pub panel: SimPanel,
    /// Every mail that was handed to the receiver.
    pub mailbox: Mailbox,
}

impl Sandbox {
    /// Opens the sandbox. With a `file`, what the providers know is read from it and written back after each
    /// change (temporary file, then rename), so that it outlives the process; without one it stays in memory.
    /// Faults are never kept. Fails if the file is there and cannot be read or understood.
    pub fn open(file: Option<PathBuf>, options: Options) -> io::Result<Sandbox> {
        let memory = Arc::new(Memory::open(file)?);
        let options = Arc::new(options);
        Ok(Sandbox {
            gateway: SimGateway::new(Arc::clone(&memory), Arc::clone(&options)),
            panel: SimPanel::new(Arc::clone(&memory), Arc::clone(&options)),
            mailbox: Mailbox::new(memory, options),
        })
    }

    /// The providers' own routes, to be mounted under [`MOUNT`]: ZenoPay, Webuzo's admin and end-user ports.
    pub fn wire_routes() -> Vec<Route> {
        let mut routes = gateway::wire_routes();
        routes.append(&mut panel::wire_routes());
        routes
    }

    /// The pages for people, to be mounted under [`MOUNT`] in a Rocket that has the portal's templates.
    pub fn page_routes() -> Vec<Route> {
        pages::routes()
    }
}

/// Starts the providers alone, on a free port of the loopback: the base URLs are
/// `http://{address}/sandbox/zenopay`, `…/sandbox/webuzo/admin` and `…/sandbox/webuzo/enduser`.
/// They stop when the handle is notified.
pub async fn serve_wire(sandbox: Sandbox) -> io::Result<(SocketAddr, Shutdown)> {
    let config = Config {
        address: Ipv4Addr::LOCALHOST.into(),
        port: 0,
        log_level: LogLevel::Off,
        // Ctrl-C is handled by the program that started the providers.
        shutdown: config::Shutdown {
            ctrlc: false,
            signals: HashSet::new(),
            grace: 0,
            mercy: 0,
            ..Default::default()
        },
        ..Config::debug_default()
    };
    let (sender, receiver) = oneshot::channel();
    let sender = Mutex::new(Some(sender));
    let rocket = rocket::custom(config)
        .manage(sandbox)
        .mount(MOUNT, Sandbox::wire_routes())
        .attach(AdHoc::on_liftoff("address", move |rocket| {
            let address = SocketAddr::new(rocket.config().address, rocket.config().port);
            if let Some(sender) = sender.lock().unwrap_or_else(PoisonError::into_inner).take() {
                // The caller may have gone away; then the address is not needed.
                sender.send(address).ok();
            }
            Box::pin(async {})
        }))
        .ignite()
        .await
        // Rocket's error panics when it is dropped unread, so its text is taken.
        .map_err(|error| io::Error::other(error.to_string()))?;
    let shutdown = rocket.shutdown();
    let server = tokio::spawn(async move { rocket.launch().await.err().map(|error| error.to_string()) });
    tokio::select! {
        Ok(address) = receiver => Ok((address, shutdown)),
        ended = server => Err(io::Error::other(match ended {
            Ok(Some(error)) => error,
            Ok(None) => "the sandbox's server ended before it listened".into(),
            Err(error) => error.to_string(),
        })),
    }
}
