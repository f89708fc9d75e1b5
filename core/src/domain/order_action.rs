//! What staff can do with an order: who may, and in which state.
use super::{
    order::{Order, OrderEvent, OrderStatus},
    payment::{Payment, PaymentStatus, WATCH_SECONDS},
    time::Timestamp,
    user::Role,
};

/// What can be done with an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderAction {
    Edit,
    CheckPayment,
    MarkPaid,
    Cancel,
    Delete,
}

impl OrderAction {
    /// What a member of staff with this role may do with the order now. The actions themselves refuse by the
    /// same rules.
    pub fn open_to(
        role: Role,
        order: &Order,
        payments: &[Payment],
        has_service: bool,
        now: Timestamp,
    ) -> Vec<OrderAction> {
        let is_admin = role == Role::Admin;
        let status = order.status();
        let may = [
            (OrderAction::Edit, true),
            (OrderAction::CheckPayment, payments.iter().any(|p| p.status() != PaymentStatus::Succeeded)),
            (OrderAction::MarkPaid, is_admin && status == OrderStatus::Pending),
            (OrderAction::Cancel, is_admin && status.transition(OrderEvent::Cancelled).is_ok()),
            (OrderAction::Delete, is_admin && is_without_money(order, payments, has_service, now)),
        ];
        may.into_iter().filter(|(_, may)| *may).map(|(action, _)| action).collect()
    }
}

/// Whether no money came for an order and none can come: nothing was set up, and every payment ended by the
/// gateway's word, at least as long ago as payments are watched.
pub fn is_without_money(order: &Order, payments: &[Payment], has_service: bool, now: Timestamp) -> bool {
    let is_unpaid = match order.status() {
        OrderStatus::Pending | OrderStatus::Failed | OrderStatus::Cancelled => order.settlement().is_none(),
        OrderStatus::Paid | OrderStatus::Active | OrderStatus::Complete => false,
    };
    let is_over = |payment: &Payment| match payment.status() {
        PaymentStatus::Failed | PaymentStatus::Cancelled => {
            !payment.is_unresolved() && now.seconds_since(payment.created_at) >= WATCH_SECONDS
        }
        PaymentStatus::Created
        | PaymentStatus::Pending
        | PaymentStatus::Unknown
        | PaymentStatus::Succeeded => false,
    };
    is_unpaid && !has_service && payments.iter().all(is_over)
}
