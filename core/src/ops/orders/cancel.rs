//! Cancelling an order.
use crate::{
    AppContext,
    domain::{
        actor::AuditContext,
        attention::AttentionKind,
        ids::OrderUuid,
        input::Reason,
        order::OrderEvent,
        service::{Service, ServiceEvent, ServiceStatus},
        time::Timestamp,
    },
    ops::{Caller, Error, Object, Result},
    store::{
        self, Tx,
        attention::{self, NewItem},
        orders, panel_requests, services,
    },
    tx,
};

/// Cancels an order by staff. A service that was never set up ends with it. Live payments stay watched: their
/// money would be shown to staff.
///
/// A conflict where the order has ended.
pub async fn cancel(ctx: &AppContext, caller: &Caller, uuid: OrderUuid, reason: &Reason) -> Result<()> {
    let (now, context, reason) = (ctx.now(), caller.audit_context(), reason.as_str());
    tx!(&ctx.db, tx => {
        let Some(order) = orders::by_uuid(tx, uuid).await? else {
            return Ok(Err(Error::NotFound(Object::Order)));
        };
        let status = order.status();
        if status.transition(OrderEvent::Cancelled).is_err() {
            return Ok(Err(Error::conflict(format!("The order is {status}, it cannot be cancelled."))));
        }
        orders::advance(tx, now, &context, &order, OrderEvent::Cancelled, Some(reason)).await?;
        if let Some(service) = services::of_order(tx, order.id).await? {
            end_service(tx, now, &context, &service, reason).await?;
        }
        Ok(Ok(()))
    })?
}

/// Ends a service that was never set up. Where the panel was ever asked for its account, there may be one:
/// then staff look.
async fn end_service(
    tx: &mut Tx,
    now: Timestamp,
    context: &AuditContext,
    service: &Service,
    reason: &str,
) -> store::Result<()> {
    if !matches!(service.status(), ServiceStatus::Requested | ServiceStatus::Failed) {
        return Ok(());
    }
    if !panel_requests::may_exist(tx, service.id, service.username()).await? {
        services::advance(tx, now, context, service, ServiceEvent::Ended, Some(reason)).await?;
        return Ok(());
    }
    let (kind, details) = (
        AttentionKind::SetUpAfterCancel,
        "the order was cancelled after its account was asked for; the panel may have it",
    );
    let item = NewItem {
        order: Some(service.order.id),
        service: Some(service.id),
        ..NewItem::new(kind, format!("{kind}:{}", service.id), details)
    };
    attention::raise(tx, now, &item).await.map(drop)
}
