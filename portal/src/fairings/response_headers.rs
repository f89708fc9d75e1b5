//! What every response gets: security headers, the request's id, compression, and a line in the log.
use super::logged_path;
use crate::{app::App, guards};
use flate2::{Compression, write::GzEncoder};
use hollyn_core::{
    access_failures::AccessFailure,
    api::MOUNT,
    ops::{Caller, access_failures},
};
use rocket::{
    Request, Response,
    fairing::{Fairing, Info, Kind},
    http::{Header, Status},
};
use std::io::{Cursor, Write};

/// See the module.
pub struct ResponseHeaders;

/// Nothing from elsewhere, nothing inline. A form may end at the panel: signing on answers with a redirect
/// there, and browsers hold redirects of forms against this list too.
pub fn policy(panel_origin: &str) -> String {
    format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; \
         connect-src 'self'; form-action 'self' {panel_origin}; base-uri 'none'; frame-ancestors 'none'"
    )
}

const FIXED: [(&str, &str); 6] = [
    ("x-content-type-options", "nosniff"),
    // As `frame-ancestors` in the policy, for browsers that do not know it.
    ("x-frame-options", "DENY"),
    ("referrer-policy", "strict-origin-when-cross-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    (
        "permissions-policy",
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()",
    ),
];

/// Below this many bytes compression gains nothing.
const WORTH_IT: usize = 700;

#[rocket::async_trait]
impl Fairing for ResponseHeaders {
    fn info(&self) -> Info {
        Info { name: "response headers", kind: Kind::Response }
    }

    async fn on_response<'r>(&self, request: &'r Request<'_>, response: &mut Response<'r>) {
        for (name, value) in FIXED {
            // A route may say more about its own address. The others are ours alone: Rocket has its own idea
            // of one.
            if name != "referrer-policy" || !response.headers().contains(name) {
                response.set_header(Header::new(name, value));
            }
        }
        let app = request.rocket().state::<App>();
        if let Some(app) = app.filter(|_| !response.headers().contains("content-security-policy")) {
            response.set_header(Header::new("content-security-policy", app.policy.clone()));
        }
        if app.is_some_and(|app| app.is_production) {
            response
                .set_header(Header::new("strict-transport-security", "max-age=31536000; includeSubDomains"));
        }
        if !response.headers().contains("cache-control") {
            response.set_header(Header::new("cache-control", "no-store"));
        }
        let id = guards::request_id(request);
        response.set_header(Header::new("x-request-id", id.to_owned()));
        record_denial(request, response.status()).await;
        compress(request, response).await;
        let (method, path, status) = (request.method(), logged_path(request), response.status().code);
        if status >= 500 {
            tracing::error!(request_id = id, %method, path, status, "answered");
        } else {
            tracing::debug!(request_id = id, %method, path, status, "answered");
        }
    }
}

/// Records that a page was denied. The API records what it denies itself.
async fn record_denial(request: &Request<'_>, status: Status) {
    let failure = match status.code {
        403 => AccessFailure::Forbidden,
        429 => AccessFailure::Limited,
        _ => return,
    };
    let Some(app) = request.rocket().state::<App>().filter(|_| !request.uri().path().starts_with(MOUNT))
    else {
        return;
    };
    let known = guards::known_visitor(request).map(|visitor| visitor.caller);
    let caller = known.unwrap_or_else(|| Caller {
        address: guards::client_address(request),
        request_id: guards::request_id(request).to_owned(),
        ..Caller::default()
    });
    let user = caller.user;
    access_failures::record(&app.ctx, failure, &caller.audit_context(), user).await;
}

async fn compress(request: &Request<'_>, response: &mut Response<'_>) {
    let accepts =
        request.headers().get_one("accept-encoding").is_some_and(|accepted| accepted.contains("gzip"));
    let is_text = response.content_type().is_some_and(|kind| {
        kind.is_html() || kind.is_json() || kind.is_css() || kind.is_javascript() || kind.is_svg()
    });
    if !accepts || !is_text || response.headers().contains("content-encoding") {
        return;
    }
    if response.body().preset_size().is_none_or(|size| size < WORTH_IT) {
        return;
    }
    let Ok(body) = response.body_mut().to_bytes().await else { return };
    let mut encoder = GzEncoder::new(Vec::with_capacity(body.len() / 3), Compression::new(6));
    let packed = encoder.write_all(&body).and_then(|()| encoder.finish());
    match packed {
        Ok(packed) => {
            response.set_header(Header::new("content-encoding", "gzip"));
            response.adjoin_header(Header::new("vary", "accept-encoding"));
            response.set_sized_body(packed.len(), Cursor::new(packed));
        }
        Err(_) => response.set_sized_body(body.len(), Cursor::new(body)),
    }
}
