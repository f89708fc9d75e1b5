//! Measures how long the app has had no input.
use std::sync::atomic::{AtomicI64, Ordering};

use crate::clock::Clock;

/// The time of the last input. It uses the wall clock: a computer that slept overnight was idle.
pub struct IdleTimer {
    clock: Clock,
    last_input: AtomicI64,
}

impl IdleTimer {
    pub fn new(clock: Clock) -> IdleTimer {
        IdleTimer { clock, last_input: AtomicI64::new(clock().0) }
    }

    /// Records an input.
    pub fn touch(&self) {
        self.last_input.store((self.clock)().0, Ordering::Relaxed);
    }

    /// Whether there was no input for this many minutes. If the clock was set back, the time starts again.
    pub fn is_idle(&self, minutes: u32) -> bool {
        self.is_idle_at((self.clock)().0, minutes)
    }

    fn is_idle_at(&self, now: i64, minutes: u32) -> bool {
        let last_input = self.last_input.load(Ordering::Relaxed);
        if now < last_input {
            self.last_input.store(now, Ordering::Relaxed);
            return false;
        }
        now - last_input >= i64::from(minutes) * 60_000_000
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hollyn_core::domain::time::Timestamp;

    const MINUTE: i64 = 60_000_000;

    #[test]
    fn the_app_is_idle_after_the_set_minutes_since_the_last_input() {
        let idle = IdleTimer::new(|| Timestamp(9 * MINUTE));
        assert!(!idle.is_idle_at(19 * MINUTE - 1, 10));
        assert!(idle.is_idle_at(19 * MINUTE, 10));
        idle.last_input.store(0, Ordering::Relaxed);
        assert!(idle.is_idle_at(10 * MINUTE, 10));
        idle.touch();
        assert!(!idle.is_idle_at(18 * MINUTE, 10));
    }

    #[test]
    fn a_clock_that_is_set_back_does_not_disable_the_lock() {
        let idle = IdleTimer::new(|| Timestamp(1_000 * MINUTE));
        assert!(!idle.is_idle_at(0, 10));
        assert!(idle.is_idle_at(10 * MINUTE, 10));
    }
}
