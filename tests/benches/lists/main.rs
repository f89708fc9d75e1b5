//! What staff wait for: `cargo bench -p hollyn-tests --bench lists`.
//!
//! Each list, search and the dashboard, at 100,000 people with 300,000 services beside the same at a
//! hundredth of it, call by call in turns, so that a busy machine is busy for both. The calls are those of
//! `core::ops`, in this process. Beside the time that staff wait stands what the processor worked for it,
//! which the neighbours are not in.
mod asked;
mod names;
mod seed;

use asked::Asked;
use hollyn_core::AppContext;
use rustix::time::{ClockId, clock_gettime};
use std::{sync::Arc, time::Instant};

/// How often each is asked of each database.
const CALLS: usize = 300;

#[tokio::main]
async fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let _ = rustls::crypto::ring::default_provider().install_default();
    if words.first().is_some_and(|word| !"lists".contains(word.as_str())) {
        return;
    }
    let (large, small) = (seed::ctx(100_000).await, seed::ctx(1_000).await);
    println!(
        "{:<40} {:>7} {:>7} {:>7} {:>7}   {:>7} {:>7} {:>7} {:>7}",
        "milliseconds, large and small",
        "p50",
        "p99",
        "small50",
        "small99",
        "work50",
        "work99",
        "small50",
        "small99"
    );
    for asked in asked::all() {
        let (of_large, of_small) = (samples(&large, &asked).await, samples(&small, &asked).await);
        let (mut here, mut there) = (Vec::with_capacity(CALLS), Vec::with_capacity(CALLS));
        for nth in 0..CALLS {
            here.push(call(&large, &asked, &of_large, nth).await);
            there.push(call(&small, &asked, &of_small, nth).await);
        }
        let times = |calls: &[(f64, f64)]| points(calls.iter().map(|(waited, _)| *waited).collect());
        let works = |calls: &[(f64, f64)]| points(calls.iter().map(|(_, worked)| *worked).collect());
        let ((p50, p99), (small50, small99)) = (times(&here), times(&there));
        let ((work50, work99), (less50, less99)) = (works(&here), works(&there));
        println!(
            "{:<40} {p50:>7.2} {p99:>7.2} {small50:>7.2} {small99:>7.2}   {work50:>7.2} {work99:>7.2} \
             {less50:>7.2} \
             {less99:>7.2}  p99 < 50: {}  twice the small one's: {} ({:.1})",
            asked.name,
            met(p99 < 50.0),
            met(p50 <= 2.0 * small50),
            p50 / small50,
        );
    }
}

fn met(is_met: bool) -> &'static str {
    if is_met { "met" } else { "MISSED" }
}

/// What is typed, out of what there is. The first calls warm caches and statements up.
async fn samples(ctx: &Arc<AppContext>, asked: &Asked) -> Vec<String> {
    let samples = asked.samples(ctx).await;
    for nth in 0..10 {
        asked.ask(ctx, &samples[nth % samples.len()]).await;
    }
    samples
}

/// What one call took and what the processor worked meanwhile, in milliseconds.
#[expect(clippy::disallowed_methods, reason = "measuring is about the machine's time")]
async fn call(ctx: &Arc<AppContext>, asked: &Asked, samples: &[String], nth: usize) -> (f64, f64) {
    let (begun, worked) = (Instant::now(), worked());
    asked.ask(ctx, &samples[nth % samples.len()]).await;
    (begun.elapsed().as_secs_f64() * 1000.0, self::worked() - worked)
}

/// The processor's time of all threads of this process, in milliseconds.
fn worked() -> f64 {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    time.tv_sec as f64 * 1e3 + time.tv_nsec as f64 / 1e6
}

/// The middle one and the one that only one in a hundred is above.
fn points(mut times: Vec<f64>) -> (f64, f64) {
    times.sort_by(f64::total_cmp);
    let at = |part: usize| times[times.len() * part / 100];
    (at(50), at(99))
}
