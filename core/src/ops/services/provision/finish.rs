//! How a try ends: active, again later, paused, or given to a person.
use super::note;
use crate::{
    AppContext,
    domain::{
        actor::AuditContext,
        attention::AttentionKind,
        ids::ServiceId,
        order::{OrderEvent, OrderStatus},
        service::{Service, ServiceEvent, ServiceStatus},
        time::Timestamp,
    },
    mail::Mail,
    ops::Result,
    store::{
        Tx,
        attention::{self, NewEntry},
        circuit_breakers,
        jobs::{self, JobRow},
        logs, mails, orders, services, users,
    },
    tx,
};

/// For how long a panel that refuses us is left alone, in seconds.
const PAUSE_SECONDS: i64 = 60;

/// Service and order become active in one transaction, with one mail.
pub(super) async fn activate(ctx: &AppContext, job: &JobRow, service: &Service) -> Result<()> {
    let (now, context) = (ctx.now(), AuditContext::worker());
    let url = ctx.panel.end_user_url().to_owned();
    tx!(&ctx.db, tx => {
        jobs::renew_lease(tx, now, job, ctx.lease_end()).await?;
        let Some(service) = services::by_id(tx, service.id).await? else { return jobs::finish(tx, job).await };
        let Some(order) = orders::by_id(tx, service.order.id).await? else { return jobs::finish(tx, job).await };
        if order.status() != OrderStatus::Paid || service.status() != ServiceStatus::Provisioning {
            return not_wanted(tx, now, job, &service).await;
        }
        let paid_until = now.plus_months(service.order.months);
        services::advance(tx, now, &context, &service, ServiceEvent::Shown, None).await?;
        services::note_active(tx, service.id, &url, now, paid_until).await?;
        orders::advance(tx, now, &context, &order, OrderEvent::ServiceActivated, None).await?;
        note(tx, now, &service, "status_update", "active", "the panel shows the account", true).await?;
        attention::solved(tx, now, &failed_key(service.id), "a later try succeeded").await?;
        if circuit_breakers::end(tx).await? {
            attention::solved(tx, now, PANEL_KEY, "the panel takes us again").await?;
        }
        if let Some(user) = users::by_id(tx, service.order.user_id).await? {
            let mail = Mail::ServiceReady {
                name: user.name,
                order_number: order.uuid.number(),
                service_id: service.id.0,
                domain: service.domain.clone(),
                is_temporary: super::is_temporary(&service.domain, &ctx.settings.temp_domain),
                username: service.username().map(ToString::to_string).unwrap_or_default(),
                panel_url: url.clone(),
                paid_until: paid_until.0,
            };
            mails::queue(tx, now, &user.email, &order.locale, Some(order.id), &mail).await?;
        }
        (ctx.failpoint)("provision.activating");
        jobs::finish(tx, job).await
    })?;
    tracing::info!(service = service.id.0, order = %service.order.uuid, "service is active");
    ctx.job_notify.notify_one();
    Ok(())
}

/// The next try later, or none any more.
pub(super) async fn again_or_give_up(ctx: &AppContext, job: &JobRow, why: &str) -> Result<()> {
    if job.attempt >= ctx.settings.provision_tries {
        return give_up(ctx, job, why).await;
    }
    let backoff = &ctx.settings.provision_backoff;
    let nth = usize::try_from(job.attempt - 1).unwrap_or(0);
    let seconds = backoff.get(nth).or(backoff.last()).copied().unwrap_or(60);
    let now = ctx.now();
    tracing::warn!(
        service = job.subject,
        attempt = job.attempt,
        why,
        "set-up failed; trying again in {seconds} s"
    );
    Ok(tx!(&ctx.db, tx => {
        jobs::renew_lease(tx, now, job, ctx.lease_end()).await?;
        if let Some(service) = services::by_id(tx, ServiceId(job.subject)).await? {
            note(tx, now, &service, "status_update", "failed", why, false).await?;
        }
        jobs::reschedule(tx, job, now.plus_seconds(seconds), why, false).await
    })?)
}

