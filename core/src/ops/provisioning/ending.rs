//! How a try ends: active, again later, paused, or given to a person.
use super::note;
use crate::{
    Shop,
    domain::{
        attention::AttentionKind,
        ids::ServiceId,
        order::{OrderEvent, OrderStatus},
        service::{ServiceEvent, ServiceStatus},
        time::Moment,
    },
    mail::Mail,
    ops::Result,
    store::{
        By,
        attention::{self, NewEntry},
        jobs::{self, JobRow},
        logs, mails, orders, panel_pause,
        services::{self, ServiceRow},
        users,
    },
    tx,
};

/// For how long a panel that refuses us is left alone, in seconds.
const PAUSE_SECONDS: i64 = 60;

/// Service and order become active in one transaction, with one mail.
pub(super) async fn activate(shop: &Shop, job: &JobRow, service: &ServiceRow) -> Result<()> {
    let (now, by) = (shop.now(), By::worker());
    let url = shop.panel.end_user_url().to_owned();
    tx!(&shop.db, c => {
        jobs::hold(c, now, job, shop.lease_end()).await?;
        let Some(service) = services::by_id(c, service.id).await? else { return jobs::finish(c, job).await };
        let Some(order) = orders::by_id(c, service.order_id).await? else { return jobs::finish(c, job).await };
        if order.status != OrderStatus::Paid || service.status != ServiceStatus::Provisioning {
            return not_wanted(c, now, job, &service).await;
        }
        let paid_until = now.plus_months(service.duration_months);
        services::advance(c, now, &by, &service, ServiceEvent::Shown, None).await?;
        services::note_active(c, service.id, &url, now, paid_until).await?;
        orders::advance(c, now, &by, &order, OrderEvent::ServiceActivated, None).await?;
        note(c, now, &service, "status_update", "active", "the panel shows the account", true).await?;
        attention::solved(c, now, &failed_key(service.id), "a later try succeeded").await?;
        if panel_pause::end(c).await? {
            attention::solved(c, now, PANEL_KEY, "the panel takes us again").await?;
        }
        if let Some(user) = users::by_id(c, service.user_id).await? {
            let mail = Mail::ServiceReady {
                name: user.name,
                order_number: order.order_uuid.number(),
                service_id: service.id.0,
                domain: service.domain.clone(),
                is_temporary: super::is_temporary(&service.domain, &shop.rules.temp_domain),
                username: service.webuzo_username.clone().unwrap_or_default(),
                panel_url: url.clone(),
                paid_until: paid_until.0,
            };
            mails::queue(c, now, &user.email, &order.locale, Some(order.id), &mail).await?;
        }
        (shop.probe)("provision.activating");
        jobs::finish(c, job).await
    })?;
    tracing::info!(service = service.id.0, order = %service.order_uuid, "service is active");
    shop.bell.notify_one();
    Ok(())
}

/// The next try later, or none any more.
pub(super) async fn again_or_give_up(shop: &Shop, job: &JobRow, why: &str) -> Result<()> {
    if job.attempt >= shop.rules.provision_tries {
        return give_up(shop, job, why).await;
    }
    let backoff = &shop.rules.provision_backoff;
    let nth = usize::try_from(job.attempt - 1).unwrap_or(0);
    let seconds = backoff.get(nth).or(backoff.last()).copied().unwrap_or(60);
    let now = shop.now();
    tracing::warn!(
        service = job.subject,
        attempt = job.attempt,
        why,
        "set-up failed; trying again in {seconds} s"
    );
    Ok(tx!(&shop.db, c => {
        jobs::hold(c, now, job, shop.lease_end()).await?;
        if let Some(service) = services::by_id(c, ServiceId(job.subject)).await? {
            note(c, now, &service, "status_update", "failed", why, false).await?;
        }
        jobs::release(c, job, now.plus_seconds(seconds), why, false).await
    })?)
}

