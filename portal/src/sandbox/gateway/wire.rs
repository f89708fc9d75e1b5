//! ZenoPay's two calls as they are on the wire: the shapes are the provider's, with their inconsistencies.

use rocket::data::Data;
use rocket::{Route, Shutdown, State, get, post, routes};
use serde_json::{Map, Value, json};
use time::OffsetDateTime;
use time::macros::{format_description, offset};

use super::{CreateFault, Push, PushState, SimGateway, StatusFault};
use crate::sandbox::Sandbox;
use crate::sandbox::wire::{Answer, Caller, body, hang};

pub fn routes() -> Vec<Route> {
    routes![create, status]
}

#[post("/zenopay/payments/mobile_money_tanzania", data = "<data>")]
async fn create(sandbox: &State<Sandbox>, caller: Caller, shutdown: Shutdown, data: Data<'_>) -> Answer {
    let gateway = &sandbox.gateway;
    gateway.options.called("zenopay");
    if gateway.is_away() {
        return Answer::bad_gateway(503);
    }
    gateway.tick();
    let sent = body(data).await;
    gateway.memory.count(|state| state.gateway.create_calls += 1);
    let (fault, patience) = {
        let mut faults = gateway.faults();
        (faults.creates.pop_front(), faults.hang)
    };
    let accept = || gateway.accept(&caller, &sent);
    let acted = |after_acting: bool| {
        if after_acting {
            accept();
        }
    };
    match fault {
        None => accept(),
        Some(CreateFault::TimeoutAfterActing) => {
            accept();
            hang(patience, shutdown).await
        }
        Some(CreateFault::TimeoutBeforeActing) => hang(patience, shutdown).await,
        Some(CreateFault::Http { status, after_acting }) => {
            acted(after_acting);
            Answer::bad_gateway(status)
        }
        Some(CreateFault::Garbage { after_acting }) => {
            acted(after_acting);
            Answer::html(200, GARBAGE)
        }
        Some(CreateFault::Empty { after_acting }) => {
            acted(after_acting);
            Answer::empty(200)
        }
        Some(CreateFault::Refuse(message)) => refusal(&message),
        Some(CreateFault::ResetAfterActing) => {
            accept();
            Answer::Cut
        }
        Some(CreateFault::DuplicateId) => refusal(DUPLICATE),
        Some(CreateFault::Huge) => {
            accept();
            Answer::huge()
        }
    }
}

#[get("/zenopay/payments/order-status?<order_id>")]
async fn status(
    sandbox: &State<Sandbox>,
    caller: Caller,
    shutdown: Shutdown,
    order_id: Option<&str>,
) -> Answer {
    let gateway = &sandbox.gateway;
    gateway.options.called("zenopay");
    if gateway.is_away() {
        return Answer::bad_gateway(503);
    }
    gateway.tick();
    gateway.memory.count(|state| state.gateway.status_queries += 1);
    if caller.key.as_deref() != Some(gateway.options.api_key.as_str()) {
        return wrong_key();
    }
    let (fault, patience) = {
        let mut faults = gateway.faults();
        (faults.statuses.pop_front(), faults.hang)
    };
    let order_id = order_id.unwrap_or_default();
    let Some(push) = gateway.push(order_id) else { return unknown(order_id) };
    let mut answer = found(&push);
    match fault {
        None => {}
        Some(StatusFault::Garbage) => return Answer::html(200, GARBAGE),
        Some(StatusFault::Empty) => return Answer::empty(200),
        Some(StatusFault::Http(status)) => return Answer::bad_gateway(status),
        Some(StatusFault::Timeout) => return hang(patience, shutdown).await,
        Some(StatusFault::Reset) => return Answer::Cut,
        Some(StatusFault::NotFound) => return unknown(order_id),
        Some(StatusFault::Huge) => return Answer::huge(),
        Some(StatusFault::LieTopLevel) => {
            answer["message"] = json!("COMPLETED");
            answer["payment_status"] = json!("COMPLETED");
            answer["data"][0]["payment_status"] = json!("PENDING");
        }
        Some(StatusFault::OtherAmount(amount)) => answer["data"][0]["amount"] = json!(amount.to_string()),
        Some(StatusFault::OtherOrderId(other)) => answer["data"][0]["order_id"] = json!(other),
        Some(StatusFault::OtherCurrency(currency)) => answer["data"][0]["currency"] = json!(currency),
        Some(StatusFault::DataAsObject) => answer["data"] = answer["data"][0].take(),
        Some(StatusFault::AmountWithDecimals) => {
            let amount = answer["data"][0]["amount"].as_str().unwrap_or_default();
            answer["data"][0]["amount"] = json!(format!("{amount}.00"));
        }
        Some(StatusFault::Word(word)) => answer["data"][0]["payment_status"] = json!(word),
        Some(StatusFault::Transid(transid)) => answer["data"][0]["transid"] = json!(transid),
    }
    Answer::json(200, &answer)
}

