//! Whose attempts a failed sign-in counts against.
//!
//! Strangers share the counts of the account and of their address. A browser that the account was signed in
//! with, and a valid session, have counts of their own: strangers cannot lock them out.
use crate::ops::{Caller, rate_limits};
use crate::{
    AppContext,
    domain::{rate_limit::LimitedAction, time::Timestamp, user::User},
    store::{self, Tx, known_devices, rate_limit_events},
};

/// The counts that an attempt is added to.
pub(super) struct AttemptCounts(Vec<(LimitedAction, String)>);

/// The events of an attempt, as they were counted.
pub(super) struct CountedAttempt(Vec<(LimitedAction, String, i64)>);

impl AttemptCounts {
    /// The counts of an attempt to sign in to the account.
    pub(super) async fn of_sign_in(
        tx: &mut Tx,
        caller: &Caller,
        account: &str,
        user: Option<&User>,
    ) -> store::Result<AttemptCounts> {
        if let (Some(user), Some(device)) = (user, &caller.device)
            && known_devices::is_known(tx, user.id, device).await?
        {
            return Ok(AttemptCounts(vec![(LimitedAction::SignInDevice, format!("{}:{device}", user.id))]));
        }
        Ok(AttemptCounts(vec![
            (LimitedAction::SignInAccount, account.to_owned()),
            (LimitedAction::SignInAddress, caller.address.clone()),
        ]))
    }

    /// The count of a valid session.
    pub(super) fn of_session(session: &str) -> AttemptCounts {
        AttemptCounts(vec![(LimitedAction::Reauthentication, session.to_owned())])
    }

    /// Until when no attempt is possible; None where one is possible now.
    pub(super) async fn blocked_until(
        &self,
        tx: &mut Tx,
        ctx: &AppContext,
        now: Timestamp,
    ) -> store::Result<Option<Timestamp>> {
        for (action, subject) in &self.0 {
            if let Some(until) = rate_limits::blocked_until(tx, ctx, now, *action, subject).await? {
                return Ok(Some(until));
            }
        }
        Ok(None)
    }

    /// Counts the attempt.
    pub(super) async fn count(self, tx: &mut Tx, now: Timestamp) -> store::Result<CountedAttempt> {
        let mut counted = Vec::new();
        for (action, subject) in self.0 {
            let id = rate_limit_events::insert(tx, now, action, &subject).await?;
            counted.push((action, subject, id));
        }
        Ok(CountedAttempt(counted))
    }
}

impl CountedAttempt {
    /// Takes the attempt back, which was right, and clears what was counted before it; of an address, which
    /// others share, only the attempt itself.
    pub(super) async fn take_back(&self, tx: &mut Tx) -> store::Result<()> {
        for (action, subject, id) in &self.0 {
            if *action == LimitedAction::SignInAddress {
                rate_limit_events::delete(tx, *id).await?;
            } else {
                rate_limit_events::clear(tx, *action, subject).await?;
            }
        }
        Ok(())
    }
}

/// The subject that a user's wrong codes are counted for: the session or the known browser, else the user.
pub(super) async fn code_subject(tx: &mut Tx, caller: &Caller, user: &User) -> store::Result<String> {
    if let Some(session) = &caller.session {
        return Ok(format!("{}:{session}", user.id));
    }
    match &caller.device {
        Some(device) if known_devices::is_known(tx, user.id, device).await? => {
            Ok(format!("{}:{device}", user.id))
        }
        Some(_) | None => Ok(user.id.to_string()),
    }
}
