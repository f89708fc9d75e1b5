//! What a route may ask of a request: who it is, in which language, from where.
mod session;
mod stage;

pub use session::{SessionCookie, SignedIn, Visitor, request_id};
pub use stage::{Accepts, Stage, lang};
