//! Request guards: the visitor and the client's address, the language, what the client accepts, and bodies.
mod body;
pub mod client_address;
pub mod known_devices;
mod page_context;
mod session;

pub use body::{BodyError, Form, read_body};
pub use client_address::client_address;
pub use page_context::{Accepts, LANG, PageContext, lang};
pub use session::{ImpersonationGuard, SignedIn, Visitor, known_visitor, request_id, visitor};
