//! The gateway's webhooks. This route knows nothing of orders: it keeps what comes and answers.
use crate::{
    app::App,
    guards::{BodyError, client_address, read_body, request_id},
    responses::TRY_AGAIN_SECONDS,
};
use hollyn_core::{
    domain::payment::WebhookVerdict,
    ops::payments::{Webhook, receive_webhook},
};
use rocket::{
    Data, Request, Response, State,
    http::{Header, Status},
    post,
    request::{FromRequest, Outcome},
    response::Responder,
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
            source: client_address(request),
            headers: kept.join("\n"),
            request_id: request_id(request).to_owned(),
        })
    }
}

/// After how many seconds a webhook that was limited may come again.
const LIMITED_SECONDS: i64 = 60;

/// `POST /webhooks/zeno`: 200 when it is stored, 401 when its key or token is wrong (and it is stored),
/// 429 when there were too many without a valid key and token, 5xx when it is not stored. The gateway tries
/// again after 429 and 5xx.
#[post("/webhooks/zeno?<payment>&<token>", data = "<body>")]
pub async fn zeno(
    app: &State<App>,
    envelope: Envelope,
    payment: Option<String>,
    token: Option<String>,
    body: Data<'_>,
) -> WebhookResponse {
    let body = match read_body(body).await {
        Ok(body) => body,
        Err(BodyError::TooLarge) => return WebhookResponse(Status::PayloadTooLarge),
        Err(BodyError::TooSlow) => return WebhookResponse(Status::RequestTimeout),
        Err(BodyError::Incomplete) => return WebhookResponse(Status::BadRequest),
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
    WebhookResponse(match receive_webhook(&app.ctx, webhook).instrument(span).await {
        Ok(WebhookVerdict::Rejected) => Status::Unauthorized,
        Ok(WebhookVerdict::Stored | WebhookVerdict::Hint) => Status::Ok,
        Ok(WebhookVerdict::Limited) => Status::TooManyRequests,
        Err(error) => {
            tracing::error!(request_id, %error, "a webhook could not be stored");
            Status::ServiceUnavailable
        }
    })
}

/// A status without a body, with Retry-After where it may come again.
pub struct WebhookResponse(Status);

impl<'r> Responder<'r, 'static> for WebhookResponse {
    fn respond_to(self, _: &'r Request<'_>) -> rocket::response::Result<'static> {
        let mut response = Response::build().status(self.0).finalize();
        let again = match self.0.code {
            429 => LIMITED_SECONDS,
            503 => TRY_AGAIN_SECONDS,
            _ => return Ok(response),
        };
        response.set_header(Header::new("retry-after", again.to_string()));
        Ok(response)
    }
}
