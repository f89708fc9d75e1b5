//! Setting an account up: what is wanted is committed first, then the panel is called, then what it showed is kept.
//!
//! Knows nothing of money: a service is set up because its order is paid when a try begins and when it ends.
mod account;
mod finish;

use crate::{
    AppContext,
    domain::{
        account::Username,
        actor::AuditContext,
        hostname::Hostname,
        ids::{OrderUuid, ServiceId},
        order::{Order, OrderStatus},
        service::{Service, ServiceEvent, ServiceStatus},
        time::Timestamp,
    },
    ops::{Caller, Error, Result},
    random,
    store::{
        self, Tx, UniqueKey, circuit_breakers,
        jobs::{self, JobKind, JobRow},
        logs::{self, NewStep},
        orders, services,
    },
    tx,
};
use account::Trouble;
pub(crate) use account::is_ours;
use std::time::Duration;

/// The longest that one try may take.
const TRY_LIMIT: Duration = Duration::from_secs(120);

/// Asks for a paid order's hosting: the service's row and its job, in the caller's transaction.
pub(crate) async fn request(
    tx: &mut Tx,
    ctx: &AppContext,
    now: Timestamp,
    context: &AuditContext,
    order: &Order,
) -> store::Result<ServiceId> {
    let domain =
        order.domain.clone().unwrap_or_else(|| temporary_name(order.uuid, &ctx.settings.temp_domain));
    let id = services::insert(tx, now, context, order.id, &order.plan.slug, &domain).await?;
    jobs::queue(tx, now, JobKind::Provision, id.0, now).await?;
    Ok(id)
}

/// `h7k3m9q-1f2e.temp.example`: unique by the order's UUID, short enough to dictate.
fn temporary_name(uuid: OrderUuid, under: &Hostname) -> String {
    let number = uuid.number().replace('-', "").to_lowercase();
    let rest: String = uuid.to_string().chars().take(4).collect();
    format!("{number}-{rest}.{under}")
}

/// Whether the domain is one of ours, until the customer brings one.
pub fn is_temporary(domain: &str, temp_domain: &Hostname) -> bool {
    domain.ends_with(&format!(".{temp_domain}"))
}

/// How a customer's "finish set-up" ended.
#[derive(Debug, PartialEq, Eq)]
pub enum Requested {
    /// It is queued, or goes on.
    UnderWay,
    /// It is set up already.
    Active,
    /// The order is in no state for it.
    NotPaid(OrderStatus),
    /// There is no such order of this customer.
    NoSuchOrder,
}

/// Starts the set-up of a paid order that has none, or tries a failed one again.
pub async fn finish_setup(ctx: &AppContext, caller: &Caller, uuid: OrderUuid) -> Result<Requested> {
    let (now, context) = (ctx.now(), caller.audit_context());
    let result = tx!(&ctx.db, tx => {
        let Some(order) = orders::by_uuid(tx, uuid).await? else { return Ok(Requested::NoSuchOrder) };
        if caller.user != Some(order.user_id) {
            return Ok(Requested::NoSuchOrder);
        }
        let service = services::of_order(tx, order.id).await?;
        match (order.status(), service) {
            (OrderStatus::Paid, None) => {
                request(tx, ctx, now, &context, &order).await?;
                Ok(Requested::UnderWay)
            }
            (OrderStatus::Paid, Some(service)) => {
                ask_again(tx, now, &context, &service).await?;
                Ok(Requested::UnderWay)
            }
            (OrderStatus::Active, _) => Ok(Requested::Active),
            (status, _) => Ok(Requested::NotPaid(status)),
        }
    });
    ctx.job_notify.notify_one();
    match result {
        // The other tap was first.
        Err(store::Error::Duplicate(UniqueKey::ServicesOrder)) => Ok(Requested::UnderWay),
        result => Ok(result?),
    }
}

/// Queues a failed service's set-up anew, with all its tries. One that is under way goes on as it is.
pub(crate) async fn ask_again(
    tx: &mut Tx,
    now: Timestamp,
    context: &AuditContext,
    service: &Service,
) -> store::Result<()> {
    if service.status() == ServiceStatus::Failed {
        services::advance(tx, now, context, service, ServiceEvent::AskedAgain, None).await?;
    }
    jobs::queue(tx, now, JobKind::Provision, service.id.0, now).await
}

