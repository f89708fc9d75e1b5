//! The portal's last answers, shown while it is unreachable. They are held in memory only and dropped when
//! the app ends, the session ends or the portal changes. Secrets are never cached: endpoints that reveal them
//! are not GET.
use std::{collections::HashMap, sync::Mutex};

use hollyn_core::{api::Time, domain::time::Timestamp};
use serde::Serialize;
use serde_json::Value;

use crate::sync::lock;

/// The maximum number of cached answers; the oldest is evicted first.
const CAPACITY: usize = 200;

/// The request that an answer belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CacheKey {
    endpoint: &'static str,
    id: Option<String>,
    /// The query in canonical form: sorted, without null values.
    query: String,
}

impl CacheKey {
    pub fn new(endpoint: &'static str, id: Option<&str>, query: &Value) -> CacheKey {
        let mut pairs: Vec<_> =
            query.as_object().into_iter().flatten().filter(|(_, value)| !value.is_null()).collect();
        pairs.sort_by_key(|(name, _)| *name);
        CacheKey { endpoint, id: id.map(str::to_owned), query: format!("{pairs:?}") }
    }
}

/// An answer and when it was received.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct CachedAnswer {
    #[cfg_attr(test, ts(type = "unknown"))]
    pub answer: Value,
    pub at: Time,
}

/// The last answers by request.
#[derive(Default)]
pub struct AnswerCache {
    answers: Mutex<HashMap<CacheKey, CachedAnswer>>,
}

impl AnswerCache {
    /// Stores an answer if `is_current` still holds. The condition is tested while the cache is locked, so
    /// that an answer of an ended session is not stored after [`AnswerCache::clear`].
    pub fn put_if(&self, is_current: impl FnOnce() -> bool, key: CacheKey, answer: Value, at: Timestamp) {
        let mut answers = lock(&self.answers);
        if !is_current() {
            return;
        }
        if answers.len() >= CAPACITY && !answers.contains_key(&key) {
            let oldest = answers.iter().min_by_key(|(_, answer)| answer.at).map(|(key, _)| key.clone());
            if let Some(oldest) = oldest {
                answers.remove(&oldest);
            }
        }
        answers.insert(key, CachedAnswer { answer, at: Time(at) });
    }

    pub fn get(&self, key: &CacheKey) -> Option<CachedAnswer> {
        lock(&self.answers).get(key).cloned()
    }

    pub fn clear(&self) {
        lock(&self.answers).clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_order_of_query_fields_and_null_fields_do_not_change_the_key() {
        let cache = AnswerCache::default();
        let key = CacheKey::new("list_users", None, &json!({ "q": "asha", "page": 2, "role": null }));
        cache.put_if(|| true, key, json!({ "total": 1 }), Timestamp(7));
        let reordered = CacheKey::new("list_users", None, &json!({ "page": 2, "q": "asha" }));
        let expected = CachedAnswer { answer: json!({ "total": 1 }), at: Time(Timestamp(7)) };
        assert_eq!(cache.get(&reordered), Some(expected));
        let other = CacheKey::new("list_users", None, &json!({ "page": "2", "q": "asha" }));
        assert_eq!(cache.get(&other), None);
    }

    #[test]
    fn the_cache_evicts_the_oldest_answer_when_full() {
        let cache = AnswerCache::default();
        let key = |n: i64| CacheKey::new("show_user", Some(&n.to_string()), &Value::Null);
        for n in 0..1_000 {
            cache.put_if(|| true, key(n), json!(n), Timestamp(n));
        }
        assert_eq!(lock(&cache.answers).len(), CAPACITY);
        assert!(cache.get(&key(0)).is_none());
        assert!(cache.get(&key(999)).is_some());
    }

    #[test]
    fn an_answer_of_an_ended_session_is_not_stored() {
        let cache = AnswerCache::default();
        let key = CacheKey::new("list_users", None, &Value::Null);
        cache.put_if(|| false, key.clone(), json!({}), Timestamp(7));
        assert_eq!(cache.get(&key), None);
    }
}
