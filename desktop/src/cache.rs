//! What the portal answered last, to be read while it cannot be reached. In memory only: it ends with the app, with the
//! sign-in and with a change of portal. Holds nothing that is secret: what reveals is no GET.
use std::collections::HashMap;

use hollyn_core::{api::Time, domain::time::Moment};
use serde::Serialize;
use serde_json::Value;

/// The most answers that are held; the oldest go first.
const MOST: usize = 200;

/// Which question it answers.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Question {
    endpoint: &'static str,
    id: Option<String>,
    /// The query in its one spelling: sorted, without what is not given.
    query: String,
}

impl Question {
    pub fn new(endpoint: &'static str, id: Option<&str>, query: &Value) -> Question {
        let mut pairs: Vec<_> =
            query.as_object().into_iter().flatten().filter(|(_, value)| !value.is_null()).collect();
        pairs.sort_by_key(|(name, _)| *name);
        Question { endpoint, id: id.map(str::to_owned), query: format!("{pairs:?}") }
    }
}

/// An answer and when it came.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Answered {
    pub answer: Value,
    pub at: Time,
}

/// The last answers.
#[derive(Default)]
pub struct Cache {
    answers: HashMap<Question, Answered>,
}

impl Cache {
    pub fn put(&mut self, question: Question, answer: Value, at: Moment) {
        if self.answers.len() >= MOST && !self.answers.contains_key(&question) {
            let oldest = self
                .answers
                .iter()
                .min_by_key(|(_, answered)| answered.at)
                .map(|(question, _)| question.clone());
            if let Some(oldest) = oldest {
                self.answers.remove(&oldest);
            }
        }
        self.answers.insert(question, Answered { answer, at: Time(at) });
    }

    pub fn get(&self, question: &Question) -> Option<Answered> {
        self.answers.get(question).cloned()
    }

    pub fn clear(&mut self) {
        self.answers.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_same_question_in_other_words_has_the_same_answer() {
        let mut cache = Cache::default();
        let asked = Question::new("list_users", None, &json!({ "q": "asha", "page": 2, "role": null }));
        cache.put(asked, json!({ "total": 1 }), Moment(7));
        let again = Question::new("list_users", None, &json!({ "page": 2, "q": "asha" }));
        assert_eq!(cache.get(&again), Some(Answered { answer: json!({ "total": 1 }), at: Time(Moment(7)) }));
        let other = Question::new("list_users", None, &json!({ "page": "2", "q": "asha" }));
        assert_eq!(cache.get(&other), None);
    }

    #[test]
    fn a_long_day_does_not_fill_the_memory() {
        let mut cache = Cache::default();
        let question = |n: i64| Question::new("show_user", Some(&n.to_string()), &Value::Null);
        for n in 0..1_000 {
            cache.put(question(n), json!(n), Moment(n));
        }
        assert_eq!(cache.answers.len(), MOST);
        assert!(cache.get(&question(0)).is_none());
        assert!(cache.get(&question(999)).is_some());
    }
}
