//! Hosted accounts after their set-up: opening the panel, showing the password, switching off and on, deleting.
pub mod admin;
pub mod edit;
pub mod provision;

use crate::ops::{
    Caller, Error, Result, attention, auth,
    pagination::{Direction, PageResult, Wanted},
};
use crate::{
    AppContext,
    domain::{
        account::Username,
        audit_action::AuditAction,
        ids::{ServiceId, UserId},
        order::OrderStatus,
        service::{Service, ServiceEvent, ServiceStatus},
        service_action::ServiceAction,
        time::Timestamp,
    },
    mail::{Mail, PanelPassword},
    panel::{PanelError, Reply},
    read,
    store::{
        self, Tx, audit, lists,
        logs::{self, NewStep},
        mails, orders,
        search_terms::Noun,
        services, users,
    },
    tx,
};
use std::time::Duration;

pub use crate::store::{
    lists::services::{ServiceFilter, ServiceSort},
    logs::StepRow,
};

/// One service, whosever it is.
pub(in crate::ops) async fn by_id(ctx: &AppContext, id: ServiceId) -> Result<Option<Service>> {
    Ok(read!(&ctx.db, tx => services::by_id(tx, id).await)?)
}

/// One of the customer's own services.
pub async fn own(ctx: &AppContext, user: UserId, id: ServiceId) -> Result<Option<(Service, Vec<StepRow>)>> {
    Ok(read!(&ctx.db, tx => match services::by_id(tx, id).await? {
        Some(service) if service.order.user_id == user => {
            let steps = logs::of_service(tx, id).await?;
            Ok(Some((service, steps)))
        }
        Some(_) | None => Ok(None),
    })?)
}

/// All of the customer's services, active ones first.
pub async fn of(ctx: &AppContext, user: UserId) -> Result<Vec<Service>> {
    Ok(read!(&ctx.db, tx => services::of_user(tx, user, 100).await)?)
}

/// A page of the customer's services, active ones first, and how many there are in all. Pages count from 1.
pub async fn page(ctx: &AppContext, user: UserId, number: i64, per_page: i64) -> Result<(Vec<Service>, i64)> {
    Ok(read!(&ctx.db, tx => services::page_of(tx, user, (number - 1) * per_page, per_page).await)?)
}

/// A page of everybody's services, as staff look for them.
pub async fn search(
    ctx: &AppContext,
    filter: &ServiceFilter,
    sort: (ServiceSort, Direction),
    page: i64,
    per_page: i64,
) -> Result<PageResult<Service>> {
    let wanted = Wanted::new(&filter.q, page, per_page);
    let Some(slice) = wanted.slice() else { return Ok(wanted.too_far()) };
    let listed = read!(&ctx.db, tx => {
        let plan_search = wanted.plan_search(tx, Noun::Service).await?;
        lists::services::page(tx, filter, plan_search.as_ref(), sort, slice).await
    })?;
    Ok(wanted.page(listed))
}

/// How opening the panel ended.
#[derive(Debug)]
pub enum Opened {
    /// Send the browser there. The address is a password: not logged, not kept.
    At(String),
    /// There is no active service, or not this one.
    NoService,
    /// The panel does not answer; where to sign in by hand.
    ByHand { url: String, why: PanelError },
}

/// How long a customer waits for the panel's sign-on before the panel's own sign-in page has to do.
const PATIENCE: Duration = Duration::from_secs(8);

/// Signs the customer in to the panel, for the newest active service or for one of their own.
pub async fn panel_login(ctx: &AppContext, user: UserId, id: Option<ServiceId>) -> Result<Opened> {
    let all = of(ctx, user).await?;
    let service =
        all.into_iter().find(|s| s.status() == ServiceStatus::Active && id.is_none_or(|id| s.id == id));
    let Some(service) = service else { return Ok(Opened::NoService) };
    let Some(username) = service.username() else { return Ok(Opened::NoService) };
    let signed_on = tokio::time::timeout(PATIENCE, ctx.panel.sign_on(username)).await;
    match signed_on.unwrap_or_else(|_| Err(PanelError::Unknown("no answer in time".into()))) {
        Ok(url) => Ok(Opened::At(url)),
        Err(why) => {
            tracing::warn!(service = service.id.0, %why, "signing on to the panel failed");
            Ok(Opened::ByHand { url: ctx.panel.end_user_url().to_owned(), why })
        }
    }
}

