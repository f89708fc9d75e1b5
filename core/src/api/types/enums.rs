//! The states, kinds and roles, spelled as they are stored.
api_enums! {
    /// Where an order stands.
    OrderStatus = crate::domain::order::OrderStatus {
        /// Placed, not paid.
        Pending,
        /// Paid, not set up yet.
        Paid,
        /// Paid and set up.
        Active,
        /// Its service came to its end.
        Complete,
        /// Never paid; given up.
        Failed,
        /// Cancelled.
        Cancelled,
    }
    /// The status of a payment.
    PaymentStatus = crate::domain::payment::PaymentStatus {
        /// Committed; the gateway was not heard from.
        Created,
        /// The request was sent to the phone.
        Pending,
        /// Whether the gateway has it is not known.
        Unknown,
        /// No money moved.
        Failed,
        /// The person said no.
        Cancelled,
        /// Money moved.
        Succeeded,
    }
    /// Where a service stands.
    ServiceStatus = crate::domain::service::ServiceStatus {
        /// Wanted; no attempt yet.
        Requested,
        /// Attempts are under way.
        Provisioning,
        /// The panel showed the account.
        Active,
        /// All tries are used up.
        Failed,
        /// Switched off on the panel; kept.
        Suspended,
        /// Ended.
        Cancelled,
    }
    /// Why something needs a person.
    AttentionKind = crate::domain::attention::AttentionKind {
        /// Less was paid than was asked for.
        Shortfall,
        /// More was paid than was asked for.
        Surplus,
        /// Money for an order that was paid before.
        SecondPayment,
        /// Money for an order that had ended.
        PaidAfterEnd,
        /// A success that is not about the payment that was asked for.
        Mismatch,
        /// A transaction that another payment has.
        ReferenceUsed,
        /// A payment that the gateway never spoke of.
        Unresolved,
        /// Money for a payment that is not in the table.
        UnmatchedPayment,
        /// All tries of a set-up are used up.
        SetupFailed,
        /// The panel may have an account that its order does not pay for any more.
        SetUpAfterCancel,
        /// The panel does not take our login or certificate.
        PanelRefusesUs,
        /// The panel does not answer.
        PanelUnreachable,
        /// A mail that was given up.
        MailFailed,
        /// A job that fails again and again.
        JobStuck,
        /// Many requests were denied in an hour.
        AccessFailures,
    }
    /// What a person may do.
    Role = crate::domain::user::Role {
        /// A customer.
        User,
        /// Staff who help customers.
        Support,
        /// Staff who can do all.
        Admin,
    }
}
