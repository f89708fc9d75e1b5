//! Impersonation: starting it from the desktop app's link, and ending it.
use super::errors;
use crate::{
    guards::{PageContext, Visitor},
    pages::{ErrorKind, Impersonate, ImpersonateState, Page, context},
    responses::{Answer, Reply, page, page_with},
};
use hollyn_core::ops::impersonation;
use rocket::{
    Request, get,
    http::{CookieJar, Status},
    post,
    response::Responder,
};
use rocket_dyn_templates::Template;

/// `GET /impersonate/{ticket}`: shows a button, and uses nothing up.
#[get("/impersonate/<ticket>")]
pub async fn form(page_context: PageContext<'_>, visitor: Visitor, ticket: &str) -> Answer {
    let customer = visitor.viewing().map(|viewing| viewing.name);
    if customer.is_some() {
        let busy = Impersonate { state: ImpersonateState::Busy, customer, reason: None };
        return Ok(secret(Status::Conflict, &page_context, &visitor, &busy));
    }
    // The browser's own session is not used here.
    let anonymous = Visitor { user: None, ..visitor };
    Ok(match impersonation::peek(&page_context.app.ctx, ticket).await? {
        Some(found) => {
            let state = ImpersonateState::Ready;
            let ready = Impersonate { state, customer: Some(found.customer), reason: Some(found.reason) };
            secret(Status::Ok, &page_context, &anonymous, &ready)
        }
        None => gone(&page_context, &anonymous),
    })
}

/// `POST /impersonate/{ticket}`: starts the impersonation. The request guard refuses it, like every form,
/// during another one.
#[post("/impersonate/<ticket>", rank = 2)]
pub async fn enter(
    page_context: PageContext<'_>,
    visitor: Visitor,
    jar: &CookieJar<'_>,
    ticket: &str,
) -> Answer {
    let app = page_context.app;
    match impersonation::enter(&app.ctx, &visitor.caller, ticket).await? {
        Some(token) => {
            app.impersonation_cookie.set(jar, token, false);
            Ok(Reply::Go("/dashboard".into()))
        }
        None => Ok(gone(&page_context.at("/"), &Visitor { user: None, ..visitor })),
    }
}

/// Wrong, used or too old; which of them is not told.
fn gone(page_context: &PageContext<'_>, visitor: &Visitor) -> Reply {
    secret(Status::Gone, page_context, visitor, &Impersonate::default())
}

fn secret(status: Status, page_context: &PageContext<'_>, visitor: &Visitor, page: &Impersonate) -> Reply {
    let layout = page_context.layout(Some(visitor));
    Reply::Secret(status, Template::render(Impersonate::TEMPLATE, context(&layout, page)))
}

/// `POST /impersonate/stop`
#[post("/impersonate/stop", rank = 1)]
pub async fn stop(page_context: PageContext<'_>, visitor: Visitor, jar: &CookieJar<'_>) -> Answer {
    leave(&page_context, visitor, jar).await
}

/// Ends the impersonation and says so, on a page without a user. The browser's own session is not changed.
pub async fn leave(page_context: &PageContext<'_>, visitor: Visitor, jar: &CookieJar<'_>) -> Answer {
    let app = page_context.app;
    let token = app.impersonation_cookie.token(jar).map(str::to_owned);
    let customer = match token {
        Some(token) => impersonation::stop(&app.ctx, &visitor.caller, &token).await?,
        None => None,
    };
    app.impersonation_cookie.clear(jar);
    let anonymous = Visitor { user: None, viewed_until: None, ..visitor };
    Ok(page(page_context, &anonymous, &Impersonate { state: ImpersonateState::Left, customer, reason: None }))
}

/// A page, or for a program that asks, an error.
pub struct Ended(Reply);

/// Where the request guard sends a browser with the cookie of an ended impersonation: it does not go on as
/// another user without being told.
#[get("/refused/ended")]
pub fn ended(page_context: PageContext<'_>, visitor: Visitor) -> Ended {
    let ended = Impersonate { state: ImpersonateState::Ended, ..Impersonate::default() };
    Ended(page_with(
        Status::Gone,
        &page_context,
        &Visitor { user: None, viewed_until: None, ..visitor },
        &ended,
    ))
}

impl<'r> Responder<'r, 'static> for Ended {
    fn respond_to(self, request: &'r Request<'_>) -> rocket::response::Result<'static> {
        if errors::wants_json(request) {
            return errors::ErrorResponse::new(Status::Gone, ErrorKind::Viewing).respond_to(request);
        }
        self.0.respond_to(request)
    }
}
