//! The portal: storefront, checkout, payment, the customer's pages, webhooks and the worker, on Rocket.
//!
//! It speaks no SQL and calls no provider itself: both are behind `hollyn_core::ops`.
mod app;
pub mod cli;
pub mod config;
mod fairings;
mod guards;
pub mod i18n;
mod page_cache;
pub mod pages;
pub mod presenters;
mod private_files;
mod responses;
mod routes;
#[cfg(feature = "sandbox")]
pub mod sandbox;
pub mod server;
mod session_cookie;
mod worker;

/// Every mounted route of the admin API, like `GET /api/admin/v1/users/<id>`: what the tests compare with its
/// declaration.
pub fn mounted_api() -> Vec<String> {
    routes::admin::all().iter().map(|route| format!("{} {}", route.method, route.uri)).collect()
}

/// Every mounted route as method and address, like `GET /pay/<uuid>`: what the tests sweep over.
pub fn mounted() -> Vec<String> {
    routes::all().iter().map(|route| format!("{} {}", route.method, route.uri)).collect()
}
