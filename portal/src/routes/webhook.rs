//! The gateway's webhooks. This route knows nothing of orders: it keeps what comes and answers.
use crate::{
    app::App,
    guards::{BodyError, read_body, request_id},
};
use hollyn_core::{
    domain::payment::WebhookVerdict,
    ops::payments::{Webhook, receive_webhook},
};
use rocket::{
    Data, Request, State,
    http::Status,
    post,
    request::{FromRequest, Outcome},
};
use tracing::Instrument;

/// The headers that could matter.
pub struct Envelope {
    api_key: Option<String>,
    source: String,
    headers: String,
    request_id: String,
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Envelope {
    type Error = std::convert::Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Self::Error> {
        let header = |name| request.headers().get_one(name);
        let kept = ["content-type", "user-agent"]
            .map(|name| format!("{name}: {}", header(name).unwrap_or_default()));
        Outcome::Success(Envelope {
            api_key: header("x-api-key").map(str::to_owned),
            source: request.client_ip().map_or_else(|| "unknown".to_owned(), |ip| ip.to_string()),
            headers: kept.join("\n"),
            request_id: request_id(request).to_owned(),
        })
    }
}

/// `POST /webhooks/zeno`: 200 when it is stored, 401 when its key or token is wrong (and it is stored), 5xx
/// when it is not stored, so that the gateway tries again.
#[post("/webhooks/zeno?<payment>&<token>", data = "<body>")]
pub async fn zeno(
    app: &State<App>,
    envelope: Envelope,
    payment: Option<String>,
    token: Option<String>,
    body: Data<'_>,
) -> Status {
    let body = match read_body(body).await {
        Ok(body) => body,
        Err(BodyError::TooLarge) => return Status::PayloadTooLarge,
        Err(BodyError::TooSlow) => return Status::RequestTimeout,
        Err(BodyError::Incomplete) => return Status::BadRequest,
    };
    let request_id = envelope.request_id.clone();
    let webhook = Webhook {
        payment,
        token,
        api_key: envelope.api_key,
        source: envelope.source,
        headers: envelope.headers,
        body,
        request_id: envelope.request_id,
    };
    let span = tracing::info_span!("request", request_id);
    match receive_webhook(&app.ctx, webhook).instrument(span).await {
        Ok(WebhookVerdict::Rejected) => Status::Unauthorized,
        Ok(WebhookVerdict::Stored | WebhookVerdict::Hint | WebhookVerdict::Limited) => Status::Ok,
        Err(error) => {
            tracing::error!(request_id, %error, "a webhook could not be stored");
            Status::ServiceUnavailable
        }
    }
}
