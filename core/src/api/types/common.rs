//! What every noun uses: times, pages, reasons, errors.
use super::UserRef;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::collections::BTreeMap;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use crate::domain::{
    actor::ActorNames,
    history,
    time::{self as domain, Timestamp},
};

/// A moment on the wire: RFC 3339, UTC, like `2026-11-23T09:30:00Z`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(pub Timestamp);

impl Time {
    /// Reads RFC 3339, in any offset.
    pub fn parse(text: &str) -> Option<Time> {
        let moment = OffsetDateTime::parse(text, &Rfc3339).ok()?;
        i64::try_from(moment.unix_timestamp_nanos() / 1000).ok().map(|micros| Time(Timestamp(micros)))
    }
}

impl From<Timestamp> for Time {
    fn from(moment: Timestamp) -> Time {
        Time(moment)
    }
}

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let moment = OffsetDateTime::from_unix_timestamp_nanos(i128::from(self.0.0) * 1000)
            .map_err(serde::ser::Error::custom)?;
        serializer.serialize_str(&moment.format(&Rfc3339).map_err(serde::ser::Error::custom)?)
    }
}

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Time, D::Error> {
        let text = String::deserialize(deserializer)?;
        Time::parse(&text).ok_or_else(|| de::Error::custom("should be a time like 2026-11-23T09:30:00Z"))
    }
}

/// A calendar day in East Africa Time, like `2026-11-23`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub domain::Day);

impl From<domain::Day> for Day {
    fn from(day: domain::Day) -> Day {
        Day(day)
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Day, D::Error> {
        let text = String::deserialize(deserializer)?;
        domain::Day::parse(&text).map(Day).ok_or_else(|| de::Error::custom("should be a day like 2026-11-23"))
    }
}

api_types! {
    /// A page of a list.
    #[cfg_attr(feature = "contract", schemars(rename = "PageOf{T}"))]
    pub struct Page<T> {
        pub items: Vec<T>,
        /// How many there are in all.
        pub total: i64,
        /// False where there are more than `total`: counting ends at 10,000 where nothing else is known.
        pub is_total_exact: bool,
        /// From 1.
        pub page: i64,
        pub per_page: i64,
    }

    /// A short list, whole.
    #[cfg_attr(feature = "contract", schemars(rename = "ItemsOf{T}"))]
    pub struct Items<T> {
        pub items: Vec<T>,
    }

    /// It is done; there is nothing to tell.
    #[derive(Default)]
    pub struct Done {}

    /// Which page of a list.
    #[derive(Default)]
    #[serde(default)]
    pub struct PageQuery {
        /// From 1.
        pub page: Option<i64>,
        /// At most 100; 25 where it is not given.
        pub per_page: Option<i64>,
    }

    /// Why. It is stored in the audit log.
    #[derive(Default)]
    pub struct Reason {
        pub reason: String,
    }

    /// A destructive action, confirmed by typing the name of what it is done to.
    #[derive(Default)]
    pub struct Confirm {
        /// The name, as the endpoint says.
        pub confirm: String,
        pub reason: String,
    }

    /// How a state came about.
    pub struct StatusChange {
        pub at: Time,
        /// `order`, `payment` or `service`.
        pub subject: String,
        pub event: String,
        pub from: String,
        pub to: String,
        /// `staff:2`, `user:7`, `worker`, `gateway`.
        pub actor: String,
        /// Who that is, where it is a person.
        pub person: Option<UserRef>,
        pub reason: Option<String>,
    }

    /// What comes back with every status from 400 on.
    pub struct ErrorBody {
        pub error: ErrorDetail,
    }

    /// What is wrong, for the program, the person and the log.
    pub struct ErrorDetail {
        /// For the program.
        pub code: ErrorCode,
        /// For the person: one sentence.
        pub message: String,
        /// What is wrong with which field.
        pub fields: BTreeMap<String, String>,
        /// Under which the log tells more.
        pub request_id: String,
    }

    /// What is wrong, for the program.
    #[derive(Copy, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum ErrorCode {
        /// 400: the request cannot be read.
        BadRequest,
        /// 401: no token, or one that has ended, or was revoked.
        Unauthorized,
        /// 401: e-mail or password are wrong, or the account is none of staff.
        WrongCredentials,
        /// 401: a code of the second factor is needed.
        TotpRequired,
        /// 401: the code is wrong, too old, or was used.
        TotpWrong,
        /// 403: this role may not.
        Forbidden,
        /// 403: the password must be typed again (`confirm_password`).
        ReauthRequired,
        /// 403: the password and a code of the second factor must be typed again (`confirm_password`).
        ReauthCodeRequired,
        /// 403: the account must get a second factor first (`enrol`).
        EnrolmentRequired,
        /// 404: there is no such thing.
        NotFound,
        /// 409: its state does not allow it, or another request was faster.
        Conflict,
        /// 413: too long.
        TooLarge,
        /// 422: a field cannot be used; `fields` says which.
        Invalid,
        /// 429: too often; `Retry-After` says when again.
        Limited,
        /// 502: the panel or the gateway did not do it.
        Provider,
        /// 500: our side failed.
        Internal,
    }
}

impl From<(&history::StatusChange, &ActorNames)> for StatusChange {
    fn from((change, names): (&history::StatusChange, &ActorNames)) -> StatusChange {
        let [subject, event, from, to] = change.transition.names().map(str::to_owned);
        StatusChange {
            at: change.created_at.into(),
            subject,
            event,
            from,
            to,
            actor: change.actor.to_string(),
            person: names.of(change.actor).map(Into::into),
            reason: change.reason.clone(),
        }
    }
}

/// CSV, not JSON: its first line names the columns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Csv(pub String);

#[cfg(feature = "contract")]
mod contract {
    use super::{Csv, Day, Time};
    use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
    use std::borrow::Cow;

    macro_rules! texts {
        ($($name:ident: $schema:tt),+) => { $(
            impl JsonSchema for $name {
                fn schema_name() -> Cow<'static, str> { stringify!($name).into() }
                fn inline_schema() -> bool { true }
                fn json_schema(_: &mut SchemaGenerator) -> Schema { json_schema!($schema) }
            }
            impl ts_rs::TS for $name {
                type WithoutGenerics = Self;
                type OptionInnerType = Self;
                fn name(_: &ts_rs::Config) -> String { "string".into() }
                fn inline(_: &ts_rs::Config) -> String { "string".into() }
            }
        )+ };
    }

    texts! {
        Time: { "type": "string", "format": "date-time" },
        Day: { "type": "string", "format": "date" },
        Csv: { "type": "string" }
    }
}
