//! The phones of all customers, on one page.

use crate::guards::Form;
use rocket::form::FromForm;
use rocket::http::Status;
use rocket::response::Redirect;
use rocket::serde::json::Json;
use rocket::{Route, State, get, post, routes};
use rocket_dyn_templates::Template;
use serde::Serialize;
use serde_json::{Value, json};

use super::{SandboxContext, render};
use crate::pages::Page;
use crate::sandbox::Sandbox;
use crate::sandbox::gateway::{PhoneAction, Push, PushState};

pub fn routes() -> Vec<Route> {
    routes![show, status, answer]
}

/// Pushes whose prompt is on the phone, newest first.
pub(super) fn waiting(sandbox: &Sandbox) -> Vec<Push> {
    let mut waiting = sandbox.gateway.pushes();
    waiting.retain(|push| push.state == PushState::Waiting);
    waiting.reverse();
    waiting
}

/// `GET /sandbox/phone`.
#[derive(Serialize)]
struct Phone {
    now: i64,
    merchant: String,
    waiting: Vec<Prompt>,
    history: Vec<Ended>,
    actions: Vec<&'static str>,
}

#[derive(Serialize)]
struct Prompt {
    order_id: String,
    order: String,
    phone: String,
    network: &'static str,
    amount_tzs: i64,
    at: i64,
}

#[derive(Serialize)]
struct Ended {
    order: String,
    phone: String,
    network: &'static str,
    asked_tzs: i64,
    paid_tzs: Option<i64>,
    transid: Option<String>,
    /// `paid`, `less`, `more`, `late`, `ignored`, `refused`, `failed`.
    result: &'static str,
    at: i64,
}

impl Page for Phone {
    const TEMPLATE: &'static str = "sandbox/phone.html";
}

/// Ended pushes shown; the older ones are in the journal.
const HISTORY: usize = 30;

#[get("/phone")]
fn show(sandbox: &State<Sandbox>, sandbox_context: SandboxContext) -> Template {
    sandbox.gateway.tick();
    let pushes = sandbox.gateway.pushes();
    let ended = pushes.iter().rev().filter(|push| push.state != PushState::Waiting).take(HISTORY).map(ended);
    let page = Phone {
        now: sandbox.gateway.now(),
        merchant: sandbox.gateway.merchant().to_owned(),
        waiting: waiting(sandbox).into_iter().map(prompt).collect(),
        history: ended.collect(),
        actions: PhoneAction::ALL.map(PhoneAction::word).to_vec(),
    };
    render(&sandbox_context.layout, &page)
}

/// What the page polls while nothing waits: `view` is the number of requests that wait.
#[get("/phone/status")]
fn status(sandbox: &State<Sandbox>) -> Json<Value> {
    sandbox.gateway.tick();
    Json(json!({ "view": waiting(sandbox).len() }))
}

#[derive(FromForm)]
struct Answer<'r> {
    act: &'r str,
}

#[post("/phone/<order_id>", data = "<form>")]
fn answer(sandbox: &State<Sandbox>, order_id: &str, form: Form<Answer<'_>>) -> Result<Redirect, Status> {
    let act = PhoneAction::parse(form.act).ok_or(Status::UnprocessableEntity)?;
    // An answer to a prompt that is gone meanwhile changes nothing; the page shows what became of it.
    sandbox.gateway.act(order_id, act);
    Ok(Redirect::to("/sandbox/phone"))
}

fn prompt(push: Push) -> Prompt {
    Prompt {
        order: push.order_label().to_owned(),
        network: push.network().unwrap_or("MOBILE MONEY"),
        phone: push.phone,
        amount_tzs: push.amount,
        at: push.at,
        order_id: push.order_id,
    }
}

fn ended(push: &Push) -> Ended {
    let charge = match &push.state {
        PushState::Completed(charge) => Some(charge),
        PushState::Waiting | PushState::Ignored | PushState::Cancelled | PushState::Failed => None,
    };
    let result = match &push.state {
        PushState::Completed(charge) if charge.amount < push.amount => "less",
        PushState::Completed(charge) if charge.amount > push.amount => "more",
        PushState::Completed(_) => "paid",
        PushState::Waiting | PushState::Ignored if push.pays_late() => "late",
        PushState::Waiting | PushState::Ignored => "ignored",
        PushState::Cancelled => "refused",
        PushState::Failed => "failed",
    };
    Ended {
        order: push.order_label().to_owned(),
        phone: push.phone.clone(),
        network: push.network().unwrap_or("MOBILE MONEY"),
        asked_tzs: push.amount,
        paid_tzs: charge.map(|charge| charge.amount),
        transid: charge.map(|charge| charge.transid.clone()),
        result,
        at: charge.map_or(push.at, |charge| charge.at),
    }
}
