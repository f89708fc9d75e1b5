//! The one bridge between the page and the portal: an endpoint's name goes in, its answer comes out. Which there are is
//! the API's own list, so nothing is written down twice.
use hollyn_core::api::{ALL, EndpointMeta, Id as _};
use serde_json::Value;

use crate::{
    cache::{Answered, Question},
    desk::Desk,
    held,
    trouble::Trouble,
};

/// What the page may not ask itself: their answers hold a token or a secret, or go past the page.
const OWN_COMMANDS: [&str; 9] = [
    "sign_in",
    "sign_out",
    "enrol",
    "reveal_password",
    "keep_credentials",
    "drop_credentials",
    "impersonate",
    "open_panel",
    "export",
];

/// An endpoint that the page may ask, by its name.
fn callable(endpoint: &str) -> Result<&'static EndpointMeta, Trouble> {
    let declared = ALL.iter().find(|declared| declared.name == endpoint);
    declared.filter(|declared| !OWN_COMMANDS.contains(&declared.name)).ok_or_else(|| {
        Trouble::refused(format!("The app's pages may not ask the portal for \u{201c}{endpoint}\u{201d}."))
    })
}

/// The piece of the path, as the endpoint has one or not.
fn piece(declared: &EndpointMeta, id: &Value) -> Result<Option<String>, Trouble> {
    let wanted = declared.path.contains("{id}");
    let given = match id {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(_) | Value::Array(_) | Value::Object(_) => return Err(no_such_thing()),
    };
    match given {
        None if !wanted => Ok(None),
        Some(id) if wanted => String::read(&id).map(Some).ok_or_else(no_such_thing),
        None | Some(_) => Err(no_such_thing()),
    }
}

fn no_such_thing() -> Trouble {
    Trouble::refused("There is no such thing.")
}

impl Desk {
    /// Asks the portal.
    pub async fn call(&self, endpoint: &str, id: Value, query: Value, body: Value) -> Result<Value, Trouble> {
        let declared = callable(endpoint)?;
        let id = piece(declared, &id)?;
        let signed_in = self.at_work()?;
        let answer = match signed_in.client.raw(declared, id.as_deref(), &query, &body).await {
            Ok(answer) => answer,
            Err(error) => return Err(self.failed(&signed_in, error).await),
        };
        if declared.method == "GET" {
            let question = Question::new(declared.name, id.as_deref(), &query);
            let is_same = || self.signed_in().is_some_and(|now| now.turn == signed_in.turn);
            // An answer that comes after the sign-out is nobody's to keep.
            let mut cache = held(&self.cache);
            if is_same() {
                cache.put(question, answer.clone(), self.now());
            }
        }
        Ok(answer)
    }

    /// What the portal answered last to this question.
    pub fn cached(&self, endpoint: &str, id: Value, query: Value) -> Result<Option<Answered>, Trouble> {
        let declared = callable(endpoint)?;
        let id = piece(declared, &id)?;
        self.at_work()?;
        Ok(held(&self.cache).get(&Question::new(declared.name, id.as_deref(), &query)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_holds_a_secret_has_no_way_to_the_page() {
        for name in OWN_COMMANDS {
            assert!(ALL.iter().any(|declared| declared.name == name), "{name} is no endpoint any more");
            assert!(callable(name).is_err());
        }
        assert!(callable("no_such_endpoint").is_err());
        assert!(callable("list_users").is_ok());
    }

    #[test]
    fn an_id_cannot_lead_to_another_address() {
        let show = callable("show_order").unwrap();
        assert_eq!(piece(show, &json!("0192-ab")).unwrap().as_deref(), Some("0192-ab"));
        for id in [
            json!("../session"),
            json!("1/suspend"),
            json!("1?x=1"),
            json!(""),
            json!(null),
            json!({}),
            json!([1]),
        ] {
            assert!(piece(show, &id).is_err(), "{id}");
        }
        assert_eq!(piece(callable("show_user").unwrap(), &json!(7)).unwrap().as_deref(), Some("7"));
        assert!(piece(callable("dashboard").unwrap(), &json!(7)).is_err());
    }
}
