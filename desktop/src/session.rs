//! The session of the active portal: who is signed in, and the checks before every request.
use std::sync::{
    Arc, Mutex,
    atomic::{AtomicU64, Ordering},
};

use hollyn_core::api::{self, About, Client, ClientError, Staff};

use crate::{
    cache::AnswerCache,
    clipboard::Clipboard,
    error::{AppError, ErrorKind},
    events::{Emit, Event},
    idle::IdleTimer,
    keyring::Keyring,
    offline_store::OfflineStore,
    settings_store::SettingsStore,
    sync::lock,
};

/// A session. Its token is in the client and in the keyring, and in no other place.
#[derive(Clone)]
pub struct Session {
    /// The id of the profile.
    pub profile: String,
    pub client: Client,
    pub staff: Staff,
    /// Identifies the session: a late answer ends only the session that it belongs to.
    pub generation: u64,
}

/// What a session uses and clears.
pub struct SessionResources {
    pub settings: Arc<SettingsStore>,
    pub keyring: Arc<Keyring>,
    pub clipboard: Arc<Clipboard>,
    pub cache: Arc<AnswerCache>,
    pub offline: Arc<OfflineStore>,
    pub idle: Arc<IdleTimer>,
    pub emit: Emit,
}

/// The current session, if there is one.
pub struct CurrentSession {
    resources: SessionResources,
    session: Mutex<Option<Session>>,
    /// What the active portal said about itself.
    about: Mutex<Option<About>>,
    next_generation: AtomicU64,
}

impl CurrentSession {
    pub fn new(resources: SessionResources) -> CurrentSession {
        CurrentSession {
            resources,
            session: Mutex::default(),
            about: Mutex::default(),
            next_generation: AtomicU64::new(1),
        }
    }

    pub fn get(&self) -> Option<Session> {
        lock(&self.session).clone()
    }

    pub fn is_current(&self, session: &Session) -> bool {
        lock(&self.session).as_ref().is_some_and(|current| current.generation == session.generation)
    }

    pub fn is_locked(&self) -> bool {
        self.resources.settings.state().is_locked
    }

    /// Returns the session if the app is unlocked and the portal has the app's API version.
    pub fn require_session(&self) -> Result<Session, AppError> {
        let session = self.require_unlocked_session()?;
        match lock(&self.about).as_ref().map(|about| about.api) {
            Some(version) if version != api::VERSION => Err(AppError::version(version)),
            Some(_) | None => Ok(session),
        }
    }

    /// Returns the session if the app is unlocked. For requests that the portal need not answer.
    pub fn require_unlocked_session(&self) -> Result<Session, AppError> {
        let session = self.get().ok_or_else(AppError::signed_out)?;
        if self.is_locked() { Err(AppError::locked()) } else { Ok(session) }
    }

    /// Refuses while the app is locked. Without a session there is nothing to unlock with.
    pub fn require_unlocked(&self) -> Result<(), AppError> {
        if self.get().is_some() && self.is_locked() { Err(AppError::locked()) } else { Ok(()) }
    }

    pub fn about(&self) -> Option<About> {
        lock(&self.about).clone()
    }

    pub fn set_about(&self, about: About) {
        *lock(&self.about) = Some(about);
    }

    /// Starts a session.
    pub fn open(&self, profile: &str, client: Client, staff: Staff, is_locked: bool) {
        let SessionResources { settings, cache, idle, .. } = &self.resources;
        cache.clear();
        idle.touch();
        let mut current = lock(&self.session);
        let generation = self.next_generation.fetch_add(1, Ordering::Relaxed);
        *current = Some(Session { profile: profile.to_owned(), client, staff: staff.clone(), generation });
        drop(current);
        settings.update(|state| {
            state.active = Some(profile.to_owned());
            state.is_locked = is_locked;
            state.set_staff(profile, staff);
        });
    }

    /// Updates the staff member of a session that is still current.
    pub fn set_staff(&self, session: &Session, staff: Staff) {
        let mut current = lock(&self.session);
        if let Some(current) = current.as_mut().filter(|current| current.generation == session.generation) {
            current.staff = staff.clone();
        }
        drop(current);
        self.resources.settings.update(|state| state.set_staff(&session.profile, staff));
    }

    /// Ends the session on this computer, except for its token. Returns it, if there was one.
    pub fn close(&self) -> Option<Session> {
        let session = lock(&self.session).take()?;
        self.resources.cache.clear();
        self.resources.settings.update(|state| {
            state.is_locked = false;
            state.clear_staff(&session.profile);
        });
        Some(session)
    }

    /// Leaves the session without ending it: the user switches to another portal.
    pub async fn leave(&self) {
        lock(&self.session).take();
        lock(&self.about).take();
        self.resources.cache.clear();
        self.resources.clipboard.clear().await;
    }

    /// Removes what belongs to a closed session: a copied secret, offline credentials and the token.
    pub async fn remove_secrets(&self, session: &Session) -> Result<(), AppError> {
        self.resources.clipboard.clear().await;
        self.resources.offline.remove_profile(&session.profile).await;
        self.resources.keyring.remove_token(&session.profile).await
    }

    /// Converts the error of a request. If the portal rejected the token, the session ends and the page is
    /// notified.
    pub async fn check<T>(&self, session: &Session, result: Result<T, ClientError>) -> Result<T, AppError> {
        let error = match result {
            Ok(answer) => return Ok(answer),
            Err(error) => AppError::from(error),
        };
        if error.kind == ErrorKind::SignedOut {
            self.end_rejected(session).await;
        }
        Err(error)
    }

    async fn end_rejected(&self, session: &Session) {
        if !self.is_current(session) || self.close().is_none() {
            return;
        }
        if let Err(error) = self.remove_secrets(session).await {
            tracing::warn!(%error, "the token of an ended session remains in the keyring");
        }
        (self.resources.emit)(Event::SignedOut);
    }
}
