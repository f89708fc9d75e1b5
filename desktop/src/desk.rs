//! What the app holds while it runs. It knows no window: whoever wants to hear what happens hands an ear in.
use std::{
    path::Path,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use hollyn_core::{
    api::{self, About, Client, ClientError, Staff},
    domain::time::Moment,
};
use serde_json::Value;
use tokio::sync::OnceCell;

use crate::{
    cache::Cache,
    clipboard::{Board, Clipboard},
    held,
    keyring::{Condition, Vault},
    links::Opened,
    lock::Idle,
    settings::Book,
    trouble::{Kind, Trouble},
};

/// What the page hears without having asked.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// Something changed at the portal, or it answers again.
    Changes(Value),
    Locked,
    /// The token is worth nothing any more.
    SignedOut,
    Open(Opened),
}

/// Somebody who is signed in. The token is in the client and in the keyring, and nowhere else.
#[derive(Clone)]
pub struct SignedIn {
    pub profile: String,
    pub client: Client,
    pub staff: Staff,
    /// Tells one sign-in from the next: an answer that comes late ends only its own.
    pub turn: u64,
}

/// The app without its window.
pub struct Desk {
    pub book: Book,
    pub vault: Arc<dyn Vault>,
    pub clipboard: Arc<Clipboard>,
    pub idle: Idle,
    pub cache: Mutex<Cache>,
    pub(crate) http: reqwest::Client,
    pub(crate) signed_in: Mutex<Option<SignedIn>>,
    pub(crate) about: Mutex<Option<About>>,
    pub(crate) keyring: Mutex<Condition>,
    pub(crate) restored: OnceCell<()>,
    /// Whoever tells the portal what is not kept any more.
    pub(crate) telling: tokio::sync::Mutex<()>,
    turns: AtomicU64,
    clock: fn() -> Moment,
    ear: Box<dyn Fn(Event) + Send + Sync>,
}

impl Desk {
    pub fn new(
        folder: &Path,
        vault: impl Vault,
        board: impl Board,
        http: reqwest::Client,
        clock: fn() -> Moment,
        ear: impl Fn(Event) + Send + Sync + 'static,
    ) -> Desk {
        Desk {
            book: Book::open(folder),
            vault: Arc::new(vault),
            clipboard: Arc::new(Clipboard::new(board)),
            idle: Idle::since(clock()),
            cache: Mutex::default(),
            http,
            signed_in: Mutex::default(),
            about: Mutex::default(),
            keyring: Mutex::new(Condition::Ok),
            restored: OnceCell::new(),
            telling: tokio::sync::Mutex::default(),
            turns: AtomicU64::new(1),
            clock,
            ear: Box::new(ear),
        }
    }

    pub fn now(&self) -> Moment {
        (self.clock)()
    }

    pub fn tell(&self, event: Event) {
        (self.ear)(event);
    }

    /// Somebody has a hand on the app.
    pub fn touch(&self) {
        self.idle.touch(self.now());
    }

    pub fn signed_in(&self) -> Option<SignedIn> {
        held(&self.signed_in).clone()
    }

    pub fn is_locked(&self) -> bool {
        self.book.kept().is_locked
    }

    /// Whoever is signed in at an app that is not locked: what every act begins with.
    pub fn at_work(&self) -> Result<SignedIn, Trouble> {
        let signed_in = self.signed_in().ok_or_else(Trouble::signed_out)?;
        if self.is_locked() {
            return Err(Trouble::locked());
        }
        match held(&self.about).as_ref().map(|about| about.api) {
            Some(theirs) if theirs != api::VERSION => Err(Trouble::version(theirs)),
            Some(_) | None => Ok(signed_in),
        }
    }

    pub(crate) fn next_turn(&self) -> u64 {
        self.turns.fetch_add(1, Ordering::Relaxed)
    }

    /// Takes a copied secret off the clipboard, away from the main thread, as the clipboard wants it.
    pub async fn clear_clipboard(&self) {
        let clipboard = Arc::clone(&self.clipboard);
        let _ = tokio::task::spawn_blocking(move || clipboard.clear(None)).await;
    }

    /// The portal's no, as the page is told. A token that is worth nothing is put away on the way.
    pub async fn failed(&self, by: &SignedIn, error: ClientError) -> Trouble {
        let trouble = Trouble::from(error);
        if trouble.kind == Kind::SignedOut {
            self.token_ended(by).await;
        }
        trouble
    }
}

/// One client for all: it follows no redirect, because a token goes with every request, and gives up on silence.
pub fn http() -> Result<reqwest::Client, reqwest::Error> {
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(Duration::from_secs(10))
        .read_timeout(Duration::from_secs(30))
        .user_agent(concat!("hollyn-desktop/", env!("CARGO_PKG_VERSION")))
        .build()
}
