//! Where single sign-on ends; without a ticket, the list of the server's accounts.

use rocket::http::Status;
use rocket::{Route, State, get, routes};
use rocket_dyn_templates::Template;
use serde::Serialize;

use super::{SandboxContext, render};
use crate::pages::Page;
use crate::sandbox::Sandbox;
use crate::sandbox::panel::{Account, PLANS};

pub fn routes() -> Vec<Route> {
    routes![show]
}

/// `GET /sandbox/panel`.
#[derive(Serialize)]
struct Panel {
    /// Who came in by a ticket.
    account: Option<Row>,
    /// The ticket was used, or never ours.
    used: bool,
    /// All accounts, where no ticket was given.
    accounts: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    user: String,
    domain: Option<String>,
    email: String,
    plan: &'static str,
    disk_gb: u32,
    suspended: bool,
    created_at: i64,
    addon_domains: Vec<String>,
}

impl Page for Panel {
    const TEMPLATE: &'static str = "sandbox/panel.html";
}

#[get("/panel?<ticket>")]
fn show(
    sandbox: &State<Sandbox>,
    sandbox_context: SandboxContext,
    ticket: Option<&str>,
) -> (Status, Template) {
    let account = ticket.and_then(|ticket| sandbox.panel.redeem(ticket)).map(row);
    let used = ticket.is_some() && account.is_none();
    let accounts = if ticket.is_none() { sandbox.panel.accounts() } else { Vec::new() };
    let page = Panel { account, used, accounts: accounts.into_iter().map(row).collect() };
    (if used { Status::Gone } else { Status::Ok }, render(&sandbox_context.layout, &page))
}

fn row(account: Account) -> Row {
    let plan = PLANS.iter().find(|(slug, _, _)| *slug == account.plan);
    Row {
        user: account.user,
        domain: Some(account.domain).filter(|domain| !domain.is_empty()),
        email: account.email,
        plan: plan.map_or("", |(_, name, _)| name),
        disk_gb: plan.map_or(0, |(_, _, gb)| *gb),
        suspended: account.suspended,
        created_at: account.created_at,
        addon_domains: account.addon_domains,
    }
}
