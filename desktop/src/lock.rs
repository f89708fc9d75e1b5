//! When nobody has had a hand on the app for long enough, it locks.
use std::{
    sync::atomic::{AtomicI64, Ordering},
    time::Duration,
};

use hollyn_core::domain::time::Moment;

use crate::desk::Desk;

/// When somebody last had a hand on the app. By the clock on the wall: a machine that slept overnight was idle.
pub struct Idle(AtomicI64);

impl Idle {
    pub fn since(now: Moment) -> Idle {
        Idle(AtomicI64::new(now.0))
    }

    pub fn touch(&self, now: Moment) {
        self.0.store(now.0, Ordering::Relaxed);
    }

    /// Whether it has been so for the minutes that are chosen. A clock that was set back counts as idle from now on.
    pub fn is_over(&self, now: Moment, minutes: u32) -> bool {
        let last = self.0.load(Ordering::Relaxed);
        if now.0 < last {
            self.touch(now);
            return false;
        }
        now.0 - last >= i64::from(minutes) * 60_000_000
    }
}

impl Desk {
    /// Looks at the clock every few seconds, as long as the app runs: locks it when nobody has a hand on it, and lets go
    /// of what was kept until now.
    pub async fn watch_the_clock(&self) {
        loop {
            tokio::time::sleep(Duration::from_secs(5)).await;
            let minutes = self.book.kept().settings.lock_minutes;
            if self.idle.is_over(self.now(), minutes) {
                self.lock().await;
            }
            self.end_kept().await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: i64 = 60_000_000;

    #[test]
    fn a_desk_left_alone_is_locked_and_one_in_use_is_not() {
        let idle = Idle::since(Moment(0));
        assert!(!idle.is_over(Moment(10 * MINUTE - 1), 10));
        assert!(idle.is_over(Moment(10 * MINUTE), 10));
        idle.touch(Moment(9 * MINUTE));
        assert!(!idle.is_over(Moment(18 * MINUTE), 10));
        assert!(idle.is_over(Moment(19 * MINUTE), 10));
    }

    #[test]
    fn a_clock_set_back_does_not_keep_it_open() {
        let idle = Idle::since(Moment(1_000 * MINUTE));
        assert!(!idle.is_over(Moment(0), 10));
        assert!(idle.is_over(Moment(10 * MINUTE), 10));
    }
}
