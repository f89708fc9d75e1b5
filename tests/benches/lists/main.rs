//! What staff wait for: `cargo bench -p hollyn-tests --bench lists`.
//!
//! Each list, search and the dashboard, at 100,000 people with 300,000 services beside the same at a hundredth of it,
//! call by call in turns, so that a busy machine is busy for both. The calls are those of `core::ops`, in this process.
mod asked;
mod names;
mod seed;

use asked::Asked;
use hollyn_core::Shop;
use std::{
    sync::Arc,
    time::{Duration, Instant},
};

/// How often each is asked of each database.
const CALLS: usize = 300;

#[tokio::main]
async fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let _ = rustls::crypto::ring::default_provider().install_default();
    if words.first().is_some_and(|word| !"lists".contains(word.as_str())) {
        return;
    }
    let (large, small) = (seed::shop(100_000).await, seed::shop(1_000).await);
    println!(
        "{:<46} {:>8} {:>8} {:>8} {:>8} {:>6} {:>6}  aim: p99 < 50 ms, <= 2 times the small one's",
        "milliseconds", "p50", "p99", "small50", "small99", "x50", "x99"
    );
    for asked in asked::all() {
        let (of_large, of_small) = (samples(&large, &asked).await, samples(&small, &asked).await);
        let (mut here, mut there) = (Vec::with_capacity(CALLS), Vec::with_capacity(CALLS));
        for nth in 0..CALLS {
            here.push(time(&large, &asked, &of_large, nth).await);
            there.push(time(&small, &asked, &of_small, nth).await);
        }
        let ((p50, p99), (small50, small99)) = (points(here), points(there));
        let (x50, x99) = (p50 / small50, p99 / small99);
        let verdict = match (p99 < 50.0, x99 <= 2.0) {
            (true, true) => "met",
            (true, false) => "met, missed",
            (false, true) => "MISSED, met",
            (false, false) => "MISSED, missed",
        };
        println!(
            "{:<46} {p50:>8.2} {p99:>8.2} {small50:>8.2} {small99:>8.2} {x50:>6.1} {x99:>6.1}  {verdict}",
            asked.name
        );
    }
}

/// What is typed, out of what there is. The first calls warm caches and statements up.
async fn samples(shop: &Arc<Shop>, asked: &Asked) -> Vec<String> {
    let samples = asked.samples(shop).await;
    for nth in 0..10 {
        asked.ask(shop, &samples[nth % samples.len()]).await;
    }
    samples
}

#[expect(clippy::disallowed_methods, reason = "measuring is about the machine's time")]
async fn time(shop: &Arc<Shop>, asked: &Asked, samples: &[String], nth: usize) -> Duration {
    let begun = Instant::now();
    asked.ask(shop, &samples[nth % samples.len()]).await;
    begun.elapsed()
}

/// The middle one and the one that only one in a hundred is above, in milliseconds.
fn points(mut times: Vec<Duration>) -> (f64, f64) {
    times.sort();
    let at = |part: usize| times[times.len() * part / 100].as_secs_f64() * 1000.0;
    (at(50), at(99))
}
