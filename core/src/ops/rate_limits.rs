//! Counting against the rate limits of [`Limits`](crate::domain::rate_limit::Limits).
use super::{Error, Result};
use crate::{
    AppContext,
    domain::{rate_limit::LimitedAction, time::Timestamp},
    store::{self, Tx, rate_limit_events},
    tx,
};

/// Counts an action of a subject. Errors with `RateLimited` where its limit is reached already.
pub(super) async fn check(ctx: &AppContext, action: LimitedAction, subject: &str) -> Result<()> {
    let now = ctx.now();
    tx!(&ctx.db, tx => {
        if let Some(until) = blocked_until(tx, ctx, now, action, subject).await? {
            return Ok(Err(Error::RateLimited(until)));
        }
        rate_limit_events::insert(tx, now, action, subject).await?;
        Ok(Ok(()))
    })?
}

/// When the subject may do it again, in the caller's transaction; None where it may now. Counts nothing.
pub(super) async fn blocked_until(
    tx: &mut Tx,
    ctx: &AppContext,
    now: Timestamp,
    action: LimitedAction,
    subject: &str,
) -> store::Result<Option<Timestamp>> {
    let limit = ctx.settings.limits.of(action);
    let times = rate_limit_events::since(tx, action, subject, limit.window_start(now)).await?;
    Ok(limit.blocked_until(&times, now))
}
