//! What happens at the portal while somebody works: asked for every few seconds, told to the page, and, where a person
//! should know, to the system.
use hollyn_core::api::{Changes, ChangesQuery, Notice, NoticeKind};
use serde_json::json;

use crate::{
    desk::{Desk, Event},
    trouble::Kind,
};

/// More at once than this are told as one.
const AT_ONCE: usize = 3;

/// Where in the record we are, and of which sign-in.
#[derive(Debug, Default)]
pub struct Place {
    turn: u64,
    cursor: Option<i64>,
    attention: Option<i64>,
    is_away: bool,
}

/// What one look brought for the system: notifications, and the number on the badge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    /// Title and text.
    pub notices: Vec<(String, String)>,
    pub attention: i64,
}

impl Desk {
    /// One look. None where nothing is to be seen: nobody is signed in, the app is locked, the portal is away.
    pub async fn look(&self, place: &mut Place) -> Option<News> {
        let signed_in = self.at_work().ok()?;
        if place.turn != signed_in.turn {
            *place = Place { turn: signed_in.turn, ..Place::default() };
        }
        let mut notices = Vec::new();
        loop {
            let changes = match signed_in.client.changes(&ChangesQuery { since: place.cursor }).await {
                Ok(changes) => changes,
                Err(error) => {
                    let kind = self.failed(&signed_in, error).await.kind;
                    place.is_away = kind == Kind::Unreachable;
                    return None;
                }
            };
            let Changes { cursor, has_more, items, attention } = changes;
            let is_news = !items.is_empty() || place.attention != Some(attention) || place.is_away;
            *place =
                Place { cursor: Some(cursor), attention: Some(attention), is_away: false, turn: place.turn };
            notices.extend(items.iter().filter_map(|change| change.notice.clone()));
            if is_news {
                self.tell(Event::Changes(json!({ "items": items, "attention": attention })));
            }
            if !has_more {
                // It answers: what it has not heard yet, it hears now.
                self.tell_dropped().await;
                let wanted = self.book.kept().settings.notifications;
                let notices = if wanted { told(&notices) } else { Vec::new() };
                return Some(News { notices, attention });
            }
        }
    }
}

/// Few are told one by one, many as one: a desk that comes back after a night must not be covered.
fn told(notices: &[Notice]) -> Vec<(String, String)> {
    if notices.len() <= AT_ONCE {
        return notices.iter().map(|notice| (notice.title.clone(), notice.text.clone())).collect();
    }
    let of = |kind| notices.iter().filter(|notice| notice.kind == kind).count();
    let counts = [
        (of(NoticeKind::Attention), "needs a person", "need a person"),
        (of(NoticeKind::SetupFailed), "set-up failed", "set-ups failed"),
        (of(NoticeKind::Paid), "order paid", "orders paid"),
    ];
    let text: Vec<_> = counts
        .iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, many)| format!("{count} {}", if *count == 1 { one } else { many }))
        .collect();
    vec![(format!("{} things happened", notices.len()), text.join(", "))]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn notice(kind: NoticeKind) -> Notice {
        Notice { kind, title: "Order HO-7 is paid".into(), text: "Asha Mushi, TSh 25,000".into() }
    }

    #[test]
    fn a_paid_order_is_told_in_its_own_words() {
        let expected = ("Order HO-7 is paid".to_owned(), "Asha Mushi, TSh 25,000".to_owned());
        assert_eq!(told(&[notice(NoticeKind::Paid)]), [expected]);
    }

    #[test]
    fn a_night_of_orders_is_one_notification() {
        let mut night = vec![notice(NoticeKind::Paid); 40];
        night.push(notice(NoticeKind::Attention));
        let expected = ("41 things happened".to_owned(), "1 needs a person, 40 orders paid".to_owned());
        assert_eq!(told(&night), [expected]);
    }
}
