//! How an attempt ends: an active service, a later attempt, an open circuit breaker, or a service that
//! failed.
use crate::{
    AppContext,
    domain::{
        actor::AuditContext,
        attention::AttentionKind,
        ids::ServiceId,
        job::Job,
        order::{OrderEvent, OrderStatus},
        provisioning::{ProvisioningStep, StepStatus},
        service::{Service, ServiceEvent, ServiceStatus, Term},
        time::Timestamp,
    },
    mail::{Mail, ServiceReady, SetupDelayed, StaffSetupFailed},
    ops::Result,
    store::{
        self, Tx,
        attention::{self, NewItem},
        circuit_breakers, jobs, mails, orders, panel_requests,
        provisioning_logs::{self, NewLog},
        services, users,
    },
    tx,
};

/// How long the circuit breaker stays open, in seconds.
const CIRCUIT_OPEN_SECONDS: i64 = 60;

/// Makes service and order active in one transaction, with one mail.
pub(super) async fn activate(ctx: &AppContext, job: &Job, service: &Service) -> Result<()> {
    let (now, context) = (ctx.now(), AuditContext::worker());
    let url = ctx.panel.end_user_url();
    tx!(&ctx.db, tx => {
        jobs::renew_lease(tx, now, job, ctx.lease_end()).await?;
        let Some(service) = services::by_id(tx, service.id).await? else {
            return jobs::finish(tx, job).await;
        };
        let Some(order) = orders::by_id(tx, service.order.id).await? else {
            return jobs::finish(tx, job).await;
        };
        if order.status() != OrderStatus::Paid || service.status() != ServiceStatus::Provisioning {
            return abandon(tx, now, job, &service).await;
        }
        let term = Term { activated_at: now, paid_until: now.plus_months(service.order.months) };
        services::activate(tx, now, &context, &service, term, url).await?;
        orders::advance(tx, now, &context, &order, OrderEvent::ServiceActivated, None).await?;
        let status = StepStatus::Active;
        let log = NewLog::new(ProvisioningStep::StatusUpdate, status, "the panel shows the account");
        provisioning_logs::insert(tx, now, &service, &log).await?;
        attention::solved(tx, now, &failed_key(service.id), "a later try succeeded").await?;
        if circuit_breakers::close(tx).await? {
            attention::solved(tx, now, PANEL_KEY, "the panel takes us again").await?;
        }
        if let Some(user) = users::by_id(tx, service.order.user_id).await? {
            let mail = Mail::ServiceReady(ServiceReady {
                name: user.name,
                order_number: service.order.uuid.number(),
                service_id: service.id.0,
                domain: service.domain.clone(),
                is_temporary: ctx.settings.temp_domain.is_above(&service.domain),
                username: service.username().map(ToString::to_string).unwrap_or_default(),
                panel_url: url.to_owned(),
                paid_until: term.paid_until.0,
            });
            mails::queue(tx, now, &user.email, &service.order.locale, Some(service.order.id), &mail).await?;
        }
        (ctx.failpoint)("provision.activating");
        jobs::finish(tx, job).await
    })?;
    tracing::info!(service = service.id.0, order = %service.order.uuid, "service is active");
    ctx.job_notify.notify_one();
    Ok(())
}

/// Schedules the next attempt, or gives up after the last one.
pub(super) async fn retry_or_give_up(ctx: &AppContext, job: &Job, id: ServiceId, why: &str) -> Result<()> {
    if job.attempt >= ctx.settings.provision_tries {
        return give_up(ctx, job, id, why).await;
    }
    let backoff = &ctx.settings.provision_backoff;
    let nth = usize::try_from(job.attempt - 1).unwrap_or(0);
    let seconds = backoff.get(nth).or(backoff.last()).copied().unwrap_or(60);
    let now = ctx.now();
    tracing::warn!(service = id.0, attempt = job.attempt, why, "set-up failed; trying again in {seconds} s");
    Ok(tx!(&ctx.db, tx => {
        jobs::renew_lease(tx, now, job, ctx.lease_end()).await?;
        if let Some(service) = services::by_id(tx, id).await? {
            log_failure(tx, now, &service, why).await?;
        }
        jobs::reschedule(tx, job, now.plus_seconds(seconds), why, false).await
    })?)
}

