//! What staff type, for tests.
use hollyn_core::domain::input::{Reason, Reference};

/// A reason that can be used.
pub fn reason(text: &str) -> Reason {
    Reason::parse(text).expect("a reason")
}

/// A reference that can be used.
pub fn reference(text: &str) -> Reference {
    Reference::parse(text).expect("a reference")
}
