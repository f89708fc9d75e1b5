//! Webuzo: accounts on one server, with an admin port and an end-user port. It decides by its own rules about
//! names, passwords, domains and plans, and keeps a journal of every call with the passwords masked.

mod accounts;
mod faults;
mod rules;
mod wire;

use std::collections::BTreeMap;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{Memory, Options};

pub use faults::PanelFault;
pub use rules::PLANS;
pub(super) use wire::routes as wire_routes;

use faults::Faults;

/// One hosting account on the server.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Account {
    /// Its name on the system.
    pub user: String,
    /// In clear: this is a simulator, and tests ask whether a stored password opens the account.
    pub password: String,
    /// The primary domain; empty until `act=add_domain` where the account came by `act=adduser`.
    pub domain: String,
    /// Whom the panel writes to.
    pub email: String,
    /// The plan's slug.
    pub plan: String,
    /// Suspended accounts keep everything and answer nothing.
    pub suspended: bool,
    /// Unix microseconds.
    pub created_at: i64,
    /// More domains.
    pub addon_domains: Vec<String>,
}

/// What a call to the panel is about. `act=users` alone is four of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PanelCall {
    /// `act=add_user` with `create_user`, or `act=adduser`.
    Create,
    /// `act=add_user` with `edit_user`.
    Edit,
    /// `act=users`.
    Look,
    /// `act=users` with `suspend`.
    Suspend,
    /// `act=users` with `unsuspend`.
    Resume,
    /// `act=users` with `delete_user`.
    Delete,
    /// `act=plans`.
    Plans,
    /// `act=add_domain`, or `act=domainadd` on the end-user port.
    AddDomain,
    /// `act=sso` on the end-user port.
    SignOn,
    /// Anything else.
    Unknown,
}

/// One call, as the panel's own log has it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct JournalEntry {
    /// What it asked for.
    pub call: PanelCall,
    /// Whom it was about.
    pub user: String,
    /// Its fields, passwords and keys masked.
    pub fields: BTreeMap<String, String>,
    /// Whether the panel did (or read) what was asked. False for refusals and for faults before acting.
    pub acted: bool,
    /// Unix microseconds.
    pub at: i64,
}

/// What the panel keeps.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct PanelState {
    accounts: BTreeMap<String, Account>,
    tickets: BTreeMap<String, String>,
    journal: Vec<JournalEntry>,
}

/// The simulated Webuzo. Clones share it.
#[derive(Clone)]
pub struct SimPanel {
    memory: Arc<Memory>,
    options: Arc<Options>,
    faults: Arc<Mutex<Faults>>,
    away: Arc<AtomicBool>,
}

impl SimPanel {
    pub(super) fn new(memory: Arc<Memory>, options: Arc<Options>) -> SimPanel {
        let faults = Faults::new(options.hang, options.create_takes);
        SimPanel { memory, options, faults: Arc::new(Mutex::new(faults)), away: Arc::default() }
    }

    /// Every account, by name.
    pub fn accounts(&self) -> Vec<Account> {
        self.memory.read(|state| state.panel.accounts.values().cloned().collect())
    }

    /// One account.
    pub fn account(&self, user: &str) -> Option<Account> {
        self.memory.read(|state| state.panel.accounts.get(user).cloned())
    }

    /// Whether this password opens this account.
    pub fn logins(&self, user: &str, password: &str) -> bool {
        self.account(user).is_some_and(|account| !account.suspended && account.password == password)
    }

    /// Every call so far, oldest first.
    pub fn journal(&self) -> Vec<JournalEntry> {
        self.memory.read(|state| state.panel.journal.clone())
    }

    /// How often a call was made.
    pub fn calls(&self, call: PanelCall) -> usize {
        self.memory.read(|state| state.panel.journal.iter().filter(|entry| entry.call == call).count())
    }

    /// Adds an account that the portal did not create.
    pub fn own(&self, user: &str, domain: &str, email: &str) {
        let account = Account {
            user: user.to_owned(),
            password: self.secret(),
            domain: domain.to_owned(),
            email: email.to_owned(),
            plan: PLANS[0].0.to_owned(),
            suspended: false,
            created_at: (self.options.now)(),
            addon_domains: Vec::new(),
        };
        self.memory.change(|state| state.panel.accounts.insert(user.to_owned(), account));
    }

    /// Removes an account without a call of the API.
    pub fn lose(&self, user: &str) -> bool {
        self.memory.change(|state| state.panel.accounts.remove(user).is_some())
    }

    /// Uses up a sign-on ticket: who is signed in by it. A ticket opens once.
    pub fn redeem(&self, ticket: &str) -> Option<Account> {
        self.memory.change(|state| {
            let user = state.panel.tickets.remove(ticket)?;
            state.panel.accounts.get(&user).cloned()
        })
    }

    /// The next call of any kind goes wrong like this. Faults queue up, one call each.
    pub fn next(&self, fault: PanelFault) {
        self.faults().queue.push_back((None, fault));
    }

    /// The next call of this kind goes wrong like this.
    pub fn next_on(&self, call: PanelCall, fault: PanelFault) {
        self.faults().queue.push_back((Some(call), fault));
    }

    /// The whole provider gone (every call answers 503 and nothing is done), or back.
    pub fn away(&self, away: bool) {
        self.away.store(away, Ordering::SeqCst);
    }

    /// How long creating an account takes from now on.
    pub fn create_takes(&self, time: Duration) {
        self.faults().create_takes = time;
    }

    /// How long calls that time out are left hanging.
    pub fn hang_for(&self, time: Duration) {
        self.faults().hang = time;
    }

    /// Forgets every fault that was ordered, and comes back.
    pub fn behave(&self) {
        self.faults().queue.clear();
        self.away(false);
    }

    fn is_away(&self) -> bool {
        self.away.load(Ordering::SeqCst)
    }

    fn faults(&self) -> MutexGuard<'_, Faults> {
        self.faults.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// 128 random bits: the keys that the standard library seeds its hashers with come from the
    /// operating system, which is enough for a simulator and needs no crate.
    fn secret(&self) -> String {
        format!(
            "{:016x}{:016x}",
            RandomState::new().build_hasher().finish(),
            RandomState::new().build_hasher().finish()
        )
    }
}
