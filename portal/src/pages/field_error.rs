//! What is wrong with a form.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

/// One thing to put right, next to its field and in the summary, word for word the same.
#[derive(Clone, Debug, Serialize)]
pub struct FieldError {
    /// The control's `id`: its `name`, or `form.name` where a page has several forms, as `email.password`.
    /// Empty for what belongs to no field.
    pub field: String,
    /// A locale key, `problem-…`.
    pub key: String,
    /// For the message. Times and amounts come formatted.
    pub args: BTreeMap<String, Value>,
}

impl FieldError {
    /// A problem whose message needs nothing filled in.
    pub fn new(field: &str, key: &str) -> Self {
        Self { field: field.to_owned(), key: key.to_owned(), args: BTreeMap::new() }
    }

    /// The same in one form of a page that has several: `password` becomes `email.password`.
    pub fn in_form(mut self, form: &str) -> Self {
        if !self.field.is_empty() {
            self.field = format!("{form}.{}", self.field);
        }
        self
    }

    /// The same with a value for its message.
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.args.insert(name.to_owned(), value.into());
        self
    }
}
