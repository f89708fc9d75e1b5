//! What both simulated HTTP providers share: the raw body of a call, its credentials, and the ways an answer
//! can go wrong on the wire.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::time::Duration;

use crate::guards::read_body;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rocket::data::Data;
use rocket::http::{RawStr, Status};
use rocket::request::{FromRequest, Outcome, Request};
use rocket::response::{self, Responder, Response};
use serde_json::Value;

const JSON: &str = "application/json";
const HTML: &str = "text/html; charset=utf-8";

/// What a provider puts on the wire.
pub(super) enum Answer {
    /// A whole answer.
    Whole(u16, &'static str, Vec<u8>),
    /// The connection ends in the middle of it: the client learns that something was on its way, not what.
    Cut,
}

impl Answer {
    pub fn json(status: u16, body: &Value) -> Answer {
        Answer::Whole(status, JSON, body.to_string().into_bytes())
    }

    pub fn html(status: u16, body: &str) -> Answer {
        Answer::Whole(status, HTML, body.as_bytes().to_vec())
    }

    pub fn empty(status: u16) -> Answer {
        Answer::Whole(status, JSON, Vec::new())
    }

    /// The page that a proxy in front of a provider shows when the provider is not there.
    pub fn bad_gateway(status: u16) -> Answer {
        let page = format!(
            "<html><head><title>{status}</title></head><body><center><h1>{status}</h1></center></body></html>"
        );
        Answer::html(status, &page)
    }

    /// More than any client should be willing to read.
    pub fn huge() -> Answer {
        let mut body = b"{\"message\":\"".to_vec();
        body.resize(200 * 1024, b'x');
        body.extend_from_slice(b"\"}");
        Answer::Whole(200, JSON, body)
    }
}

impl<'r> Responder<'r, 'static> for Answer {
    fn respond_to(self, _: &'r Request<'_>) -> response::Result<'static> {
        match self {
            Answer::Whole(status, kind, body) => Response::build()
                .status(Status::new(status))
                .raw_header("content-type", kind)
                .sized_body(body.len(), Cursor::new(body))
                .ok(),
            // A length that the body does not keep: hyper has to end the connection.
            Answer::Cut => Response::build()
                .raw_header("content-type", JSON)
                .sized_body(512, Cursor::new(b"{\"".to_vec()))
                .ok(),
        }
    }
}

/// Leaves the client waiting, until its patience (or the server) ends.
pub(super) async fn hang(time: Duration, shutdown: rocket::Shutdown) -> Answer {
    tokio::select! {
        () = tokio::time::sleep(time) => {}
        () = shutdown => {}
    }
    Answer::bad_gateway(504)
}

/// The whole body, or nothing where it is more than a provider would take.
pub(super) async fn body(data: Data<'_>) -> Vec<u8> {
    read_body(data).await.unwrap_or_default()
}

/// Form fields; the last one of a name wins, as in PHP.
pub(super) fn fields(body: &[u8]) -> BTreeMap<String, String> {
    let decoded = |part: &str| RawStr::new(part).url_decode_lossy().into_owned();
    String::from_utf8_lossy(body)
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (decoded(name), decoded(value)))
        .collect()
}

/// What a call says about who calls, and where it came.
pub(super) struct Caller {
    /// `x-api-key`.
    pub key: Option<String>,
    /// User and password of basic authentication.
    pub basic: Option<(String, String)>,
    /// The host that was called.
    pub host: String,
    /// The address after its question mark, as it came.
    pub query: String,
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Caller {
    type Error = std::convert::Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Self::Error> {
        let headers = request.headers();
        Outcome::Success(Caller {
            key: headers.get_one("x-api-key").map(str::to_owned),
            basic: headers.get_one("authorization").and_then(basic),
            host: headers.get_one("host").unwrap_or("localhost").to_owned(),
            query: request.uri().query().map(|query| query.as_str().to_owned()).unwrap_or_default(),
        })
    }
}

fn basic(header: &str) -> Option<(String, String)> {
    let decoded = STANDARD.decode(header.strip_prefix("Basic ")?.trim()).ok()?;
    let text = String::from_utf8(decoded).ok()?;
    let (user, password) = text.split_once(':')?;
    Some((user.to_owned(), password.to_owned()))
}
