//! A service: one hosted account on the panel.
use super::InvalidTransition;

/// Where a service stands.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    strum::Display,
    strum::EnumString,
    strum::IntoStaticStr,
    strum::VariantArray,
)]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum ServiceStatus {
    /// Wanted; no attempt yet.
    Requested,
    /// Attempts are under way.
    Provisioning,
    /// The panel showed the account.
    Active,
    /// All tries are used up; a person looks.
    Failed,
    /// Switched off on the panel; kept.
    Suspended,
    /// Ended.
    Cancelled,
}

/// What can happen to a service.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    strum::Display,
    strum::EnumString,
    strum::IntoStaticStr,
    strum::VariantArray,
)]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum ServiceEvent {
    /// A worker begins a try.
    TryStarted,
    /// The panel showed the account.
    Shown,
    /// The last try failed.
    GivenUp,
    /// Somebody asked for it again.
    AskedAgain,
    /// The panel switched it off.
    Suspended,
    /// The panel switched it on again.
    Resumed,
    /// The panel deleted it, or it never came to be and its order was cancelled.
    Ended,
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
                Err(InvalidTransition { machine: "service", state: self.into_str(), event: event.into_str() })
            }
        }
    }
}
