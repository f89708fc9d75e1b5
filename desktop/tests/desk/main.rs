//! The app without its window, against a portal that says what it is told to, and against the system's own keyring.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

mod faults;
mod idle;
mod kept;
mod keyring;
mod pages;
mod signing_in;
mod stub;
