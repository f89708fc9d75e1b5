//! Language, layout and origin of the sandbox's pages.

use rocket::request::{FromRequest, Outcome, Request};

use crate::i18n::Lang;
use crate::pages::Layout;

/// Made from the request alone: these pages have no accounts.
pub(super) struct SandboxContext {
    pub layout: Layout,
    /// As the browser sees it, `http://localhost:8000`.
    pub origin: String,
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for SandboxContext {
    type Error = std::convert::Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Self::Error> {
        let chosen = request.cookies().get("lang").and_then(|cookie| Lang::from_code(cookie.value()));
        let accepted = || Lang::from_accept(request.headers().get_one("accept-language").unwrap_or_default());
        let host = request.headers().get_one("host").unwrap_or("localhost");
        Outcome::Success(SandboxContext {
            layout: Layout {
                lang: chosen.unwrap_or_else(accepted),
                // Without the query: a sign-on ticket is used up, and the language switch comes back here.
                path: request.uri().path().to_string(),
                signed_in: None,
                company: "Hollyn Online".into(),
                help_url: "/sandbox".into(),
                help_phone: None,
                sandbox: false,
                impersonating: None,
                request_id: String::new(),
            },
            origin: format!("http://{host}"),
        })
    }
}
