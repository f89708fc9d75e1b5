//! What happens to every request and every answer.
mod request_guard;
mod response_headers;

pub use request_guard::RequestGuard;
pub use response_headers::{ResponseHeaders, policy};

use rocket::Request;

/// Addresses whose second part opens something.
const SECRET: [&str; 3] = ["impersonate", "reset-password", "verify-email"];

/// The request's path for the log, without what would open something to whoever reads it.
fn told(request: &Request<'_>) -> String {
    let path = request.uri().path();
    match path.segments().next().filter(|first| SECRET.contains(first)) {
        Some(first) => format!("/{first}/..."),
        None => path.to_string(),
    }
}
