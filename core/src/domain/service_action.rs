//! What staff can do with a service: who may, and in which state.
use super::{
    order::OrderStatus,
    service::{ServiceEvent, ServiceStatus},
    user::Role,
};
use strum::VariantArray;

/// What can be done with a service.
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
pub enum ServiceAction {
    /// Another domain or plan.
    Edit,
    /// Its set-up anew.
    Reprovision,
    /// Switched off, kept.
    Suspend,
    /// Switched on again.
    Activate,
    /// A mail that tells where the account is.
    SendCredentials,
    /// The panel password on the screen.
    Reveal,
    /// The customer's control panel, signed in.
    OpenPanel,
    /// Deleted on the panel and ended here.
    Delete,
}

/// What a service's state says about the acts.
#[derive(Debug, Clone, Copy)]
pub struct ServiceState {
    pub status: ServiceStatus,
    pub order: OrderStatus,
    /// Whether a username is reserved for it.
    pub has_username: bool,
    /// Whether there is a password that may be shown.
    pub has_password: bool,
}

impl ServiceAction {
    /// Whether this role may do it at all.
    pub fn is_for(self, role: Role) -> bool {
        match (self, role) {
            (_, Role::User) | (ServiceAction::Delete, Role::Support) => false,
            (_, Role::Support | Role::Admin) => true,
        }
    }

    /// Whether the service is in a state for it.
    pub fn is_possible(self, service: ServiceState) -> bool {
        use ServiceStatus as S;
        let ServiceState { status, order, has_username, has_password } = service;
        let is_paid = order == OrderStatus::Paid;
        match self {
            // While a try is under way, the panel is being asked for what was.
            ServiceAction::Edit => match status {
                S::Active | S::Suspended => has_username,
                S::Requested | S::Failed => is_paid,
                S::Provisioning | S::Cancelled => false,
            },
            ServiceAction::Reprovision => match status {
                S::Requested | S::Provisioning | S::Failed => is_paid,
                S::Active | S::Suspended | S::Cancelled => false,
            },
            ServiceAction::Suspend => status.transition(ServiceEvent::Suspended).is_ok(),
            ServiceAction::Activate => status.transition(ServiceEvent::Resumed).is_ok(),
            ServiceAction::SendCredentials => has_username && matches!(status, S::Active | S::Suspended),
            ServiceAction::Reveal => has_password,
            ServiceAction::OpenPanel => has_username && status == S::Active,
            ServiceAction::Delete => status.transition(ServiceEvent::Ended).is_ok(),
        }
    }

    /// What somebody with this role may do with the service now.
    pub fn open_to(role: Role, service: ServiceState) -> Vec<ServiceAction> {
        let open = |act: &ServiceAction| act.is_for(role) && act.is_possible(service);
        ServiceAction::VARIANTS.iter().copied().filter(open).collect()
    }
}
