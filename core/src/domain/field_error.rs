//! What is wrong with something that a person typed.

/// One field and what is wrong with it. The sentence is the page's: `problem-{field}-{code}` in the locale
/// files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// The form field, or `form` where it is none of them.
    pub field: &'static str,
    /// What is wrong: `empty`, `long`, `wrong`, ...
    pub code: &'static str,
    /// The values that would be accepted, where they are few.
    pub accepted: Vec<String>,
}

impl FieldError {
    /// Names a field and what is wrong with it.
    pub fn new(field: &'static str, code: &'static str) -> Self {
        Self { field, code, accepted: Vec::new() }
    }

    /// A value that is none of those that are known.
    pub fn unknown(field: &'static str, accepted: Vec<String>) -> Self {
        Self { field, code: "unknown", accepted }
    }

    /// Both values, or the errors of those that cannot be used.
    pub fn both<A, B>(a: Result<A, FieldError>, b: Result<B, FieldError>) -> Result<(A, B), Vec<FieldError>> {
        match (a, b) {
            (Ok(a), Ok(b)) => Ok((a, b)),
            (a, b) => Err([a.err(), b.err()].into_iter().flatten().collect()),
        }
    }
}
