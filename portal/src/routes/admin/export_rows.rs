//! The rows of an export: the filters of the noun's list, or the selected ids.
use super::api_error::ApiError;
use hollyn_core::{
    api::{ExportQuery, Time},
    domain::{
        audit::AuditFilter,
        ids::{OrderUuid, ServiceId, UserId},
        list::{OrderFilter, ServiceFilter, UserFilter},
        time::{Day, Timestamp},
    },
    ops::exports::{Noun, Rows},
};
use std::str::FromStr;

/// The most that can be chosen by name: a page of a list.
const MOST_CHOSEN: usize = 100;

/// The rows. A filter that the noun's list does not have is refused: ignoring it would export all rows.
pub fn wanted(noun: Noun, query: &ExportQuery) -> Result<Rows, ApiError> {
    let known: &[&str] = match noun {
        Noun::Users => &["ids", "q", "role", "is_disabled"],
        Noun::Orders => &["ids", "q", "status", "operator", "plan", "user", "from", "to"],
        Noun::Services => &["ids", "q", "status", "plan", "user"],
        Noun::Payments => &[],
        Noun::Audit => &["q", "actor", "action", "object", "object_id", "from", "to"],
    };
    if let Some(other) = given(query).into_iter().find(|name| !known.contains(name)) {
        return Err(ApiError::field(other, &format!("{noun} are not narrowed by this.")));
    }
    Ok(match noun {
        Noun::Users => Rows::Users(
            UserFilter {
                q: query.q.clone().unwrap_or_default(),
                role: query.role.map(Into::into),
                is_disabled: query.is_disabled,
            },
            chosen(query, |text| text.parse().ok().map(UserId))?,
        ),
        Noun::Orders => Rows::Orders(
            OrderFilter {
                q: query.q.clone().unwrap_or_default(),
                status: status(query)?,
                operator: said(&query.operator),
                from: day("from", &query.from)?,
                to: day("to", &query.to)?,
                user: query.user.map(UserId),
                plan: said(&query.plan),
            },
            chosen(query, OrderUuid::parse)?,
        ),
        Noun::Services => Rows::Services(
            ServiceFilter {
                q: query.q.clone().unwrap_or_default(),
                status: status(query)?,
                user: query.user.map(UserId),
                plan: said(&query.plan),
            },
            chosen(query, |text| text.parse().ok().map(ServiceId))?,
        ),
        Noun::Payments => Rows::Payments,
        Noun::Audit => Rows::Audit(AuditFilter {
            q: said(&query.q),
            actor: said(&query.actor),
            subject: None,
            action: said(&query.action),
            object: said(&query.object),
            object_id: query.object_id,
            from: time("from", &query.from)?,
            to: time("to", &query.to)?,
        }),
    })
}

/// The names of the filters that were given.
fn given(query: &ExportQuery) -> Vec<&'static str> {
    let all = [
        ("ids", query.ids.is_some()),
        ("q", query.q.is_some()),
        ("status", query.status.is_some()),
        ("operator", query.operator.is_some()),
        ("plan", query.plan.is_some()),
        ("user", query.user.is_some()),
        ("role", query.role.is_some()),
        ("is_disabled", query.is_disabled.is_some()),
        ("actor", query.actor.is_some()),
        ("action", query.action.is_some()),
        ("object", query.object.is_some()),
        ("object_id", query.object_id.is_some()),
        ("from", query.from.is_some()),
        ("to", query.to.is_some()),
    ];
    all.into_iter().filter(|(_, is_given)| *is_given).map(|(name, _)| name).collect()
}

fn said(text: &Option<String>) -> Option<String> {
    text.clone().filter(|text| !text.trim().is_empty())
}

fn status<S: FromStr>(query: &ExportQuery) -> Result<Option<S>, ApiError> {
    let read = |word: String| word.parse().map_err(|_| ApiError::field("status", "There is no such state."));
    said(&query.status).map(read).transpose()
}

fn day(field: &str, text: &Option<String>) -> Result<Option<Day>, ApiError> {
    let read = |text: String| {
        Day::parse(&text).ok_or_else(|| ApiError::field(field, "It should be a day like 2026-11-23."))
    };
    said(text).map(read).transpose()
}

fn time(field: &str, text: &Option<String>) -> Result<Option<Timestamp>, ApiError> {
    let read = |text: String| {
        let time = Time::parse(&text).map(|time| time.0);
        time.ok_or_else(|| ApiError::field(field, "It should be a time like 2026-11-23T09:30:00Z."))
    };
    said(text).map(read).transpose()
}

fn chosen<K>(query: &ExportQuery, read: impl Fn(&str) -> Option<K>) -> Result<Option<Vec<K>>, ApiError> {
    let Some(ids) = &query.ids else { return Ok(None) };
    let ids: Option<Vec<K>> = ids.split(',').map(|id| read(id.trim())).collect();
    match ids {
        Some(ids) if ids.len() <= MOST_CHOSEN => Ok(Some(ids)),
        Some(_) => Err(ApiError::field("ids", "At most 100 can be chosen; use filters for more.")),
        None => Err(ApiError::field("ids", "They should be as paths name them, with commas between.")),
    }
}
