//! Orders as people look at them, and how they end without money.
pub mod admin;
pub mod place;

use crate::ops::{
    Caller, Result,
    pagination::{Direction, PageResult, Wanted},
};
use crate::{
    AppContext,
    domain::{
        actor::AuditContext,
        attention::AttentionKind,
        ids::{OrderId, OrderUuid, UserId},
        order::{ListedOrder, Order, OrderEvent, OrderStatus},
        payment::{Payment, PaymentStatus, WATCH_SECONDS},
        service::{Service, ServiceEvent, ServiceStatus},
        time::Timestamp,
    },
    read,
    store::{
        Tx,
        attention::{self, NewEntry},
        customer_summary,
        jobs::{self, JobKind, JobRow},
        lists, logs, mails, orders, payments,
        search_terms::Noun,
        services,
    },
    tx,
};

pub use crate::store::{
    customer_summary::CustomerFigures,
    lists::orders::{OrderFilter, OrderSort},
    logs::StepRow,
};

/// How long an order waits for its first or next push before it is given up: as long as a payment is watched.
pub const PATIENCE_SECONDS: i64 = WATCH_SECONDS;

/// An order with all that its page shows.
pub struct OrderView {
    pub order: Order,
    /// All pushes, the newest first.
    pub payments: Vec<Payment>,
    pub service: Option<Service>,
    /// The set-up's steps, oldest first.
    pub steps: Vec<StepRow>,
    /// When set-up is tried next, and how often it was.
    pub next_try: Option<(Timestamp, i64)>,
    /// When the mail with the details went out.
    pub told_at: Option<Timestamp>,
}

impl OrderView {
    /// The payment that made the order paid.
    pub fn paid_by(&self) -> Option<&Payment> {
        self.payments.iter().find(|payment| payment.is_applied())
    }

    /// Money that moved and was not enough: the order must not be paid again before a person has looked.
    pub fn short(&self) -> Option<&Payment> {
        let unpaid = self.order.status() == OrderStatus::Pending;
        self.payments.iter().find(|p| unpaid && p.status() == PaymentStatus::Succeeded)
    }
}

/// The order and all that its page shows. Whose it is, the caller checks.
pub async fn view(ctx: &AppContext, uuid: OrderUuid) -> Result<Option<OrderView>> {
    Ok(read!(&ctx.db, tx => {
        let Some(order) = orders::by_uuid(tx, uuid).await? else { return Ok(None) };
        let payments = payments::of_order(tx, order.id).await?;
        let service = services::of_order(tx, order.id).await?;
        let (mut steps, mut next_try, mut told_at) = (Vec::new(), None, None);
        if let Some(service) = &service {
            steps = logs::of_service(tx, service.id).await?;
            next_try = jobs::next_try(tx, JobKind::Provision, service.id.0).await?;
            told_at = mails::sent_about(tx, order.id, "service_ready").await?;
        }
        Ok(Some(OrderView { order, payments, service, steps, next_try, told_at }))
    })?)
}

/// These orders, in no order.
pub async fn by_ids(ctx: &AppContext, ids: &[OrderId]) -> Result<Vec<Order>> {
    Ok(read!(&ctx.db, tx => orders::by_ids(tx, ids).await)?)
}

/// A customer's overview: figures, services (active first), the last orders.
pub struct Overview {
    pub figures: CustomerFigures,
    pub services: Vec<Service>,
    pub orders: Vec<Order>,
    /// The newest order that is paid and still wants its hosting.
    pub to_finish: Option<Order>,
}

/// How many orders the overview lists.
const NEWEST: usize = 6;

/// The overview, in three queries.
pub async fn overview(ctx: &AppContext, user: &crate::domain::user::User) -> Result<Overview> {
    let most = i64::try_from(NEWEST).unwrap_or(i64::MAX);
    let (figures, services, mut orders) = read!(&ctx.db, tx => {
        let figures = customer_summary::customer_figures(tx, user.id).await?;
        let services = services::of_user(tx, user.id, 50).await?;
        Ok((figures, services, orders::newest_of(tx, user.id, most).await?))
    })?;
    let wants_hosting = |order: &&Order| {
        let service = services.iter().find(|service| service.order.id == order.id);
        order.status() == OrderStatus::Paid && service.is_none_or(|s| s.status() == ServiceStatus::Failed)
    };
    let to_finish = orders.iter().find(wants_hosting).cloned();
    orders.truncate(NEWEST);
    Ok(Overview { figures, services, orders, to_finish })
}

