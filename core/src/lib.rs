//! The business of Hollyn Online: what is sold, how it is paid, how it is set up.
//!
//! `domain` knows the words and the state machines and does no I/O; `store` speaks SQL; `gateway`, `panel` and
//! `mail` speak to the world; `ops` is where they meet. The portal uses `ops`. `api` is what staff's programs use: the admin
//! API's endpoints and their client. Without the feature `shop`, nothing here needs a database.
pub mod api;
mod chain;
#[cfg(feature = "shop")]
pub mod clock;
#[cfg(feature = "shop")]
pub mod csv;
pub mod domain;
#[cfg(feature = "shop")]
pub mod gateway;
#[cfg(feature = "shop")]
pub mod keys;
#[cfg(feature = "shop")]
pub mod mail;
#[cfg(feature = "shop")]
pub mod ops;
#[cfg(feature = "shop")]
pub mod panel;
#[cfg(feature = "shop")]
pub mod random;
#[cfg(feature = "shop")]
pub mod shop;
#[cfg(feature = "shop")]
pub mod store;
#[cfg(feature = "shop")]
mod wire;

pub use chain::chain;
#[cfg(feature = "shop")]
pub use shop::Shop;
