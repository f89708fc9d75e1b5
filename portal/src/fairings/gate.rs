//! Refuses what no route should see: another site's forms, host names that are not ours.
//!
//! A fairing cannot answer, so a refused request is sent to a route that does.
use crate::app::App;
use rocket::{
    Data, Request,
    fairing::{Fairing, Info, Kind},
    http::{Method, uri::Origin},
};

/// See the module.
pub struct Gate;

/// Where refused requests end: `routes::errors` answers there.
const REFUSED_CSRF: &str = "/refused/csrf";
/// See [`REFUSED_CSRF`].
const REFUSED_HOST: &str = "/refused/host";

#[rocket::async_trait]
impl Fairing for Gate {
    fn info(&self) -> Info {
        Info { name: "gate", kind: Kind::Request }
    }

    async fn on_request(&self, request: &mut Request<'_>, _: &mut Data<'_>) {
        let Some(app) = request.rocket().state::<App>() else { return };
        let refusal = if !is_our_host(app, request) {
            REFUSED_HOST
        } else if !may_change(app, request) {
            REFUSED_CSRF
        } else {
            return;
        };
        tracing::warn!(method = %request.method(), path = %request.uri().path(), refusal, "request refused at the gate");
        request.set_uri(Origin::const_new(refusal, None));
        request.set_method(Method::Get);
    }
}

fn is_our_host(app: &App, request: &Request<'_>) -> bool {
    match request.host() {
        Some(host) => {
            let name = host.domain().as_str().to_lowercase();
            app.hosts.contains(&name)
        }
        None => true,
    }
}

/// A request that changes something must come from our own pages, or carry nothing that a browser adds by itself.
fn may_change(app: &App, request: &Request<'_>) -> bool {
    let reads = matches!(request.method(), Method::Get | Method::Head | Method::Options);
    // Providers bring no cookie; they prove themselves by a token.
    if reads || request.cookies().iter().next().is_none() && request.headers().get_one("origin").is_none() {
        return true;
    }
    match request.headers().get_one("sec-fetch-site") {
        Some(site) => matches!(site, "same-origin" | "none"),
        None => match request.headers().get_one("origin") {
            Some(origin) => origin == app.origin || is_own_loopback(app, origin, request),
            None => request.cookies().iter().next().is_none(),
        },
    }
}

/// Outside production the portal answers to several names of this machine: the origin must be the one that was asked.
fn is_own_loopback(app: &App, origin: &str, request: &Request<'_>) -> bool {
    let asked = request.headers().get_one("host").unwrap_or_default();
    !app.is_production && !asked.is_empty() && origin == format!("http://{asked}")
}
