//! Every step of every set-up, for staff and for the customer's live list.
use super::{Result, Tx, dialect::Flag, truncate};
use crate::domain::{ids::ServiceId, service::Service, time::Timestamp};
use sqlx::FromRow;

/// One step. Requests and responses come with their secrets masked.
pub struct NewStep<'a> {
    /// `create_user`, `look`, `status_update`, ...
    pub step: &'a str,
    /// `sent`, `done`, `failed`, `unknown`.
    pub status: &'a str,
    pub message: &'a str,
    pub request: Option<&'a str>,
    pub response: Option<&'a str>,
    /// The username that the step was about, where it was about one.
    pub username: Option<&'a str>,
    pub success: bool,
}

/// A step as it is shown.
#[derive(Debug, Clone, FromRow)]
pub struct StepRow {
    pub step: String,
    pub status: String,
    pub message: String,
    pub request: Option<String>,
    pub response: Option<String>,
    pub success: Flag,
    pub created_at: Timestamp,
}

/// Appends a step.
pub async fn note(tx: &mut Tx, now: Timestamp, service: &Service, step: &NewStep<'_>) -> Result<()> {
    let meta = step.username.map(|username| serde_json::json!({ "username": username }).to_string());
    sqlx::query(
        "insert into provisioning_logs (service_id, order_id, user_id, step, status, message, request, response, meta, \
         success, created_at, updated_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(service.id)
    .bind(service.order.id)
    .bind(service.order.user_id)
    .bind(step.step)
    .bind(step.status)
    .bind(step.message)
    .bind(step.request.map(|text| truncate(text, 8000)))
    .bind(step.response.map(|text| truncate(text, 8000)))
    .bind(meta)
    .bind(Flag::from(step.success))
    .bind(now)
    .bind(now)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Whether this service ever asked the panel to create that username: what is there may then be ours.
pub async fn was_sent(tx: &mut Tx, service: ServiceId, username: &str) -> Result<bool> {
    let meta = serde_json::json!({ "username": username }).to_string();
    let sent: i64 = sqlx::query_scalar(
        "select count(*) from provisioning_logs where service_id = ? and step = 'create_user' and status = 'sent' and meta = ?",
    )
    .bind(service)
    .bind(meta)
    .fetch_one(tx.connection())
    .await?;
    Ok(sent > 0)
}

/// All steps of a service, oldest first.
pub async fn of_service(tx: &mut Tx, service: ServiceId) -> Result<Vec<StepRow>> {
    let sql = "select step, status, message, request, response, success, created_at from provisioning_logs \
               where service_id = ? order by id";
    Ok(sqlx::query_as(sql).bind(service).fetch_all(tx.connection()).await?)
}

/// Whether this service found somebody else behind that username before.
pub async fn was_foreign(tx: &mut Tx, service: ServiceId, username: &str) -> Result<bool> {
    let meta = serde_json::json!({ "username": username }).to_string();
    let foreign: i64 = sqlx::query_scalar(
        "select count(*) from provisioning_logs where service_id = ? and step = 'reserve' and status = 'foreign' and meta = ?",
    )
    .bind(service)
    .bind(meta)
    .fetch_one(tx.connection())
    .await?;
    Ok(foreign > 0)
}
