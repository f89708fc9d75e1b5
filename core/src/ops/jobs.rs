//! The worker's round: payments that are due, then jobs. One poisoned job never stops the others.
use super::{Error, Result, audit, mails, orders, payments, provisioning, staff};
use crate::{
    Shop, chain,
    domain::{attention::AttentionKind, time::Moment},
    random, read,
    shop::LEASE,
    store::{
        self,
        attention::{self, NewEntry},
        email_tokens, impersonations,
        jobs::{self, JobKind, JobRow},
        sessions, tries,
    },
    tx,
};
use std::{sync::Arc, time::Duration};
use tokio::task::JoinSet;
use tracing::Instrument;

/// How many jobs one round takes.
const ABREAST: i64 = 8;

/// Does everything that is due now, once: payments, then jobs. Returns how much it did; 0 when nothing is due.
pub async fn round(shop: &Arc<Shop>, holder: &str) -> Result<usize> {
    let asked = payments::settle_due(shop).await.unwrap_or_else(|error| {
        tracing::error!(error = chain(&error), "the payments that are due could not be read");
        0
    });
    Ok(asked + work_due(shop, holder).await?)
}

/// Does the jobs that are due now, a handful side by side, and returns when all of them ended. Returns how many.
pub async fn work_due(shop: &Arc<Shop>, holder: &str) -> Result<usize> {
    let now = shop.now();
    let due = read!(&shop.db, c => jobs::due(c, now, ABREAST).await)?;
    let mut working = JoinSet::new();
    for job in due {
        let claimed = tx!(&shop.db, c => jobs::claim(c, &job, holder, shop.lease_end()).await);
        let claimed = claimed.unwrap_or_else(|error| {
            tracing::error!(job = job.id.0, error = chain(&error), "a job could not be claimed");
            None
        });
        if let Some(job) = claimed {
            (shop.probe)("job.claimed");
            let shop = shop.clone();
            let span =
                tracing::info_span!("job", request_id = random::uuid(), job = job.id.0, kind = job.kind);
            working.spawn(async move { run(&shop, &job).await }.instrument(span));
        }
    }
    let done = working.len();
    while let Some(ended) = working.join_next().await {
        if let Err(error) = ended {
            // Its lease runs out, and the next claim counts as its next try.
            tracing::error!(%error, "a job broke its worker");
        }
    }
    Ok(done)
}

/// For how long whoever does jobs may rest.
pub async fn rest(shop: &Shop) -> Result<Duration> {
    let next = read!(&shop.db, c => jobs::next_due(c).await)?;
    Ok(until(shop, next))
}

/// For how long whoever asks about payments may rest.
pub async fn rest_from_asking(shop: &Shop) -> Result<Duration> {
    let next = read!(&shop.db, c => store::payments::next_due(c).await)?;
    Ok(until(shop, next))
}

/// At most a second: what another machine queues rings no bell here.
fn until(shop: &Shop, next: Option<Moment>) -> Duration {
    let now = shop.now();
    let micros = next.map_or(1_000_000, |at| (at.0 - now.0).clamp(1_000, 1_000_000));
    Duration::from_micros(u64::try_from(micros).unwrap_or(1_000))
}

/// Seals the audit log, and forgets what no rule looks back to any more.
pub async fn sweep(shop: &Shop) -> Result<()> {
    audit::seal(shop).await?;
    let now = shop.now();
    Ok(tx!(&shop.db, c => {
        tries::sweep(c, now.minus_seconds(86_400)).await?;
        email_tokens::sweep(c, now.minus_seconds(86_400)).await?;
        staff::sweep(c, now).await?;
        impersonations::sweep(c, now.minus_seconds(86_400)).await?;
        sessions::sweep(c, now).await
    })?)
}

/// One job, its lease renewed while it runs.
async fn run(shop: &Shop, job: &JobRow) {
    let work = async {
        match job.kind.parse() {
            Ok(JobKind::Provision) => provisioning::provision(shop, job).await,
            Ok(JobKind::Mail) => mails::send(shop, job).await,
            Ok(JobKind::GiveUp) => orders::give_up(shop, job).await,
            Ok(JobKind::Stray) => payments::settle_stray(shop, job).await,
            Err(word) => Err(Error::Store(word.into())),
        }
    };
    let result = tokio::select! {
        result = work => result,
        lost = renew(shop, job) => Err(lost),
    };
    match result {
        Ok(()) => {}
        Err(Error::Store(store::Error::Stale(what))) => {
            tracing::warn!(job = job.id.0, kind = job.kind, what, "the job went to somebody else");
        }
        Err(error) => fail(shop, job, &error).await,
    }
}

/// Says every third of a lease that this worker lives. Returns when the lease is lost.
async fn renew(shop: &Shop, job: &JobRow) -> Error {
    loop {
        tokio::time::sleep(LEASE / 3).await;
        let now = shop.now();
        let held = tx!(&shop.db, c => jobs::hold(c, now, job, shop.lease_end()).await);
        if let Err(error) = held {
            return error.into();
        }
    }
}

/// How often a job breaks before staff hear of it.
const STUCK_AFTER: i64 = 5;

/// A job that could not even be tried is tried again in a minute; its error is kept with it, and where that does not
/// help, shown to staff.
async fn fail(shop: &Shop, job: &JobRow, error: &Error) {
    let words = chain(error);
    tracing::error!(job = job.id.0, kind = job.kind, error = words, "a job failed");
    let now = shop.now();
    let details = format!("{} {}: {words}", job.kind, job.subject);
    let entry = NewEntry::new(AttentionKind::JobStuck, format!("job_stuck:{}", job.id), &details);
    let released = tx!(&shop.db, c => {
        if job.attempt >= STUCK_AFTER {
            attention::raise(c, now, &entry).await?;
        }
        jobs::release(c, job, now.plus_seconds(60), &words, false).await
    });
    if let Err(error) = released {
        tracing::error!(job = job.id.0, %error, "the job could not be given back; its lease will run out");
    }
}
