//! ZenoPay's shapes, read leniently: every answer is untrusted, and several contracts are alive at once.
use super::{Completed, Created, PaymentRequest, ReportedStatus};
use crate::{
    domain::{money::Tzs, phone::Phone},
    http::Response,
};
use serde_json::{Value, json};

/// The create call's body. The older contract wants the callback and the provider under other names as well.
pub(super) fn create_body(request: &PaymentRequest, older_contract: bool) -> Value {
    let mut body = json!({
        "order_id": request.order_id,
        "buyer_name": request.buyer_name,
        "buyer_email": request.buyer_email,
        "buyer_phone": request.phone,
        "amount": request.amount.0,
        "webhook_url": request.webhook_url,
        "metadata": { "order": request.order_number, "number": request.order_number },
    });
    if older_contract {
        body["callback_url"] = json!(request.webhook_url);
        body["provider"] = json!(request.operator);
    }
    body
}

/// Only an HTTP 200 that says success is accepted; only a readable refusal is refused; all else is unknown.
pub(super) fn read_created(answer: &Response) -> Created {
    let Ok(Value::Object(body)) = serde_json::from_str::<Value>(&answer.body) else {
        return Created::Unknown(format!("HTTP {} with a body that is no JSON object", answer.status));
    };
    let says = |key: &str| body.get(key).and_then(Value::as_str).unwrap_or_default().to_lowercase();
    let words = refusal_words(&body);
    if answer.status >= 500 || answer.status == 408 {
        return Created::Unknown(format!("HTTP {}: {words}", answer.status));
    }
    // It says that it has the id already, and only we make ids: an earlier try of this very call may have
    // arrived.
    let lower = words.to_lowercase();
    if answer.status == 409 || lower.contains("duplicate") || lower.contains("already") {
        return Created::Unknown(words);
    }
    let failed = body.contains_key("error")
        || body.get("success") == Some(&Value::Bool(false))
        || matches!(says("status").as_str(), "error" | "failed" | "fail");
    if failed || answer.status >= 400 {
        return Created::Refused(words);
    }
    let accepted = says("status") == "success" || body.get("success") == Some(&Value::Bool(true));
    if answer.status == 200 && accepted {
        Created::Accepted
    } else {
        Created::Unknown(format!("HTTP {}: {words}", answer.status))
    }
}

/// The sentence in the several shapes of an error.
fn refusal_words(body: &serde_json::Map<String, Value>) -> String {
    let sentence =
        ["message", "error", "detail"].iter().find_map(|key| body.get(*key).and_then(Value::as_str));
    let fields = body.get("errors").map(Value::to_string).unwrap_or_default();
    let words = format!("{} {fields}", sentence.unwrap_or("no reason given"));
    words.trim().chars().take(180).collect()
}

/// Reads what became of a request. The trap: the top-level `result` and `resultcode` speak of the query, not
/// of the money; only `data[0].payment_status` does. `flat` reads the older contract, which has no `data`.
pub(super) fn read_status(answer: &Response, flat: bool) -> ReportedStatus {
    if answer.status >= 500 || answer.status == 401 || answer.status == 403 || answer.status == 429 {
        return ReportedStatus::Unreadable(format!("HTTP {}", answer.status));
    }
    let Ok(body) = serde_json::from_str::<Value>(&answer.body) else {
        return ReportedStatus::Unreadable(format!("HTTP {} with a body that is no JSON", answer.status));
    };
    let row = match body.get("data") {
        Some(Value::Array(rows)) => rows.first(),
        Some(row @ Value::Object(_)) => Some(row),
        Some(_) | None => None,
    };
    let row = row.or(if flat && body.get("status").is_some() { Some(&body) } else { None });
    let Some(row) = row else { return without_row(answer, &body) };
    let text = |key: &str| match row.get(key) {
        // No name of money is longer than its column.
        Some(Value::String(text)) if !text.trim().is_empty() => Some(text.trim().chars().take(64).collect()),
        Some(Value::Number(number)) => Some(number.to_string()),
        Some(_) | None => None,
    };
    let word = text("payment_status").or_else(|| if flat { text("status") } else { None });
    match word.unwrap_or_default().to_uppercase().as_str() {
        "COMPLETED" => ReportedStatus::Completed(Completed {
            order_id: text("order_id"),
            amount: text("amount").and_then(|amount| Tzs::parse(&amount)),
            currency: text("currency").map(|currency| currency.to_uppercase()),
            transid: text("transid"),
            reference: text("reference"),
            channel: text("channel"),
        }),
        "FAILED" | "REJECTED" | "DECLINED" => ReportedStatus::Failed,
        "CANCELLED" | "CANCELED" | "USERCANCELLED" => ReportedStatus::Cancelled,
        // PENDING, INPROGRESS, PROCESSING, AMBIGUOUS, and unknown ones.
        _ => ReportedStatus::Pending,
    }
}

fn without_row(answer: &Response, body: &Value) -> ReportedStatus {
    let says = |key: &str| body.get(key).and_then(Value::as_str).unwrap_or_default().to_lowercase();
    let sentence = format!("{} {}", says("message"), says("error"));
    if answer.status == 404 || sentence.contains("not found") || sentence.contains("no order") {
        ReportedStatus::NotFound
    } else {
        ReportedStatus::Unreadable(format!("HTTP {} without an order in it", answer.status))
    }
}

/// The phone that paid, as a status answer names it.
pub fn payer_phone(raw: &str) -> Option<Phone> {
    let body: Value = serde_json::from_str(raw).ok()?;
    let row = body.get("data").map_or(&body, |data| data.get(0).unwrap_or(data));
    Phone::parse(row.get("msisdn")?.as_str()?)
}

