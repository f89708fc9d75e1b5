//! The worker: does what is due, and rests until the next job is due or it is notified.
//!
//! Asking about payments has a loop of its own, and jobs have several: a panel or a mail server that hangs
//! does not delay payments.
use hollyn_core::{
    AppContext,
    ops::{self, jobs, payments},
};
use rocket::Shutdown;
use std::{sync::Arc, time::Duration};
use tokio::{sync::Notify, task::JoinSet};

/// How many loops do jobs; each takes a handful at once and waits for the slowest of them.
const WORKING_LOOPS: usize = 3;

/// How many rounds pass between two sweeps, which forget what is old and seal the audit log: about an hour of
/// resting rounds.
const ROUNDS_PER_SWEEP: u32 = 3600;

/// Runs until the shutdown is notified, and finishes the work in progress.
pub async fn run(ctx: Arc<AppContext>, shutdown: Shutdown) {
    let mut loops = JoinSet::new();
    let mut notifies = Vec::new();
    for number in 0..=WORKING_LOOPS {
        let job_notify = Arc::new(Notify::new());
        notifies.push(job_notify.clone());
        loops.spawn(work(ctx.clone(), shutdown.clone(), job_notify, number));
    }
    let mut stopped = std::pin::pin!(shutdown);
    loop {
        tokio::select! {
            // A notification wakes one waiter, and each loop should look.
            () = ctx.job_notify.notified() => notifies.iter().for_each(|job_notify| job_notify.notify_one()),
            _ = &mut stopped => break,
        }
    }
    while loops.join_next().await.is_some() {}
}

/// The loop with the number 0 asks about payments, the others do jobs.
async fn work(ctx: Arc<AppContext>, shutdown: Shutdown, job_notify: Arc<Notify>, number: usize) {
    let holder = format!("{}:{}", std::process::id(), hollyn_core::random::uuid());
    let mut shutdown = std::pin::pin!(shutdown);
    let mut rounds = 0u32;
    loop {
        let pause = pause_after(&ctx, &holder, number).await.unwrap_or_else(|error| {
            tracing::error!(error = hollyn_core::error_chain(&error), "the worker's round failed");
            Duration::from_secs(1)
        });
        if number == 0 && rounds.is_multiple_of(ROUNDS_PER_SWEEP) {
            sweep(&ctx).await;
        }
        rounds = rounds.wrapping_add(1);
        // `Notify` keeps one notification, so what became due during the round is not missed.
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            () = job_notify.notified(), if !pause.is_zero() => {}
            _ = &mut shutdown => return,
        }
    }
}

/// Does what is due and says for how long to rest after it.
async fn pause_after(ctx: &Arc<AppContext>, holder: &str, number: usize) -> ops::Result<Duration> {
    let asks = number == 0;
    let done = if asks { payments::settle_due(ctx).await? } else { jobs::work_due(ctx, holder).await? };
    match (done, asks) {
        (0, true) => jobs::rest_from_asking(ctx).await,
        (0, false) => jobs::rest(ctx).await,
        (_, _) => Ok(Duration::ZERO),
    }
}

async fn sweep(ctx: &AppContext) {
    if let Err(error) = jobs::sweep(ctx).await {
        tracing::error!(error = hollyn_core::error_chain(&error), "sweeping failed");
    }
}
