//! The business of Hollyn Online: what is sold, how it is paid, how it is set up.
//!
//! `domain` knows the words and the state machines and does no I/O; `store` speaks SQL; `gateway`, `panel`
//! and `mail` speak to the world; `ops` is where they meet. The portal uses `ops`. `api` is what staff's
//! programs use: the admin API's endpoints and their client. Without the feature `ctx`, nothing here needs a
//! database.
#[cfg(feature = "server")]
pub mod access_failures;
pub mod api;
#[cfg(feature = "server")]
pub mod clock;
#[cfg(feature = "server")]
pub mod context;
#[cfg(feature = "server")]
pub mod csv;
pub mod domain;
#[cfg(feature = "server")]
pub mod error;
mod error_chain;
#[cfg(feature = "server")]
pub mod gateway;
#[cfg(feature = "server")]
mod http;
#[cfg(feature = "server")]
pub mod keys;
#[cfg(feature = "server")]
pub mod mail;
#[cfg(feature = "server")]
pub mod ops;
#[cfg(feature = "server")]
pub mod panel;
#[cfg(feature = "server")]
pub mod password_hashing;
#[cfg(feature = "server")]
pub mod random;
#[cfg(feature = "server")]
pub mod store;

#[cfg(feature = "server")]
pub use context::AppContext;
#[cfg(feature = "server")]
pub use error::{Error, Result};
pub use error_chain::error_chain;