/// Ends the attempts: the service has failed, its order stays paid, and customer and staff get a mail.
pub(super) async fn give_up(ctx: &AppContext, job: &Job, id: ServiceId, why: &str) -> Result<()> {
    let (now, context) = (ctx.now(), AuditContext::worker());
    tracing::error!(service = id.0, attempt = job.attempt, why, "set-up was given up");
    tx!(&ctx.db, tx => {
        jobs::renew_lease(tx, now, job, ctx.lease_end()).await?;
        let Some(service) = services::by_id(tx, id).await? else {
            return jobs::finish(tx, job).await;
        };
        if service.order.status != OrderStatus::Paid || service.status() != ServiceStatus::Provisioning {
            return abandon(tx, now, job, &service).await;
        }
        services::advance(tx, now, &context, &service, ServiceEvent::GivenUp, Some(why)).await?;
        log_failure(tx, now, &service, why).await?;
        raise(tx, now, &service, AttentionKind::SetupFailed, why).await?;
        queue_failure_mails(tx, now, &service, job.attempt, why).await?;
        jobs::finish(tx, job).await
    })?;
    ctx.job_notify.notify_one();
    Ok(())
}

async fn queue_failure_mails(
    tx: &mut Tx,
    now: Timestamp,
    service: &Service,
    attempts: i64,
    why: &str,
) -> store::Result<()> {
    let order = &service.order;
    if let Some(user) = users::by_id(tx, order.user_id).await? {
        let mail = Mail::SetupDelayed(SetupDelayed {
            name: user.name,
            order_uuid: order.uuid.to_string(),
            order_number: order.uuid.number(),
            domain: service.domain.clone(),
        });
        mails::queue(tx, now, &user.email, &order.locale, Some(order.id), &mail).await?;
    }
    let mail = Mail::StaffSetupFailed(StaffSetupFailed {
        order_number: order.uuid.number(),
        plan: service.plan.name.clone(),
        customer_name: order.customer_name.clone(),
        customer_email: order.customer_email.clone(),
        domain: service.domain.clone(),
        tries: attempts,
        error: why.to_owned(),
    });
    for (address, locale) in users::staff_addresses(tx).await? {
        mails::queue(tx, now, &address, &locale, Some(order.id), &mail).await?;
    }
    Ok(())
}

/// Ends the set-up of a service whose order is not paid any more, or that staff have ended. Where the panel
/// was asked for the account, it may exist, and staff decide about it.
pub(super) async fn abandon(tx: &mut Tx, now: Timestamp, job: &Job, service: &Service) -> store::Result<()> {
    let may_exist = panel_requests::may_exist(tx, service.id, service.username()).await?;
    if may_exist {
        let why = "the panel was asked for the account, and then it was not wanted any more";
        raise(tx, now, service, AttentionKind::SetUpAfterCancel, why).await?;
    }
    let event = match service.status() {
        ServiceStatus::Requested | ServiceStatus::Provisioning if may_exist => Some(ServiceEvent::GivenUp),
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

/// The panel refuses our credentials: no attempt is used up, all set-ups wait, and staff hear of it once.
pub(super) async fn open_circuit_breaker(ctx: &AppContext, job: &Job, why: &str) -> Result<()> {
    let now = ctx.now();
    let until = now.plus_seconds(CIRCUIT_OPEN_SECONDS);
    tracing::error!(why, "the panel refuses us; set-ups are paused for {CIRCUIT_OPEN_SECONDS} s");
    Ok(tx!(&ctx.db, tx => {
        jobs::renew_lease(tx, now, job, ctx.lease_end()).await?;
        circuit_breakers::open(tx, until, why).await?;
        let item = NewItem::new(AttentionKind::PanelRefusesUs, PANEL_KEY.into(), why);
        attention::raise(tx, now, &item).await?;
        jobs::reschedule(tx, job, until, why, true).await
    })?)
}

const PANEL_KEY: &str = "panel_refuses_us";

fn failed_key(service: ServiceId) -> String {
    format!("setup_failed:{service}")
}

async fn log_failure(tx: &mut Tx, now: Timestamp, service: &Service, why: &str) -> store::Result<()> {
    let log = NewLog::new(ProvisioningStep::StatusUpdate, StepStatus::Failed, why);
    provisioning_logs::insert(tx, now, service, &log).await
}

async fn raise(
    tx: &mut Tx,
    now: Timestamp,
    service: &Service,
    kind: AttentionKind,
    details: &str,
) -> store::Result<()> {
    let item = NewItem {
        order: Some(service.order.id),
        service: Some(service.id),
        ..NewItem::new(kind, format!("{kind}:{}", service.id), details)
    };
    attention::raise(tx, now, &item).await.map(drop)
}