/// How asking for the password ended.
pub enum Revealed {
    /// The panel password. Noted in the audit log before it was returned.
    Password(String),
    /// The account password was wrong.
    Wrong,
    /// Too many wrong ones; when to try again.
    Limited(Timestamp),
    /// No such service of this customer, or it has no password yet.
    NoService,
}

/// Shows a customer their own service's password, after the account's.
pub async fn reveal(
    ctx: &AppContext,
    caller: &Caller,
    user: &crate::domain::user::User,
    id: ServiceId,
    password: &str,
) -> Result<Revealed> {
    let Some((service, _)) = own(ctx, user.id, id).await? else { return Ok(Revealed::NoService) };
    if !service.has_password() {
        return Ok(Revealed::NoService);
    }
    match auth::reauthenticate(ctx, caller, user, "password", password).await {
        Err(Error::Invalid(_)) => return Ok(Revealed::Wrong),
        Err(Error::RateLimited(until)) => return Ok(Revealed::Limited(until)),
        confirmed => confirmed?,
    }
    let now = ctx.now();
    tx!(&ctx.db, tx => {
        audit::append(tx, now, &caller.audit_context(), AuditAction::ServicePasswordShown, Some(id.0), None).await
    })?;
    Ok(Revealed::Password(panel_password(ctx, id).await?))
}

/// The panel password of a service that has one.
pub(in crate::ops) async fn panel_password(ctx: &AppContext, id: ServiceId) -> Result<String> {
    let sealed = read!(&ctx.db, tx => services::sealed_password(tx, id).await)?
        .ok_or_else(|| Error::internal("a service with a password has none"))?;
    Ok(ctx.keys.open("services", id.0, "password", &sealed)?)
}

/// How a change on the panel ended.
#[derive(Debug, PartialEq, Eq)]
pub enum Changed {
    /// The panel did it, and our state says so.
    Done(ServiceStatus),
    /// It was so already; the panel was told once more, for where it is not.
    Already(ServiceStatus),
    /// The service is in no state for it.
    NotNow(ServiceStatus),
    /// The panel did not; nothing changed here.
    PanelSaidNo(PanelError),
    /// There is no such service.
    NoService,
}

/// Switches the account off on the panel, keeping everything. `reason` is kept.
pub async fn suspend(ctx: &AppContext, caller: &Caller, id: ServiceId, reason: &str) -> Result<Changed> {
    change(ctx, caller, id, ServiceEvent::Suspended, reason).await
}

/// Switches it on again.
pub async fn activate(ctx: &AppContext, caller: &Caller, id: ServiceId, reason: &str) -> Result<Changed> {
    change(ctx, caller, id, ServiceEvent::Resumed, reason).await
}

/// Deletes the account on the panel and ends the service; an active order is complete with it.
pub async fn delete(ctx: &AppContext, caller: &Caller, id: ServiceId, reason: &str) -> Result<Changed> {
    change(ctx, caller, id, ServiceEvent::Ended, reason).await
}

/// Queues a failed set-up anew; an active service stays as it is.
pub async fn reprovision(ctx: &AppContext, caller: &Caller, id: ServiceId) -> Result<Changed> {
    let now = ctx.now();
    let changed = tx!(&ctx.db, tx => {
        let Some(service) = services::by_id(tx, id).await? else { return Ok(Changed::NoService) };
        if !ServiceAction::Reprovision.is_possible(&service) {
            return Ok(Changed::NotNow(service.status()));
        }
        provision::ask_again(tx, now, &caller.audit_context(), &service).await?;
        Ok(Changed::Done(ServiceStatus::Requested))
    })?;
    ctx.job_notify.notify_one();
    Ok(changed)
}

