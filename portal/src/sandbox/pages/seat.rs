//! Who looks at the sandbox's pages: nobody in particular, in one of our languages.

use rocket::request::{FromRequest, Outcome, Request};

use crate::i18n::Lang;
use crate::pages::Layout;

/// What stands around a page of the sandbox, from the request alone: these pages know no accounts.
pub(super) struct Seat {
    pub shell: Layout,
    /// As the browser sees it, `http://localhost:8000`.
    pub origin: String,
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Seat {
    type Error = std::convert::Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Self::Error> {
        let chosen = request.cookies().get("lang").and_then(|cookie| Lang::from_code(cookie.value()));
        let accepted = || Lang::from_accept(request.headers().get_one("accept-language").unwrap_or_default());
        let host = request.headers().get_one("host").unwrap_or("localhost");
        Outcome::Success(Seat {
            shell: Layout {
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
