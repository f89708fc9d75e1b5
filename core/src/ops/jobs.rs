//! The worker's round: payments that are due, then jobs. A job that fails does not stop the others.
use super::{Conflict, Error, Result, audit, auth, mails, orders, payments, services::provision, users};
use crate::{
    AppContext,
    context::LEASE,
    domain::{
        attention::AttentionKind,
        job::{Job, Task},
        session::StaffSession,
        time::Timestamp,
    },
    error_chain, random, read,
    store::{
        self, Record,
        attention::{self, NewItem},
        email_tokens, impersonations, jobs, known_devices, rate_limit_events, sessions, staff_tokens,
    },
    tx,
};
use std::{sync::Arc, time::Duration};
use tokio::task::JoinSet;
use tracing::Instrument;

/// How many jobs one round runs at the same time.
const CONCURRENT: i64 = 8;

/// Does everything that is due now, once: payments, then jobs. Returns how many there were.
pub async fn round(ctx: &Arc<AppContext>, holder: &str) -> Result<usize> {
    let asked = payments::settle_due(ctx).await.unwrap_or_else(|error| {
        tracing::error!(error = error_chain(&error), "the payments that are due could not be read");
        0
    });
    Ok(asked + work_due(ctx, holder).await?)
}

/// Runs the jobs that are due now, a few at the same time, until all of them have ended. Returns how many
/// there were.
pub async fn work_due(ctx: &Arc<AppContext>, holder: &str) -> Result<usize> {
    let now = ctx.now();
    let due = read!(&ctx.db, tx => jobs::due(tx, now, CONCURRENT).await)?;
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
            let (kind, _) = job.task.parts();
            let span = tracing::info_span!("job", request_id = random::uuid(), job = job.id.0, kind);
            working.spawn(async move { run(&ctx, &job).await }.instrument(span));
        }
    }
    let done = working.len();
    while let Some(ended) = working.join_next().await {
        if let Err(error) = ended {
            // Its lease ends, and the next claim counts as its next attempt.
            tracing::error!(%error, "a job panicked");
        }
    }
    Ok(done)
}

/// How long the worker may wait before the next job is due.
pub async fn rest(ctx: &AppContext) -> Result<Duration> {
    let next = read!(&ctx.db, tx => jobs::next_due(tx).await)?;
    Ok(until(ctx, next))
}

/// How long the worker may wait before the next payment is due.
pub async fn rest_from_asking(ctx: &AppContext) -> Result<Duration> {
    let next = read!(&ctx.db, tx => store::payments::next_due(tx).await)?;
    Ok(until(ctx, next))
}

/// At most a second: a job that another machine queues does not notify this one.
fn until(ctx: &AppContext, next: Option<Timestamp>) -> Duration {
    let now = ctx.now();
    let micros = next.map_or(1_000_000, |at| (at.0 - now.0).clamp(1_000, 1_000_000));
    Duration::from_micros(u64::try_from(micros).unwrap_or(1_000))
}

/// Seals the audit log, and deletes rows that no limit and no session needs any more.
pub async fn sweep(ctx: &AppContext) -> Result<()> {
    audit::seal(ctx).await?;
    payments::sweep_webhooks(ctx).await?;
    let now = ctx.now();
    Ok(tx!(&ctx.db, tx => {
        rate_limit_events::sweep(tx, now.minus_seconds(86_400)).await?;
        email_tokens::sweep(tx, now.minus_seconds(86_400)).await?;
        staff_tokens::sweep(tx, now, now.minus_seconds(StaffSession::IDLE_SECONDS)).await?;
        known_devices::sweep(tx, now.minus_seconds(auth::known_devices::DAYS * 86_400)).await?;
        impersonations::sweep(tx, now.minus_seconds(86_400)).await?;
        sessions::sweep(tx, now).await
    })?)
}

/// One job, its lease renewed while it runs.
async fn run(ctx: &AppContext, job: &Job) {
    let work = async {
        match &job.task {
            Task::Provision(service) => provision::provision(ctx, job, *service).await,
            Task::SendMail(mail) => mails::send(ctx, job, *mail).await,
            Task::GiveUpOrder(order) => orders::give_up(ctx, job, *order).await,
            Task::ApplyEmailChange(user) => users::apply_due_email_change(ctx, job, *user).await,
            Task::SettleUnmatched(webhook) => payments::settle_unmatched(ctx, job, *webhook).await,
            Task::Unknown { .. } => Err(Error::internal("this version does not know this kind of job")),
        }
    };
    let result = tokio::select! {
        result = work => result,
        lost = renew(ctx, job) => Err(lost),
    };
    match result {
        Ok(()) => {}
        Err(Error::Conflict(Conflict::Stale(Record::JobLease))) => {
            tracing::warn!(job = job.id.0, task = %job.task, "another worker has the job");
        }
        Err(error) => fail(ctx, job, &error).await,
    }
}

/// Renews the lease, three times in its length. Returns when the lease is lost.
async fn renew(ctx: &AppContext, job: &Job) -> Error {
    loop {
        tokio::time::sleep(LEASE / 3).await;
        let now = ctx.now();
        let held = tx!(&ctx.db, tx => jobs::renew_lease(tx, now, job, ctx.lease_end()).await);
        if let Err(error) = held {
            return error.into();
        }
    }
}

/// After how many failed attempts a job is shown to staff.
const STUCK_AFTER: i64 = 5;

/// Schedules a job whose attempt ended with an error again, in a minute. The error is stored with it, and
/// after some attempts shown to staff.
async fn fail(ctx: &AppContext, job: &Job, error: &Error) {
    let words = error_chain(error);
    tracing::error!(job = job.id.0, task = %job.task, error = words, "a job failed");
    let now = ctx.now();
    let details = format!("{}: {words}", job.task);
    let item = NewItem::new(AttentionKind::JobStuck, format!("job_stuck:{}", job.id), &details);
    let released = tx!(&ctx.db, tx => {
        if job.attempt >= STUCK_AFTER {
            attention::raise(tx, now, &item).await?;
        }
        jobs::reschedule(tx, job, now.plus_seconds(60), &words, false).await
    });
    if let Err(error) = released {
        tracing::error!(job = job.id.0, %error, "the job could not be given back; its lease will run out");
    }
}
