//! The gateway's notices, kept as they came. A burst shares its transactions.
use super::{
    Db, Error, Result, Tx,
    jobs::{self, JobKind},
    last_insert_id, payments, truncate,
};
use crate::domain::{
    payment::{GatewayName, WebhookVerdict},
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
    /// Whether the payment that it names should be asked about.
    pub wakes: bool,
}

/// Where notices queue for the writer: who finds it free commits all that wait, in one transaction.
#[derive(Default)]
pub struct Inbox {
    waiting: Mutex<Vec<(Notice, oneshot::Sender<bool>)>>,
    writing: tokio::sync::Mutex<()>,
}

/// The most notices in one transaction: a few milliseconds of writing.
const BATCH: usize = 256;

impl Inbox {
    /// Returns when the notice is durable. Err where it is not, so that the gateway tries again.
    pub async fn store(&self, db: &Db, notice: Notice) -> Result<()> {
        let (done, mut durable) = oneshot::channel();
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).push((notice, done));
        loop {
            let _writing = self.writing.lock().await;
            match durable.try_recv() {
                Ok(true) => return Ok(()),
                Ok(false) | Err(TryRecvError::Closed) => return Err(Error::TimedOut),
                Err(TryRecvError::Empty) => {}
            }
            let batch: Vec<_> = {
                let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
                let most = waiting.len().min(BATCH);
                waiting.drain(..most).collect()
            };
            let result = crate::tx!(db, tx => {
                for (notice, _) in &batch {
                    insert(tx, notice).await?;
                }
                Ok(())
            });
            if let Err(error) = &result {
                tracing::error!(%error, notices = batch.len(), "notices of the gateway could not be stored");
            }
            for (_, done) in batch {
                // A receiver that is gone is a gateway that hung up; its notice is stored all the same.
                let _ = done.send(result.is_ok());
            }
        }
    }
}

async fn insert(tx: &mut Tx, notice: &Notice) -> Result<()> {
    let result = sqlx::query(
        "insert into webhook_inbox (gateway, verdict, gateway_order_id, source, headers, body, request_id, received_at) \
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
    let Some(id) = notice.gateway_order_id.as_deref().filter(|_| notice.wakes) else { return Ok(()) };
    let woken = payments::wake(tx, notice.received_at, id).await?;
    // Money for a push that we have no row of: a backup was restored, or somebody plays. The gateway will tell which.
    if !woken && payments::by_gateway_id(tx, id).await?.is_none() {
        let notice_id = last_insert_id(tx, result).await?;
        let key = format!("{}:{id}", JobKind::UnmatchedPayment);
        jobs::queue_once(
            tx,
            notice.received_at,
            &key,
            JobKind::UnmatchedPayment,
            notice_id,
            notice.received_at,
        )
        .await?;
    }
    Ok(())
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

/// How many notices without token and key came from that address since then.
pub async fn from_source(tx: &mut Tx, source: &str, since: Timestamp) -> Result<i64> {
    let sql = "select count(*) from webhook_inbox where source = ? and received_at > ? \
               and verdict in ('hint', 'limited')";
    Ok(sqlx::query_scalar(sql).bind(truncate(source, 64)).bind(since).fetch_one(tx.connection()).await?)
}
