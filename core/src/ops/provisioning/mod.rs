//! Setting an account up: what is wanted is committed first, then the panel is called, then what it showed is kept.
//!
//! Knows nothing of money: a service is set up because its order is paid when a try begins and when it ends.
mod account;
mod ending;

use crate::{
    Shop,
    domain::{
        account::Username,
        hostname::Hostname,
        ids::{OrderUuid, ServiceId},
        order::OrderStatus,
        service::{ServiceEvent, ServiceStatus},
        time::Moment,
    },
    ops::{Caller, Error, Result},
    random,
    store::{
        self, By,
        jobs::{self, JobKind, JobRow},
        logs::{self, NewStep},
        orders::{self, OrderRow},
        panel_pause,
        services::{self, ServiceRow},
    },
    tx,
};
use account::Trouble;
pub(crate) use account::is_ours;
use sqlx::AnyConnection;
use std::time::Duration;

/// The longest that one try may take.
const TRY_LIMIT: Duration = Duration::from_secs(120);

/// Asks for a paid order's hosting: the service's row and its job, in the caller's transaction.
pub(crate) async fn request(
    c: &mut AnyConnection,
    shop: &Shop,
    now: Moment,
    by: &By,
    order: &OrderRow,
) -> store::Result<ServiceId> {
    let domain =
        order.domain.clone().unwrap_or_else(|| temporary_name(order.order_uuid, &shop.rules.temp_domain));
    let id = services::insert(c, now, by, order.id, &order.plan_slug, &domain).await?;
    jobs::queue(c, now, JobKind::Provision, id.0, now).await?;
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
pub async fn finish_setup(shop: &Shop, caller: &Caller, uuid: OrderUuid) -> Result<Requested> {
    let (now, by) = (shop.now(), caller.by());
    let result = tx!(&shop.db, c => {
        let Some(order) = orders::by_uuid(c, uuid).await? else { return Ok(Requested::NoSuchOrder) };
        if caller.user != Some(order.user_id) {
            return Ok(Requested::NoSuchOrder);
        }
        let service = services::of_order(c, order.id).await?;
        match (order.status, service) {
            (OrderStatus::Paid, None) => {
                request(c, shop, now, &by, &order).await?;
                Ok(Requested::UnderWay)
            }
            (OrderStatus::Paid, Some(service)) => {
                ask_again(c, now, &by, &service).await?;
                Ok(Requested::UnderWay)
            }
            (OrderStatus::Active, _) => Ok(Requested::Active),
            (status, _) => Ok(Requested::NotPaid(status)),
        }
    });
    shop.bell.notify_one();
    match result {
        // The other tap was first.
        Err(error) if error.is_duplicate() => Ok(Requested::UnderWay),
        result => Ok(result?),
    }
}

/// Queues a failed service's set-up anew, with all its tries. One that is under way goes on as it is.
pub(crate) async fn ask_again(
    c: &mut AnyConnection,
    now: Moment,
    by: &By,
    service: &ServiceRow,
) -> store::Result<()> {
    if service.status == ServiceStatus::Failed {
        services::advance(c, now, by, service, ServiceEvent::AskedAgain, None).await?;
    }
    jobs::queue(c, now, JobKind::Provision, service.id.0, now).await
}

/// One try. The job's lease is carried in every write: a worker that slept through it cannot write.
pub async fn provision(shop: &Shop, job: &JobRow) -> Result<()> {
    let Some(begun) = begin(shop, job).await? else { return Ok(()) };
    (shop.probe)("provision.reserved");
    let ensured = tokio::time::timeout(TRY_LIMIT, account::ensure(shop, job, begun)).await;
    match ensured {
        Ok(Ok(service)) => {
            (shop.probe)("provision.shown");
            ending::activate(shop, job, &service).await?;
            (shop.probe)("provision.activated");
            Ok(())
        }
        Ok(Err(Trouble::Locked(why))) => ending::pause(shop, job, &why).await,
        Ok(Err(Trouble::Again(why))) => ending::again_or_give_up(shop, job, &why).await,
        Ok(Err(Trouble::Person(why))) => ending::give_up(shop, job, &why).await,
        Ok(Err(Trouble::Broken(error))) => Err(error),
        Err(_) => ending::again_or_give_up(shop, job, "the try took longer than 120 seconds").await,
    }
}

/// The first half: may it be set up at all, and under which name. Commits username and password before any call.
async fn begin(shop: &Shop, job: &JobRow) -> Result<Option<ServiceRow>> {
    let (now, by) = (shop.now(), By::worker());
    let taken = tx!(&shop.db, c => {
        jobs::hold(c, now, job, shop.lease_end()).await?;
        if let Some((until, reason)) = panel_pause::current(c, now).await? {
            jobs::release(c, job, until, &reason, true).await?;
            return Ok(None);
        }
        let Some(service) = services::by_id(c, ServiceId(job.subject)).await? else {
            jobs::finish(c, job).await?;
            return Ok(None);
        };
        if !matches!(service.status, ServiceStatus::Requested | ServiceStatus::Provisioning) {
            jobs::finish(c, job).await?;
            return Ok(None);
        }
        if service.order_status != OrderStatus::Paid {
            ending::not_wanted(c, now, job, &service).await?;
            return Ok(None);
        }
        services::advance(c, now, &by, &service, ServiceEvent::TryStarted, None).await?;
        note(c, now, &service, "status_update", "provisioning", &format!("try {}", job.attempt), true).await?;
        services::by_id(c, service.id).await
    })?;
    let Some(service) = taken else { return Ok(None) };
    (shop.probe)("provision.begun");
    if job.attempt > shop.rules.provision_tries {
        // The worker of the last try died in it.
        ending::give_up(shop, job, "the last try was cut off").await?;
        return Ok(None);
    }
    match &service.webuzo_username {
        Some(_) => Ok(Some(service)),
        None => reserve(shop, job, &service).await.map(Some),
    }
}

/// Takes the next free username for the service, with a password of its own, and commits both.
async fn reserve(shop: &Shop, job: &JobRow, service: &ServiceRow) -> Result<ServiceRow> {
    let seed = seed(service, &shop.rules.temp_domain);
    for nth in 0..10_000 {
        let candidate = Username::candidate(&seed, nth);
        if service.webuzo_username.as_deref() == Some(candidate.as_str()) {
            continue;
        }
        let password = random::panel_password(candidate.as_str());
        let sealed = shop.keys.seal("services", service.id.0, "password", &password);
        let now = shop.now();
        let reserved = tx!(&shop.db, c => {
            jobs::hold(c, now, job, shop.lease_end()).await?;
            if services::username_taken(c, candidate.as_str()).await? || logs::was_foreign(c, service.id, candidate.as_str()).await? {
                return Ok(None);
            }
            let old = service.webuzo_username.as_deref();
            services::reserve(c, now, service.id, old, candidate.as_str(), &sealed).await?;
            note(c, now, service, "reserve", "done", &format!("username {candidate}"), true).await?;
            services::by_id(c, service.id).await
        });
        match reserved {
            Ok(Some(service)) => return Ok(service),
            Ok(None) => {}
            Err(error) if error.is_duplicate() => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(Error::Broken("ten thousand usernames were taken"))
}

/// What the username is made from: the domain, or the e-mail where the domain is a temporary one.
fn seed(service: &ServiceRow, temp_domain: &Hostname) -> String {
    let temporary = is_temporary(&service.domain, temp_domain);
    let email = service.customer_email.split('@').next().unwrap_or_default();
    match Hostname::parse(&service.domain) {
        Some(domain) if !temporary => domain.first_label().to_owned(),
        Some(_) | None => email.to_owned(),
    }
}

async fn note(
    c: &mut AnyConnection,
    now: Moment,
    service: &ServiceRow,
    step: &str,
    status: &str,
    message: &str,
    success: bool,
) -> store::Result<()> {
    let step = NewStep { step, status, message, request: None, response: None, username: None, success };
    logs::note(c, now, service, &step).await
}