async fn change(
    ctx: &AppContext,
    caller: &Caller,
    id: ServiceId,
    event: ServiceEvent,
    reason: &str,
) -> Result<Changed> {
    let Some(service) = read!(&ctx.db, tx => services::by_id(tx, id).await)? else {
        return Ok(Changed::NoService);
    };
    let wanted = match event {
        ServiceEvent::Suspended => ServiceStatus::Suspended,
        ServiceEvent::Resumed => ServiceStatus::Active,
        ServiceEvent::Ended => ServiceStatus::Cancelled,
        ServiceEvent::TryStarted | ServiceEvent::Shown | ServiceEvent::GivenUp | ServiceEvent::AskedAgain => {
            return Err(Error::internal("not a change that staff make"));
        }
    };
    let already = service.status() == wanted;
    if service.status() == ServiceStatus::Cancelled && already {
        return Ok(Changed::Already(wanted));
    }
    if !already && service.status().transition(event).is_err() {
        return Ok(Changed::NotNow(service.status()));
    }
    if let Some(username) = service.username()
        && let Err(error) = on_panel(ctx, &service, username, event).await?
    {
        return Ok(Changed::PanelSaidNo(error));
    }
    if already {
        return Ok(Changed::Already(wanted));
    }
    let (now, context) = (ctx.now(), caller.audit_context());
    let why = Some(reason).filter(|reason| !reason.is_empty());
    let changed = tx!(&ctx.db, tx => {
        services::advance(tx, now, &context, &service, event, why).await?;
        tell(tx, now, &service, event, reason).await?;
        if event == ServiceEvent::Ended
            && let Some(order) = orders::by_id(tx, service.order.id).await?
            && order.status() == OrderStatus::Active
        {
            orders::advance(tx, now, &context, &order, crate::domain::order::OrderEvent::ServiceEnded, why).await?;
        }
        Ok(())
    });
    match changed {
        Ok(()) => Ok(Changed::Done(wanted)),
        // Somebody else changed it while the panel was at it. Both told the panel; the state is whose write came first.
        Err(store::Error::Stale(_)) => {
            let now_is = read!(&ctx.db, tx => services::by_id(tx, id).await)?.map_or(wanted, |s| s.status());
            Ok(if now_is == wanted { Changed::Already(wanted) } else { Changed::NotNow(now_is) })
        }
        Err(error) => Err(error.into()),
    }
}

/// The customer hears that hosting is switched off or on again, in the transaction that makes it so.
async fn tell(
    tx: &mut Tx,
    now: Timestamp,
    service: &Service,
    event: ServiceEvent,
    reason: &str,
) -> store::Result<()> {
    let Some(user) = users::by_id(tx, service.order.user_id).await? else { return Ok(()) };
    let (name, order_number, domain) = (user.name, service.order.uuid.number(), service.domain.clone());
    let mail = match event {
        ServiceEvent::Suspended => {
            let reason = Some(reason.to_owned()).filter(|reason| !reason.is_empty());
            Mail::Suspended { name, order_number, domain, reason }
        }
        ServiceEvent::Resumed => Mail::Resumed { name, order_number, domain },
        ServiceEvent::TryStarted
        | ServiceEvent::Shown
        | ServiceEvent::GivenUp
        | ServiceEvent::AskedAgain
        | ServiceEvent::Ended => return Ok(()),
    };
    mails::queue(tx, now, &user.email, &user.locale, Some(service.order.id), &mail).await.map(drop)
}

/// How mailing an account's details ended.
#[derive(Debug, PartialEq, Eq)]
pub enum CredentialsSent {
    /// A mail to this address is queued.
    To(String),
    /// There is nothing to tell yet, or any more.
    NotNow(ServiceStatus),
    /// There is no such service.
    NoService,
}

