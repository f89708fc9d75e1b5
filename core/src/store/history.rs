//! How each state came about, and who did what.
use super::{Result, clip};
use crate::domain::{ids::UserId, time::Moment};
use sqlx::{AnyConnection, FromRow};

/// Who is behind a change, for the history and the audit log.
#[derive(Debug, Clone, Default)]
pub struct By {
    /// `user:7`, `staff:2`, `worker`, `gateway`, `visitor`.
    pub actor: String,
    /// In whose place they acted, `user:7`; None where in their own.
    pub subject: Option<String>,
    /// The client's address, where a request caused it.
    pub address: Option<String>,
    /// The request's id, where a request caused it.
    pub request_id: Option<String>,
}

impl By {
    /// The background worker.
    pub fn worker() -> By {
        By { actor: "worker".into(), ..By::default() }
    }
}

/// One state change, as it is shown and searched.
pub struct Change<'a> {
    /// `order`, `payment` or `service`.
    pub subject: &'static str,
    /// Its row.
    pub id: i64,
    /// What happened.
    pub event: &'a str,
    /// The state before.
    pub from: &'a str,
    /// The state after.
    pub to: &'a str,
    /// Why, where somebody said so.
    pub reason: Option<&'a str>,
}

/// Writes the change's history row and its audit row.
pub(super) async fn record(c: &mut AnyConnection, now: Moment, by: &By, change: Change<'_>) -> Result<()> {
    sqlx::query(
        "insert into status_history (subject, subject_id, event, from_status, to_status, actor, reason, created_at) \
         values (?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(change.subject)
    .bind(change.id)
    .bind(change.event)
    .bind(change.from)
    .bind(change.to)
    .bind(&by.actor)
    .bind(change.reason.map(|r| clip(r, 500)))
    .bind(now)
    .execute(&mut *c)
    .await?;
    let action = format!("{}.{}", change.subject, change.event);
    let details = format!("{} -> {}", change.from, change.to);
    audit(c, now, by, &action, change.subject, Some(change.id), Some(&details)).await
}

/// Writes one audit row. `details` holds no secrets.
pub async fn audit(
    c: &mut AnyConnection,
    now: Moment,
    by: &By,
    action: &str,
    object: &str,
    object_id: Option<i64>,
    details: Option<&str>,
) -> Result<()> {
    sqlx::query(
        "insert into audit_log (actor, action, object, object_id, details, address, request_id, created_at) \
         values (?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(&by.actor)
    .bind(action)
    .bind(object)
    .bind(object_id)
    .bind(details)
    .bind(by.address.as_deref())
    .bind(by.request_id.as_deref())
    .bind(now)
    .execute(c)
    .await?;
    Ok(())
}

/// What happened in an account.
#[derive(Debug, Clone, FromRow)]
pub struct ActivityRow {
    pub actor: String,
    pub action: String,
    pub details: Option<String>,
    pub address: Option<String>,
    pub created_at: Moment,
}

const OF_PERSON: &str = "((object = 'user' and object_id = ?) or (actor = ? and action in \
    ('service.password_shown', 'order.placed')))";

/// What happened in a person's account, the newest first, and how much there is in all.
pub async fn of_person(
    c: &mut AnyConnection,
    user: UserId,
    skip: i64,
    most: i64,
) -> Result<(Vec<ActivityRow>, i64)> {
    let actor = format!("user:{user}");
    let rows = sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "select actor, action, details, address, created_at from audit_log where {OF_PERSON} order by id desc limit ? offset ?"
    )))
    .bind(user)
    .bind(&actor)
    .bind(most)
    .bind(skip)
    .fetch_all(&mut *c)
    .await?;
    let all =
        sqlx::query_scalar(sqlx::AssertSqlSafe(format!("select count(*) from audit_log where {OF_PERSON}")))
            .bind(user)
            .bind(actor)
            .fetch_one(c)
            .await?;
    Ok((rows, all))
}
