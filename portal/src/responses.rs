//! How a page's route answers: a page, a redirect, or the reason why there is none.
use crate::{
    guards::{PageContext, Visitor, request_id},
    page_cache::FinishedPage,
    pages::{Layout, Page, context},
};
use flate2::Compression;
use hollyn_core::{Error, domain::time::Timestamp};
use rocket::{
    Request, Response,
    http::{Header, Status, uri::Reference},
    response::{Redirect, Responder},
};
use rocket_dyn_templates::Template;
use std::sync::Arc;

/// A successful response of a route.
pub enum Reply {
    /// A page.
    Page(Status, Template),
    /// A page whose address is a secret: sent without a referrer.
    Secret(Status, Template),
    /// 429 or 503, with Retry-After in seconds.
    Later(Status, i64, Template),
    /// 303, to one of our own paths.
    Go(String),
    /// 303 to a path after a sign-out: the browser forgets the pages that it saved.
    GoSignedOut(String),
    /// 303 to an address that is a secret.
    GoSecretly(String),
    /// 401 and off to sign in: answered as a redirect.
    SignIn(String),
}

/// The result of a route.
pub type Answer = Result<Reply, PageError>;

/// Why a page cannot be shown.
#[derive(Debug)]
pub enum PageError {
    /// There is no such thing, or not for this visitor.
    NotFound,
    /// The address cannot be read, or the request comes from where it must not.
    Forbidden,
    /// Too many attempts; the next is possible from then on.
    TooMany(Timestamp),
    /// Too much work is waiting.
    Busy,
    /// The database cannot be used now. Logged with the request's id.
    Unavailable(Error),
    /// Our side failed. Logged with the request's id.
    Internal(Error),
}

impl From<Error> for PageError {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound(_) => PageError::NotFound,
            Error::Forbidden(_) | Error::ReauthRequired { .. } => PageError::Forbidden,
            Error::RateLimited(until) => PageError::TooMany(until),
            Error::Busy => PageError::Busy,
            Error::Unavailable(_) => PageError::Unavailable(error),
            // A page shows these in its own words; one that does not is at fault.
            Error::Conflict(_) | Error::Invalid(_) | Error::Provider(_) | Error::Internal(_) => {
                PageError::Internal(error)
            }
        }
    }
}

/// A page as an answer.
pub fn page<P: Page>(page_context: &PageContext<'_>, visitor: &Visitor, page: &P) -> Reply {
    page_with(Status::Ok, page_context, visitor, page)
}

/// A page with another status than 200.
pub fn page_with<P: Page>(
    status: Status,
    page_context: &PageContext<'_>,
    visitor: &Visitor,
    page: &P,
) -> Reply {
    Reply::Page(status, Template::render(P::TEMPLATE, context(&page_context.layout(Some(visitor)), page)))
}

/// 429: a page that says when to go on.
pub fn page_later<P: Page>(
    page_context: &PageContext<'_>,
    visitor: &Visitor,
    again: Timestamp,
    page: &P,
) -> Reply {
    let seconds = again.seconds_since(page_context.app.ctx.now()).max(1);
    let html = Template::render(P::TEMPLATE, context(&page_context.layout(Some(visitor)), page));
    Reply::Later(Status::TooManyRequests, seconds, html)
}

/// After how many seconds to try again what the portal could not do now.
pub const TRY_AGAIN_SECONDS: i64 = 5;

/// 503: a page that asks to try again in a few seconds.
pub fn page_busy<P: Page>(page_context: &PageContext<'_>, visitor: &Visitor, page: &P) -> Reply {
    let html = Template::render(P::TEMPLATE, context(&page_context.layout(Some(visitor)), page));
    Reply::Later(Status::ServiceUnavailable, TRY_AGAIN_SECONDS, html)
}

/// When the limit that ended a request allows the next one: for the error page.
#[derive(Clone, Copy)]
pub struct RetryAt(pub Option<Timestamp>);

/// Renders a page to be kept in the page cache.
pub fn finish<P: Page>(
    page_context: &PageContext<'_>,
    layout: &Layout,
    page: &P,
    compression: Compression,
) -> Result<Arc<FinishedPage>, PageError> {
    let html = Template::show(page_context.rocket, P::TEMPLATE, context(layout, page))
        .ok_or(Error::internal("a page could not be rendered"))?;
    let finished = FinishedPage::new(html, compression);
    Ok(Arc::new(finished.map_err(|_| Error::internal("a page could not be compressed"))?))
}

