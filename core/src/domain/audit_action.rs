//! The actions of the audit log and the records they are about.
use super::{order::OrderEvent, payment::PaymentEvent, service::ServiceEvent};

/// The kind of record that an action is about.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    strum::Display,
    strum::EnumString,
    strum::IntoStaticStr,
    strum::VariantArray,
)]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum AuditObject {
    User,
    Order,
    Payment,
    Service,
    Plan,
    Attention,
    Export,
    /// A request that was denied; the id is the account that it is about, where it is known.
    Access,
}

/// What was done, stored as `order.placed`. The changes of a status machine are actions of the same name as
/// their event.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    strum::Display,
    strum::EnumString,
    strum::IntoStaticStr,
    strum::VariantArray,
)]
#[strum(const_into_str)]
pub enum AuditAction {
    #[strum(serialize = "user.created")]
    UserCreated,
    #[strum(serialize = "user.edited")]
    UserEdited,
    #[strum(serialize = "user.role_changed")]
    UserRoleChanged,
    #[strum(serialize = "user.disabled")]
    UserDisabled,
    #[strum(serialize = "user.enabled")]
    UserEnabled,
    #[strum(serialize = "user.deleted")]
    UserDeleted,
    #[strum(serialize = "user.name_changed")]
    UserNameChanged,
    #[strum(serialize = "user.phone_changed")]
    UserPhoneChanged,
    #[strum(serialize = "user.email_changed")]
    UserEmailChanged,
    /// Staff entered another address, which takes effect later.
    #[strum(serialize = "user.email_change_asked")]
    UserEmailChangeAsked,
    #[strum(serialize = "user.email_change_cancelled")]
    UserEmailChangeCancelled,
    /// Staff mailed the link for the first password again.
    #[strum(serialize = "user.invited")]
    UserInvited,
    #[strum(serialize = "user.email_verified")]
    UserEmailVerified,
    #[strum(serialize = "user.password_changed")]
    UserPasswordChanged,
    /// A password reset was requested.
    #[strum(serialize = "user.reset_asked")]
    UserResetAsked,
    #[strum(serialize = "user.password_reset")]
    UserPasswordReset,
    #[strum(serialize = "user.signed_in")]
    UserSignedIn,
    #[strum(serialize = "user.signed_out")]
    UserSignedOut,
    /// One or all other browsers were signed out.
    #[strum(serialize = "user.sessions_ended")]
    UserSessionsEnded,
    #[strum(serialize = "user.two_factor_on")]
    UserTwoFactorOn,
    #[strum(serialize = "user.two_factor_off")]
    UserTwoFactorOff,
    /// An admin removed the second factor.
    #[strum(serialize = "user.two_factor_reset")]
    UserTwoFactorReset,
    /// Another authenticator app took the place of the old one.
    #[strum(serialize = "user.two_factor_replaced")]
    UserTwoFactorReplaced,
    /// New recovery codes replaced the old ones.
    #[strum(serialize = "user.recovery_codes_made")]
    UserRecoveryCodesMade,
    /// Staff requested a ticket to view the site as a customer.
    #[strum(serialize = "user.impersonation_asked")]
    UserImpersonationAsked,
    #[strum(serialize = "user.impersonated")]
    UserImpersonated,
    #[strum(serialize = "user.impersonation_ended")]
    UserImpersonationEnded,
    #[strum(serialize = "staff.signed_in")]
    StaffSignedIn,
    #[strum(serialize = "staff.signed_out")]
    StaffSignedOut,
    /// A device of the staff app was signed out from elsewhere.
    #[strum(serialize = "staff.device_revoked")]
    StaffDeviceRevoked,
    #[strum(serialize = "order.placed")]
    OrderPlaced,
    #[strum(serialize = "order.edited")]
    OrderEdited,
    #[strum(serialize = "order.deleted")]
    OrderDeleted,
    /// Staff had the gateway asked about the payments of an order.
    #[strum(serialize = "order.payment_checked")]
    OrderPaymentChecked,
    #[strum(serialize = "order.payment_succeeded")]
    OrderPaymentSucceeded,
    #[strum(serialize = "order.service_activated")]
    OrderServiceActivated,
    #[strum(serialize = "order.service_ended")]
    OrderServiceEnded,
    #[strum(serialize = "order.given_up")]
    OrderGivenUp,
    #[strum(serialize = "order.cancelled")]
    OrderCancelled,
    #[strum(serialize = "payment.created")]
    PaymentCreated,
    #[strum(serialize = "payment.accepted")]
    PaymentAccepted,
    #[strum(serialize = "payment.refused")]
    PaymentRefused,
    #[strum(serialize = "payment.lost")]
    PaymentLost,
    #[strum(serialize = "payment.still_waiting")]
    PaymentStillWaiting,
    #[strum(serialize = "payment.did_fail")]
    PaymentDidFail,
    #[strum(serialize = "payment.was_cancelled")]
    PaymentWasCancelled,
    #[strum(serialize = "payment.completed")]
    PaymentCompleted,
    #[strum(serialize = "payment.given_up")]
    PaymentGivenUp,
    #[strum(serialize = "service.requested")]
    ServiceRequested,
    #[strum(serialize = "service.edited")]
    ServiceEdited,
    #[strum(serialize = "service.password_shown")]
    ServicePasswordShown,
    /// The account details were mailed to the customer.
    #[strum(serialize = "service.credentials_sent")]
    ServiceCredentialsSent,
    /// A device of staff saved the login for offline use.
    #[strum(serialize = "service.credentials_kept")]
    ServiceCredentialsKept,
    /// A device of staff removed the saved login.
    #[strum(serialize = "service.credentials_dropped")]
    ServiceCredentialsDropped,
    #[strum(serialize = "service.panel_opened")]
    ServicePanelOpened,
    #[strum(serialize = "service.try_started")]
    ServiceTryStarted,
    #[strum(serialize = "service.shown")]
    ServiceShown,
    #[strum(serialize = "service.given_up")]
    ServiceGivenUp,
    #[strum(serialize = "service.asked_again")]
    ServiceAskedAgain,
    #[strum(serialize = "service.suspended")]
    ServiceSuspended,
    #[strum(serialize = "service.resumed")]
    ServiceResumed,
    #[strum(serialize = "service.ended")]
    ServiceEnded,
    #[strum(serialize = "plan.created")]
    PlanCreated,
    #[strum(serialize = "plan.edited")]
    PlanEdited,
    #[strum(serialize = "plan.activated")]
    PlanActivated,
    #[strum(serialize = "plan.deactivated")]
    PlanDeactivated,
    #[strum(serialize = "plan.deleted")]
    PlanDeleted,
    #[strum(serialize = "attention.raised")]
    AttentionRaised,
    #[strum(serialize = "attention.resolved")]
    AttentionResolved,
    #[strum(serialize = "export.taken")]
    ExportTaken,
    #[strum(serialize = "access.sign_in_failed")]
    AccessSignInFailed,
    #[strum(serialize = "access.code_failed")]
    AccessCodeFailed,
    #[strum(serialize = "access.unauthorized")]
    AccessUnauthorized,
    #[strum(serialize = "access.forbidden")]
    AccessForbidden,
    #[strum(serialize = "access.limited")]
    AccessLimited,
}

