//! The admin API.
mod account_changes;
mod attention;
mod candidates;
mod exports;
mod lists;
mod names;
mod offline_credentials;
mod orders;
mod plans;
mod service_edits;
mod service_secrets;
mod services;
mod session;
mod sweep;
mod users;

use hollyn_core::{
    api::{Client, ClientError, ErrorCode, ErrorDetail, Reason, ServiceAction},
    domain::ids::{OrderUuid, ServiceId},
};
use hollyn_tests::{Buyer, TestApp};

/// Longer than a confirmed password counts.
const STALE_SECONDS: i64 = 11 * 60;

/// The error of a refused call: status, code and body.
fn refused<T: std::fmt::Debug>(answer: Result<T, ClientError>) -> (u16, ErrorCode, ErrorDetail) {
    match answer {
        Err(ClientError::Refused { status, error, .. }) => (status, error.code, error),
        other => panic!("not refused: {other:?}"),
    }
}

/// Status and code of a refused call.
fn code<T: std::fmt::Debug>(answer: Result<T, ClientError>) -> (u16, ErrorCode) {
    let (status, code, _) = refused(answer);
    (status, code)
}

/// The field that was refused.
fn field<T: std::fmt::Debug>(answer: Result<T, ClientError>) -> String {
    let (status, code, error) = refused(answer);
    assert_eq!((status, code), (422, ErrorCode::Invalid), "{error:?}");
    error.fields.into_keys().collect::<Vec<_>>().join(",")
}

fn because(reason: &str) -> Reason {
    Reason { reason: reason.into() }
}

/// A customer's active service.
async fn active(app: &TestApp, buyer: &Buyer) -> (OrderUuid, i64) {
    let (_, uuid) = app.paid_order(buyer).await;
    app.work().await;
    assert_eq!(app.states(uuid).await, "active succeeded active");
    (uuid, service_of(app, uuid).await.0)
}

async fn service_of(app: &TestApp, uuid: OrderUuid) -> ServiceId {
    app.view(uuid).await.service.expect("the order has a service").id
}

/// The service's username on the panel and its password.
async fn login(app: &TestApp, uuid: OrderUuid) -> (String, String) {
    let service = app.view(uuid).await.service.expect("the order has a service");
    let (_, password) = app.panel_password(service.id).await;
    (service.username().expect("a username is reserved").to_string(), password)
}

/// Actor and action of the newest audit entry, like `staff:3 service.suspended active -> suspended`.
async fn last_action(app: &TestApp) -> String {
    app.text(
        "select actor || ' ' || action || ' ' || coalesce(details, '') from audit_log order by id desc \
        limit 1",
    )
    .await
}

/// The actions that are possible for the service.
async fn actions(client: &Client, id: i64) -> Vec<ServiceAction> {
    client.show_service(id).await.expect("the service is there").actions
}

/// The end of a test: sends the mails, so that no due job is left.
async fn done(app: TestApp) {
    app.work().await;
}
