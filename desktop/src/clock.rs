//! The app's clock. Tests pass their own.
use std::time::{SystemTime, UNIX_EPOCH};

use hollyn_core::domain::time::Timestamp;

/// Returns the current time.
pub type Clock = fn() -> Timestamp;

/// The clock of the operating system.
#[expect(clippy::disallowed_methods, reason = "the only clock of the program; other code receives it")]
pub fn system_clock() -> Timestamp {
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp(i64::try_from(elapsed.as_micros()).unwrap_or(i64::MAX))
}
