//! Asking for a set-up: for a newly paid order, and again for one that failed.
use crate::{
    AppContext,
    domain::{
        actor::AuditContext,
        hostname::Hostname,
        ids::{OrderUuid, ServiceId},
        job::Task,
        order::{Order, OrderStatus},
        service::{Service, ServiceEvent, ServiceStatus},
        time::Timestamp,
    },
    error::Object,
    ops::{Caller, Error, Result},
    store::{self, Tx, UniqueKey, jobs, orders, services},
    tx,
};

/// Inserts the service of a paid order and the job of its set-up, in the caller's transaction.
pub(crate) async fn request(
    tx: &mut Tx,
    ctx: &AppContext,
    now: Timestamp,
    context: &AuditContext,
    order: &Order,
) -> store::Result<ServiceId> {
    let domain =
        order.domain.clone().unwrap_or_else(|| temporary_domain(order.uuid, &ctx.settings.temp_domain));
    let id = services::insert(tx, now, context, order.id, &order.plan.slug, &domain).await?;
    jobs::queue(tx, now, &Task::Provision(id), now).await?;
    Ok(id)
}

/// `h7k3m9q-1f2e.temp.example`: unique by the order's UUID, short enough to dictate.
fn temporary_domain(uuid: OrderUuid, under: &Hostname) -> String {
    let number = uuid.number().replace('-', "").to_lowercase();
    let rest: String = uuid.to_string().chars().take(4).collect();
    format!("{number}-{rest}.{under}")
}

/// Starts the set-up of the customer's paid order, or starts a failed one again. One that is running, or has
/// succeeded, stays as it is. A conflict where the order is not paid.
pub async fn finish_setup(ctx: &AppContext, caller: &Caller, uuid: OrderUuid) -> Result<()> {
    let (now, context) = (ctx.now(), caller.audit_context());
    let order = tx!(&ctx.db, tx => {
        let order = orders::by_uuid(tx, uuid).await?.filter(|order| caller.user == Some(order.user_id));
        let Some(order) = order else { return Ok(None) };
        if order.status() == OrderStatus::Paid {
            match services::of_order(tx, order.id).await? {
                Some(service) => queue_again(tx, now, &context, service).await.map(drop)?,
                None => request(tx, ctx, now, &context, &order).await.map(drop)?,
            }
        }
        Ok(Some(order.status()))
    });
    ctx.job_notify.notify_one();
    match order {
        // Another request of the customer was first.
        Err(store::Error::Duplicate(UniqueKey::ServicesOrder)) => Ok(()),
        order => match order?.ok_or(Error::NotFound(Object::Order))? {
            OrderStatus::Paid | OrderStatus::Active => Ok(()),
            OrderStatus::Pending | OrderStatus::Complete | OrderStatus::Failed | OrderStatus::Cancelled => {
                Err(Error::conflict("Only a paid order is set up."))
            }
        },
    }
}

/// Queues the set-up again, with all its attempts. One that is running goes on as it is.
pub(crate) async fn queue_again(
    tx: &mut Tx,
    now: Timestamp,
    context: &AuditContext,
    service: Service,
) -> store::Result<Service> {
    let service = match service.status() {
        ServiceStatus::Failed => {
            services::advance(tx, now, context, &service, ServiceEvent::AskedAgain, None).await?
        }
        ServiceStatus::Requested
        | ServiceStatus::Provisioning
        | ServiceStatus::Active
        | ServiceStatus::Suspended
        | ServiceStatus::Cancelled => service,
    };
    jobs::queue(tx, now, &Task::Provision(service.id), now).await?;
    Ok(service)
}