impl AuditAction {
    /// The kind of record that the action is about.
    pub fn object(self) -> AuditObject {
        match self {
            AuditAction::UserCreated
            | AuditAction::UserEdited
            | AuditAction::UserRoleChanged
            | AuditAction::UserDisabled
            | AuditAction::UserEnabled
            | AuditAction::UserDeleted
            | AuditAction::UserNameChanged
            | AuditAction::UserPhoneChanged
            | AuditAction::UserEmailChanged
            | AuditAction::UserEmailChangeAsked
            | AuditAction::UserEmailChangeCancelled
            | AuditAction::UserInvited
            | AuditAction::UserTwoFactorReset
            | AuditAction::UserTwoFactorReplaced
            | AuditAction::UserEmailVerified
            | AuditAction::UserPasswordChanged
            | AuditAction::UserResetAsked
            | AuditAction::UserPasswordReset
            | AuditAction::UserSignedIn
            | AuditAction::UserSignedOut
            | AuditAction::UserSessionsEnded
            | AuditAction::UserTwoFactorOn
            | AuditAction::UserTwoFactorOff
            | AuditAction::UserRecoveryCodesMade
            | AuditAction::UserImpersonationAsked
            | AuditAction::UserImpersonated
            | AuditAction::UserImpersonationEnded
            | AuditAction::StaffSignedIn
            | AuditAction::StaffSignedOut
            | AuditAction::StaffDeviceRevoked => AuditObject::User,
            AuditAction::OrderPlaced
            | AuditAction::OrderEdited
            | AuditAction::OrderDeleted
            | AuditAction::OrderPaymentChecked
            | AuditAction::OrderPaymentSucceeded
            | AuditAction::OrderServiceActivated
            | AuditAction::OrderServiceEnded
            | AuditAction::OrderGivenUp
            | AuditAction::OrderCancelled => AuditObject::Order,
            AuditAction::PaymentCreated
            | AuditAction::PaymentAccepted
            | AuditAction::PaymentRefused
            | AuditAction::PaymentLost
            | AuditAction::PaymentStillWaiting
            | AuditAction::PaymentDidFail
            | AuditAction::PaymentWasCancelled
            | AuditAction::PaymentCompleted
            | AuditAction::PaymentGivenUp => AuditObject::Payment,
            AuditAction::ServiceRequested
            | AuditAction::ServiceEdited
            | AuditAction::ServicePasswordShown
            | AuditAction::ServiceCredentialsSent
            | AuditAction::ServiceCredentialsKept
            | AuditAction::ServiceCredentialsDropped
            | AuditAction::ServicePanelOpened
            | AuditAction::ServiceTryStarted
            | AuditAction::ServiceShown
            | AuditAction::ServiceGivenUp
            | AuditAction::ServiceAskedAgain
            | AuditAction::ServiceSuspended
            | AuditAction::ServiceResumed
            | AuditAction::ServiceEnded => AuditObject::Service,
            AuditAction::PlanCreated
            | AuditAction::PlanEdited
            | AuditAction::PlanActivated
            | AuditAction::PlanDeactivated
            | AuditAction::PlanDeleted => AuditObject::Plan,
            AuditAction::AttentionRaised | AuditAction::AttentionResolved => AuditObject::Attention,
            AuditAction::ExportTaken => AuditObject::Export,
            AuditAction::AccessSignInFailed
            | AuditAction::AccessCodeFailed
            | AuditAction::AccessUnauthorized
            | AuditAction::AccessForbidden
            | AuditAction::AccessLimited => AuditObject::Access,
        }
    }
}

