//! The gateway's notices, kept as they came. A burst shares its transactions.
//!
//! Notices that prove nothing are bounded: per address, and over all addresses in a day. Beyond that they are
//! counted and not kept.
use super::{
    Db, Error, Result, Tx,
    jobs::{self, JobKind},
    last_insert_id, payments, rate_limit_events, truncate, webhook_budgets,
};
use crate::domain::{
    payment::{GatewayName, QUESTION_DISTANCE_SECONDS, WebhookVerdict},
    rate_limit::{Limit, LimitedAction},
    time::Timestamp,
};
use std::sync::{Mutex, PoisonError};
use tokio::sync::oneshot::{self, error::TryRecvError};

/// One notice, raw.
#[derive(Debug, Clone)]
pub struct Notice {
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

/// How many notices without a proof are kept.
#[derive(Debug, Clone, Copy)]
pub struct UnprovenLimits {
    /// From one address.
    pub of_address: Limit,
    /// From all addresses in a day.
    pub rows_of_day: i64,
    /// Their bodies and headers in a day.
    pub bytes_of_day: i64,
}

/// What became of a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// Its row is durable.
    Stored,
    /// There were too many: it was counted.
    Counted,
}

/// Where notices queue for the writer: who finds it free commits all that wait, in one transaction.
#[derive(Default)]
pub struct Inbox {
    waiting: Mutex<Vec<(Notice, oneshot::Sender<Option<Kept>>)>>,
    writing: tokio::sync::Mutex<()>,
}

/// The most notices in one transaction: a few milliseconds of writing.
const BATCH: usize = 256;

impl Inbox {
    /// Returns when the notice is durable, or counted. Err where it is neither, so that the gateway tries again.
    pub async fn store(&self, db: &Db, limits: UnprovenLimits, notice: Notice) -> Result<Kept> {
        let (done, mut durable) = oneshot::channel();
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).push((notice, done));
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
                for (notice, _) in &batch {
                    all.push(keep(tx, limits, notice).await?);
                }
                Ok(all)
            });
            if let Err(error) = &result {
                tracing::error!(%error, notices = batch.len(), "notices of the gateway could not be stored");
            }
            let mut kept = result.unwrap_or_default().into_iter();
            for (_, done) in batch {
                // A receiver that is gone is a gateway that hung up; its notice is stored all the same.
                let _ = done.send(kept.next());
            }
        }
    }
}

/// Stores a notice and makes the payment that it names due. One without a proof is stored within the limits.
async fn keep(tx: &mut Tx, limits: UnprovenLimits, notice: &Notice) -> Result<Kept> {
    let is_proven = notice.verdict == WebhookVerdict::Stored;
    if !is_proven && !has_room(tx, limits, notice).await? {
        webhook_budgets::count_refused(tx, notice.received_at, size(notice)).await?;
        wake(tx, notice, Kept::Counted).await?;
        return Ok(Kept::Counted);
    }
    let id = insert(tx, notice).await?;
    let is_known = wake(tx, notice, Kept::Stored).await?;
    // Money for a request that has no row here: a backup was restored, or the notice is not genuine. The gateway
    // tells which.
    if let Some(named) = notice.gateway_order_id.as_deref().filter(|_| !is_known && wakes(notice)) {
        let (now, kind) = (notice.received_at, JobKind::UnmatchedPayment);
        jobs::queue_once(tx, now, &format!("{kind}:{named}"), kind, id, now).await?;
    }
    Ok(Kept::Stored)
}

/// Counts a notice without a proof; false where there were too many.
async fn has_room(tx: &mut Tx, limits: UnprovenLimits, notice: &Notice) -> Result<bool> {
    let (now, action) = (notice.received_at, LimitedAction::UnprovenWebhook);
    let since = limits.of_address.window_start(now);
    let times = rate_limit_events::since(tx, action, &notice.source, since).await?;
    if limits.of_address.blocked_until(&times, now).is_some() {
        return Ok(false);
    }
    let (rows, bytes) = (limits.rows_of_day, limits.bytes_of_day);
    if !webhook_budgets::take(tx, now, size(notice), rows, bytes).await? {
        return Ok(false);
    }
    rate_limit_events::insert(tx, now, action, &notice.source).await?;
    Ok(true)
}

fn size(notice: &Notice) -> i64 {
    i64::try_from(notice.body.len() + notice.headers.len()).unwrap_or(i64::MAX)
}

fn wakes(notice: &Notice) -> bool {
    match notice.verdict {
        WebhookVerdict::Stored | WebhookVerdict::Hint => true,
        WebhookVerdict::Limited | WebhookVerdict::Rejected => false,
    }
}

/// Has the gateway asked about the payment that a notice names: at once, or, where the notice is only counted, not
/// sooner than the distance between two questions. Returns whether the payment has a row.
async fn wake(tx: &mut Tx, notice: &Notice, kept: Kept) -> Result<bool> {
    let Some(named) = notice.gateway_order_id.as_deref().filter(|_| wakes(notice)) else { return Ok(false) };
    let Some(payment) = payments::by_gateway_id(tx, named).await? else { return Ok(false) };
    let earliest = match (kept, payment.last_check_at) {
        (Kept::Counted, Some(at)) => at.plus_seconds(QUESTION_DISTANCE_SECONDS),
        (Kept::Counted, None) | (Kept::Stored, _) => notice.received_at,
    };
    payments::wake(tx, earliest.max(notice.received_at), named).await?;
    Ok(true)
}

async fn insert(tx: &mut Tx, notice: &Notice) -> Result<i64> {
    let result = sqlx::query(
        "insert into webhook_inbox \
         (gateway, verdict, gateway_order_id, source, headers, body, request_id, received_at) \
         values (?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(GatewayName::Zeno)
    .bind(notice.verdict)
    .bind(notice.gateway_order_id.as_deref().map(|id| truncate(id, 64)))
    .bind(truncate(&notice.source, 64))
    .bind(&notice.headers)
    .bind(&notice.body)
    .bind(&notice.request_id)
    .bind(notice.received_at)
    .execute(tx.connection())
    .await?;
    last_insert_id(tx, result).await
}

/// The name that a stored notice gave.
pub async fn named_by(tx: &mut Tx, notice: i64) -> Result<Option<String>> {
    let sql = "select gateway_order_id from webhook_inbox where id = ?";
    Ok(sqlx::query_scalar::<_, Option<String>>(sql)
        .bind(notice)
        .fetch_optional(tx.connection())
        .await?
        .flatten())
}

/// When the last notice came that named this push and was not refused.
pub async fn last_notice(tx: &mut Tx, gateway_order_id: &str) -> Result<Option<Timestamp>> {
    let sql = "select max(received_at) from webhook_inbox where gateway_order_id = ? \
               and verdict in ('stored', 'hint')";
    Ok(sqlx::query_scalar::<_, Option<Timestamp>>(sql)
        .bind(gateway_order_id)
        .fetch_one(tx.connection())
        .await?)
}

/// Removes the notices without a proof that came before then.
pub async fn sweep_unproven(tx: &mut Tx, before: Timestamp) -> Result<()> {
    sqlx::query("delete from webhook_inbox where verdict in ('hint', 'rejected') and received_at < ?")
        .bind(before)
        .execute(tx.connection())
        .await?;
    Ok(())
}
