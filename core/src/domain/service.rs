//! A service: one hosted account on the panel.
use super::{InvalidTransition, words};

words! {
    /// Where a service stands.
    ServiceStatus {
        /// Wanted; no attempt yet.
        Requested = "requested",
        /// Attempts are under way.
        Provisioning = "provisioning",
        /// The panel showed the account.
        Active = "active",
        /// All tries are used up; a person looks.
        Failed = "failed",
        /// Switched off on the panel; kept.
        Suspended = "suspended",
        /// Ended.
        Cancelled = "cancelled",
    }
}

words! {
    /// What can happen to a service.
    ServiceEvent {
        /// A worker begins a try.
        TryStarted = "try_started",
        /// The panel showed the account.
        Shown = "shown",
        /// The last try failed.
        GivenUp = "given_up",
        /// Somebody asked for it again.
        AskedAgain = "asked_again",
        /// The panel switched it off.
        Suspended = "suspended",
        /// The panel switched it on again.
        Resumed = "resumed",
        /// The panel deleted it, or it never came to be and its order was cancelled.
        Ended = "ended",
    }
}

impl ServiceStatus {
    /// The next state, or a refusal that names both.
    pub fn transition(self, event: ServiceEvent) -> Result<ServiceStatus, InvalidTransition> {
        use ServiceEvent as E;
        use ServiceStatus as S;
        match (self, event) {
            (S::Requested | S::Provisioning, E::TryStarted) => Ok(S::Provisioning),
            (S::Provisioning, E::Shown) => Ok(S::Active),
            (S::Requested | S::Provisioning, E::GivenUp) => Ok(S::Failed),
            (S::Failed, E::AskedAgain) => Ok(S::Requested),
            (S::Active, E::Suspended) => Ok(S::Suspended),
            (S::Suspended, E::Resumed) => Ok(S::Active),
            (S::Requested | S::Provisioning | S::Active | S::Failed | S::Suspended, E::Ended) => {
                Ok(S::Cancelled)
            }
            (S::Active | S::Failed | S::Suspended | S::Cancelled, E::TryStarted | E::GivenUp)
            | (S::Requested | S::Active | S::Failed | S::Suspended | S::Cancelled, E::Shown)
            | (S::Requested | S::Provisioning | S::Active | S::Suspended | S::Cancelled, E::AskedAgain)
            | (S::Requested | S::Provisioning | S::Failed | S::Suspended | S::Cancelled, E::Suspended)
            | (S::Requested | S::Provisioning | S::Active | S::Failed | S::Cancelled, E::Resumed)
            | (S::Cancelled, E::Ended) => {
                Err(InvalidTransition { machine: "service", state: self.as_str(), event: event.as_str() })
            }
        }
    }
}
