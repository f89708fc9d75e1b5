//! The app without its window, against a fake portal, and against the system's own keyring.
#![expect(clippy::unwrap_used, reason = "a failing test shows the line")]

mod auto_lock;
mod failures;
mod keyring;
mod offline_credentials;
mod permissions;
mod sign_in;
mod support;