/// The order id of a webhook in any of its forms: JSON, nested in `data`, or form-encoded.
pub fn webhook_order_id(body: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(body);
    if let Ok(json) = serde_json::from_str::<Value>(&text) {
        let nested = json.get("data").map(|data| data.get(0).unwrap_or(data));
        let id = json.get("order_id").or_else(|| nested?.get("order_id"))?;
        return id.as_str().map(str::to_owned);
    }
    let fields = reqwest::Url::parse(&format!("form:?{}", text.trim())).ok()?;
    fields.query_pairs().find(|(name, _)| name == "order_id").map(|(_, id)| id.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn http(status: u16, body: &str) -> Response {
        Response { status, body: body.into() }
    }

    #[test]
    fn only_a_success_is_accepted_and_only_a_readable_no_is_a_refusal() {
        let ok = r#"{"status":"success","resultcode":"000","message":"Request in progress","order_id":"x"}"#;
        assert_eq!(read_created(&http(200, ok)), Created::Accepted);
        for refused in [
            (200, r#"{"status":"error","message":"Invalid phone"}"#),
            (400, r#"{"status":"error","message":"Bad","errors":{"amount":["too low"]}}"#),
            (401, r#"{"status":"FAILED","resultcode":"401","message":"Invalid API key"}"#),
            (200, r#"{"success":false,"message":"no"}"#),
            (403, r#"{"error":"forbidden"}"#),
        ] {
            assert!(matches!(read_created(&http(refused.0, refused.1)), Created::Refused(_)), "{refused:?}");
        }
        for unknown in [
            (504, "<html>Gateway Time-out</html>"),
            (500, r#"{"status":"error","message":"x"}"#),
            (200, ""),
            (200, "[]"),
            (200, "{}"),
            (202, ok),
            (400, r#"{"status":"error","message":"Duplicate order_id"}"#),
            (409, r#"{"error":"conflict"}"#),
        ] {
            assert!(matches!(read_created(&http(unknown.0, unknown.1)), Created::Unknown(_)), "{unknown:?}");
        }
    }

    #[test]
    fn the_top_level_result_is_not_about_the_money() {
        let contradiction = r#"{"resultcode":"000","result":"SUCCESS","message":"COMPLETED",
            "payment_status":"COMPLETED",
            "data":[{"order_id":"a","amount":"1000","payment_status":"PENDING","transid":null}]}"#;
        assert_eq!(read_status(&http(200, contradiction), false), ReportedStatus::Pending);
    }

    #[test]
    fn a_completed_order_is_read_in_its_several_shapes() {
        for body in [
            r#"{"result":"SUCCESS","data":[{"order_id":"a","amount":"1000","payment_status":"COMPLETED",
                "transid":"T","channel":"MPESA-TZ","reference":"R"}]}"#,
            r#"{"data":{"order_id":"a","amount":1000,"payment_status":"completed",
                "transid":"T","channel":"MPESA-TZ","reference":"R"}}"#,
            r#"{"data":[{"order_id":"a","amount":"1000.00","payment_status":"COMPLETED",
                "transid":"T","channel":"MPESA-TZ","reference":"R"}]}"#,
        ] {
            let ReportedStatus::Completed(done) = read_status(&http(200, body), false) else {
                panic!("{body}")
            };
            assert_eq!((done.amount, done.transid.as_deref()), (Some(Tzs(1000)), Some("T")));
        }
    }

    #[test]
    fn nonsense_is_nonsense_and_not_found_is_not_found() {
        for body in ["", "<html>", "[]", "null", r#"{"data":[]}"#, r#"{"data":"x"}"#] {
            assert!(matches!(read_status(&http(200, body), false), ReportedStatus::Unreadable(_)), "{body}");
        }
        let none = r#"{"result":"FAIL","resultcode":"404","message":"Order not found","data":[]}"#;
        assert_eq!(read_status(&http(200, none), false), ReportedStatus::NotFound);
        let strange = r#"{"data":[{"payment_status":"SOMETHING NEW"}]}"#;
        assert_eq!(read_status(&http(200, strange), false), ReportedStatus::Pending);
    }

    #[test]
    fn a_webhook_names_its_order_in_every_form() {
        for body in [
            r#"{"order_id":"abc","payment_status":"COMPLETED","metadata":"{}"}"#,
            r#"{"data":{"order_id":"abc"}}"#,
            r#"{"data":[{"order_id":"abc"}]}"#,
            "order_id=abc&payment_status=COMPLETED",
        ] {
            assert_eq!(webhook_order_id(body.as_bytes()).as_deref(), Some("abc"), "{body}");
        }
        for body in ["", "[]", "{}", "null", "\u{0}", r#"{"order_id":7}"#] {
            assert_eq!(webhook_order_id(body.as_bytes()), None, "{body}");
        }
    }

    #[test]
    fn who_paid_is_read_where_it_is_told() {
        for body in [r#"{"data":[{"msisdn":"255744963858"}]}"#, r#"{"data":{"msisdn":"0744 963 858"}}"#] {
            assert_eq!(payer_phone(body).map(|phone| phone.local()).as_deref(), Some("0744963858"), "{body}");
        }
        for body in
            ["", "[]", r#"{"data":[]}"#, r#"{"data":[{"msisdn":null}]}"#, r#"{"data":[{"msisdn":"x"}]}"#]
        {
            assert_eq!(payer_phone(body), None, "{body}");
        }
    }

    #[test]
    fn the_older_contract_answers_flat() {
        let flat = r#"{"status":"COMPLETED","order_id":"a","amount":"500"}"#;
        assert!(matches!(read_status(&http(200, flat), true), ReportedStatus::Completed(_)));
        assert!(matches!(read_status(&http(200, flat), false), ReportedStatus::Unreadable(_)));
    }
}
