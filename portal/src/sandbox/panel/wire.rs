//! Webuzo's two ports as they are on the wire: one `index.php` each, the call in `act` and in the fields,
//! HTTP 200 for every answer, a login page without valid credentials.

use std::collections::BTreeMap;

use rocket::data::Data;
use rocket::{Route, Shutdown, State, post, routes};
use serde_json::{Value, json};

use super::accounts::{field, field2};
use super::{JournalEntry, PanelCall, PanelFault, SimPanel};
use crate::sandbox::Sandbox;
use crate::sandbox::wire::{Answer, Caller, body, fields, hang};

pub fn routes() -> Vec<Route> {
    routes![admin, enduser]
}

#[post("/webuzo/admin/index.php", data = "<data>")]
async fn admin(sandbox: &State<Sandbox>, caller: Caller, shutdown: Shutdown, data: Data<'_>) -> Answer {
    sandbox.panel.answer(Port::Admin, caller, fields(&body(data).await), shutdown).await
}

#[post("/webuzo/enduser/index.php", data = "<data>")]
async fn enduser(sandbox: &State<Sandbox>, caller: Caller, shutdown: Shutdown, data: Data<'_>) -> Answer {
    sandbox.panel.answer(Port::EndUser, caller, fields(&body(data).await), shutdown).await
}

#[derive(Clone, Copy)]
enum Port {
    Admin,
    EndUser,
}

const LOGIN: &str = "<!DOCTYPE html>\n<html><head><title>Login - Webuzo</title></head><body>\
    <form method=\"post\" action=\"index.php?act=login\"><input name=\"username\"><input name=\"password\" \
    type=\"password\"><button>Login</button></form></body></html>";

impl SimPanel {
    async fn answer(
        &self,
        port: Port,
        caller: Caller,
        sent: BTreeMap<String, String>,
        shutdown: Shutdown,
    ) -> Answer {
        self.options.called("webuzo");
        if self.is_away() {
            return Answer::bad_gateway(503);
        }
        // Keys in the address would stand in every log on the way: they count in the body only.
        let entitled = self.admits(&caller, &sent);
        let mut params = fields(caller.query.as_bytes());
        params.remove("apikey");
        params.extend(sent);
        let call = kind(port, &params);
        let (fault, patience, create_takes) = {
            let mut faults = self.faults();
            (faults.take(call), faults.hang, faults.create_takes)
        };
        if !entitled || fault == Some(PanelFault::LoginPage) || field(&params, "api") != "json" {
            self.note(call, &params, false);
            return Answer::html(200, LOGIN);
        }
        if fault.as_ref().is_some_and(|fault| !fault.is_performed()) {
            self.note(call, &params, false);
        }
        let perform = async {
            if call == PanelCall::Create && !create_takes.is_zero() {
                tokio::time::sleep(create_takes).await;
            }
            let origin = self.options.public_url.clone().unwrap_or_else(|| format!("http://{}", caller.host));
            let said = self.perform(call, &params, &origin);
            self.note(call, &params, said.is_ok());
            said
        };
        let is_performed = fault.as_ref().is_none_or(PanelFault::is_performed);
        let said = if is_performed { Some(perform.await) } else { None };
        match fault {
            None => match said {
                Some(Ok(body)) => envelope(body),
                Some(Err(error)) => envelope(json!({ "error": error })),
                None => envelope(json!({})),
            },
            Some(PanelFault::TimeoutBeforeActing | PanelFault::TimeoutAfterActing) => {
                hang(patience, shutdown).await
            }
            Some(PanelFault::ResetAfterActing) => Answer::Cut,
            Some(PanelFault::Garbage { .. }) => {
                Answer::html(200, "<b>Fatal error</b>: Allowed memory size exhausted")
            }
            Some(PanelFault::Http(status)) => Answer::bad_gateway(status),
            Some(PanelFault::ErrorText { text, .. }) => envelope(json!({ "error": [text] })),
            Some(PanelFault::NoWord { .. }) => envelope(json!({})),
            Some(PanelFault::SaysDone) => envelope(json!({ "done": { "msg": "Done" } })),
            Some(PanelFault::LoginPage) => Answer::html(200, LOGIN),
            Some(PanelFault::Huge) => Answer::huge(),
        }
    }

    fn admits(&self, caller: &Caller, sent: &BTreeMap<String, String>) -> bool {
        let options = &self.options;
        let basic = caller.basic.as_ref();
        basic.is_some_and(|(user, pass)| *user == options.admin_user && *pass == options.admin_pass)
            || field(sent, "apiuser") == options.admin_user && field(sent, "apikey") == options.panel_key
    }

    fn note(&self, call: PanelCall, params: &BTreeMap<String, String>, acted: bool) {
        let user = match call {
            PanelCall::Create => field2(params, "user", "username"),
            PanelCall::Edit => field2(params, "user_name", "user"),
            PanelCall::Look => field(params, "search"),
            PanelCall::Suspend => field(params, "suspend"),
            PanelCall::Resume => field(params, "unsuspend"),
            PanelCall::Delete => field(params, "delete_user"),
            PanelCall::AddDomain => field2(params, "loginAs", "username"),
            PanelCall::SignOn => field(params, "loginAs"),
            PanelCall::Plans | PanelCall::Unknown => "",
        };
        let masked = |(name, value): (&String, &String)| {
            let secret = name.contains("pass") || name.contains("key");
            (name.clone(), if secret { "***".to_owned() } else { value.clone() })
        };
        let entry = JournalEntry {
            call,
            user: user.to_owned(),
            fields: params.iter().map(masked).collect(),
            acted,
            at: (self.options.now)(),
        };
        self.memory.change(|state| state.panel.journal.push(entry));
    }
}

fn kind(port: Port, params: &BTreeMap<String, String>) -> PanelCall {
    let has = |name: &str| !field(params, name).is_empty();
    match (port, field(params, "act")) {
        (Port::Admin, "add_user") if has("edit_user") => PanelCall::Edit,
        (Port::Admin, "add_user") if has("create_user") => PanelCall::Create,
        (Port::Admin, "adduser") => PanelCall::Create,
        (Port::Admin, "add_domain") | (Port::EndUser, "domainadd") => PanelCall::AddDomain,
        (Port::Admin, "users") if has("suspend") => PanelCall::Suspend,
        (Port::Admin, "users") if has("unsuspend") => PanelCall::Resume,
        (Port::Admin, "users") if has("delete_user") => PanelCall::Delete,
        (Port::Admin, "users") => PanelCall::Look,
        (Port::Admin, "plans") => PanelCall::Plans,
        (Port::EndUser, "sso") => PanelCall::SignOn,
        (Port::Admin | Port::EndUser, _) => PanelCall::Unknown,
    }
}

/// What Webuzo puts around every answer.
fn envelope(mut body: Value) -> Answer {
    body["title"] = json!("Webuzo");
    body["timenow"] = json!("1 Jan 2026 00:00");
    Answer::json(200, &body)
}
