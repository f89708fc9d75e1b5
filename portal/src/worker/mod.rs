//! The worker: does what is due, rests until the next thing is, or until the bell rings.
//!
//! Asking about payments has a loop of its own, and jobs have several: a panel or a mail server that hangs keeps nobody's
//! money waiting.
use hollyn_core::{
    Shop,
    ops::{self, jobs, payments},
};
use rocket::Shutdown;
use std::{sync::Arc, time::Duration};
use tokio::{sync::Notify, task::JoinSet};

/// How many loops do jobs; each takes a handful at once and waits for the slowest of them.
const WORKING_LOOPS: usize = 3;

/// How many rounds pass between two sweeps, which forget what is old and seal the audit log: about an hour of resting
/// rounds.
const ROUNDS_PER_SWEEP: u32 = 3600;

/// Runs until the shutdown is told, and finishes what is under way.
pub async fn run(shop: Arc<Shop>, shutdown: Shutdown) {
    let mut loops = JoinSet::new();
    let mut bells = Vec::new();
    for number in 0..=WORKING_LOOPS {
        let bell = Arc::new(Notify::new());
        bells.push(bell.clone());
        loops.spawn(work(shop.clone(), shutdown.clone(), bell, number));
    }
    let mut told = std::pin::pin!(shutdown);
    loop {
        tokio::select! {
            // One ring wakes one listener, and each loop should look.
            () = shop.bell.notified() => bells.iter().for_each(|bell| bell.notify_one()),
            _ = &mut told => break,
        }
    }
    while loops.join_next().await.is_some() {}
}

/// The loop with the number 0 asks about payments, the others do jobs.
async fn work(shop: Arc<Shop>, shutdown: Shutdown, bell: Arc<Notify>, number: usize) {
    let holder = format!("{}:{}", std::process::id(), hollyn_core::random::uuid());
    let mut shutdown = std::pin::pin!(shutdown);
    let mut rounds = 0u32;
    loop {
        let pause = pause_after(&shop, &holder, number).await.unwrap_or_else(|error| {
            tracing::error!(error = hollyn_core::chain(&error), "the worker's round failed");
            Duration::from_secs(1)
        });
        if number == 0 && rounds.is_multiple_of(ROUNDS_PER_SWEEP) {
            sweep(&shop).await;
        }
        rounds = rounds.wrapping_add(1);
        // A bell keeps one ring, so what became due during the round is not slept through.
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            () = bell.notified(), if !pause.is_zero() => {}
            _ = &mut shutdown => return,
        }
    }
}

/// Does what is due and says for how long to rest after it.
async fn pause_after(shop: &Arc<Shop>, holder: &str, number: usize) -> ops::Result<Duration> {
    let asks = number == 0;
    let done = if asks { payments::settle_due(shop).await? } else { jobs::work_due(shop, holder).await? };
    match (done, asks) {
        (0, true) => jobs::rest_from_asking(shop).await,
        (0, false) => jobs::rest(shop).await,
        (_, _) => Ok(Duration::ZERO),
    }
}

async fn sweep(shop: &Shop) {
    if let Err(error) = jobs::sweep(shop).await {
        tracing::error!(error = hollyn_core::chain(&error), "sweeping failed");
    }
}
