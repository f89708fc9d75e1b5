//! What needs a person.
use super::{Caller, Result};
use crate::{
    Shop,
    domain::{attention::Shown, ids::AttentionId, time::Moment},
    panel::PanelError,
    read,
    store::{
        self,
        attention::{self, NewEntry},
    },
    tx,
};
use sqlx::AnyConnection;

pub use crate::store::attention::EntryRow;

/// Everything open, oldest first.
pub async fn open(shop: &Shop) -> Result<Vec<EntryRow>> {
    Ok(read!(&shop.db, c => attention::open(c).await)?)
}

/// A page of matters, the newest first, and how many there are in all; of one kind, where one is named.
pub async fn page(
    shop: &Shop,
    shown: Shown,
    kind: Option<&str>,
    skip: i64,
    most: i64,
) -> Result<(Vec<EntryRow>, i64)> {
    Ok(read!(&shop.db, c => attention::page(c, shown, kind, skip, most).await)?)
}

/// One matter, open or not.
pub async fn show(shop: &Shop, id: AttentionId) -> Result<Option<EntryRow>> {
    Ok(read!(&shop.db, c => attention::by_id(c, id).await)?)
}

/// How closing a matter ended.
#[derive(Debug, PartialEq, Eq)]
pub enum Resolved {
    /// It is closed.
    Done,
    /// Somebody closed it before, or it settled itself.
    Already,
    /// A reason is missing.
    NoReason,
    /// There is no such matter.
    NoSuchEntry,
}

/// Closes a matter that a person has settled; the reason is kept with it.
pub async fn resolve(shop: &Shop, caller: &Caller, id: AttentionId, reason: &str) -> Result<Resolved> {
    let (now, by, reason) = (shop.now(), caller.by(), reason.trim());
    if reason.is_empty() {
        return Ok(Resolved::NoReason);
    }
    let closed = tx!(&shop.db, c => {
        if attention::by_id(c, id).await?.is_none() {
            return Ok(Resolved::NoSuchEntry);
        }
        attention::resolve(c, now, &by, id, reason).await?;
        Ok(Resolved::Done)
    });
    match closed {
        Err(store::Error::Stale(_)) => Ok(Resolved::Already),
        closed => Ok(closed?),
    }
}

const UNREACHABLE_KEY: &str = "panel_unreachable";

/// After a call to the panel's API: staff hear once that it is out of reach, and the matter closes when it answers again.
/// A change that got no answer proves nothing; a `look` without one does, it asks for nothing else.
pub(super) async fn note_panel<T: Sync>(
    c: &mut AnyConnection,
    now: Moment,
    step: &str,
    outcome: &Result<T, PanelError>,
) -> store::Result<()> {
    match outcome {
        Err(PanelError::Unknown(_)) if step != "look" => Ok(()),
        Err(PanelError::NotSent(why) | PanelError::Unknown(why)) => {
            let entry = NewEntry {
                key: UNREACHABLE_KEY.into(),
                kind: "panel_unreachable",
                details: why,
                ..NewEntry::default()
            };
            attention::raise(c, now, &entry).await.map(drop)
        }
        Ok(_)
        | Err(PanelError::Locked(_) | PanelError::Refused(_) | PanelError::Exists(_) | PanelError::Missing) => {
            attention::solved(c, now, UNREACHABLE_KEY, "the panel answers again").await
        }
    }
}
