//! Refuses requests before they are routed: forms of other sites, host names that are not the portal's,
//! clients whose address the proxy does not name, and what staff may not do while they look at the site as a
//! customer. A form's field `_method`, which Rocket takes for the method, changes nothing.
//!
//! A fairing cannot answer, so a refused request is sent to a route that does.
use super::logged_path;
use crate::{app::App, guards};
use rocket::{
    Data, Request,
    fairing::{Fairing, Info, Kind},
    form::Form,
    http::{Method, uri::Origin},
};

/// See the module.
pub struct RequestGuard;

/// Where refused requests end: `routes::errors` answers there.
const REFUSED_CSRF: &str = "/refused/csrf";
/// See [`REFUSED_CSRF`].
const REFUSED_HOST: &str = "/refused/host";
/// See [`REFUSED_CSRF`].
const REFUSED_VIEWING: &str = "/refused/viewing";
/// See [`REFUSED_CSRF`].
const REFUSED_ENDED: &str = "/refused/ended";

#[rocket::async_trait]
impl Fairing for RequestGuard {
    fn info(&self) -> Info {
        Info { name: "request guard", kind: Kind::Request }
    }

    async fn on_request(&self, request: &mut Request<'_>, data: &mut Data<'_>) {
        if has_method_field(request, data).await {
            request.set_method(Method::Post);
        }
        let Some(app) = request.rocket().state::<App>() else { return };
        if !has_readable_address(app, request) {
            return send_to(REFUSED_HOST, request);
        }
        let refusal = if !is_our_host(app, request) {
            REFUSED_HOST
        } else if !may_change(app, request) {
            REFUSED_CSRF
        } else {
            match impersonation_refusal(app, request).await {
                Some(refusal) => refusal,
                None => return,
            }
        };
        tracing::warn!(method = %request.method(), path = logged_path(request), refusal, "request refused");
        send_to(refusal, request);
    }
}

/// Whether Rocket replaced the method by a form's first field, which it does for a POST only: read as Rocket
/// reads it.
async fn has_method_field(request: &Request<'_>, data: &mut Data<'_>) -> bool {
    let is_form = request.content_type().is_some_and(|kind| kind.is_form());
    let start = if is_form { data.peek("_method=delete".len()).await } else { &[] };
    let start = std::str::from_utf8(start).unwrap_or_default();
    Form::values(start).next().is_some_and(|field| field.name == "_method")
}

fn send_to(refusal: &'static str, request: &mut Request<'_>) {
    request.set_uri(Origin::const_new(refusal, None));
    request.set_method(Method::Get);
}

/// Whether the proxy names the client. A request that it does not name would share the limits of all others;
/// said once, because all its requests are alike.
fn has_readable_address(app: &App, request: &Request<'_>) -> bool {
    let is_readable = guards::client_address::read(request).is_ok();
    if !is_readable {
        app.is_proxy_reported.call_once(|| {
            let header = app.proxy_header.as_deref().unwrap_or_default();
            tracing::error!(
                header,
                "APP_PROXY_HEADER holds no address in a request; such requests are refused"
            );
        });
    }
    is_readable
}

/// A host that is missing or cannot be read is none of ours.
fn is_our_host(app: &App, request: &Request<'_>) -> bool {
    request.host().is_some_and(|host| app.hosts.contains(&host.domain().as_str().to_lowercase()))
}

/// A request that changes something must come from our own pages, or carry nothing that a browser adds by
/// itself.
fn may_change(app: &App, request: &Request<'_>) -> bool {
    let reads = matches!(request.method(), Method::Get | Method::Head | Method::Options);
    // Providers bring no cookie; they prove themselves by a token.
    if reads || request.cookies().iter().next().is_none() && request.headers().get_one("origin").is_none() {
        return true;
    }
    match request.headers().get_one("sec-fetch-site") {
        Some(site) => matches!(site, "same-origin" | "none"),
        None => match request.headers().get_one("origin") {
            Some(origin) => is_own_origin(app, origin, request),
            // Old browsers tell neither, but from which page they come.
            None => match request.headers().get_one("referer").and_then(origin_of) {
                Some(origin) => is_own_origin(app, origin, request),
                None => request.cookies().iter().next().is_none(),
            },
        },
    }
}

/// Staff who look at the site as a customer may read, and send only the forms that [`is_allowed_to_staff`]
/// lists. When the impersonation is over, they may only leave. A request without the impersonation cookie
/// costs no query.
async fn impersonation_refusal(app: &App, request: &Request<'_>) -> Option<&'static str> {
    app.impersonation_cookie.token(request.cookies())?;
    // As the routes are matched: decoded, and without empty parts.
    let path: Vec<&str> = request.uri().path().segments().collect();
    let reads = matches!(request.method(), Method::Get | Method::Head | Method::Options);
    let is_over = guards::visitor(request).await.is_ok_and(|visitor| visitor.viewed_until.is_none());
    if is_over {
        return (!is_public(&path)).then_some(REFUSED_ENDED);
    }
    (!is_allowed_to_staff(reads, &path)).then_some(REFUSED_VIEWING)
}

/// What staff may request in a customer's place. A form that is not listed is refused.
fn is_allowed_to_staff(reads: bool, path: &[&str]) -> bool {
    match (reads, path) {
        // Into the panel, and pages that are there for a refused form alone.
        (true, ["me", "panel"] | ["login", "code"] | ["confirm-password"] | ["profile", "delete"]) => false,
        (
            true,
            ["forgot-password"] | ["reset-password" | "invitation" | "email-change" | "verify-email", ..],
        ) => false,
        (true, _) => true,
        (false, ["impersonate", "stop"] | ["logout"] | ["language"]) => true,
        (false, ["me", "services", "provision-latest"] | ["me", "services", "provision", _]) => true,
        (false, _) => false,
    }
}

/// Addresses that are the same for all visitors, and the start and end of an impersonation.
fn is_public(path: &[&str]) -> bool {
    matches!(
        path,
        ["impersonate" | "refused" | "static" | "webhooks", ..]
            | ["language" | "favicon.ico" | "healthz" | "readyz"]
    )
}

/// The portal's origin. Outside production it has several host names: the origin may be the host of the
/// request.
fn is_own_origin(app: &App, origin: &str, request: &Request<'_>) -> bool {
    let host = request.headers().get_one("host").unwrap_or_default();
    let is_own_host = !app.is_production && !host.is_empty() && origin == format!("http://{host}");
    origin == app.origin || is_own_host
}

/// `https://host:port` of an address.
fn origin_of(address: &str) -> Option<&str> {
    let host = address.find("://")? + 3;
    let path = address[host..].find('/').map_or(address.len(), |slash| host + slash);
    Some(&address[..path])
}

#[cfg(test)]
mod tests {
    use super::is_allowed_to_staff;

    #[test]
    fn staff_look_and_do_not_act() {
        for (reads, path) in [
            (true, &["dashboard"][..]),
            (true, &[]),
            (true, &["me", "services", "7"]),
            (false, &["impersonate", "stop"]),
            (false, &["me", "services", "provision", "6f9d1a52"]),
        ] {
            assert!(is_allowed_to_staff(reads, path), "{path:?}");
        }
        for (reads, path) in [
            (true, &["me", "panel"][..]),
            (false, &["me", "panel", "7"]),
            (false, &["me", "services", "7", "reveal"]),
            (false, &["impersonate", "another-ticket"]),
            (false, &["something", "yet", "to", "be", "written"]),
            (false, &[]),
        ] {
            assert!(!is_allowed_to_staff(reads, path), "{path:?}");
        }
    }
}
