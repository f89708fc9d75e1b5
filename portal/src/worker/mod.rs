//! The worker: does what is due, rests until the next thing is, or until the bell rings.
use hollyn_core::{Shop, ops::jobs};
use rocket::Shutdown;
use std::{sync::Arc, time::Duration};

/// How many rounds pass between two sweeps of what is forgotten: about an hour of resting rounds.
const ROUNDS_PER_SWEEP: u32 = 3600;

/// Runs until the shutdown is told, and finishes its round.
pub async fn run(shop: Arc<Shop>, shutdown: Shutdown) {
    let holder = format!("{}:{}", std::process::id(), hollyn_core::random::uuid());
    let mut shutdown = std::pin::pin!(shutdown);
    let mut rounds = 0u32;
    loop {
        // Whatever rings from here on is heard: the bell keeps one ring.
        let pause = match jobs::round(&shop, &holder).await {
            Ok(0) => jobs::rest(&shop).await.unwrap_or(Duration::from_secs(1)),
            Ok(_) => Duration::ZERO,
            Err(error) => {
                tracing::error!(%error, "the worker's round failed");
                Duration::from_secs(1)
            }
        };
        if rounds.is_multiple_of(ROUNDS_PER_SWEEP)
            && let Err(error) = jobs::sweep(&shop).await
        {
            tracing::error!(%error, "sweeping failed");
        }
        rounds = rounds.wrapping_add(1);
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            () = shop.bell.notified(), if !pause.is_zero() => {}
            _ = &mut shutdown => return,
        }
    }
}
