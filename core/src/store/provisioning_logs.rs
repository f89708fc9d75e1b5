//! The log of every set-up, for staff and for the customer's order page.
use super::{Result, Tx, dialect::Flag, truncate};
use crate::domain::{
    account::Username,
    ids::ServiceId,
    provisioning::{ProvisioningLog, ProvisioningStep, StepStatus},
    service::Service,
    time::Timestamp,
};
use sqlx::FromRow;

/// An entry that is about to be written. Secrets in request and response are masked.
pub struct NewLog<'a> {
    pub step: ProvisioningStep,
    pub status: StepStatus,
    pub message: &'a str,
    pub request: Option<&'a str>,
    pub response: Option<&'a str>,
    /// The username that the step was about.
    pub username: Option<&'a Username>,
}

impl<'a> NewLog<'a> {
    /// An entry about no call to the panel.
    pub fn new(step: ProvisioningStep, status: StepStatus, message: &'a str) -> NewLog<'a> {
        NewLog { step, status, message, request: None, response: None, username: None }
    }
}

#[derive(FromRow)]
struct Row {
    step: ProvisioningStep,
    status: StepStatus,
    message: String,
    request: Option<String>,
    response: Option<String>,
    success: Flag,
    created_at: Timestamp,
}

impl From<Row> for ProvisioningLog {
    fn from(row: Row) -> ProvisioningLog {
        ProvisioningLog {
            step: row.step,
            status: row.status,
            message: row.message,
            request: row.request,
            response: row.response,
            is_success: row.success.into(),
            created_at: row.created_at,
        }
    }
}

/// Appends an entry.
pub async fn insert(tx: &mut Tx, now: Timestamp, service: &Service, log: &NewLog<'_>) -> Result<()> {
    let meta = log.username.map(|username| serde_json::json!({ "username": username.as_str() }).to_string());
    sqlx::query(
        "insert into provisioning_logs (service_id, order_id, user_id, step, status, message, request, \
         response, meta, success, created_at, updated_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(service.id)
    .bind(service.order.id)
    .bind(service.order.user_id)
    .bind(log.step)
    .bind(log.status)
    .bind(log.message)
    .bind(log.request.map(|text| truncate(text, 8000)))
    .bind(log.response.map(|text| truncate(text, 8000)))
    .bind(meta)
    .bind(Flag::from(log.status.is_success()))
    .bind(now)
    .bind(now)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// All entries of a service, oldest first.
pub async fn of_service(tx: &mut Tx, service: ServiceId) -> Result<Vec<ProvisioningLog>> {
    let sql = "select step, status, message, request, response, success, created_at from provisioning_logs \
               where service_id = ? order by id";
    let rows: Vec<Row> = sqlx::query_as(sql).bind(service).fetch_all(tx.connection()).await?;
    Ok(rows.into_iter().map(ProvisioningLog::from).collect())
}
