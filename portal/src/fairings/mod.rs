//! What is done with every request and every response.
mod request_guard;
mod response_headers;

pub use request_guard::RequestGuard;
pub use response_headers::{ResponseHeaders, policy};

use rocket::Request;

/// First parts of paths whose second part is a secret.
const SECRET: [&str; 5] = ["email-change", "impersonate", "invitation", "reset-password", "verify-email"];

/// The request's path for the log, without secrets.
fn logged_path(request: &Request<'_>) -> String {
    let path = request.uri().path();
    match path.segments().next().filter(|first| SECRET.contains(first)) {
        Some(first) => format!("/{first}/..."),
        None => path.to_string(),
    }
}
