//! What happens when nobody is there, by a clock that the test turns.
use std::{sync::OnceLock, time::Duration};

use hollyn_core::domain::time::Moment;
use hollyn_desktop::desk::Event;
use tokio::time::{Instant, pause, sleep};

use crate::stub::{Office, Paper, Stub};

/// The runtime's own time, which a test can stop and turn.
fn clock() -> Moment {
    static BEGAN: OnceLock<Instant> = OnceLock::new();
    let since = Instant::now().saturating_duration_since(*BEGAN.get_or_init(Instant::now));
    Moment(i64::try_from(since.as_micros()).unwrap())
}

#[tokio::test]
async fn a_desk_left_alone_locks_itself_and_one_in_use_does_not() {
    let (stub, office) = (Stub::start().await, Office::by(clock, Paper::default()));
    office.sign_in(&stub).await;
    // No request is on its way: only the clock moves, and what waits for it.
    pause();
    let desk = office.desk.clone();
    let watching = tokio::spawn(async move { desk.watch_the_clock().await });
    for _ in 0..5 {
        sleep(Duration::from_secs(9 * 60)).await;
        assert!(!office.desk.is_locked(), "somebody had a hand on it nine minutes ago");
        office.desk.touch();
    }
    sleep(Duration::from_secs(10 * 60 - 1)).await;
    assert!(!office.desk.is_locked(), "ten minutes are not over");
    sleep(Duration::from_secs(10)).await;
    assert!(office.desk.is_locked());
    assert_eq!(*office.heard.lock().unwrap(), [Event::Locked]);
    watching.abort();
}