/// One try. The job's lease is carried in every write: a worker that slept through it cannot write.
pub async fn provision(ctx: &AppContext, job: &JobRow) -> Result<()> {
    let Some(begun) = begin(ctx, job).await? else { return Ok(()) };
    (ctx.failpoint)("provision.reserved");
    let ensured = tokio::time::timeout(TRY_LIMIT, account::ensure(ctx, job, begun)).await;
    match ensured {
        Ok(Ok(service)) => {
            (ctx.failpoint)("provision.shown");
            finish::activate(ctx, job, &service).await?;
            (ctx.failpoint)("provision.activated");
            Ok(())
        }
        Ok(Err(Trouble::Locked(why))) => finish::pause(ctx, job, &why).await,
        Ok(Err(Trouble::Again(why))) => finish::again_or_give_up(ctx, job, &why).await,
        Ok(Err(Trouble::Person(why))) => finish::give_up(ctx, job, &why).await,
        Ok(Err(Trouble::Broken(error))) => Err(error),
        Err(_) => finish::again_or_give_up(ctx, job, "the try took longer than 120 seconds").await,
    }
}

/// The first half: may it be set up at all, and under which name. Commits username and password before any call.
async fn begin(ctx: &AppContext, job: &JobRow) -> Result<Option<Service>> {
    let (now, context) = (ctx.now(), AuditContext::worker());
    let taken = tx!(&ctx.db, tx => {
        jobs::renew_lease(tx, now, job, ctx.lease_end()).await?;
        if let Some((until, reason)) = circuit_breakers::current(tx, now).await? {
            jobs::reschedule(tx, job, until, &reason, true).await?;
            return Ok(None);
        }
        let Some(service) = services::by_id(tx, ServiceId(job.subject)).await? else {
            jobs::finish(tx, job).await?;
            return Ok(None);
        };
        if !matches!(service.status(), ServiceStatus::Requested | ServiceStatus::Provisioning) {
            jobs::finish(tx, job).await?;
            return Ok(None);
        }
        if service.order.status != OrderStatus::Paid {
            finish::not_wanted(tx, now, job, &service).await?;
            return Ok(None);
        }
        services::advance(tx, now, &context, &service, ServiceEvent::TryStarted, None).await?;
        note(tx, now, &service, "status_update", "provisioning", &format!("try {}", job.attempt), true).await?;
        services::by_id(tx, service.id).await
    })?;
    let Some(service) = taken else { return Ok(None) };
    (ctx.failpoint)("provision.begun");
    if job.attempt > ctx.settings.provision_tries {
        // The worker of the last try died in it.
        finish::give_up(ctx, job, "the last try was cut off").await?;
        return Ok(None);
    }
    match service.username() {
        Some(_) => Ok(Some(service)),
        None => reserve(ctx, job, &service).await.map(Some),
    }
}

/// Takes the next free username for the service, with a password of its own, and commits both.
async fn reserve(ctx: &AppContext, job: &JobRow, service: &Service) -> Result<Service> {
    let seed = seed(service, &ctx.settings.temp_domain);
    for nth in 0..10_000 {
        let candidate = Username::candidate(&seed, nth);
        if service.username() == Some(&candidate) {
            continue;
        }
        let password = random::panel_password(candidate.as_str());
        let sealed = ctx.keys.seal("services", service.id.0, "password", &password);
        let now = ctx.now();
        let reserved = tx!(&ctx.db, tx => {
            jobs::renew_lease(tx, now, job, ctx.lease_end()).await?;
            if services::username_taken(tx, candidate.as_str()).await? || logs::was_foreign(tx, service.id, candidate.as_str()).await? {
                return Ok(None);
            }
            let old = service.username().map(Username::as_str);
            services::reserve(tx, now, service.id, old, candidate.as_str(), &sealed).await?;
            note(tx, now, service, "reserve", "done", &format!("username {candidate}"), true).await?;
            services::by_id(tx, service.id).await
        });
        match reserved {
            Ok(Some(service)) => return Ok(service),
            Ok(None) => {}
            Err(store::Error::Duplicate(UniqueKey::ServicesUsername)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(Error::internal("ten thousand usernames were taken"))
}

/// What the username is made from: the domain, or the e-mail where the domain is a temporary one.
fn seed(service: &Service, temp_domain: &Hostname) -> String {
    let temporary = is_temporary(&service.domain, temp_domain);
    let email = service.order.customer_email.split('@').next().unwrap_or_default();
    match Hostname::parse(&service.domain) {
        Some(domain) if !temporary => domain.first_label().to_owned(),
        Some(_) | None => email.to_owned(),
    }
}

async fn note(
    tx: &mut Tx,
    now: Timestamp,
    service: &Service,
    step: &str,
    status: &str,
    message: &str,
    success: bool,
) -> store::Result<()> {
    let step = NewStep { step, status, message, request: None, response: None, username: None, success };
    logs::note(tx, now, service, &step).await
}
