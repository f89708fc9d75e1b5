//! What a page needs besides its own data: language, layout, and Rocket for rendering to text.
use super::{Visitor, session};
use crate::{app::App, i18n::Lang, pages::Layout};
use hollyn_core::domain::user::first_name;
use rocket::{
    Orbit, Request, Rocket,
    http::Status,
    request::{FromRequest, Outcome},
};

/// The page's language and layout.
pub struct PageContext<'r> {
    pub app: &'r App,
    pub rocket: &'r Rocket<Orbit>,
    pub lang: Lang,
    pub request_id: &'r str,
    path: String,
}

impl PageContext<'_> {
    /// The layout for this visitor; None for pages that are the same for all visitors.
    pub fn layout(&self, visitor: Option<&Visitor>) -> Layout {
        Layout {
            lang: self.lang,
            path: self.path.clone(),
            signed_in: visitor.and_then(|v| v.user.as_ref()).map(|user| first_name(&user.name).to_owned()),
            company: self.app.company.clone(),
            help_url: self.app.help_url.clone(),
            help_phone: self.app.help_phone.clone(),
            sandbox: self.app.has_sandbox,
            impersonating: visitor.and_then(Visitor::viewing),
            request_id: if visitor.is_some() { self.request_id.to_owned() } else { String::new() },
        }
    }

    /// The requested path and query.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The same with another path: on a page that answers a POST, the language switch leads to its form.
    pub fn at(mut self, path: impl Into<String>) -> Self {
        self.path = path.into();
        self
    }
}

/// The cookie with the language that the visitor chose.
pub const LANG: &str = "lang";

/// The language: the cookie's choice, else the account's, else the browser's.
pub fn lang(request: &Request<'_>, visitor: Option<&Visitor>) -> Lang {
    let app = request.rocket().state::<App>();
    let cookie = app.and_then(|app| app.session_cookie.value(request.cookies(), LANG));
    let chosen = cookie.and_then(Lang::from_code);
    let kept = || visitor.and_then(|v| v.user.as_ref()).and_then(|user| Lang::from_code(&user.locale));
    let browser = || Lang::from_accept(request.headers().get_one("accept-language").unwrap_or_default());
    chosen.or_else(kept).unwrap_or_else(browser)
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for PageContext<'r> {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        let Some(app) = request.rocket().state::<App>() else {
            return Outcome::Error((Status::InternalServerError, ()));
        };
        let query = request.uri().query().filter(|query| query.as_str().len() < 200);
        Outcome::Success(PageContext {
            app,
            rocket: request.rocket(),
            lang: lang(request, None),
            request_id: session::request_id(request),
            path: match query {
                Some(query) => format!("{}?{query}", request.uri().path()),
                None => request.uri().path().to_string(),
            },
        })
    }
}

/// What the client accepts.
pub struct Accepts {
    /// `If-None-Match`, as sent.
    pub known_etag: Option<String>,
    pub gzip: bool,
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Accepts {
    type Error = std::convert::Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Self::Error> {
        let header = |name| request.headers().get_one(name);
        Outcome::Success(Accepts {
            known_etag: header("if-none-match").map(str::to_owned),
            gzip: header("accept-encoding").is_some_and(|accepted| accepted.contains("gzip")),
        })
    }
}
