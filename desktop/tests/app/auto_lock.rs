//! The automatic lock, with a clock that the test controls.
use std::{sync::OnceLock, time::Duration};

use hollyn_core::domain::time::Timestamp;
use hollyn_desktop::events::Event;
use tokio::time::{Instant, pause, sleep};

use crate::support::{FakePortal, MemoryStore, TestApp};

/// The runtime's clock, which a test can pause and advance.
fn clock() -> Timestamp {
    static START: OnceLock<Instant> = OnceLock::new();
    let since = Instant::now().saturating_duration_since(*START.get_or_init(Instant::now));
    Timestamp(i64::try_from(since.as_micros()).unwrap())
}

#[tokio::test]
async fn the_app_locks_after_ten_idle_minutes_and_not_while_in_use() {
    let (portal, app) = (FakePortal::start().await, TestApp::with_clock(clock, MemoryStore::default()));
    app.sign_in(&portal).await;
    // Time advances only while all tasks wait for it.
    pause();
    let state = app.state.clone();
    let watching = tokio::spawn(async move { state.watch_clock().await });
    for _ in 0..5 {
        sleep(Duration::from_secs(9 * 60)).await;
        assert!(!app.state.session.is_locked(), "the last input was nine minutes ago");
        app.state.idle.touch();
    }
    sleep(Duration::from_secs(10 * 60 - 1)).await;
    assert!(!app.state.session.is_locked(), "ten minutes have not passed");
    sleep(Duration::from_secs(10)).await;
    assert!(app.state.session.is_locked());
    assert_eq!(*app.events.lock().unwrap(), [Event::Locked]);
    watching.abort();
}
