//! What needs a person.
use super::words;

words! {
    /// Why something needs a person.
    AttentionKind {
        /// Less was paid than was asked for.
        Shortfall = "shortfall",
        /// More was paid than was asked for.
        Surplus = "surplus",
        /// Money for an order that was paid before.
        SecondPayment = "second_payment",
        /// Money for an order that had ended.
        PaidAfterEnd = "paid_after_end",
        /// A success that is not about the payment that was asked for.
        Mismatch = "mismatch",
        /// A transaction that another payment has.
        ReferenceUsed = "reference_used",
        /// A payment that the gateway never spoke of.
        Unresolved = "unresolved",
        /// Money for no payment of ours.
        StrayPayment = "stray_payment",
        /// All tries of a set-up are used up.
        SetupFailed = "setup_failed",
        /// The panel may have an account that nobody wants any more.
        SetUpAfterCancel = "set_up_after_cancel",
        /// The panel does not take our login or certificate.
        PanelRefusesUs = "panel_refuses_us",
        /// The panel does not answer.
        PanelUnreachable = "panel_unreachable",
        /// A mail that was given up.
        MailFailed = "mail_failed",
        /// A job that fails again and again.
        JobStuck = "job_stuck",
    }
}

words! {
    /// Which matters a list shows.
    Shown {
        /// Those that wait for somebody.
        Open = "open",
        /// Those that are settled, by a person or by themselves.
        Resolved = "resolved",
        /// Both.
        All = "all",
    }
}

impl AttentionKind {
    /// Whether it is about money that moved: an `admin` closes it.
    pub fn is_money(self) -> bool {
        match self {
            AttentionKind::Shortfall
            | AttentionKind::Surplus
            | AttentionKind::SecondPayment
            | AttentionKind::PaidAfterEnd
            | AttentionKind::Mismatch
            | AttentionKind::ReferenceUsed
            | AttentionKind::Unresolved
            | AttentionKind::StrayPayment => true,
            AttentionKind::SetupFailed
            | AttentionKind::SetUpAfterCancel
            | AttentionKind::PanelRefusesUs
            | AttentionKind::PanelUnreachable
            | AttentionKind::MailFailed
            | AttentionKind::JobStuck => false,
        }
    }
}
