//! What a route may ask of a request: who it is, in which language, from where.
mod page_context;
mod session;

pub use page_context::{Accepts, PageContext, lang};
pub use session::{ImpersonationGuard, SignedIn, Visitor, known_visitor, request_id, visitor};
