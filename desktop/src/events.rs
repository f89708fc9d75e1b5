//! Events that the app sends to its page without being asked.
use std::sync::Arc;

use hollyn_core::api::Change;
use serde::Serialize;

use crate::deep_link::LinkTarget;

/// An event for the page.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// The portal has new changes, or answers again.
    Changes(ChangesEvent),
    /// The app was locked.
    Locked,
    /// The portal rejected the token.
    SignedOut,
    /// A link to a record was opened.
    Open(LinkTarget),
}

/// What changed at the portal since the last event.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ChangesEvent {
    pub items: Vec<Change>,
    /// The number of open attention items.
    pub attention: i64,
}

/// Sends an event to the page.
pub type Emit = Arc<dyn Fn(Event) + Send + Sync>;
