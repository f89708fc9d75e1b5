//! Keeps the sandbox on this machine: its mailbox holds every reset link, and its phone approves payments.
use super::MOUNT;
use crate::config::is_loopback_host;
use rocket::{
    Data, Request,
    fairing::{Fairing, Info, Kind},
    http::uri::Origin,
};

/// Answers requests for the sandbox that come from elsewhere, or name another host, as if it were not there.
pub struct LoopbackOnly;

/// An address that has no route.
const NOT_HERE: &str = "/not-found";

#[rocket::async_trait]
impl Fairing for LoopbackOnly {
    fn info(&self) -> Info {
        Info { name: "sandbox on the loopback only", kind: Kind::Request }
    }

    async fn on_request(&self, request: &mut Request<'_>, _: &mut Data<'_>) {
        let is_sandbox = request.uri().path().segments().next() == Some(MOUNT.trim_start_matches('/'));
        // The socket's address: a header of the client's proves nothing here.
        let comes_from_here = request.remote().is_none_or(|remote| remote.ip().to_canonical().is_loopback());
        let names_here = request.host().is_none_or(|host| is_loopback_host(host.domain().as_str()));
        if is_sandbox && !(comes_from_here && names_here) {
            request.set_uri(Origin::const_new(NOT_HERE, None));
        }
    }
}
