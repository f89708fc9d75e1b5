//! The table `webhook_inbox`: webhooks as they came. A burst of them shares its transactions.
//!
//! Webhooks that prove nothing are bounded: per address, and over all addresses in a day. Beyond that they
//! are counted and not kept.
use super::{
    Db, Error, Result, Tx, jobs, last_insert_id, payments, rate_limit_events, truncate, webhook_budgets,
};
use crate::domain::{
    ids::WebhookId,
    job::{JobKind, Task},
    payment::{GatewayName, QUESTION_DISTANCE_SECONDS, WebhookVerdict},
    rate_limit::{Limit, LimitedAction},
    time::Timestamp,
};
use std::sync::{Mutex, PoisonError};
use tokio::sync::oneshot::{self, error::TryRecvError};

/// One webhook, raw.
#[derive(Debug, Clone)]
pub struct NewWebhook {
    pub verdict: WebhookVerdict,
    /// The name in it that could be one of ours.
    pub gateway_order_id: Option<String>,
    /// The sender's address.
    pub source: String,
    /// The headers that could matter later, one per line, without secrets.
    pub headers: String,
    pub body: Vec<u8>,
    pub request_id: String,
    pub received_at: Timestamp,
}

/// How many webhooks without a proof are kept.
#[derive(Debug, Clone, Copy)]
pub struct UnprovenLimits {
    /// From one address.
    pub of_address: Limit,
    /// From all addresses in a day.
    pub rows_of_day: i64,
    /// Their bodies and headers in a day.
    pub bytes_of_day: i64,
}

/// What became of a webhook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// Its row is durable.
    Stored,
    /// There were too many: it was counted.
    Counted,
}

/// Where webhooks queue for the writer: who finds it free commits all that wait, in one transaction.
#[derive(Default)]
pub struct Inbox {
    waiting: Mutex<Vec<(NewWebhook, oneshot::Sender<Option<Kept>>)>>,
    writing: tokio::sync::Mutex<()>,
}

/// The most webhooks in one transaction: a few milliseconds of writing.
const BATCH: usize = 256;

impl Inbox {
    /// Returns when the webhook is durable, or counted. Err where it is neither, so that the gateway tries
    /// again.
    pub async fn store(&self, db: &Db, limits: UnprovenLimits, webhook: NewWebhook) -> Result<Kept> {
        let (done, mut durable) = oneshot::channel();
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).push((webhook, done));
        loop {
            let _writing = self.writing.lock().await;
            match durable.try_recv() {
                Ok(Some(kept)) => return Ok(kept),
                Ok(None) | Err(TryRecvError::Closed) => return Err(Error::TimedOut),
                Err(TryRecvError::Empty) => {}
            }
            let batch: Vec<_> = {
                let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
                let most = waiting.len().min(BATCH);
                waiting.drain(..most).collect()
            };
            let result = crate::tx!(db, tx => {
                let mut all = Vec::with_capacity(batch.len());
                for (webhook, _) in &batch {
                    all.push(keep(tx, limits, webhook).await?);
                }
                Ok(all)
            });
            if let Err(error) = &result {
                tracing::error!(%error, webhooks = batch.len(), "webhooks could not be stored");
            }
            let mut kept = result.unwrap_or_default().into_iter();
            for (_, done) in batch {
                // A receiver that is gone: the gateway closed the connection. Its webhook is stored all the
                // same.
                let _ = done.send(kept.next());
            }
        }
    }
}

/// Stores a webhook and makes the payment that it names due. One without a proof is stored within the limits.
async fn keep(tx: &mut Tx, limits: UnprovenLimits, webhook: &NewWebhook) -> Result<Kept> {
    let is_proven = webhook.verdict == WebhookVerdict::Stored;
    if !is_proven && !has_room(tx, limits, webhook).await? {
        webhook_budgets::count_refused(tx, webhook.received_at, size(webhook)).await?;
        wake(tx, webhook, Kept::Counted).await?;
        return Ok(Kept::Counted);
    }
    let id = insert(tx, webhook).await?;
    let is_known = wake(tx, webhook, Kept::Stored).await?;
    // Money for a request that has no row here: a backup was restored, or the webhook is not genuine. The
    // gateway tells which.
    if let Some(named) = webhook.gateway_order_id.as_deref().filter(|_| !is_known && wakes(webhook)) {
        let (now, task) = (webhook.received_at, Task::SettleUnmatched(id));
        let key = format!("{}:{named}", JobKind::UnmatchedPayment);
        jobs::queue_once(tx, now, &key, &task, now).await?;
    }
    Ok(Kept::Stored)
}