/// A page of a customer's orders, the newest first, and how many there are in all. Pages count from 1.
pub async fn page(ctx: &AppContext, user: UserId, number: i64, per_page: i64) -> Result<(Vec<Order>, i64)> {
    Ok(read!(&ctx.db, tx => orders::page_of(tx, user, (number - 1) * per_page, per_page).await)?)
}

/// A page of everybody's orders, as staff look for them.
pub async fn search(
    ctx: &AppContext,
    filter: &OrderFilter,
    sort: (OrderSort, Direction),
    page: i64,
    per_page: i64,
) -> Result<PageResult<ListedOrder>> {
    let wanted = Wanted::new(&filter.q, page, per_page);
    let Some(slice) = wanted.slice() else { return Ok(wanted.too_far()) };
    let listed = read!(&ctx.db, tx => {
        let plan_search = wanted.plan_search(tx, Noun::Order).await?;
        lists::orders::page(tx, filter, plan_search.as_ref(), sort, slice).await
    })?;
    Ok(wanted.page(listed))
}

/// How cancelling ended.
#[derive(Debug, PartialEq, Eq)]
pub enum Cancelled {
    /// The order is cancelled. Its running pushes stay watched: their money would be shown to staff.
    Done,
    /// It was in no state for that.
    TooLate(OrderStatus),
    /// There is no such order.
    NoSuchOrder,
}

/// Cancels an order by staff, with a reason. A service that was never set up ends with it.
pub async fn cancel(ctx: &AppContext, caller: &Caller, uuid: OrderUuid, reason: &str) -> Result<Cancelled> {
    let now = ctx.now();
    Ok(tx!(&ctx.db, tx => {
        let Some(order) = orders::by_uuid(tx, uuid).await? else { return Ok(Cancelled::NoSuchOrder) };
        if order.status().transition(OrderEvent::Cancelled).is_err() {
            return Ok(Cancelled::TooLate(order.status()));
        }
        orders::advance(tx, now, &caller.audit_context(), &order, OrderEvent::Cancelled, Some(reason)).await?;
        if let Some(service) = services::of_order(tx, order.id).await? {
            end_unborn(tx, now, &caller.audit_context(), &service, reason).await?;
        }
        Ok(Cancelled::Done)
    })?)
}

/// A service that was never set up ends with its order. Where the panel was ever asked for its account, there may be
/// one: then a person looks.
async fn end_unborn(
    tx: &mut Tx,
    now: Timestamp,
    context: &AuditContext,
    service: &Service,
    reason: &str,
) -> crate::store::Result<()> {
    if !matches!(service.status(), ServiceStatus::Requested | ServiceStatus::Failed) {
        return Ok(());
    }
    let asked_for = match service.username() {
        Some(username) => logs::was_sent(tx, service.id, username.as_str()).await?,
        None => false,
    };
    if !asked_for {
        services::advance(tx, now, context, service, ServiceEvent::Ended, Some(reason)).await?;
        return Ok(());
    }
    let (kind, details) = (
        AttentionKind::SetUpAfterCancel,
        "the order was cancelled after its account was asked for; the panel may have it",
    );
    let entry = NewEntry {
        order: Some(service.order.id),
        service: Some(service.id),
        ..NewEntry::new(kind, format!("{kind}:{}", service.id), details)
    };
    attention::raise(tx, now, &entry).await.map(drop)
}

/// Gives an order up that nobody paid, once its last push is out of sight.
pub async fn give_up(ctx: &AppContext, job: &JobRow) -> Result<()> {
    let now = ctx.now();
    Ok(tx!(&ctx.db, tx => {
        jobs::renew_lease(tx, now, job, ctx.lease_end()).await?;
        let Some(order) = orders::by_id(tx, OrderId(job.subject)).await? else { return jobs::finish(tx, job).await };
        let pushes = payments::of_order(tx, order.id).await?;
        let last_sign = pushes.iter().map(|p| p.created_at).max().unwrap_or(order.created_at);
        // Money that was too little, or may have moved: staff are told, and close the order themselves.
        let with_staff = pushes.iter().any(|p| p.status() == PaymentStatus::Succeeded || p.is_unresolved());
        if order.status() == OrderStatus::Pending && !with_staff {
            let until = last_sign.plus_seconds(PATIENCE_SECONDS);
            if until > now || pushes.iter().any(|p| p.status().is_open()) {
                return jobs::reschedule(tx, job, until.max(now.plus_seconds(3600)), "somebody may still pay", true).await;
            }
            orders::advance(tx, now, &AuditContext::worker(), &order, OrderEvent::GivenUp, Some("not paid")).await?;
        }
        jobs::finish(tx, job).await
    })?)
}
