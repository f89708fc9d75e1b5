//! The business of Hollyn Online: what is sold, how it is paid, how it is set up.
//!
//! `domain` knows the words and the state machines and does no I/O; `store` speaks SQL; `gateway`, `panel` and
//! `mail` speak to the world; `ops` is where they meet. Programs (the portal, the desktop app) use `ops`.
mod chain;
pub mod clock;
pub mod csv;
pub mod domain;
pub mod gateway;
pub mod keys;
pub mod mail;
pub mod ops;
pub mod panel;
pub mod random;
pub mod shop;
pub mod store;
mod wire;

pub use chain::chain;
pub use shop::Shop;
