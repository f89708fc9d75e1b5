//! The sandbox's pages: where a person plays the phone, lands in the panel and reads the mail. They look like
//! the portal because they are its demonstration, and they exist only where the sandbox does.

mod context;
mod mail;
mod panel;
mod phone;

use rocket::http::ContentType;
use rocket::{Route, State, get, routes};
use rocket_dyn_templates::Template;
use serde::Serialize;

use super::Sandbox;
use crate::pages::{Layout, Page, context};
use context::SandboxContext;

pub(super) fn routes() -> Vec<Route> {
    let mut routes = routes![home, style];
    routes.append(&mut phone::routes());
    routes.append(&mut panel::routes());
    routes.append(&mut mail::routes());
    routes
}

/// The one place where a page of the sandbox becomes HTML.
fn render<P: Page>(layout: &Layout, page: &P) -> Template {
    Template::render(P::TEMPLATE, context(layout, page))
}

/// `GET /sandbox`: what this is, and where to look.
#[derive(Serialize)]
struct Home {
    waiting: usize,
    accounts: usize,
    mails: u64,
    origin: String,
    smtp: Option<String>,
}

impl Page for Home {
    const TEMPLATE: &'static str = "sandbox/home.html";
}

#[get("/")]
fn home(sandbox: &State<Sandbox>, sandbox_context: SandboxContext) -> Template {
    sandbox.gateway.tick();
    let page = Home {
        waiting: phone::waiting(sandbox).len(),
        accounts: sandbox.panel.accounts().len(),
        mails: sandbox.mailbox.received(),
        origin: sandbox_context.origin.clone(),
        smtp: sandbox.mailbox.address().map(|address| address.to_string()),
    };
    render(&sandbox_context.layout, &page)
}

/// What the sandbox's pages need besides the portal's own styles, which customers should not have to load.
#[get("/sandbox.css")]
fn style() -> (ContentType, &'static str) {
    (ContentType::CSS, include_str!("sandbox.css"))
}