/// A finished page of one customer.
pub struct OwnPage {
    pub page: Arc<FinishedPage>,
    pub gzip: bool,
}

impl<'r> Responder<'r, 'static> for OwnPage {
    fn respond_to(self, _: &'r Request<'_>) -> rocket::response::Result<'static> {
        let mut response = Response::new();
        response.set_header(Header::new("vary", "accept-encoding"));
        self.page.write(&mut response, self.gzip);
        Ok(response)
    }
}

/// One of our own paths: begins with a single slash, has only what paths and queries are made of, and can be
/// redirected to.
pub fn own_path(next: &str) -> Option<&str> {
    let sound = next.starts_with('/')
        && !next.starts_with("//")
        && next.len() < 500
        && next.bytes().all(|b| b.is_ascii_alphanumeric() || b"/?=&%#.-_~+,:;@!".contains(&b))
        && Reference::parse(next).is_ok();
    sound.then_some(next)
}

impl<'r> Responder<'r, 'static> for Reply {
    fn respond_to(self, request: &'r Request<'_>) -> rocket::response::Result<'static> {
        match self {
            Reply::Page(status, template) => (status, template).respond_to(request),
            Reply::Later(status, seconds, template) => {
                let mut response = (status, template).respond_to(request)?;
                response.set_header(Header::new("retry-after", seconds.to_string()));
                Ok(response)
            }
            Reply::Secret(status, template) => {
                let mut response = (status, template).respond_to(request)?;
                response.set_header(Header::new("referrer-policy", "no-referrer"));
                Ok(response)
            }
            Reply::Go(path) => Redirect::to(path).respond_to(request),
            Reply::GoSignedOut(path) => {
                let mut response = Redirect::to(path).respond_to(request)?;
                // Not the cookies: the language and the known device outlast the session.
                response.set_header(Header::new("clear-site-data", "\"cache\", \"storage\""));
                Ok(response)
            }
            Reply::GoSecretly(url) => {
                let mut response = Response::build().status(Status::SeeOther).finalize();
                response.set_header(Header::new("location", url));
                response.set_header(Header::new("referrer-policy", "no-referrer"));
                Ok(response)
            }
            Reply::SignIn(path) => Redirect::to(format!("/login?next={}", encode(&path))).respond_to(request),
        }
    }
}

impl<'r> Responder<'r, 'static> for PageError {
    fn respond_to(self, request: &'r Request<'_>) -> rocket::response::Result<'static> {
        match self {
            PageError::NotFound => Err(Status::NotFound),
            PageError::Forbidden => Err(Status::Forbidden),
            PageError::TooMany(until) => {
                request.local_cache(|| RetryAt(Some(until)));
                Err(Status::TooManyRequests)
            }
            PageError::Busy => Err(Status::ServiceUnavailable),
            PageError::Unavailable(error) => {
                log(request_id(request), &error);
                Err(Status::ServiceUnavailable)
            }
            PageError::Internal(error) => {
                log(request_id(request), &error);
                Err(Status::InternalServerError)
            }
        }
    }
}

/// Logs an error that ends a request, with its causes.
pub fn log(request_id: &str, error: &Error) {
    tracing::error!(request_id, error = hollyn_core::error_chain(error), "the request failed");
}

/// A path as a query's value.
pub fn encode(path: &str) -> String {
    rocket::http::RawStr::new(path).percent_encode().to_string()
}

#[cfg(test)]
mod tests {
    use super::own_path;

    #[test]
    fn only_our_own_paths_are_gone_to() {
        for own in ["/", "/dashboard", "/checkout/hollyn-lite?months=3"] {
            assert_eq!(own_path(own), Some(own));
        }
        for others in [
            "",
            "dashboard",
            "//evil.tz",
            "/\\evil.tz",
            "https://evil.tz",
            "/a\r\nb",
            "/a b",
            "\\\\evil",
            "/a\"b",
            "/<b>",
            "/{x}",
            "/a|b",
            "/a#b#c",
            "/##",
        ] {
            assert_eq!(own_path(others), None, "{others}");
        }
    }
}
