//! What changed since somebody looked last: for programs that stay open all day and ask every few seconds.
//!
//! The record of who did what is the feed: whatever matters is written there, in order, in the transaction of its fact.
use super::Result;
use crate::{
    AppContext,
    domain::{
        attention::{AttentionItem, AttentionKind},
        audit::AuditEvent,
        ids::{AttentionId, OrderId, ServiceId},
        order::Order,
        time::Timestamp,
    },
    read,
    store::{attention, audit, orders, services},
};
use std::collections::BTreeMap;

/// The most that one answer holds.
const MOST: i64 = 200;

/// What is new.
pub struct Feed {
    /// Where the next look begins.
    pub cursor: i64,
    pub has_more: bool,
    /// Oldest first.
    pub items: Vec<Changed>,
    /// Open matters that need a person.
    pub attention: i64,
}

/// One change.
pub struct Changed {
    pub noun: String,
    pub object_id: Option<i64>,
    pub action: String,
    pub created_at: Timestamp,
    /// The order that it is about, where a person should be told of it, and where it is an order's own change.
    pub order: Option<Order>,
    /// What kind of matter was raised.
    pub matter: Option<AttentionKind>,
}

/// What came after that place; from nowhere, only the place now. Two queries where nothing is new.
pub async fn since(ctx: &AppContext, place: Option<i64>) -> Result<Feed> {
    Ok(read!(&ctx.db, tx => {
        let open = attention::count_open(tx).await?;
        let Some(place) = place else {
            let head = audit::head(tx).await?.map_or(0, |head| head.last_id);
            return Ok(Feed { cursor: head, has_more: false, items: Vec::new(), attention: open });
        };
        let rows = audit::since(tx, place, MOST).await?;
        let ids = |object: &str, action: Option<&str>| -> Vec<i64> {
            let fits = |row: &&AuditEvent| {
                row.object == object && action.is_none_or(|action| row.action == action)
            };
            rows.iter().filter(fits).filter_map(|row| row.object_id).collect()
        };
        let services: Vec<ServiceId> = ids("service", Some("service.given_up")).into_iter().map(ServiceId).collect();
        let services: BTreeMap<i64, OrderId> =
            services::orders_of(tx, &services).await?.into_iter().map(|(id, order)| (id.0, order)).collect();
        let matters: Vec<AttentionId> = ids("attention", Some("attention.raised")).into_iter().map(AttentionId).collect();
        let matters: BTreeMap<i64, AttentionItem> =
            attention::by_ids(tx, &matters).await?.into_iter().map(|row| (row.id.0, row)).collect();
        let about = |row: &AuditEvent| -> Option<OrderId> {
            let id = row.object_id?;
            match row.object.as_str() {
                "order" => Some(OrderId(id)),
                "service" => services.get(&id).copied(),
                "attention" => matters.get(&id)?.order_id,
                _ => None,
            }
        };
        let wanted: Vec<OrderId> = rows.iter().filter_map(&about).collect();
        let orders: BTreeMap<i64, Order> =
            orders::by_ids(tx, &wanted).await?.into_iter().map(|order| (order.id.0, order)).collect();
        let has_more = i64::try_from(rows.len()).is_ok_and(|count| count == MOST);
        let cursor = rows.last().map_or(place, |row| row.id);
        let items = rows
            .into_iter()
            .map(|row| Changed {
                order: about(&row).and_then(|id| orders.get(&id.0).cloned()),
                matter: row.object_id.and_then(|id| matters.get(&id)).map(|matter| matter.kind),
                noun: row.object,
                object_id: row.object_id,
                action: row.action,
                created_at: row.created_at,
            })
            .collect();
        Ok(Feed { cursor, has_more, items, attention: open })
    })?)
}
