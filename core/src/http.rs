//! What every call to a provider has in common: one client, no redirects, no retries of its own, a capped
//! answer.
use crate::error_chain;
use std::{error::Error as _, time::Duration};

/// How much of a response is read. Valid responses of the providers are shorter.
const CAP: usize = 64 * 1024;

/// How a request without a response ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TransportError {
    /// No byte of it was sent: no such host, refused, no TLS.
    NotSent(String),
    /// The provider's certificate was refused, by us.
    BadCertificate(String),
    /// It may have arrived and been acted on.
    Unknown(String),
}

/// A response with any status.
#[derive(Debug, Clone)]
pub struct Response {
    pub status: u16,
    pub body: String,
}

/// A client for one provider. `tls` is what is special about its certificates.
pub fn client(connect: Duration, total: Duration, tls: Tls) -> Result<reqwest::Client, reqwest::Error> {
    let builder = reqwest::Client::builder()
        .connect_timeout(connect)
        .timeout(total)
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        // A connection from the pool may die under a request that must not be sent twice.
        .pool_max_idle_per_host(0)
        .user_agent("hollyn");
    match tls {
        Tls::System => builder,
        Tls::Authority(pem) => builder.tls_certs_merge([reqwest::Certificate::from_pem(&pem)?]),
        Tls::Unchecked => builder.tls_danger_accept_invalid_certs(true),
        Tls::Pinned(config) => builder.tls_backend_preconfigured(*config),
    }
    .build()
}

/// How a provider proves that it is itself.
pub enum Tls {
    /// By a certificate that the system trusts.
    System,
    /// By one that this authority (PEM) signed.
    Authority(Vec<u8>),
    /// Not at all. Warned about at every start.
    Unchecked,
    /// By one certificate and no other.
    Pinned(Box<rustls::ClientConfig>),
}

tokio::task_local! {
    static IN_TRANSACTION: ();
}

/// Runs work with the database, during which no provider may be called. Known per task, because other tasks
/// may call providers meanwhile.
pub async fn in_transaction<T>(work: impl Future<Output = T>) -> T {
    IN_TRANSACTION.scope((), work).await
}

/// Panics if this task has a transaction open, in release builds too. Called before every request to a
/// provider.
pub fn assert_not_in_transaction() {
    assert!(IN_TRANSACTION.try_with(|()| ()).is_err(), "a provider was called while a transaction was open");
}

/// Sends the request and reads at most [`CAP`] bytes of the answer.
pub async fn send(request: reqwest::RequestBuilder) -> Result<Response, TransportError> {
    assert_not_in_transaction();
    let mut response = request.send().await.map_err(|error| classify(&error))?;
    let status = response.status().as_u16();
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| TransportError::Unknown(causes(&error)))? {
        if body.len() + chunk.len() > CAP {
            return Err(TransportError::Unknown(format!("HTTP {status}, an answer longer than {CAP} bytes")));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Response { status, body: String::from_utf8_lossy(&body).into_owned() })
}

fn classify(error: &reqwest::Error) -> TransportError {
    let text = causes(error);
    let certificate = text.contains("certificate") || text.contains("UnknownIssuer");
    match (error.is_connect(), error.is_timeout(), certificate) {
        (true, _, true) => TransportError::BadCertificate(text),
        (true, false, false) => TransportError::NotSent(text),
        (true, true, false) | (false, _, _) => TransportError::Unknown(text),
    }
}

/// The error's causes, without the address that it was sent to: that may carry an id or a name.
fn causes(error: &reqwest::Error) -> String {
    let what = if error.is_timeout() { "timed out" } else { "the request failed" };
    match error.source() {
        Some(cause) => format!("{what}: {}", error_chain(cause)),
        None => what.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{assert_not_in_transaction, in_transaction};

    #[tokio::test]
    async fn a_provider_can_be_called_before_and_after_a_transaction_and_by_other_tasks() {
        assert_not_in_transaction();
        in_transaction(async {
            tokio::spawn(async { assert_not_in_transaction() }).await.expect("another task may call");
        })
        .await;
        assert_not_in_transaction();
    }

    #[tokio::test]
    #[should_panic(expected = "a provider was called while a transaction was open")]
    async fn a_provider_cannot_be_called_in_a_transaction() {
        in_transaction(async { assert_not_in_transaction() }).await;
    }
}
