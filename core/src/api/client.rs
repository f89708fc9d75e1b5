//! The API from the other side: what the desktop app, the tests and other programs call.
use super::{Endpoint, EndpointMeta, ErrorBody, ErrorDetail, Id, MOUNT};
use reqwest::{Method, Response, StatusCode, header};
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

/// A portal and, once signed in, the device's token. Cheap to clone.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    /// `https://hollyn.online`, without a slash at the end.
    origin: String,
    token: Option<SecretString>,
}

/// Why a call failed.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// The portal said no, and why.
    #[error("{}", error.message)]
    Refused {
        status: u16,
        error: ErrorDetail,
        /// After how many seconds to try again, where it was too often.
        retry_after: Option<u64>,
    },
    /// The portal could not be reached, or the answer broke off.
    #[error("the portal cannot be reached")]
    Unreachable(#[source] reqwest::Error),
    /// What answered is no portal, or one of another version.
    #[error("the answer with status {status} cannot be read: {why}")]
    Unreadable { status: u16, why: String },
}

impl ClientError {
    /// What the portal said, where it said something.
    pub fn refusal(&self) -> Option<&ErrorDetail> {
        match self {
            ClientError::Refused { error, .. } => Some(error),
            ClientError::Unreachable(_) | ClientError::Unreadable { .. } => None,
        }
    }
}

/// The most of an answer that is read, in bytes: far above any page, far below what would hurt.
const CAP: usize = 16 * 1024 * 1024;

impl Client {
    /// `http` brings time-outs and TLS; it should follow no redirects, because a token goes with every
    /// request.
    pub fn new(http: reqwest::Client, origin: &str) -> Client {
        Client { http, origin: origin.trim_end_matches('/').to_owned(), token: None }
    }

    /// The same portal with a device's token.
    pub fn with_token(&self, token: &str) -> Client {
        Client { token: Some(SecretString::from(token)), ..self.clone() }
    }

    /// Calls one endpoint. The functions named like the endpoints are easier to read.
    pub async fn call<E: Endpoint>(
        &self,
        id: &E::Id,
        query: &E::Query,
        body: &E::Body,
    ) -> Result<E::Answer, ClientError> {
        answer(self.send::<E>(id, query, body).await?).await
    }

    /// Calls an endpoint that is only known by its name, with what goes in and out as plain JSON. `id` is the
    /// path's piece where there is one, `query` an object of plain values, `body` null where nothing is sent.
    pub async fn raw(
        &self,
        declared: &EndpointMeta,
        id: Option<&str>,
        query: &Value,
        body: &Value,
    ) -> Result<Value, ClientError> {
        // Null is what TypeScript says for what is not given; a query has no word for it.
        let given = |pair: &(&String, &Value)| !pair.1.is_null();
        let query: Vec<_> = query.as_object().into_iter().flatten().filter(given).collect();
        let body = (!body.is_null()).then_some(body);
        answer(self.request(declared, id.unwrap_or_default(), &query, body).await?).await
    }
    /// The same, with the answer's body still to come: for an export that goes into a file.
    pub async fn send<E: Endpoint>(
        &self,
        id: &E::Id,
        query: &E::Query,
        body: &E::Body,
    ) -> Result<Response, ClientError> {
        let body = (size_of::<E::Body>() > 0).then_some(body);
        self.request(&E::META, &id.write(), query, body).await
    }

    async fn request(
        &self,
        declared: &EndpointMeta,
        id: &str,
        query: &(impl Serialize + ?Sized),
        body: Option<&impl Serialize>,
    ) -> Result<Response, ClientError> {
        let path = declared.path.replace("{id}", id);
        let method = Method::from_bytes(declared.method.as_bytes()).unwrap_or(Method::GET);
        let mut request = self
            .http
            .request(method, format!("{}{MOUNT}{path}", self.origin))
            .header(header::ACCEPT, "application/json, text/csv")
            .query(query);
        if let Some(token) = &self.token {
            request = request.bearer_auth(token.expose_secret());
        }
        if let Some(body) = body {
            request = request.json(body);
        }
        let response = request.send().await.map_err(ClientError::Unreachable)?;
        if response.status() == StatusCode::OK { Ok(response) } else { Err(refused(response).await) }
    }
}

async fn answer<T: DeserializeOwned>(response: Response) -> Result<T, ClientError> {
    let status = response.status().as_u16();
    let is_csv = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/csv"));
    let bytes = read(response).await?;
    // CSV is the one answer that is not JSON: it is read as a JSON string.
    let bytes =
        if is_csv { serde_json::to_vec(&String::from_utf8_lossy(&bytes)).unwrap_or_default() } else { bytes };
    serde_json::from_slice(&bytes).map_err(|error| ClientError::Unreadable { status, why: error.to_string() })
}

async fn read(mut response: Response) -> Result<Vec<u8>, ClientError> {
    let status = response.status().as_u16();
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(ClientError::Unreachable)? {
        if bytes.len() + chunk.len() > CAP {
            return Err(ClientError::Unreadable { status, why: format!("longer than {CAP} bytes") });
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

async fn refused(response: Response) -> ClientError {
    let status = response.status().as_u16();
    let header = response.headers().get(header::RETRY_AFTER);
    let retry_after = header.and_then(|value| value.to_str().ok()?.parse().ok());
    let bytes = match read(response).await {
        Ok(bytes) => bytes,
        Err(error) => return error,
    };
    match serde_json::from_slice::<ErrorBody>(&bytes) {
        Ok(body) => ClientError::Refused { status, error: body.error, retry_after },
        Err(error) => ClientError::Unreadable { status, why: error.to_string() },
    }
}
