//! The states and roles, spelled as they are stored.
wire_words! {
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
    /// Where a push stands.
    PaymentStatus = crate::domain::payment::PaymentStatus {
        /// Committed; the gateway was not heard from.
        Created,
        /// The person was asked.
        Pending,
        /// We cannot tell whether the gateway has it.
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
