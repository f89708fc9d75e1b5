//! Everything that happened to one order, gathered from the tables that hold it.
use super::{Error, Object, Result};
use crate::{
    AppContext,
    domain::{
        attention::AttentionItem,
        history::StatusChange,
        ids::{OrderId, OrderUuid},
        timeline::{PaymentRecord, Timeline},
    },
    read,
    store::{attention, orders, payments, provisioning_logs, services, status_changes, timeline},
};

/// The order's timeline.
pub async fn of(ctx: &AppContext, uuid: OrderUuid) -> Result<Timeline> {
    let timeline = read!(&ctx.db, tx => {
        let Some(order) = orders::by_uuid(tx, uuid).await? else { return Ok(None) };
        let service = services::of_order(tx, order.id).await?;
        Ok(Some(Timeline {
            changes: status_changes::of_order(tx, order.id).await?,
            payments: payments::of_order(tx, order.id).await?,
            payment_records: timeline::payment_records(tx, order.id).await?,
            webhooks: timeline::webhooks(tx, order.id).await?,
            panel_log: match service {
                Some(service) => provisioning_logs::of_service(tx, service.id).await?,
                None => Vec::new(),
            },
            mails: timeline::mails(tx, order.id).await?,
            staff_actions: timeline::staff_actions(tx, order.id).await?,
            attention: attention::of_order(tx, order.id).await?,
        }))
    })?;
    timeline.ok_or(Error::NotFound(Object::Order))
}

/// What the gateway said of the order's payments, and staff confirmed.
pub async fn payment_records(ctx: &AppContext, uuid: OrderUuid) -> Result<Vec<PaymentRecord>> {
    let records = read!(&ctx.db, tx => match orders::by_uuid(tx, uuid).await? {
        Some(order) => timeline::payment_records(tx, order.id).await.map(Some),
        None => Ok(None),
    })?;
    records.ok_or(Error::NotFound(Object::Order))
}

/// The status changes of an order, its payments and its service, and its attention items.
pub async fn history(ctx: &AppContext, order: OrderId) -> Result<(Vec<StatusChange>, Vec<AttentionItem>)> {
    Ok(read!(&ctx.db, tx => {
        Ok((status_changes::of_order(tx, order).await?, attention::of_order(tx, order).await?))
    })?)
}
