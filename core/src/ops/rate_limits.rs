//! Limits on how often something may be done.
use super::{Error, Result};
use crate::{AppContext, domain::time::Timestamp, store::rate_limit_events, tx};

/// A quarter of an hour, in seconds: the window of wrong passwords.
pub const QUARTER: i64 = 15 * 60;
/// An hour, in seconds: the window of new accounts and orders.
pub const HOUR: i64 = 3600;

/// When one may try again, where `most` or more of `times` fall into the window.
pub fn free_again(
    times: &[Timestamp],
    most: usize,
    window_seconds: i64,
    now: Timestamp,
) -> Option<Timestamp> {
    let since = now.minus_seconds(window_seconds);
    let recent: Vec<Timestamp> = times.iter().copied().filter(|t| *t > since).collect();
    let blocker = recent.len().checked_sub(most)?;
    recent.get(blocker).map(|t| t.plus_seconds(window_seconds))
}

/// Counts one `what` by `who`. Errors with `RateLimited` where there were `most` in the window already.
pub async fn check(ctx: &AppContext, what: &'static str, who: &str, most: usize, window: i64) -> Result<()> {
    let now = ctx.now();
    tx!(&ctx.db, tx => {
        let times = rate_limit_events::since(tx, what, who, now.minus_seconds(window)).await?;
        if let Some(until) = free_again(&times, most, window, now) {
            return Ok(Err(Error::RateLimited(until)));
        }
        rate_limit_events::insert(tx, now, what, who).await?;
        Ok(Ok(()))
    })?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_frees_one_at_a_time() {
        let at = |seconds: i64| Timestamp(seconds * 1_000_000);
        let pushes = [at(0), at(100), at(200)];
        assert_eq!(free_again(&pushes, 3, 600, at(300)), Some(at(600)));
        assert_eq!(free_again(&pushes, 3, 600, at(601)), None);
        assert_eq!(free_again(&pushes, 2, 600, at(300)), Some(at(700)));
        assert_eq!(free_again(&[], 3, 600, at(0)), None);
    }
}
