//! Error pages, with the request's id.
use crate::{
    app::App,
    guards::{Visitor, known_visitor, lang, request_id},
    pages::{ErrorKind, ErrorPage, Layout, Page, context},
    responses::{RetryAt, TRY_AGAIN_SECONDS, encode},
};
use hollyn_core::{
    api::{ErrorBody, ErrorCode, ErrorDetail},
    domain::user::first_name,
};
use rocket::{
    Request, catch, get,
    http::{ContentType, Header, Status},
    response::{Redirect, Responder},
};
use rocket_dyn_templates::Template;
use std::collections::BTreeMap;

/// Any error, as a page or, for a program, as JSON.
pub struct ErrorResponse {
    status: Status,
    kind: ErrorKind,
}

impl ErrorResponse {
    /// The page of that kind.
    pub fn new(status: Status, kind: ErrorKind) -> ErrorResponse {
        ErrorResponse { status, kind }
    }
}

impl<'r> Responder<'r, 'static> for ErrorResponse {
    fn respond_to(self, request: &'r Request<'_>) -> rocket::response::Result<'static> {
        let mut response = self.body(request)?;
        let RetryAt(retry_at) = *request.local_cache(|| RetryAt(None));
        let again = match (self.status.code, retry_at, request.rocket().state::<App>()) {
            (429, Some(at), Some(app)) => Some(at.seconds_since(app.ctx.now()).max(1)),
            (503, _, _) => Some(TRY_AGAIN_SECONDS),
            (_, _, _) => None,
        };
        if let Some(seconds) = again {
            response.set_header(Header::new("retry-after", seconds.to_string()));
        }
        Ok(response)
    }
}

impl ErrorResponse {
    fn body(&self, request: &Request<'_>) -> rocket::response::Result<'static> {
        let id = request_id(request).to_owned();
        if wants_json(request) {
            let message = self.status.reason().unwrap_or("error").to_owned();
            let error =
                ErrorDetail { code: code(self.kind), message, fields: BTreeMap::new(), request_id: id };
            let body = serde_json::to_vec(&ErrorBody { error }).map_err(|_| self.status)?;
            return (self.status, (ContentType::JSON, body)).respond_to(request);
        }
        let Some(app) = request.rocket().state::<App>() else { return Err(self.status) };
        let known = known_visitor(request);
        let host = request.headers().get_one("host").unwrap_or_default();
        let layout = Layout {
            lang: lang(request, known.as_ref()),
            path: if request.method() == rocket::http::Method::Get {
                request.uri().path().to_string()
            } else {
                "/".into()
            },
            signed_in: known
                .as_ref()
                .and_then(|v| v.user.as_ref())
                .map(|user| first_name(&user.name).to_owned()),
            company: app.company.clone(),
            help_url: app.help_url.clone(),
            help_phone: app.help_phone.clone(),
            sandbox: app.has_sandbox,
            impersonating: known.as_ref().and_then(Visitor::viewing),
            request_id: id,
        };
        let page = ErrorPage {
            status: self.status.code,
            kind: self.kind,
            address: (self.kind == ErrorKind::NotFound).then(|| format!("{host}{}", request.uri().path())),
            retry_at: request.local_cache(|| RetryAt(None)).0.map(|at| at.0),
        };
        (self.status, Template::render(ErrorPage::TEMPLATE, context(&layout, &page))).respond_to(request)
    }
}

/// The code that programs get for a kind of page.
fn code(kind: ErrorKind) -> ErrorCode {
    match kind {
        ErrorKind::BadRequest => ErrorCode::BadRequest,
        ErrorKind::Forbidden | ErrorKind::Csrf | ErrorKind::Viewing => ErrorCode::Forbidden,
        ErrorKind::NotFound => ErrorCode::NotFound,
        ErrorKind::TooLarge => ErrorCode::TooLarge,
        ErrorKind::Unprocessable => ErrorCode::Invalid,
        ErrorKind::TooMany => ErrorCode::Limited,
        ErrorKind::Server | ErrorKind::Unavailable => ErrorCode::Internal,
    }
}

/// Whether the client is a program.
pub fn wants_json(request: &Request<'_>) -> bool {
    request.uri().path().starts_with("/api/")
        || request.accept().is_some_and(|accept| accept.preferred().media_type().is_json())
}

/// Everything that went wrong. Who is not signed in is sent to sign in, and comes back.
#[catch(default)]
pub fn any(status: Status, request: &Request<'_>) -> Result<Redirect, ErrorResponse> {
    let of_people = !wants_json(request) && !request.uri().path().starts_with("/webhooks");
    if status == Status::Unauthorized && of_people {
        let path = request.uri().path().as_str();
        let reads = request.method() == rocket::http::Method::Get;
        let back = encode(if reads { path } else { form_of(path) });
        let app = request.rocket().state::<App>();
        let was_in = app.is_some_and(|app| app.session_cookie.token(request.cookies()).is_some());
        let ended = if was_in { "&ended=true" } else { "" };
        return Ok(Redirect::to(format!("/login?next={back}{ended}")));
    }
    // A number in the path that cannot be read is not found.
    let unreadable = status == Status::UnprocessableEntity && request.method() == rocket::http::Method::Get;
    let status = if unreadable { Status::NotFound } else { status };
    Err(ErrorResponse::new(status, ErrorKind::from_status(status.code)))
}

/// The page with the form that is sent to this path.
fn form_of(path: &str) -> &str {
    let service = path.strip_suffix("/reveal");
    match path {
        "/profile/delete" => path,
        "/confirm-password" => "/profile/security",
        "/email/verification" => "/profile",
        _ if path.starts_with("/profile/two-factor/") || path.starts_with("/profile/sessions/") => {
            "/profile/security"
        }
        _ if path.starts_with("/profile/") => "/profile",
        _ => service.unwrap_or("/dashboard"),
    }
}

/// Where the request guard sends forms of other sites.
#[get("/refused/csrf")]
pub fn csrf() -> ErrorResponse {
    ErrorResponse::new(Status::Forbidden, ErrorKind::Csrf)
}

/// Where the request guard sends what staff may not do while they look at the site as a customer.
#[get("/refused/viewing")]
pub fn viewing() -> ErrorResponse {
    ErrorResponse::new(Status::Forbidden, ErrorKind::Viewing)
}

/// Where the request guard sends host names that are not the portal's.
#[get("/refused/host")]
pub fn host() -> ErrorResponse {
    ErrorResponse::new(Status::BadRequest, ErrorKind::BadRequest)
}
