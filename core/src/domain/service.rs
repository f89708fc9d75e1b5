//! A service: one hosted account on the panel.
use super::{
    InvalidTransition, UnknownVariant,
    account::Username,
    ids::{OrderId, OrderUuid, ServiceId, UserId},
    order::{OrderStatus, PlanRef},
    time::Timestamp,
};

/// A service with what it needs of its order. Its panel password is not part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    pub id: ServiceId,
    pub order: ServiceOrder,
    /// The present plan. Staff may change it; the order keeps the one that was bought.
    pub plan: PlanRef,
    /// The primary domain of the account. Stored as it was given; a temporary one until the customer brings
    /// one.
    pub domain: String,
    /// The account on the panel, reserved by the first attempt of the set-up.
    pub account: Option<PanelAccount>,
    pub state: ServiceState,
    pub created_at: Timestamp,
}

/// The order that a service was bought with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceOrder {
    pub id: OrderId,
    pub uuid: OrderUuid,
    pub status: OrderStatus,
    pub user_id: UserId,
    pub customer_name: String,
    pub customer_email: String,
    /// The language in which the order was placed.
    pub locale: String,
    /// The months bought.
    pub months: i64,
    pub paid_at: Option<Timestamp>,
}

/// The account on the panel that is reserved for a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PanelAccount {
    pub username: Username,
    /// Whether a sealed password is stored for it.
    pub has_password: bool,
    /// Where the customer signs in to the panel. Known once the service was active.
    pub panel_url: Option<String>,
}

/// The time for which a service is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// When the panel showed the account for the first time.
    pub activated_at: Timestamp,
    pub paid_until: Timestamp,
}

/// The state of a service, with the facts of that state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ServiceState {
    Requested,
    Provisioning,
    Active(Term),
    Failed,
    Suspended(Term),
    /// Without a term where it was never active.
    Cancelled(Option<Term>),
}

impl ServiceState {
    /// The state of these columns. An error where an active or suspended service has no term.
    pub fn new(status: ServiceStatus, term: Option<Term>) -> Result<ServiceState, UnknownVariant> {
        match (status, term) {
            (ServiceStatus::Requested, _) => Ok(ServiceState::Requested),
            (ServiceStatus::Provisioning, _) => Ok(ServiceState::Provisioning),
            (ServiceStatus::Active, Some(term)) => Ok(ServiceState::Active(term)),
            (ServiceStatus::Failed, _) => Ok(ServiceState::Failed),
            (ServiceStatus::Suspended, Some(term)) => Ok(ServiceState::Suspended(term)),
            (ServiceStatus::Cancelled, term) => Ok(ServiceState::Cancelled(term)),
            (ServiceStatus::Active | ServiceStatus::Suspended, None) => {
                Err(UnknownVariant { kind: "ServiceState", value: format!("{status} without a term") })
            }
        }
    }
}

impl Service {
    /// The state without its facts.
    pub fn status(&self) -> ServiceStatus {
        match self.state {
            ServiceState::Requested => ServiceStatus::Requested,
            ServiceState::Provisioning => ServiceStatus::Provisioning,
            ServiceState::Active(_) => ServiceStatus::Active,
            ServiceState::Failed => ServiceStatus::Failed,
            ServiceState::Suspended(_) => ServiceStatus::Suspended,
            ServiceState::Cancelled(_) => ServiceStatus::Cancelled,
        }
    }

    /// The paid time, where the service was ever active.
    pub fn term(&self) -> Option<Term> {
        match self.state {
            ServiceState::Active(term) | ServiceState::Suspended(term) => Some(term),
            ServiceState::Cancelled(term) => term,
            ServiceState::Requested | ServiceState::Provisioning | ServiceState::Failed => None,
        }
    }

    /// When the panel showed the account for the first time.
    pub fn activated_at(&self) -> Option<Timestamp> {
        self.term().map(|term| term.activated_at)
    }

    /// Until when it is paid.
    pub fn paid_until(&self) -> Option<Timestamp> {
        self.term().map(|term| term.paid_until)
    }

    /// The username that is reserved for it on the panel.
    pub fn username(&self) -> Option<&Username> {
        self.account.as_ref().map(|account| &account.username)
    }

    /// Where the customer signs in to the panel.
    pub fn panel_url(&self) -> Option<&str> {
        self.account.as_ref().and_then(|account| account.panel_url.as_deref())
    }

    /// Whether the panel has the account, switched on or off.
    pub fn is_set_up(&self) -> bool {
        match self.state {
            ServiceState::Active(_) | ServiceState::Suspended(_) => true,
            ServiceState::Requested
            | ServiceState::Provisioning
            | ServiceState::Failed
            | ServiceState::Cancelled(_) => false,
        }
    }

    /// Whether there is a panel password that may be shown: the account exists, and its password is stored.
    pub fn has_password(&self) -> bool {
        self.is_set_up() && self.account.as_ref().is_some_and(|account| account.has_password)
    }
}

/// The state of a service as a word: stored, and in lists.
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
    /// Waits for its first attempt.
    Requested,
    /// Attempts are under way.
    Provisioning,
    /// The panel showed the account.
    Active,
    /// All attempts are used up; staff look into it.
    Failed,
    /// Switched off on the panel, with its data.
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
    /// A worker begins an attempt.
    TryStarted,
    /// The panel showed the account.
    Shown,
    /// The last attempt failed.
    GivenUp,
    /// Staff or the customer asked for the set-up again.
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