const GARBAGE: &str = "<!doctype html><html><body><h1>Service temporarily unavailable</h1></body></html>";
const DUPLICATE: &str = "Order ID already exists";

impl SimGateway {
    /// Takes a create as the provider does: key, fields, phone, id; then the push goes out.
    fn accept(&self, caller: &Caller, sent: &[u8]) -> Answer {
        if caller.key.as_deref() != Some(self.options.api_key.as_str()) {
            return wrong_key();
        }
        let Ok(Value::Object(fields)) = serde_json::from_slice::<Value>(sent) else {
            return refusal("Invalid JSON body");
        };
        let missing: Map<String, Value> = ["order_id", "buyer_email", "buyer_name", "buyer_phone", "amount"]
            .into_iter()
            .filter(|name| absent(fields.get(*name)))
            .map(|name| {
                (name.to_owned(), json!([format!("The {} field is required.", name.replace('_', " "))]))
            })
            .collect();
        if !missing.is_empty() {
            let body = json!({ "status": "error", "message": "Validation failed", "errors": missing });
            return Answer::json(400, &body);
        }
        let text = |name: &str| fields.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let Some(amount) = fields["amount"].as_i64().filter(|amount| *amount > 0) else {
            return refusal("Invalid amount");
        };
        if !is_phone(&text("buyer_phone")) {
            return refusal("Invalid phone number format. Use 07XXXXXXXX");
        }
        let order_id = text("order_id");
        let now = (self.options.now)();
        let taken = self.memory.change(|state| {
            if state.gateway.find(&order_id).is_some() {
                return true;
            }
            let number = state.number(now);
            state.gateway.pushes.push(Push {
                order_id: order_id.clone(),
                phone: text("buyer_phone"),
                amount,
                buyer_name: text("buyer_name"),
                buyer_email: text("buyer_email"),
                webhook_url: Some(text("webhook_url")).filter(|url| !url.is_empty()),
                metadata: fields.get("metadata").cloned().unwrap_or(Value::Null),
                at: now,
                reference: format!("{:010}", number.rem_euclid(10_000_000_000)),
                state: PushState::Waiting,
                late: None,
            });
            false
        });
        if taken {
            return refusal(DUPLICATE);
        }
        let message = "Request in progress. You will receive a callback shortly";
        Answer::json(
            200,
            &json!({ "status": "success", "resultcode": "000", "message": message, "order_id": order_id }),
        )
    }
}

fn absent(value: Option<&Value>) -> bool {
    match value {
        None | Some(Value::Null) => true,
        Some(Value::String(text)) => text.trim().is_empty(),
        Some(Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_)) => false,
    }
}

fn is_phone(phone: &str) -> bool {
    phone.len() == 10
        && phone.bytes().all(|digit| digit.is_ascii_digit())
        && (phone.starts_with("06") || phone.starts_with("07"))
}

fn found(push: &Push) -> Value {
    let (amount, transid) = match &push.state {
        PushState::Completed(charge) => (charge.amount, Some(&charge.transid)),
        PushState::Waiting | PushState::Ignored | PushState::Cancelled | PushState::Failed => {
            (push.amount, None)
        }
    };
    let paid = transid.is_some();
    json!({
        "reference": push.reference,
        "resultcode": "000",
        "result": "SUCCESS",
        "message": "Order fetch successful",
        "data": [{
            "order_id": push.order_id,
            "creation_date": creation_date(push.at),
            "amount": amount.to_string(),
            "payment_status": push.status(),
            "transid": transid,
            "channel": paid.then(|| push.channel()),
            "reference": paid.then_some(&push.reference),
            "msisdn": paid.then(|| push.phone.replacen('0', "255", 1)),
        }],
    })
}

/// As the provider writes it: East Africa Time, without saying so.
fn creation_date(micros: i64) -> String {
    OffsetDateTime::from_unix_timestamp_nanos(i128::from(micros) * 1000)
        .ok()
        .and_then(|at| {
            at.to_offset(offset!(+3))
                .format(format_description!("[year]-[month]-[day] [hour]:[minute]:[second]"))
                .ok()
        })
        .unwrap_or_default()
}

fn unknown(order_id: &str) -> Answer {
    let message = format!("Order {order_id} not found");
    Answer::json(
        200,
        &json!({ "reference": null, "resultcode": "404", "result": "FAIL", "message": message, "data": [] }),
    )
}

fn refusal(message: &str) -> Answer {
    Answer::json(400, &json!({ "status": "error", "message": message }))
}

fn wrong_key() -> Answer {
    Answer::json(401, &json!({ "status": "FAILED", "resultcode": "401", "message": "Invalid API key" }))
}