/// Mails the customer where the account's details are. A link leads to where the password is shown; where the rules say
/// so, the mail holds it, and until it goes out only as the service's row holds it.
pub async fn send_credentials(ctx: &AppContext, caller: &Caller, id: ServiceId) -> Result<CredentialsSent> {
    let now = ctx.now();
    let queued = tx!(&ctx.db, tx => {
        let Some(service) = services::by_id(tx, id).await? else { return Ok(CredentialsSent::NoService) };
        let is_possible = ServiceAction::SendCredentials.is_possible(&service);
        let user = users::by_id(tx, service.order.user_id).await?.filter(|_| is_possible);
        let (Some(user), Some(username)) = (user, service.username().map(ToString::to_string)) else {
            return Ok(CredentialsSent::NotNow(service.status()));
        };
        let sealed = match ctx.settings.mails_passwords {
            true => services::sealed_password(tx, id).await?,
            false => None,
        };
        let told = if sealed.is_some() { "with the password" } else { "with a link" };
        let mail = Mail::Credentials {
            name: user.name,
            order_number: service.order.uuid.number(),
            service_id: id.0,
            domain: service.domain.clone(),
            username,
            panel_url: ctx.panel.end_user_url().to_owned(),
            password: sealed.map(|sealed| PanelPassword::Sealed { service: id.0, sealed }),
        };
        mails::queue(tx, now, &user.email, &user.locale, Some(service.order.id), &mail).await?;
        audit::append(tx, now, &caller.audit_context(), AuditAction::ServiceCredentialsSent, Some(id.0), Some(told)).await?;
        Ok(CredentialsSent::To(user.email))
    })?;
    ctx.job_notify.notify_one();
    Ok(queued)
}

/// Has the panel do it, and where the answer leaves a doubt, looks: only what the panel shows is true.
async fn on_panel(
    ctx: &AppContext,
    service: &Service,
    username: &Username,
    event: ServiceEvent,
) -> Result<Result<(), PanelError>> {
    if event == ServiceEvent::Ended && service.activated_at().is_none() {
        // The set-up never came to its end: what is there under that name may be somebody else's.
        let seen = ctx.panel.look(username).await;
        note(ctx, service, "look", &seen).await?;
        match seen.outcome {
            Ok(Some(account)) if provision::is_ours(ctx, service, &account).await? => {}
            Ok(_) => return Ok(Ok(())),
            Err(error) => return Ok(Err(error)),
        }
    }
    let reply = match event {
        ServiceEvent::Suspended => ctx.panel.suspend(username).await,
        ServiceEvent::Resumed => ctx.panel.resume(username).await,
        ServiceEvent::Ended
        | ServiceEvent::TryStarted
        | ServiceEvent::Shown
        | ServiceEvent::GivenUp
        | ServiceEvent::AskedAgain => ctx.panel.delete(username).await,
    };
    note(ctx, service, event.into_str(), &reply).await?;
    if matches!(reply.outcome, Ok(()) | Err(PanelError::Locked(_) | PanelError::NotSent(_))) {
        return Ok(reply.outcome);
    }
    let seen = ctx.panel.look(username).await;
    note(ctx, service, "look", &seen).await?;
    Ok(match (event, seen.outcome) {
        (ServiceEvent::Suspended, Ok(Some(account))) if account.is_suspended => Ok(()),
        (ServiceEvent::Resumed, Ok(Some(account))) if !account.is_suspended => Ok(()),
        // Deleting what is not there is done.
        (ServiceEvent::Ended, Ok(None)) => Ok(()),
        (_, _) => reply.outcome,
    })
}

pub(in crate::ops) async fn note<T: Send + Sync>(
    ctx: &AppContext,
    service: &Service,
    step: &str,
    reply: &Reply<T>,
) -> Result<()> {
    let (status, message) = match &reply.outcome {
        Ok(_) => ("done", "the panel answered".to_owned()),
        Err(PanelError::Unknown(why)) => ("unknown", why.clone()),
        Err(error) => ("failed", error.to_string()),
    };
    let step = NewStep {
        step,
        status,
        message: &message,
        request: Some(&reply.request),
        response: Some(&reply.response),
        username: service.username().map(Username::as_str),
        success: reply.outcome.is_ok(),
    };
    let now = ctx.now();
    Ok(tx!(&ctx.db, tx => {
        attention::note_panel(tx, now, step.step, &reply.outcome).await?;
        logs::note(tx, now, service, &step).await
    })?)
}
