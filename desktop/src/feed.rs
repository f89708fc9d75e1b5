//! Polls the portal for changes, sends them to the page, and turns the important ones into desktop
//! notifications.
use std::sync::Arc;

use hollyn_core::api::{Changes, ChangesQuery, Notice, NoticeKind};

use crate::{
    error::ErrorKind,
    events::{ChangesEvent, Emit, Event},
    pending_removals::PendingRemovals,
    session::CurrentSession,
    settings_store::SettingsStore,
};

/// More notices than this are combined into one notification.
const MAX_NOTIFICATIONS: usize = 3;

/// The position in the portal's list of changes, and the session that it belongs to.
#[derive(Debug, Default)]
pub struct FeedCursor {
    generation: u64,
    cursor: Option<i64>,
    attention: Option<i64>,
    is_unreachable: bool,
}

/// A desktop notification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notification {
    pub title: String,
    pub text: String,
}

/// What a poll found for the desktop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedUpdate {
    pub notifications: Vec<Notification>,
    /// The number of open attention items.
    pub attention: i64,
}

/// Polls for changes.
pub struct Feed {
    pub session: Arc<CurrentSession>,
    pub settings: Arc<SettingsStore>,
    pub pending_removals: Arc<PendingRemovals>,
    pub emit: Emit,
}

impl Feed {
    /// Polls once. Returns None if there is no session, the app is locked or the portal is unreachable.
    pub async fn poll(&self, cursor: &mut FeedCursor) -> Option<FeedUpdate> {
        let session = self.session.require_session().ok()?;
        if cursor.generation != session.generation {
            *cursor = FeedCursor { generation: session.generation, ..FeedCursor::default() };
        }
        let mut notices = Vec::new();
        loop {
            let answer = session.client.changes(&ChangesQuery { since: cursor.cursor }).await;
            let Changes { cursor: next, has_more, items, attention } =
                match self.session.check(&session, answer).await {
                    Ok(changes) => changes,
                    Err(error) => {
                        cursor.is_unreachable = error.kind == ErrorKind::Unreachable;
                        return None;
                    }
                };
            let is_new = !items.is_empty() || cursor.attention != Some(attention) || cursor.is_unreachable;
            *cursor = FeedCursor {
                generation: cursor.generation,
                cursor: Some(next),
                attention: Some(attention),
                is_unreachable: false,
            };
            notices.extend(items.iter().filter_map(|change| change.notice.clone()));
            if is_new {
                (self.emit)(Event::Changes(ChangesEvent { items, attention }));
            }
            if !has_more {
                // The portal is reachable, so removals that could not be reported are sent now.
                self.pending_removals.send(&session.profile, session.staff.id, &session.client).await;
                let is_wanted = self.settings.state().settings.notifications;
                let notifications = if is_wanted { notifications(&notices) } else { Vec::new() };
                return Some(FeedUpdate { notifications, attention });
            }
        }
    }
}

/// Returns one notification per notice, or one for all if there are many, as after a night.
fn notifications(notices: &[Notice]) -> Vec<Notification> {
    if notices.len() <= MAX_NOTIFICATIONS {
        let one = |notice: &Notice| Notification { title: notice.title.clone(), text: notice.text.clone() };
        return notices.iter().map(one).collect();
    }
    let count = |kind| notices.iter().filter(|notice| notice.kind == kind).count();
    let counts = [
        (count(NoticeKind::Attention), "needs attention", "need attention"),
        (count(NoticeKind::SetupFailed), "set-up failed", "set-ups failed"),
        (count(NoticeKind::Paid), "order paid", "orders paid"),
    ];
    let text: Vec<_> = counts
        .iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, many)| format!("{count} {}", if *count == 1 { one } else { many }))
        .collect();
    vec![Notification { title: format!("{} updates", notices.len()), text: text.join(", ") }]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn notice(kind: NoticeKind) -> Notice {
        Notice { kind, title: "Order HO-7 is paid".into(), text: "Asha Mushi, TSh 25,000".into() }
    }

    fn notification(title: &str, text: &str) -> Notification {
        Notification { title: title.into(), text: text.into() }
    }

    #[test]
    fn few_notices_are_shown_one_by_one() {
        let expected = notification("Order HO-7 is paid", "Asha Mushi, TSh 25,000");
        assert_eq!(notifications(&[notice(NoticeKind::Paid)]), [expected]);
    }

    #[test]
    fn many_notices_are_combined_into_one_notification() {
        let mut notices = vec![notice(NoticeKind::Paid); 40];
        notices.push(notice(NoticeKind::Attention));
        let expected = notification("41 updates", "1 needs attention, 40 orders paid");
        assert_eq!(notifications(&notices), [expected]);
    }
}
