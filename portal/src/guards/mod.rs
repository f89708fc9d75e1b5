//! Request guards: the visitor, the language, what the client accepts, and bodies.
mod body;
mod page_context;
mod session;

pub use body::{BodyError, Form, read_body};
pub use page_context::{Accepts, PageContext, lang};
pub use session::{ImpersonationGuard, SignedIn, Visitor, known_visitor, request_id, visitor};
