//! The bridge between the page and the portal: the page names an endpoint and receives its answer. The
//! endpoints are those of the API's own list.
use std::sync::Arc;

use hollyn_core::api::{ALL, EndpointMeta, Id as _};
use serde_json::Value;

use crate::{
    cache::{AnswerCache, CacheKey, CachedAnswer},
    clock::Clock,
    error::AppError,
    session::CurrentSession,
};

/// Endpoints that the page cannot call, because their answers contain a token or a secret, or do not go to
/// the page. They have commands of their own.
pub const EXCLUDED_ENDPOINTS: [&str; 9] = [
    "sign_in",
    "sign_out",
    "enrol",
    "reveal_password",
    "save_offline_credentials",
    "remove_offline_credentials",
    "impersonate",
    "open_panel",
    "export",
];

/// Calls the portal for the page.
pub struct Rpc {
    pub session: Arc<CurrentSession>,
    pub cache: Arc<AnswerCache>,
    pub clock: Clock,
}

impl Rpc {
    /// Calls an endpoint and returns its answer unchanged. Answers to GET are cached.
    pub async fn call(
        &self,
        endpoint: &str,
        id: Value,
        query: Value,
        body: Value,
    ) -> Result<Value, AppError> {
        let endpoint = callable(endpoint)?;
        let id = path_id(endpoint, &id)?;
        let session = self.session.require_session()?;
        let answer = session.client.raw(endpoint, id.as_deref(), &query, &body).await;
        let answer = self.session.check(&session, answer).await?;
        if endpoint.method == "GET" {
            let key = CacheKey::new(endpoint.name, id.as_deref(), &query);
            self.cache.put_if(|| self.session.is_current(&session), key, answer.clone(), (self.clock)());
        }
        Ok(answer)
    }

    /// Returns the last answer to a request.
    pub fn cached(&self, endpoint: &str, id: Value, query: Value) -> Result<Option<CachedAnswer>, AppError> {
        let endpoint = callable(endpoint)?;
        let id = path_id(endpoint, &id)?;
        self.session.require_session()?;
        Ok(self.cache.get(&CacheKey::new(endpoint.name, id.as_deref(), &query)))
    }
}

/// Returns an endpoint that the page may call.
fn callable(endpoint: &str) -> Result<&'static EndpointMeta, AppError> {
    let found = ALL.iter().find(|declared| declared.name == endpoint);
    found.filter(|declared| !EXCLUDED_ENDPOINTS.contains(&declared.name)).ok_or_else(|| {
        AppError::refused(format!("The app's pages may not ask the portal for \u{201c}{endpoint}\u{201d}."))
    })
}

/// Returns the id for the endpoint's path. It must be given exactly if the path has one.
fn path_id(endpoint: &EndpointMeta, id: &Value) -> Result<Option<String>, AppError> {
    let has_id = endpoint.path.contains("{id}");
    let given = match id {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(_) | Value::Array(_) | Value::Object(_) => return Err(invalid_id()),
    };
    match given {
        None if !has_id => Ok(None),
        Some(id) if has_id => String::read(&id).map(Some).ok_or_else(invalid_id),
        None | Some(_) => Err(invalid_id()),
    }
}

fn invalid_id() -> AppError {
    AppError::refused("There is no such record.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn excluded_endpoints_exist_and_are_not_callable() {
        for name in EXCLUDED_ENDPOINTS {
            assert!(ALL.iter().any(|declared| declared.name == name), "{name} is no endpoint");
            assert!(callable(name).is_err());
        }
        assert!(callable("no_such_endpoint").is_err());
        assert!(callable("list_users").is_ok());
    }

    #[test]
    fn an_id_cannot_change_the_path() {
        let show = callable("show_order").unwrap();
        assert_eq!(path_id(show, &json!("0192-ab")).unwrap().as_deref(), Some("0192-ab"));
        for id in [
            json!("../session"),
            json!("1/suspend"),
            json!("1?x=1"),
            json!(""),
            json!(null),
            json!({}),
            json!([1]),
        ] {
            assert!(path_id(show, &id).is_err(), "{id}");
        }
        assert_eq!(path_id(callable("show_user").unwrap(), &json!(7)).unwrap().as_deref(), Some("7"));
        assert!(path_id(callable("dashboard").unwrap(), &json!(7)).is_err());
    }
}
