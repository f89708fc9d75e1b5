//! What a route may ask of a request: who it is, in which language, from where.
mod session;
mod stage;

pub use session::{Looking, SessionCookie, SignedIn, Visitor, known_visitor, request_id, visitor};
pub use stage::{Accepts, Stage, lang};
