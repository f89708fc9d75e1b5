//! What is shared by all requests.
use crate::{
    page_cache::{Overviews, PublicPages},
    session_cookie::SessionCookie,
};
use hollyn_core::AppContext;
use std::sync::{Arc, Once};

/// State of the program that routes, pages and guards use.
pub struct App {
    pub ctx: Arc<AppContext>,
    pub company: String,
    pub payee: String,
    pub help_url: String,
    pub help_phone: Option<String>,
    /// Host names that requests may name, without ports.
    pub hosts: Vec<String>,
    /// The header in which the portal's own proxy names the client. None: the socket's address counts.
    pub proxy_header: Option<String>,
    /// That header could not be read; said once.
    pub is_proxy_reported: Once,
    /// Our own origin, like `https://hollyn.online`.
    pub origin: String,
    pub is_production: bool,
    pub has_sandbox: bool,
    pub session_cookie: SessionCookie,
    /// The one of staff who look at the site as a customer.
    pub impersonation_cookie: SessionCookie,
    /// The content security policy.
    pub policy: String,
    pub public_pages: PublicPages,
    pub overviews: Overviews,
}
