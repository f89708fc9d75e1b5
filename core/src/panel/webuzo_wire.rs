//! Webuzo's envelope, read leniently. HTTP is 200 for errors as well, an empty map arrives as `[]`, and what
//! is not a JSON object is the login page.
use super::{Account, PanelError, PanelPlan};
use crate::http::Response;
use serde_json::{Map, Value};

/// The JSON object of an answer that is not an error.
pub(super) fn read(answer: &Response) -> Result<Map<String, Value>, PanelError> {
    if answer.status >= 500 {
        return Err(PanelError::Unknown(format!("HTTP {}", answer.status)));
    }
    if answer.status == 401 || answer.status == 403 {
        return Err(PanelError::Locked(format!("HTTP {}", answer.status)));
    }
    let body = match serde_json::from_str::<Value>(&answer.body) {
        Ok(Value::Object(body)) => body,
        Ok(_) | Err(_) if is_login_page(&answer.body) => {
            return Err(PanelError::Locked(
                "a login page where JSON was expected: wrong address or login".into(),
            ));
        }
        Ok(_) | Err(_) => return Err(PanelError::Unknown("an answer that is no JSON object".into())),
    };
    match body.get("error").map(words) {
        Some(text) if !text.is_empty() => Err(refusal(&text)),
        Some(_) | None => Ok(body),
    }
}

/// Whether a write was done. Neither done nor error: unknown, look.
pub(super) fn read_done(answer: &Response) -> Result<Map<String, Value>, PanelError> {
    let body = read(answer)?;
    let done = match body.get("done") {
        Some(Value::Bool(done)) => *done,
        Some(Value::Number(number)) => number.as_i64() != Some(0),
        Some(Value::String(text)) => !text.is_empty() && text != "0",
        Some(Value::Array(list)) => !list.is_empty(),
        Some(Value::Object(map)) => !map.is_empty(),
        Some(Value::Null) | None => false,
    };
    if done { Ok(body) } else { Err(PanelError::Unknown("neither done nor an error".into())) }
}

/// The account of exactly this name: the panel's search only says *contains*.
pub(super) fn account(body: &Map<String, Value>, username: &str) -> Option<Account> {
    let row = body.get("users")?.as_object()?.get(username)?;
    let text = |key: &str| row.get(key).and_then(Value::as_str).unwrap_or_default().to_lowercase();
    Some(Account {
        username: username.to_owned(),
        domain: text("domain"),
        email: text("email"),
        plan: row.get("plan").and_then(Value::as_str).unwrap_or_default().to_owned(),
        is_suspended: text("status") == "suspended",
    })
}

/// The panel's own plans; none where there is no list.
pub(super) fn plans(body: &Map<String, Value>) -> Vec<PanelPlan> {
    let Some(plans) = body.get("plans").and_then(Value::as_object) else { return Vec::new() };
    let read = |(slug, row): (&String, &Value)| {
        let name = row.get("plan_name").and_then(Value::as_str).unwrap_or(slug);
        PanelPlan { slug: slug.clone(), name: name.to_owned() }
    };
    plans.iter().map(read).collect()
}

/// The first of the wanted names that a plan has: each is compared with the slugs first, then with the names.
pub(super) fn plan(plans: &[PanelPlan], wanted: &[&str]) -> Option<String> {
    wanted.iter().find_map(|want| {
        let by_slug = plans.iter().find(|plan| plan.slug.eq_ignore_ascii_case(want));
        let by_name = || plans.iter().find(|plan| plan.name.eq_ignore_ascii_case(want));
        by_slug.or_else(by_name).map(|plan| plan.slug.clone())
    })
}

/// Error texts vary by version; they only tell whom to look for next, never what is true.
fn refusal(text: &str) -> PanelError {
    let lower = text.to_lowercase();
    let about_us = [
        "invalid password",
        "invalid login",
        "login failed",
        "not logged in",
        "access denied",
        "invalid api",
    ];
    if about_us.iter().any(|words| lower.contains(words)) {
        PanelError::Locked(text.to_owned())
    } else if ["exist", "already", "in use"].iter().any(|words| lower.contains(words)) {
        PanelError::Exists(text.to_owned())
    } else {
        PanelError::Refused(text.to_owned())
    }
}

fn is_login_page(body: &str) -> bool {
    let lower = body.to_lowercase();
    lower.contains("<html") && lower.contains("login")
}

/// An `error` as a sentence: it is a string, a list or a map.
fn words(value: &Value) -> String {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Array(list) => list.iter().map(words).collect::<Vec<_>>().join("; "),
        Value::Object(map) => map.values().map(words).collect::<Vec<_>>().join("; "),
        Value::Number(number) => number.to_string(),
        Value::Bool(true) => "an error without words".into(),
        Value::Bool(false) | Value::Null => String::new(),
    };
    text.chars().take(300).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn http(body: &str) -> Response {
        Response { status: 200, body: body.into() }
    }

    #[test]
    fn the_envelope_is_read_to_the_letter() {
        assert!(read_done(&http(r#"{"done":{"msg":"ok"}}"#)).is_ok());
        assert!(read_done(&http(r#"{"done":1,"error":[]}"#)).is_ok());
        for unknown in [r#"{"title":"x"}"#, r#"{"done":0}"#, r#"{"done":[]}"#, "[]", "", "null"] {
            assert!(matches!(read_done(&http(unknown)), Err(PanelError::Unknown(_))), "{unknown}");
        }
        for exists in [
            r#"{"error":"User already exists"}"#,
            r#"{"error":{"user":"The username is already in use"}}"#,
            r#"{"error":["The domain already exists"]}"#,
        ] {
            assert!(matches!(read_done(&http(exists)), Err(PanelError::Exists(_))), "{exists}");
        }
        let limit = r#"{"error":{"0":"limit of creating users"}}"#;
        assert!(matches!(read_done(&http(limit)), Err(PanelError::Refused(_))));
        for locked in ["<html><title>Login</title>", r#"{"error":"Invalid Password"}"#] {
            assert!(matches!(read_done(&http(locked)), Err(PanelError::Locked(_))), "{locked}");
        }
    }

    #[test]
    fn a_search_that_contains_is_compared_exactly() {
        let users = r#"{"users":{"juma12":{"user":"juma12","domain":"a.tz","email":"a@b.tz"},
            "juma1":{"domain":"B.tz","email":"x@y.tz","status":"suspended"}}}"#;
        let body = read(&http(users)).unwrap();
        assert_eq!(account(&body, "juma1").unwrap().domain, "b.tz");
        assert!(account(&body, "juma1").unwrap().is_suspended);
        assert_eq!(account(&body, "juma"), None);
        assert_eq!(account(&read(&http(r#"{"users":[]}"#)).unwrap(), "juma"), None);
    }

    #[test]
    fn a_plan_is_found_by_slug_then_by_name() {
        let body = read(&http(
            r#"{"plans":{"lite_1":{"plan_name":"Hollyn Lite"},"hollyn-max":{"plan_name":"Max"}}}"#,
        ))
        .unwrap();
        let plans = plans(&body);
        assert_eq!(plan(&plans, &["hollyn-max"]).as_deref(), Some("hollyn-max"));
        assert_eq!(plan(&plans, &["hollyn-lite", "Hollyn Lite"]).as_deref(), Some("lite_1"));
        assert_eq!(plan(&plans, &["hollyn-grow"]), None);
    }
}
