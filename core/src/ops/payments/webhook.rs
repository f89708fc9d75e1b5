//! The gateway's notices: stored raw, answered, and a reason to ask. They change nothing themselves.
use crate::{
    AppContext,
    domain::{ids::GatewayOrderId, payment::WebhookVerdict},
    gateway::notice_order_id,
    keys,
    ops::Result,
    read,
    store::inbox,
};
use secrecy::ExposeSecret;

/// A notice as it came in.
#[derive(Debug, Clone, Default)]
pub struct Notice {
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

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Noted {
    /// It is durable. Also for an order that nobody knows, also the hundredth copy.
    Stored,
    /// It is durable, and its key or token is wrong.
    Rejected,
}

/// Stores a notice before anything is decided, and wakes the asking. An error means that it is not stored.
pub async fn note_webhook(ctx: &AppContext, notice: Notice) -> Result<Noted> {
    let now = ctx.now();
    let in_body = notice_order_id(&notice.body);
    if in_body.is_none() {
        tracing::warn!(
            source = notice.source,
            bytes = notice.body.len(),
            "a notice of the gateway cannot be read"
        );
    }
    // The address is ours and carries a proof; what the body says of another order is hearsay.
    let named = notice.payment.clone().or(in_body).unwrap_or_default();
    let named = GatewayOrderId::parse(&named).map(|id| id.as_str().to_owned());
    let expected = keys::webhook_token(&ctx.settings.webhook_secret, named.as_deref().unwrap_or_default());
    let token_fits = notice.token.as_deref().map(|token| keys::same(token, &expected));
    let key_fits =
        notice.api_key.as_deref().map(|key| keys::same(key, ctx.settings.gateway_key.expose_secret()));
    let rejected = token_fits == Some(false) || key_fits == Some(false);
    let proven = !rejected && (token_fits == Some(true) || key_fits == Some(true));
    let limited = !rejected && !proven && {
        let since = now.minus_seconds(60);
        let recent = read!(&ctx.db, tx => inbox::from_source(tx, &notice.source, since).await)?;
        recent >= ctx.settings.limits.webhook_address
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
        source: notice.source,
        headers: notice.headers,
        body: notice.body,
        request_id: notice.request_id,
        received_at: now,
        wakes: proven || verdict == WebhookVerdict::Hint,
    };
    (ctx.failpoint)("webhook.received");
    ctx.inbox.store(&ctx.db, row).await?;
    (ctx.failpoint)("webhook.stored");
    ctx.job_notify.notify_one();
    Ok(if rejected { Noted::Rejected } else { Noted::Stored })
}
