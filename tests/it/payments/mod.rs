//! The rules of payments. Each test names the rule of `docs/payments.md` that it shows.
mod account_limits;
mod amounts;
mod flood;
mod idempotency;
mod late;
mod limits;
mod mark_paid;
mod questions;
mod rejected_webhooks;
mod settle;
mod start;
mod storm;
mod unexpected_money;
mod unknown;
mod webhooks;

use hollyn_core::{
    domain::{
        ids::{OrderUuid, PaymentId},
        payment::Payment,
    },
    ops::Caller,
    read, store,
};
use hollyn_portal::sandbox::gateway::Push;
use hollyn_tests::TestApp;

/// Changes the database behind the portal's back.
async fn sql(app: &TestApp, text: &'static str) -> store::Result<u64> {
    Ok(sqlx::query(text).execute(app.sql()).await?.rows_affected())
}

/// The newest push that reached the gateway.
fn newest_push(app: &TestApp) -> Push {
    app.sim().gateway.pushes().pop().expect("a push went out")
}

/// All payments of the order, the newest first.
async fn payments_of(app: &TestApp, uuid: OrderUuid) -> Vec<Payment> {
    app.view(uuid).await.payments
}

/// The states of the order's payments, the newest first: `pending failed`.
async fn payment_states(app: &TestApp, uuid: OrderUuid) -> String {
    payments_of(app, uuid).await.iter().map(|p| p.status().into_str()).collect::<Vec<_>>().join(" ")
}

/// A notice to the portal's own route, with what follows the path: `?payment=…&token=…`.
async fn notice(app: &TestApp, query: &str, key: Option<&str>, body: impl Into<reqwest::Body>) -> u16 {
    let browser = app.browser();
    let mut request = browser
        .http()
        .post(browser.url(&format!("/webhooks/zeno{query}")))
        .header("content-type", "application/json")
        .body(body);
    if let Some(key) = key {
        request = request.header("x-api-key", key);
    }
    browser.send(request).await.status
}

/// The query of the webhook address of a push.
fn webhook_query(push: &Push) -> String {
    let url = push.webhook_url.as_deref().expect("the gateway was told where to report");
    format!("?{}", url.split_once('?').expect("the address carries a token").1)
}

/// The webhook's body as the documentation has it.
fn body_for(order_id: &str) -> String {
    serde_json::json!({ "order_id": order_id, "payment_status": "COMPLETED", "reference": "1003020496" })
        .to_string()
}

/// A member of staff.
fn staff() -> Caller {
    Caller { staff: Some(hollyn_core::domain::ids::UserId(1)), ..Caller::default() }
}

/// Asks the gateway about one payment now, as the worker would.
async fn ask(app: &TestApp, id: PaymentId) {
    let payment = read!(&app.ctx.db, tx => store::payments::by_id(tx, id).await);
    let payment = payment.expect("the database answers").expect("the payment is there");
    hollyn_core::ops::payments::settle(&app.ctx, &payment).await.expect("asking");
}
