//! The figures that we publish: `cargo bench -p hollyn-tests`.
//!
//! What is compared is measured in turns, a slice of one and a slice of the other, so that a busy machine is
//! busy for both; of the slices' ratios the middle one counts. The load generator runs on the same machine as
//! what it loads.
mod dashboard;
mod hello;
mod load;
mod plans;
mod server;
mod sign_in;
mod size;
mod storm;
mod turns;
mod webhooks;

use std::process::ExitCode;

/// One line of the table.
pub struct Figure {
    what: &'static str,
    measured: String,
    aim: &'static str,
    is_met: bool,
}

fn main() -> ExitCode {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    let words: Vec<String> = std::env::args().skip(1).collect();
    if let [word, port] = words.as_slice()
        && word == "hello"
    {
        runtime.block_on(hello::serve(port.parse().expect("a port")));
        return ExitCode::SUCCESS;
    }
    let _ = rustls::crypto::ring::default_provider().install_default();
    let only = words.into_iter().find(|word| !word.starts_with('-')).unwrap_or_default();
    println!("{}\n", hardware());
    let figures = runtime.block_on(async {
        let mut figures = Vec::new();
        if "start memory".contains(&only) {
            figures.extend(size::measure().await);
        }
        if "plans".contains(&only) {
            figures.extend(plans::measure().await);
        }
        if "dashboard".contains(&only) {
            figures.extend(dashboard::measure().await);
        }
        if "sign-in".contains(&only) {
            figures.extend(sign_in::measure().await);
        }
        if "storm".contains(&only) {
            figures.extend(storm::measure().await);
        }
        if "webhooks".contains(&only) {
            figures.extend(webhooks::measure().await);
        }
        figures
    });
    println!();
    for Figure { what, measured, aim, is_met } in &figures {
        println!("{:<44} {measured:<56} {aim:<12} {}", what, if *is_met { "met" } else { "MISSED" });
    }
    // On a loaded machine an aim can be missed by accident: a figure is to be read, not to fail a run.
    ExitCode::SUCCESS
}

fn hardware() -> String {
    let read = |file: &str, name: &str| {
        let text = std::fs::read_to_string(file).unwrap_or_default();
        let line = text.lines().find(|line| line.starts_with(name)).unwrap_or_default();
        line.split_once(':').map_or("unknown", |(_, value)| value.trim()).to_owned()
    };
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    format!(
        "{cores} cores of {}, {} of memory",
        read("/proc/cpuinfo", "model name"),
        read("/proc/meminfo", "MemTotal")
    )
}

/// The middle one.
pub fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}
