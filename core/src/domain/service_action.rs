//! What staff can do with a service: who may, and in which state.
use super::{
    order::OrderStatus,
    service::{Service, ServiceEvent, ServiceStatus},
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

impl ServiceAction {
    /// Whether this role may do it at all.
    pub fn is_for(self, role: Role) -> bool {
        match (self, role) {
            (_, Role::User) | (ServiceAction::Delete, Role::Support) => false,
            (_, Role::Support | Role::Admin) => true,
        }
    }

    /// Whether the service is in a state for it.
    pub fn is_possible(self, service: &Service) -> bool {
        use ServiceStatus as S;
        let (status, has_username) = (service.status(), service.account.is_some());
        let is_paid = service.order.status == OrderStatus::Paid;
        match self {
            // During an attempt the panel is being asked for the present domain and plan.
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
            ServiceAction::Reveal => service.has_password(),
            ServiceAction::OpenPanel => has_username && status == S::Active,
            ServiceAction::Delete => status.transition(ServiceEvent::Ended).is_ok(),
        }
    }

    /// What a member of staff with this role may do with the service now.
    pub fn open_to(role: Role, service: &Service) -> Vec<ServiceAction> {
        let open = |action: &ServiceAction| action.is_for(role) && action.is_possible(service);
        ServiceAction::VARIANTS.iter().copied().filter(open).collect()
    }
}