impl From<OrderEvent> for AuditAction {
    fn from(event: OrderEvent) -> AuditAction {
        match event {
            OrderEvent::PaymentSucceeded => AuditAction::OrderPaymentSucceeded,
            OrderEvent::ServiceActivated => AuditAction::OrderServiceActivated,
            OrderEvent::ServiceEnded => AuditAction::OrderServiceEnded,
            OrderEvent::GivenUp => AuditAction::OrderGivenUp,
            OrderEvent::Cancelled => AuditAction::OrderCancelled,
        }
    }
}

impl From<PaymentEvent> for AuditAction {
    fn from(event: PaymentEvent) -> AuditAction {
        match event {
            PaymentEvent::Accepted => AuditAction::PaymentAccepted,
            PaymentEvent::Refused => AuditAction::PaymentRefused,
            PaymentEvent::Lost => AuditAction::PaymentLost,
            PaymentEvent::StillWaiting => AuditAction::PaymentStillWaiting,
            PaymentEvent::DidFail => AuditAction::PaymentDidFail,
            PaymentEvent::WasCancelled => AuditAction::PaymentWasCancelled,
            PaymentEvent::Completed => AuditAction::PaymentCompleted,
            PaymentEvent::GivenUp => AuditAction::PaymentGivenUp,
        }
    }
}

impl From<ServiceEvent> for AuditAction {
    fn from(event: ServiceEvent) -> AuditAction {
        match event {
            ServiceEvent::TryStarted => AuditAction::ServiceTryStarted,
            ServiceEvent::Shown => AuditAction::ServiceShown,
            ServiceEvent::GivenUp => AuditAction::ServiceGivenUp,
            ServiceEvent::AskedAgain => AuditAction::ServiceAskedAgain,
            ServiceEvent::Suspended => AuditAction::ServiceSuspended,
            ServiceEvent::Resumed => AuditAction::ServiceResumed,
            ServiceEvent::Ended => AuditAction::ServiceEnded,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use strum::VariantArray;

    #[test]
    fn a_status_change_is_stored_as_object_and_event() {
        let changes = OrderEvent::VARIANTS.iter().map(|event| (AuditAction::from(*event), event.into_str()));
        let changes = changes
            .chain(PaymentEvent::VARIANTS.iter().map(|event| (AuditAction::from(*event), event.into_str())))
            .chain(ServiceEvent::VARIANTS.iter().map(|event| (AuditAction::from(*event), event.into_str())));
        for (action, event) in changes {
            assert_eq!(action.into_str(), format!("{}.{event}", action.object()));
        }
    }

    #[test]
    fn an_action_names_its_object_or_the_staff_who_signed_in() {
        for action in AuditAction::VARIANTS {
            let (object, _) = action.into_str().split_once('.').expect("object and verb");
            assert!(object == action.object().into_str() || object == "staff", "{action}");
        }
    }
}
