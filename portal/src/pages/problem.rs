//! What is wrong with a form.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

/// One thing to put right, next to its field and in the summary, word for word the same.
#[derive(Clone, Debug, Serialize)]
pub struct Problem {
    /// The control's `name` (which is its `id` as well); empty for what belongs to no field.
    pub field: String,
    /// A locale key, `problem-…`.
    pub key: String,
    /// For the message. Times and amounts come formatted.
    pub args: BTreeMap<String, Value>,
}

impl Problem {
    /// A problem whose message needs nothing filled in.
    pub fn new(field: &str, key: &str) -> Self {
        Self { field: field.to_owned(), key: key.to_owned(), args: BTreeMap::new() }
    }

    /// The same with a value for its message.
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.args.insert(name.to_owned(), value.into());
        self
    }
}
