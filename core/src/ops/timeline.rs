//! Everything that happened to one order, gathered from the tables that kept it.
use super::{Result, attention::EntryRow};
use crate::{
    Shop,
    domain::ids::OrderUuid,
    read,
    store::{attention, changes, logs, orders, payments, services, timeline},
};

pub use crate::store::{
    changes::ChangeRow,
    logs::StepRow,
    payments::PaymentRow,
    timeline::{ActRow, EventRow, MailLine, NoticeRow},
};

/// What each table kept; each oldest first, pushes newest first.
pub struct Timeline {
    pub changes: Vec<ChangeRow>,
    pub pushes: Vec<PaymentRow>,
    pub events: Vec<EventRow>,
    pub notices: Vec<NoticeRow>,
    pub steps: Vec<StepRow>,
    pub mails: Vec<MailLine>,
    pub acts: Vec<ActRow>,
    pub attention: Vec<EntryRow>,
}

/// The order's timeline.
pub async fn of(shop: &Shop, uuid: OrderUuid) -> Result<Option<Timeline>> {
    Ok(read!(&shop.db, c => {
        let Some(order) = orders::by_uuid(c, uuid).await? else { return Ok(None) };
        let service = services::of_order(c, order.id).await?;
        Ok(Some(Timeline {
            changes: changes::around(c, order.id).await?,
            pushes: payments::of_order(c, order.id).await?,
            events: timeline::events(c, order.id).await?,
            notices: timeline::notices(c, order.id).await?,
            steps: match service {
                Some(service) => logs::of_service(c, service.id).await?,
                None => Vec::new(),
            },
            mails: timeline::mails(c, order.id).await?,
            acts: timeline::acts(c, order.id).await?,
            attention: attention::of_order(c, order.id).await?,
        }))
    })?)
}

/// What the gateway said of the order's payments.
pub async fn events(shop: &Shop, uuid: OrderUuid) -> Result<Option<Vec<EventRow>>> {
    Ok(read!(&shop.db, c => match orders::by_uuid(c, uuid).await? {
        Some(order) => timeline::events(c, order.id).await.map(Some),
        None => Ok(None),
    })?)
}

/// How the states of an order, its pushes and its service came about, and what of it needs or needed a person.
pub async fn around(shop: &Shop, uuid: OrderUuid) -> Result<(Vec<ChangeRow>, Vec<EntryRow>)> {
    Ok(read!(&shop.db, c => match orders::by_uuid(c, uuid).await? {
        Some(order) => Ok((changes::around(c, order.id).await?, attention::of_order(c, order.id).await?)),
        None => Ok((Vec::new(), Vec::new())),
    })?)
}