/// No more tries: the service failed, the order stays paid, the customer hears that we are on it, staff hear why.
pub(super) async fn give_up(ctx: &AppContext, job: &JobRow, why: &str) -> Result<()> {
    let (now, context) = (ctx.now(), AuditContext::worker());
    tracing::error!(service = job.subject, attempt = job.attempt, why, "set-up was given up");
    tx!(&ctx.db, tx => {
        jobs::renew_lease(tx, now, job, ctx.lease_end()).await?;
        let Some(service) = services::by_id(tx, ServiceId(job.subject)).await? else { return jobs::finish(tx, job).await };
        if service.order.status != OrderStatus::Paid || service.status() != ServiceStatus::Provisioning {
            return not_wanted(tx, now, job, &service).await;
        }
        services::advance(tx, now, &context, &service, ServiceEvent::GivenUp, Some(why)).await?;
        note(tx, now, &service, "status_update", "failed", why, false).await?;
        raise(tx, now, &service, AttentionKind::SetupFailed, why).await?;
        let number = service.order.uuid.number();
        if let Some(user) = users::by_id(tx, service.order.user_id).await? {
            let mail = Mail::SetupDelayed {
                name: user.name,
                order_uuid: service.order.uuid.to_string(),
                order_number: number.clone(),
                domain: service.domain.clone(),
            };
            mails::queue(tx, now, &user.email, &service.order.locale, Some(service.order.id), &mail).await?;
        }
        let mail = Mail::StaffSetupFailed {
            order_number: number,
            plan: service.plan.name.clone(),
            customer_name: service.order.customer_name.clone(),
            customer_email: service.order.customer_email.clone(),
            domain: service.domain.clone(),
            tries: job.attempt,
            error: why.to_owned(),
        };
        for (address, locale) in users::staff_addresses(tx).await? {
            mails::queue(tx, now, &address, &locale, Some(service.order.id), &mail).await?;
        }
        jobs::finish(tx, job).await
    })?;
    ctx.job_notify.notify_one();
    Ok(())
}

/// Ends a set-up that nobody wants any more: its order was cancelled, or staff ended the service. Where the panel was
/// asked for the account, it may be there, and a person decides about it.
pub(super) async fn not_wanted(
    tx: &mut Tx,
    now: Timestamp,
    job: &JobRow,
    service: &Service,
) -> crate::store::Result<()> {
    let asked = match service.username() {
        Some(username) => logs::was_sent(tx, service.id, username.as_str()).await?,
        None => false,
    };
    if asked {
        let why = "the panel was asked for the account, and then it was not wanted any more";
        raise(tx, now, service, AttentionKind::SetUpAfterCancel, why).await?;
    }
    let event = match service.status() {
        ServiceStatus::Requested | ServiceStatus::Provisioning if asked => Some(ServiceEvent::GivenUp),
        ServiceStatus::Requested | ServiceStatus::Provisioning => Some(ServiceEvent::Ended),
        ServiceStatus::Active
        | ServiceStatus::Failed
        | ServiceStatus::Suspended
        | ServiceStatus::Cancelled => None,
    };
    if let Some(event) = event {
        let why = Some("its order is not paid any more");
        services::advance(tx, now, &AuditContext::worker(), service, event, why).await?;
    }
    jobs::finish(tx, job).await
}

/// The panel refuses us, not this customer: nobody's tries are burnt, and staff hear of it once.
pub(super) async fn pause(ctx: &AppContext, job: &JobRow, why: &str) -> Result<()> {
    let now = ctx.now();
    let until = now.plus_seconds(PAUSE_SECONDS);
    tracing::error!(why, "the panel refuses us; set-ups are paused for {PAUSE_SECONDS} s");
    Ok(tx!(&ctx.db, tx => {
        jobs::renew_lease(tx, now, job, ctx.lease_end()).await?;
        circuit_breakers::set(tx, until, why).await?;
        let entry = NewEntry::new(AttentionKind::PanelRefusesUs, PANEL_KEY.into(), why);
        attention::raise(tx, now, &entry).await?;
        jobs::reschedule(tx, job, until, why, true).await
    })?)
}

const PANEL_KEY: &str = "panel_refuses_us";

fn failed_key(service: ServiceId) -> String {
    format!("setup_failed:{service}")
}

async fn raise(
    tx: &mut Tx,
    now: Timestamp,
    service: &Service,
    kind: AttentionKind,
    details: &str,
) -> crate::store::Result<()> {
    let entry = NewEntry {
        order: Some(service.order.id),
        service: Some(service.id),
        ..NewEntry::new(kind, format!("{kind}:{}", service.id), details)
    };
    attention::raise(tx, now, &entry).await.map(drop)
}
