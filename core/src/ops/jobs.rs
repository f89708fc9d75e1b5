//! The worker's round: payments that are due, then jobs. One poisoned job never stops the others.
use super::{Conflict, Error, Result, audit, mails, orders, payments, services::provision};
use crate::{
    AppContext,
    context::LEASE,
    domain::{UnknownVariant, attention::AttentionKind, session::StaffSession, time::Timestamp},
    error_chain, random, read,
    store::{
        self, Record,
        attention::{self, NewEntry},
        email_tokens, impersonations,
        jobs::{self, JobKind, JobRow},
        rate_limit_events, sessions, staff_tokens,
    },
    tx,
};
use std::{sync::Arc, time::Duration};
use tokio::task::JoinSet;
use tracing::Instrument;

/// How many jobs one round takes.
const ABREAST: i64 = 8;

/// Does everything that is due now, once: payments, then jobs. Returns how much it did; 0 when nothing is due.
pub async fn round(ctx: &Arc<AppContext>, holder: &str) -> Result<usize> {
    let asked = payments::settle_due(ctx).await.unwrap_or_else(|error| {
        tracing::error!(error = error_chain(&error), "the payments that are due could not be read");
        0
    });
    Ok(asked + work_due(ctx, holder).await?)
}

/// Does the jobs that are due now, a handful side by side, and returns when all of them ended. Returns how many.
pub async fn work_due(ctx: &Arc<AppContext>, holder: &str) -> Result<usize> {
    let now = ctx.now();
    let due = read!(&ctx.db, tx => jobs::due(tx, now, ABREAST).await)?;
    let mut working = JoinSet::new();
    for job in due {
        let claimed = tx!(&ctx.db, tx => jobs::claim(tx, &job, holder, ctx.lease_end()).await);
        let claimed = claimed.unwrap_or_else(|error| {
            tracing::error!(job = job.id.0, error = error_chain(&error), "a job could not be claimed");
            None
        });
        if let Some(job) = claimed {
            (ctx.failpoint)("job.claimed");
            let ctx = ctx.clone();
            let span =
                tracing::info_span!("job", request_id = random::uuid(), job = job.id.0, kind = job.kind);
            working.spawn(async move { run(&ctx, &job).await }.instrument(span));
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
pub async fn rest(ctx: &AppContext) -> Result<Duration> {
    let next = read!(&ctx.db, tx => jobs::next_due(tx).await)?;
    Ok(until(ctx, next))
}

/// For how long whoever asks about payments may rest.
pub async fn rest_from_asking(ctx: &AppContext) -> Result<Duration> {
    let next = read!(&ctx.db, tx => store::payments::next_due(tx).await)?;
    Ok(until(ctx, next))
}

/// At most a second: what another machine queues rings no bell here.
fn until(ctx: &AppContext, next: Option<Timestamp>) -> Duration {
    let now = ctx.now();
    let micros = next.map_or(1_000_000, |at| (at.0 - now.0).clamp(1_000, 1_000_000));
    Duration::from_micros(u64::try_from(micros).unwrap_or(1_000))
}

/// Seals the audit log, and forgets what no rule looks back to any more.
pub async fn sweep(ctx: &AppContext) -> Result<()> {
    audit::seal(ctx).await?;
    payments::sweep_webhooks(ctx).await?;
    let now = ctx.now();
    Ok(tx!(&ctx.db, tx => {
        rate_limit_events::sweep(tx, now.minus_seconds(86_400)).await?;
        email_tokens::sweep(tx, now.minus_seconds(86_400)).await?;
        staff_tokens::sweep(tx, now, now.minus_seconds(StaffSession::IDLE_SECONDS)).await?;
        impersonations::sweep(tx, now.minus_seconds(86_400)).await?;
        sessions::sweep(tx, now).await
    })?)
}

/// One job, its lease renewed while it runs.
async fn run(ctx: &AppContext, job: &JobRow) {
    let work = async {
        match UnknownVariant::parse(&job.kind) {
            Ok(JobKind::Provision) => provision::provision(ctx, job).await,
            Ok(JobKind::Mail) => mails::send(ctx, job).await,
            Ok(JobKind::GiveUp) => orders::give_up(ctx, job).await,
            Ok(JobKind::UnmatchedPayment) => payments::settle_unmatched(ctx, job).await,
            Err(unknown) => Err(store::Error::from(unknown).into()),
        }
    };
    let result = tokio::select! {
        result = work => result,
        lost = renew(ctx, job) => Err(lost),
    };
    match result {
        Ok(()) => {}
        Err(Error::Conflict(Conflict::Stale(Record::JobLease))) => {
            tracing::warn!(job = job.id.0, kind = job.kind, "another worker has the job");
        }
        Err(error) => fail(ctx, job, &error).await,
    }
}

/// Says every third of a lease that this worker lives. Returns when the lease is lost.
async fn renew(ctx: &AppContext, job: &JobRow) -> Error {
    loop {
        tokio::time::sleep(LEASE / 3).await;
        let now = ctx.now();
        let held = tx!(&ctx.db, tx => jobs::renew_lease(tx, now, job, ctx.lease_end()).await);
        if let Err(error) = held {
            return error.into();
        }
    }
}

/// How often a job breaks before staff hear of it.
const STUCK_AFTER: i64 = 5;

/// A job that could not even be tried is tried again in a minute; its error is kept with it, and where that does not
/// help, shown to staff.
async fn fail(ctx: &AppContext, job: &JobRow, error: &Error) {
    let words = error_chain(error);
    tracing::error!(job = job.id.0, kind = job.kind, error = words, "a job failed");
    let now = ctx.now();
    let details = format!("{} {}: {words}", job.kind, job.subject);
    let entry = NewEntry::new(AttentionKind::JobStuck, format!("job_stuck:{}", job.id), &details);
    let released = tx!(&ctx.db, tx => {
        if job.attempt >= STUCK_AFTER {
            attention::raise(tx, now, &entry).await?;
        }
        jobs::reschedule(tx, job, now.plus_seconds(60), &words, false).await
    });
    if let Err(error) = released {
        tracing::error!(job = job.id.0, %error, "the job could not be given back; its lease will run out");
    }
}