/// No more tries: the service failed, the order stays paid, the customer hears that we are on it, staff hear why.
pub(super) async fn give_up(shop: &Shop, job: &JobRow, why: &str) -> Result<()> {
    let (now, by) = (shop.now(), By::worker());
    tracing::error!(service = job.subject, attempt = job.attempt, why, "set-up was given up");
    tx!(&shop.db, c => {
        jobs::hold(c, now, job, shop.lease_end()).await?;
        let Some(service) = services::by_id(c, ServiceId(job.subject)).await? else { return jobs::finish(c, job).await };
        if service.order_status != OrderStatus::Paid || service.status != ServiceStatus::Provisioning {
            return not_wanted(c, now, job, &service).await;
        }
        services::advance(c, now, &by, &service, ServiceEvent::GivenUp, Some(why)).await?;
        note(c, now, &service, "status_update", "failed", why, false).await?;
        raise(c, now, &service, AttentionKind::SetupFailed, why).await?;
        let number = service.order_uuid.number();
        if let Some(user) = users::by_id(c, service.user_id).await? {
            let mail = Mail::SetupDelayed {
                name: user.name,
                order_uuid: service.order_uuid.to_string(),
                order_number: number.clone(),
                domain: service.domain.clone(),
            };
            mails::queue(c, now, &user.email, &service.locale, Some(service.order_id), &mail).await?;
        }
        let mail = Mail::StaffSetupFailed {
            order_number: number,
            plan: service.plan_name.clone(),
            customer_name: service.customer_name.clone(),
            customer_email: service.customer_email.clone(),
            domain: service.domain.clone(),
            tries: job.attempt,
            error: why.to_owned(),
        };
        for (address, locale) in users::staff_addresses(c).await? {
            mails::queue(c, now, &address, &locale, Some(service.order_id), &mail).await?;
        }
        jobs::finish(c, job).await
    })?;
    shop.bell.notify_one();
    Ok(())
}

/// Ends a set-up that nobody wants any more: its order was cancelled, or staff ended the service. Where the panel was
/// asked for the account, it may be there, and a person decides about it.
pub(super) async fn not_wanted(
    c: &mut sqlx::AnyConnection,
    now: Moment,
    job: &JobRow,
    service: &ServiceRow,
) -> crate::store::Result<()> {
    let asked = match &service.webuzo_username {
        Some(username) => logs::was_sent(c, service.id, username).await?,
        None => false,
    };
    if asked {
        let why = "the panel was asked for the account, and then it was not wanted any more";
        raise(c, now, service, AttentionKind::SetUpAfterCancel, why).await?;
    }
    let event = match service.status {
        ServiceStatus::Requested | ServiceStatus::Provisioning if asked => Some(ServiceEvent::GivenUp),
        ServiceStatus::Requested | ServiceStatus::Provisioning => Some(ServiceEvent::Ended),
        ServiceStatus::Active
        | ServiceStatus::Failed
        | ServiceStatus::Suspended
        | ServiceStatus::Cancelled => None,
    };
    if let Some(event) = event {
        let why = Some("its order is not paid any more");
        services::advance(c, now, &By::worker(), service, event, why).await?;
    }
    jobs::finish(c, job).await
}

/// The panel refuses us, not this customer: nobody's tries are burnt, and staff hear of it once.
pub(super) async fn pause(shop: &Shop, job: &JobRow, why: &str) -> Result<()> {
    let now = shop.now();
    let until = now.plus_seconds(PAUSE_SECONDS);
    tracing::error!(why, "the panel refuses us; set-ups are paused for {PAUSE_SECONDS} s");
    Ok(tx!(&shop.db, c => {
        jobs::hold(c, now, job, shop.lease_end()).await?;
        panel_pause::set(c, until, why).await?;
        let entry = NewEntry::new(AttentionKind::PanelRefusesUs, PANEL_KEY.into(), why);
        attention::raise(c, now, &entry).await?;
        jobs::release(c, job, until, why, true).await
    })?)
}

const PANEL_KEY: &str = "panel_refuses_us";

fn failed_key(service: ServiceId) -> String {
    format!("setup_failed:{service}")
}

async fn raise(
    c: &mut sqlx::AnyConnection,
    now: Moment,
    service: &ServiceRow,
    kind: AttentionKind,
    details: &str,
) -> crate::store::Result<()> {
    let entry = NewEntry {
        order: Some(service.order_id),
        service: Some(service.id),
        ..NewEntry::new(kind, format!("{kind}:{}", service.id), details)
    };
    attention::raise(c, now, &entry).await.map(drop)
}