/// Counts a webhook without a proof; false where there were too many.
async fn has_room(tx: &mut Tx, limits: UnprovenLimits, webhook: &NewWebhook) -> Result<bool> {
    let (now, action) = (webhook.received_at, LimitedAction::UnprovenWebhook);
    let since = limits.of_address.window_start(now);
    let times = rate_limit_events::since(tx, action, &webhook.source, since).await?;
    if limits.of_address.blocked_until(&times, now).is_some() {
        return Ok(false);
    }
    let (rows, bytes) = (limits.rows_of_day, limits.bytes_of_day);
    if !webhook_budgets::take(tx, now, size(webhook), rows, bytes).await? {
        return Ok(false);
    }
    rate_limit_events::insert(tx, now, action, &webhook.source).await?;
    Ok(true)
}

fn size(webhook: &NewWebhook) -> i64 {
    i64::try_from(webhook.body.len() + webhook.headers.len()).unwrap_or(i64::MAX)
}

fn wakes(webhook: &NewWebhook) -> bool {
    match webhook.verdict {
        WebhookVerdict::Stored | WebhookVerdict::Hint => true,
        WebhookVerdict::Limited | WebhookVerdict::Rejected => false,
    }
}

/// Has the gateway asked about the payment that a webhook names: at once, or, where the webhook is only
/// counted, not sooner than the distance between two questions. Returns whether the payment has a row.
async fn wake(tx: &mut Tx, webhook: &NewWebhook, kept: Kept) -> Result<bool> {
    let Some(named) = webhook.gateway_order_id.as_deref().filter(|_| wakes(webhook)) else {
        return Ok(false);
    };
    let Some(payment) = payments::by_gateway_id(tx, named).await? else { return Ok(false) };
    let earliest = match (kept, payment.last_check_at) {
        (Kept::Counted, Some(at)) => at.plus_seconds(QUESTION_DISTANCE_SECONDS),
        (Kept::Counted, None) | (Kept::Stored, _) => webhook.received_at,
    };
    payments::wake(tx, earliest.max(webhook.received_at), named).await?;
    Ok(true)
}

async fn insert(tx: &mut Tx, webhook: &NewWebhook) -> Result<WebhookId> {
    let result = sqlx::query(
        "insert into webhook_inbox \
         (gateway, verdict, gateway_order_id, source, headers, body, request_id, received_at) \
         values (?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(GatewayName::Zeno)
    .bind(webhook.verdict)
    .bind(webhook.gateway_order_id.as_deref().map(|id| truncate(id, 64)))
    .bind(truncate(&webhook.source, 64))
    .bind(&webhook.headers)
    .bind(&webhook.body)
    .bind(&webhook.request_id)
    .bind(webhook.received_at)
    .execute(tx.connection())
    .await?;
    Ok(WebhookId(last_insert_id(tx, result).await?))
}

/// The name that a stored webhook gave.
pub async fn named_by(tx: &mut Tx, webhook: WebhookId) -> Result<Option<String>> {
    let sql = "select gateway_order_id from webhook_inbox where id = ?";
    Ok(sqlx::query_scalar::<_, Option<String>>(sql)
        .bind(webhook)
        .fetch_optional(tx.connection())
        .await?
        .flatten())
}

/// When the last webhook came that named this push and was not refused.
pub async fn last_webhook(tx: &mut Tx, gateway_order_id: &str) -> Result<Option<Timestamp>> {
    let sql = "select max(received_at) from webhook_inbox where gateway_order_id = ? \
               and verdict in ('stored', 'hint')";
    Ok(sqlx::query_scalar::<_, Option<Timestamp>>(sql)
        .bind(gateway_order_id)
        .fetch_one(tx.connection())
        .await?)
}

/// Removes the webhooks without a proof that came before then.
pub async fn sweep_unproven(tx: &mut Tx, before: Timestamp) -> Result<()> {
    sqlx::query("delete from webhook_inbox where verdict in ('hint', 'rejected') and received_at < ?")
        .bind(before)
        .execute(tx.connection())
        .await?;
    Ok(())
}
