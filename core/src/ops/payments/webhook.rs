//! The gateway's webhooks: stored raw, answered, and a reason to ask. They change nothing themselves.
use crate::{
    AppContext,
    domain::{ids::GatewayOrderId, payment::WebhookVerdict},
    gateway::webhook_order_id,
    keys,
    ops::Result,
    read,
    store::inbox,
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

/// Stores a webhook before anything is decided, and has the gateway asked. Rejected where its key or token is
/// wrong; it is stored all the same. An error means that it is not stored.
pub async fn receive_webhook(ctx: &AppContext, webhook: Webhook) -> Result<WebhookVerdict> {
    let now = ctx.now();
    let in_body = webhook_order_id(&webhook.body);
    if in_body.is_none() {
        tracing::warn!(source = webhook.source, bytes = webhook.body.len(), "a webhook cannot be read");
    }
    // The address carries a proof; what the body says of another order is not proven.
    let named = webhook.payment.clone().or(in_body).unwrap_or_default();
    let named = GatewayOrderId::parse(&named).map(|id| id.as_str().to_owned());
    let expected = keys::webhook_token(&ctx.settings.webhook_secret, named.as_deref().unwrap_or_default());
    let token_fits = webhook.token.as_deref().map(|token| keys::same(token, &expected));
    let key_fits =
        webhook.api_key.as_deref().map(|key| keys::same(key, ctx.settings.gateway_key.expose_secret()));
    let rejected = token_fits == Some(false) || key_fits == Some(false);
    let proven = !rejected && (token_fits == Some(true) || key_fits == Some(true));
    let limited = !rejected && !proven && {
        let limit = ctx.settings.limits.webhooks();
        let since = limit.window_start(now);
        let recent = read!(&ctx.db, tx => inbox::from_source(tx, &webhook.source, since).await)?;
        usize::try_from(recent).is_ok_and(|recent| recent >= limit.most)
    };
    let verdict = match (rejected, proven, limited) {
        (true, _, _) => WebhookVerdict::Rejected,
        (false, true, _) => WebhookVerdict::Stored,
        (false, false, false) => WebhookVerdict::Hint,
        (false, false, true) => WebhookVerdict::Limited,
    };
    let row = inbox::Notice {
        verdict,
        gateway_order_id: named,
        source: webhook.source,
        headers: webhook.headers,
        body: webhook.body,
        request_id: webhook.request_id,
        received_at: now,
        wakes: proven || verdict == WebhookVerdict::Hint,
    };
    (ctx.failpoint)("webhook.received");
    ctx.inbox.store(&ctx.db, row).await?;
    (ctx.failpoint)("webhook.stored");
    ctx.job_notify.notify_one();
    Ok(verdict)
}
