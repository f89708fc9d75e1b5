//! Everything that happened to one order, gathered from the tables that kept it.
use super::Result;
use crate::{
    AppContext,
    domain::{attention::AttentionItem, ids::OrderUuid, payment::Payment, provisioning::ProvisioningLog},
    read,
    store::{attention, event_feed, orders, payments, provisioning_logs, services, timeline},
};

pub use crate::store::{
    event_feed::ChangeRow,
    timeline::{ActRow, EventRow, MailLine, NoticeRow},
};

/// What each table kept; each oldest first, pushes newest first.
pub struct Timeline {
    pub changes: Vec<ChangeRow>,
    pub pushes: Vec<Payment>,
    pub events: Vec<EventRow>,
    pub notices: Vec<NoticeRow>,
    pub steps: Vec<ProvisioningLog>,
    pub mails: Vec<MailLine>,
    pub acts: Vec<ActRow>,
    pub attention: Vec<AttentionItem>,
}

/// The order's timeline.
pub async fn of(ctx: &AppContext, uuid: OrderUuid) -> Result<Option<Timeline>> {
    Ok(read!(&ctx.db, tx => {
        let Some(order) = orders::by_uuid(tx, uuid).await? else { return Ok(None) };
        let service = services::of_order(tx, order.id).await?;
        Ok(Some(Timeline {
            changes: event_feed::around(tx, order.id).await?,
            pushes: payments::of_order(tx, order.id).await?,
            events: timeline::events(tx, order.id).await?,
            notices: timeline::notices(tx, order.id).await?,
            steps: match service {
                Some(service) => provisioning_logs::of_service(tx, service.id).await?,
                None => Vec::new(),
            },
            mails: timeline::mails(tx, order.id).await?,
            acts: timeline::acts(tx, order.id).await?,
            attention: attention::of_order(tx, order.id).await?,
        }))
    })?)
}

/// What the gateway said of the order's payments.
pub async fn events(ctx: &AppContext, uuid: OrderUuid) -> Result<Option<Vec<EventRow>>> {
    Ok(read!(&ctx.db, tx => match orders::by_uuid(tx, uuid).await? {
        Some(order) => timeline::events(tx, order.id).await.map(Some),
        None => Ok(None),
    })?)
}

/// How the states of an order, its pushes and its service came about, and what of it needs or needed a person.
pub async fn around(ctx: &AppContext, uuid: OrderUuid) -> Result<(Vec<ChangeRow>, Vec<AttentionItem>)> {
    Ok(read!(&ctx.db, tx => match orders::by_uuid(tx, uuid).await? {
        Some(order) => Ok((event_feed::around(tx, order.id).await?, attention::of_order(tx, order.id).await?)),
        None => Ok((Vec::new(), Vec::new())),
    })?)
}
