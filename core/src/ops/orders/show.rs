//! One order, and all that its page shows.
use crate::{
    AppContext,
    domain::{
        ids::OrderUuid,
        job::Task,
        order::{Order, OrderStatus},
        payment::{Payment, PaymentStatus},
        provisioning::ProvisioningLog,
        service::Service,
        time::Timestamp,
    },
    error::{Error, Object, Result},
    read,
    store::{jobs, mails, orders, payments, provisioning_logs, services},
};

/// An order with all that its page shows.
pub struct OrderView {
    pub order: Order,
    /// All payments, the newest first.
    pub payments: Vec<Payment>,
    pub service: Option<Service>,
    /// The set-up's steps, oldest first.
    pub steps: Vec<ProvisioningLog>,
    /// When set-up is tried next, and how often it was.
    pub next_try: Option<(Timestamp, i64)>,
    /// When the mail with the details was sent.
    pub told_at: Option<Timestamp>,
}

impl OrderView {
    /// The payment that made the order paid.
    pub fn paid_by(&self) -> Option<&Payment> {
        self.payments.iter().find(|payment| payment.is_applied())
    }

    /// Money that moved and was not enough: the order must not be paid again before staff have looked.
    pub fn short(&self) -> Option<&Payment> {
        let unpaid = self.order.status() == OrderStatus::Pending;
        self.payments.iter().find(|p| unpaid && p.status() == PaymentStatus::Succeeded)
    }
}

/// The order alone. Whose it is, the caller checks.
pub async fn by_uuid(ctx: &AppContext, uuid: OrderUuid) -> Result<Order> {
    read!(&ctx.db, tx => orders::by_uuid(tx, uuid).await)?.ok_or(Error::NotFound(Object::Order))
}

/// The order and all that its page shows. Whose it is, the caller checks.
pub async fn show(ctx: &AppContext, uuid: OrderUuid) -> Result<OrderView> {
    read!(&ctx.db, tx => {
        let Some(order) = orders::by_uuid(tx, uuid).await? else { return Ok(None) };
        let payments = payments::of_order(tx, order.id).await?;
        let service = services::of_order(tx, order.id).await?;
        let (mut steps, mut next_try, mut told_at) = (Vec::new(), None, None);
        if let Some(service) = &service {
            steps = provisioning_logs::of_service(tx, service.id).await?;
            next_try = jobs::next_try(tx, &Task::Provision(service.id)).await?;
            told_at = mails::sent_about(tx, order.id, "service_ready").await?;
        }
        Ok(Some(OrderView { order, payments, service, steps, next_try, told_at }))
    })?
    .ok_or(Error::NotFound(Object::Order))
}
