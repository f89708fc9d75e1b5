//! The gateway's webhooks: stored raw, answered, and a reason to ask. They change nothing themselves.
use crate::{
    AppContext,
    domain::{ids::GatewayOrderId, payment::WebhookVerdict, rate_limit::LimitedAction},
    gateway::webhook_order_id,
    keys,
    ops::Result,
    store::{
        inbox::{self, Kept, UnprovenLimits},
        webhook_budgets,
    },
    tx,
};
use secrecy::ExposeSecret;

/// A webhook as it came in.
#[derive(Debug, Clone, Default)]
pub struct Webhook {
    /// `payment` in the address that we gave.
    pub payment: Option<String>,
    /// `token` in the address that we gave.
    pub token: Option<String>,
    /// The `x-api-key` header.
    pub api_key: Option<String>,
    /// The sender's address.
    pub source: String,
    /// Content type and user agent, one per line.
    pub headers: String,
    pub body: Vec<u8>,
    pub request_id: String,
}

/// How much of a body is kept that comes without a proof, in bytes. The gateway's own are a few hundred.
const UNPROVEN_BODY_BYTES: usize = 4096;
/// How much of the headers is kept, in characters.
const HEADERS_CHARS: usize = 400;
/// For how many days notices without a proof are kept.
const UNPROVEN_DAYS: i64 = 7;

/// Stores a webhook before anything is decided, and has the gateway asked. Rejected where its key or token is
/// wrong; it is stored all the same. Limited where it has no proof and there were too many of those: it is
/// counted. An error means that it is not stored.
pub async fn receive_webhook(ctx: &AppContext, webhook: Webhook) -> Result<WebhookVerdict> {
    let now = ctx.now();
    let in_body = webhook_order_id(&webhook.body);
    let (is_unreadable, bytes) = (in_body.is_none(), webhook.body.len());
    // The address carries a proof; what the body says of another order is not proven.
    let named = webhook.payment.clone().or(in_body).unwrap_or_default();
    let named = GatewayOrderId::parse(&named).map(|id| id.as_str().to_owned());
    let expected = keys::webhook_token(&ctx.settings.webhook_secret, named.as_deref().unwrap_or_default());
    let token_fits = webhook.token.as_deref().map(|token| keys::same(token, &expected));
    let key_fits =
        webhook.api_key.as_deref().map(|key| keys::same(key, ctx.settings.gateway_key.expose_secret()));
    let verdict = match (token_fits, key_fits) {
        (Some(false), _) | (_, Some(false)) => WebhookVerdict::Rejected,
        (Some(true), _) | (_, Some(true)) => WebhookVerdict::Stored,
        (None, None) => WebhookVerdict::Hint,
    };
    let mut body = webhook.body;
    if verdict != WebhookVerdict::Stored {
        body.truncate(UNPROVEN_BODY_BYTES);
        body.shrink_to_fit();
    }
    let row = inbox::NewWebhook {
        verdict,
        gateway_order_id: named,
        source: webhook.source.clone(),
        headers: webhook.headers.chars().take(HEADERS_CHARS).collect(),
        body,
        request_id: webhook.request_id,
        received_at: now,
    };
    (ctx.failpoint)("webhook.received");
    let kept = ctx.inbox.store(&ctx.db, unproven_limits(ctx), row).await?;
    (ctx.failpoint)("webhook.stored");
    ctx.job_notify.notify_one();
    match kept {
        Kept::Counted => Ok(WebhookVerdict::Limited),
        Kept::Stored => {
            if is_unreadable {
                tracing::warn!(source = webhook.source, bytes, "a webhook cannot be read");
            }
            Ok(verdict)
        }
    }
}

fn unproven_limits(ctx: &AppContext) -> UnprovenLimits {
    let limits = ctx.settings.limits;
    let rows_of_day = i64::try_from(limits.webhook_day).unwrap_or(i64::MAX);
    // The average body is far smaller than the longest one; so is the room for all of them.
    let bytes_of_day = rows_of_day.saturating_mul(1024);
    UnprovenLimits { of_address: limits.of(LimitedAction::UnprovenWebhook), rows_of_day, bytes_of_day }
}

/// Removes notices without a proof that are too old to be of use.
pub async fn sweep_webhooks(ctx: &AppContext) -> Result<()> {
    let before = ctx.now().minus_seconds(UNPROVEN_DAYS * 86_400);
    Ok(tx!(&ctx.db, tx => {
        inbox::sweep_unproven(tx, before).await?;
        webhook_budgets::sweep(tx, before).await
    })?)
}
