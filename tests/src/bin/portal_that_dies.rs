//! The portal, until it comes to the point that `DIE_AT` names (`settle.asked`, or `settle.asked:2` for the
//! second time): there it is gone from one instruction to the next, as by `kill -9`. Without `DIE_AT` it is
//! the portal.
use std::{
    process::ExitCode,
    sync::{
        LazyLock,
        atomic::{AtomicU32, Ordering},
    },
};

/// Where to die, and at which passing.
static DIE_AT: LazyLock<Option<(String, u32)>> = LazyLock::new(|| {
    let wanted = std::env::var("DIE_AT").ok()?;
    let (point, nth) = wanted.split_once(':').unwrap_or((&wanted, "1"));
    Some((point.to_owned(), nth.parse().expect("DIE_AT should be a point, or point:number")))
});

static PASSED: AtomicU32 = AtomicU32::new(0);

fn main() -> ExitCode {
    hollyn_portal::cli::main(die_where_told)
}

fn die_where_told(point: &'static str) {
    let Some((wanted, nth)) = DIE_AT.as_ref().filter(|(wanted, _)| wanted == point) else { return };
    if PASSED.fetch_add(1, Ordering::SeqCst) + 1 == *nth {
        let died = rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::KILL);
        panic!("{wanted} was to be the end, and was not: {died:?}");
    }
}
