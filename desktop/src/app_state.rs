//! The parts of the running app and their dependencies. Independent of the window.
use std::{path::Path, sync::Arc, time::Duration};

use hollyn_core::api::Staff;
use serde::Serialize;
use tokio::sync::OnceCell;

use crate::{
    app_lock::AppLock,
    auth::Auth,
    cache::AnswerCache,
    clipboard::{Clipboard, ClipboardBackend},
    clock::Clock,
    events::{Emit, Event},
    export::Exporter,
    feed::Feed,
    idle::IdleTimer,
    keyring::{Keyring, KeyringStatus},
    offline_credentials::OfflineCredentials,
    offline_store::OfflineStore,
    passwords::Passwords,
    pending_removals::PendingRemovals,
    portal_links::PortalLinks,
    profile::Profile,
    profiles::Profiles,
    rpc::Rpc,
    secret_store::SecretStore,
    session::{CurrentSession, SessionResources},
    settings::Settings,
    settings_store::SettingsStore,
};

/// The parts of the app.
pub struct AppState {
    pub settings: Arc<SettingsStore>,
    pub keyring: Arc<Keyring>,
    pub clipboard: Arc<Clipboard>,
    pub idle: Arc<IdleTimer>,
    pub session: Arc<CurrentSession>,
    pub offline_store: Arc<OfflineStore>,
    pub auth: Arc<Auth>,
    pub profiles: Profiles,
    pub lock: AppLock,
    pub rpc: Rpc,
    pub feed: Feed,
    pub passwords: Passwords,
    pub offline_credentials: OfflineCredentials,
    pub portal_links: PortalLinks,
    pub exporter: Exporter,
}

/// What the page needs at its start.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct AppSnapshot {
    profiles: Vec<Profile>,
    /// The id of the active profile.
    active: Option<String>,
    signed_in: Option<Staff>,
    locked: bool,
    /// Whether the token outlives the app.
    keyring: KeyringStatus,
    company: Option<String>,
    portal_version: Option<String>,
    app_version: &'static str,
    settings: Settings,
}

impl AppState {
    /// `folder` holds the settings file; `emit` receives the events for the page.
    pub fn new(
        folder: &Path,
        secret_store: impl SecretStore,
        clipboard: impl ClipboardBackend,
        http: reqwest::Client,
        clock: Clock,
        emit: impl Fn(Event) + Send + Sync + 'static,
    ) -> AppState {
        let emit: Emit = Arc::new(emit);
        let settings = Arc::new(SettingsStore::open(folder));
        let keyring = Arc::new(Keyring::new(secret_store));
        let clipboard = Arc::new(Clipboard::new(clipboard));
        let cache = Arc::new(AnswerCache::default());
        let idle = Arc::new(IdleTimer::new(clock));
        let pending_removals = Arc::new(PendingRemovals::new(settings.clone()));
        let offline_store =
            Arc::new(OfflineStore { settings: settings.clone(), keyring: keyring.clone(), clock });
        let session = Arc::new(CurrentSession::new(SessionResources {
            settings: settings.clone(),
            keyring: keyring.clone(),
            clipboard: clipboard.clone(),
            cache: cache.clone(),
            offline: offline_store.clone(),
            idle: idle.clone(),
            emit: emit.clone(),
        }));
        let auth = Arc::new(Auth {
            http,
            session: session.clone(),
            settings: settings.clone(),
            keyring: keyring.clone(),
            pending_removals: pending_removals.clone(),
            restored: OnceCell::new(),
        });
        AppState {
            profiles: Profiles {
                auth: auth.clone(),
                session: session.clone(),
                settings: settings.clone(),
                keyring: keyring.clone(),
                offline: offline_store.clone(),
                pending_removals: pending_removals.clone(),
            },
            lock: AppLock {
                session: session.clone(),
                settings: settings.clone(),
                clipboard: clipboard.clone(),
                idle: idle.clone(),
                emit: emit.clone(),
            },
            rpc: Rpc { session: session.clone(), cache, clock },
            feed: Feed {
                session: session.clone(),
                settings: settings.clone(),
                pending_removals: pending_removals.clone(),
                emit,
            },
            passwords: Passwords {
                session: session.clone(),
                offline: offline_store.clone(),
                clipboard: clipboard.clone(),
                settings: settings.clone(),
                idle: idle.clone(),
            },
            offline_credentials: OfflineCredentials {
                session: session.clone(),
                store: offline_store.clone(),
                pending_removals,
                keyring: keyring.clone(),
                idle: idle.clone(),
                clock,
            },
            portal_links: PortalLinks { session: session.clone(), settings: settings.clone() },
            exporter: Exporter { session: session.clone() },
            settings,
            keyring,
            clipboard,
            idle,
            session,
            offline_store,
            auth,
        }
    }

    /// Returns what the page needs at its start.
    pub fn snapshot(&self) -> AppSnapshot {
        let about = self.session.about();
        let session = self.session.get();
        let state = self.settings.state();
        let name = || state.active().map(|profile| profile.name.clone());
        AppSnapshot {
            profiles: state.profiles.clone(),
            active: state.active.clone(),
            locked: session.is_some() && state.is_locked,
            signed_in: session.map(|session| session.staff),
            keyring: self.keyring.status(),
            company: about.as_ref().map(|about| about.company.clone()).or_else(name),
            portal_version: about.map(|about| about.version),
            app_version: env!("CARGO_PKG_VERSION"),
            settings: state.settings.clone(),
        }
    }

    /// Every few seconds: locks the app if it is idle and removes stale offline credentials. Does not return.
    pub async fn watch_clock(&self) {
        loop {
            tokio::time::sleep(Duration::from_secs(5)).await;
            self.lock.lock_if_idle().await;
            self.offline_store.remove_stale().await;
        }
    }
}

/// Builds the app's HTTP client. It follows no redirects, because every request carries a token.
pub fn http_client() -> Result<reqwest::Client, reqwest::Error> {
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(Duration::from_secs(10))
        .read_timeout(Duration::from_secs(30))
        .user_agent(concat!("hollyn-desktop/", env!("CARGO_PKG_VERSION")))
        .build()
}
