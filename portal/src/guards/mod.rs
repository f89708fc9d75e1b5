//! Request guards: the visitor, the language, and what the client accepts.
mod page_context;
mod session;

pub use page_context::{Accepts, PageContext, lang};
pub use session::{ImpersonationGuard, SignedIn, Visitor, known_visitor, request_id, visitor};
