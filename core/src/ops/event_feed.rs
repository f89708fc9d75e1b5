//! What has changed since a position of the audit log: for the staff app, which asks every few seconds.
//!
//! Every change that staff see is in the audit log, in order, written in the transaction of the change.
use super::Result;
use crate::{
    AppContext,
    domain::{
        attention::{AttentionItem, AttentionKind},
        audit::AuditEvent,
        audit_action::{AuditAction, AuditObject},
        ids::{AttentionId, OrderId, ServiceId},
        order::Order,
        time::Timestamp,
    },
    read,
    store::{attention, audit, orders, services},
};
use std::collections::BTreeMap;

/// The most changes of one answer.
const MOST: i64 = 200;

/// The changes since a position.
pub struct Feed {
    /// The position where the next answer begins.
    pub cursor: i64,
    pub has_more: bool,
    /// Oldest first.
    pub items: Vec<Change>,
    /// The number of open attention items.
    pub attention: i64,
}

/// One change.
pub struct Change {
    /// What kind of record changed, as the audit log names it.
    pub object: String,
    pub object_id: Option<i64>,
    pub action: String,
    pub created_at: Timestamp,
    /// The order that changed, or that the failed set-up or the attention item is about.
    pub order: Option<Order>,
    /// The kind of the attention item that was raised.
    pub raised: Option<AttentionKind>,
}

/// The changes after a position; without one, only the present position. Two queries where nothing has
/// changed.
pub async fn since(ctx: &AppContext, cursor: Option<i64>) -> Result<Feed> {
    Ok(read!(&ctx.db, tx => {
        let open = attention::count_open(tx).await?;
        let Some(cursor) = cursor else {
            let head = audit::head(tx).await?.map_or(0, |head| head.last_id);
            return Ok(Feed { cursor: head, has_more: false, items: Vec::new(), attention: open });
        };
        let events = audit::since(tx, cursor, MOST).await?;
        let failed = ids(&events, AuditAction::ServiceGivenUp).map(ServiceId).collect::<Vec<_>>();
        let services: BTreeMap<i64, OrderId> =
            services::orders_of(tx, &failed).await?.into_iter().map(|(id, order)| (id.0, order)).collect();
        let raised = ids(&events, AuditAction::AttentionRaised).map(AttentionId).collect::<Vec<_>>();
        let raised: BTreeMap<i64, AttentionItem> =
            attention::by_ids(tx, &raised).await?.into_iter().map(|item| (item.id.0, item)).collect();
        let order_of = |event: &AuditEvent| -> Option<OrderId> {
            let id = event.object_id?;
            match event.object.parse().ok()? {
                AuditObject::Order => Some(OrderId(id)),
                AuditObject::Service => services.get(&id).copied(),
                AuditObject::Attention => raised.get(&id)?.order_id,
                AuditObject::User
                | AuditObject::Payment
                | AuditObject::Plan
                | AuditObject::Export
                | AuditObject::Access => None,
            }
        };
        let wanted: Vec<OrderId> = events.iter().filter_map(&order_of).collect();
        let orders: BTreeMap<i64, Order> =
            orders::by_ids(tx, &wanted).await?.into_iter().map(|order| (order.id.0, order)).collect();
        let change = |event: AuditEvent| Change {
            order: order_of(&event).and_then(|id| orders.get(&id.0).cloned()),
            raised: event.object_id.and_then(|id| raised.get(&id)).map(|item| item.kind),
            object: event.object,
            object_id: event.object_id,
            action: event.action,
            created_at: event.created_at,
        };
        Ok(Feed {
            cursor: events.last().map_or(cursor, |event| event.id),
            has_more: i64::try_from(events.len()).is_ok_and(|count| count == MOST),
            items: events.into_iter().map(change).collect(),
            attention: open,
        })
    })?)
}

/// The records that the action was done to.
fn ids(events: &[AuditEvent], action: AuditAction) -> impl Iterator<Item = i64> {
    events.iter().filter(move |event| event.action == action.into_str()).filter_map(|event| event.object_id)
}
