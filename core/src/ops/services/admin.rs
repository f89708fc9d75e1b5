//! A hosted account as staff have it before them: all that is known of it, its password, its panel.
use crate::domain::session::StaffSession;
use crate::ops::{
    Caller, Result, rate_limits,
    services::{by_id, panel_password},
};
use crate::{
    AppContext,
    domain::{
        audit_action::AuditAction,
        field_error::FieldError,
        ids::{ServiceId, UserId},
        service::{Service, ServiceEvent, ServiceStatus},
        service_action::ServiceAction,
        time::{Day, Timestamp},
    },
    panel::PanelError,
    read,
    store::{
        audit,
        event_feed::{self, ChangeRow},
        jobs::{self, JobKind},
        logs::{self, StepRow},
        rate_limit_events, services,
    },
    tx,
};
use std::time::Duration;

/// A service with all that its page shows.
pub struct ServiceView {
    pub service: Service,
    /// What was done on the panel, oldest first.
    pub steps: Vec<TriedStep>,
    /// How its state came about, oldest first.
    pub changes: Vec<ChangeRow>,
    /// When its set-up is tried next, where it is.
    pub next_try_at: Option<Timestamp>,
    /// How often it was tried since it was asked for last.
    pub tries: i64,
}

/// A step, and the try of the set-up that it belongs to.
pub struct TriedStep {
    pub row: StepRow,
    /// From 1, over the service's life; none where it was done to an account that is set up.
    pub attempt: Option<i64>,
}

/// A try begins and ends with an update of the state; what comes after its end, until the next begins, belongs to none.
fn by_try(steps: Vec<StepRow>) -> Vec<TriedStep> {
    let (mut begun, mut is_on) = (0, false);
    let mut tried = Vec::with_capacity(steps.len());
    for row in steps {
        let is_update = row.step == "status_update";
        if is_update && row.status == "provisioning" {
            begun += 1;
            is_on = true;
        }
        let is_end = is_update && row.status != "provisioning";
        tried.push(TriedStep { row, attempt: is_on.then_some(begun) });
        is_on = is_on && !is_end;
    }
    tried
}

/// The service and all that its page shows.
pub async fn view(ctx: &AppContext, id: ServiceId) -> Result<Option<ServiceView>> {
    Ok(read!(&ctx.db, tx => {
        let Some(service) = services::by_id(tx, id).await? else { return Ok(None) };
        let steps = logs::of_service(tx, id).await?;
        let changes = event_feed::of(tx, "service", id.0).await?;
        let next_try = jobs::next_try(tx, JobKind::Provision, id.0).await?;
        let asked = |change: &&ChangeRow| change.event == ServiceEvent::AskedAgain.into_str();
        let asked_at = changes.iter().rfind(asked).map_or(service.created_at, |change| change.created_at);
        let is_try = |step: &&StepRow| {
            step.step == "status_update" && step.status == "provisioning" && step.created_at >= asked_at
        };
        let tries = match next_try {
            Some((_, tries)) => tries,
            None => i64::try_from(steps.iter().filter(is_try).count()).unwrap_or(i64::MAX),
        };
        let steps = by_try(steps);
        Ok(Some(ServiceView { service, steps, changes, next_try_at: next_try.map(|(at, _)| at), tries }))
    })?)
}

/// What was done on the panel for the service, oldest first. None where there is no such service.
pub async fn steps(ctx: &AppContext, id: ServiceId) -> Result<Option<Vec<TriedStep>>> {
    Ok(read!(&ctx.db, tx => match services::by_id(tx, id).await? {
        Some(_) => Ok(Some(by_try(logs::of_service(tx, id).await?))),
        None => Ok(None),
    })?)
}

/// How asking for a customer's panel password ended.
pub enum Revealed {
    /// The panel password. It was in the audit log before it was here.
    Password(String),
    /// There is none that may be shown.
    NotNow(ServiceStatus),
    /// This member of staff saw too many; when they may see the next one.
    Limited(Timestamp),
    /// There is no such service.
    NoService,
}

/// Shows a member of staff a service's panel password. It is counted and noted in one transaction, and then opened.
pub async fn reveal(ctx: &AppContext, caller: &Caller, staff: UserId, id: ServiceId) -> Result<Revealed> {
    let Some(service) = by_id(ctx, id).await? else { return Ok(Revealed::NoService) };
    if !ServiceAction::Reveal.is_possible(&service) {
        return Ok(Revealed::NotNow(service.status()));
    }
    if let Some(again) = note_told(ctx, caller, staff, id, AuditAction::ServicePasswordShown, None).await? {
        return Ok(Revealed::Limited(again));
    }
    Ok(Revealed::Password(panel_password(ctx, id).await?))
}

/// Counts and notes that a password is about to be told, unless it were too many within the hour: then, when the next may be.
async fn note_told(
    ctx: &AppContext,
    caller: &Caller,
    staff: UserId,
    id: ServiceId,
    action: AuditAction,
    details: Option<&str>,
) -> Result<Option<Timestamp>> {
    let (now, most, who) = (ctx.now(), ctx.settings.limits.reveal_staff, staff.to_string());
    Ok(tx!(&ctx.db, tx => {
        let times = rate_limit_events::since(tx, "reveal", &who, now.minus_seconds(rate_limits::HOUR)).await?;
        if let Some(again) = rate_limits::free_again(&times, most, rate_limits::HOUR, now) {
            return Ok(Some(again));
        }
        rate_limit_events::insert(tx, now, "reveal", &who).await?;
        audit::append(tx, now, &caller.audit_context(), action, Some(id.0), details).await?;
        Ok(None)
    })?)
}

/// A login as a device keeps it.
pub struct KeptLogin {
    pub service: Service,
    pub password: String,
    /// Then the device forgets it.
    pub until: Timestamp,
}

/// How asking for a login to keep ended.
pub enum Kept {
    /// The login. It was in the audit log before it was here.
    Login(Box<KeptLogin>),
    /// It cannot be kept for so long.
    FieldError(FieldError),
    /// There is no password that may be told.
    NotNow(ServiceStatus),
    /// This member of staff saw too many; when they may see the next one.
    Limited(Timestamp),
    /// There is no such service.
    NoService,
}

/// The most days that a login is kept on a device.
const MOST_DAYS: i64 = 30;

/// Gives a device of staff a service's login to keep for offline use. The record has who, where and until when before
/// anything is told: later nobody can ask the device.
pub async fn keep(
    ctx: &AppContext,
    caller: &Caller,
    staff_session: &StaffSession,
    id: ServiceId,
    days: i64,
) -> Result<Kept> {
    if !(1..=MOST_DAYS).contains(&days) {
        return Ok(Kept::FieldError(FieldError::new("days", "wrong")));
    }
    let Some(service) = by_id(ctx, id).await? else { return Ok(Kept::NoService) };
    if !ServiceAction::Reveal.is_possible(&service) {
        return Ok(Kept::NotNow(service.status()));
    }
    let until = ctx.now().plus_seconds(days * 24 * 3600);
    let clock = until.east_africa();
    let details = format!(
        "until {} {:02}:{:02}, on {}",
        Day::of(until),
        clock.hour(),
        clock.minute(),
        staff_session.device
    );
    let action = AuditAction::ServiceCredentialsKept;
    if let Some(again) = note_told(ctx, caller, staff_session.user.id, id, action, Some(&details)).await? {
        return Ok(Kept::Limited(again));
    }
    let password = panel_password(ctx, id).await?;
    Ok(Kept::Login(Box::new(KeptLogin { service, password, until })))
}

/// Notes that a device does not keep the login any more. False where there is no such service.
pub async fn drop_kept(
    ctx: &AppContext,
    caller: &Caller,
    staff_session: &StaffSession,
    id: ServiceId,
) -> Result<bool> {
    if by_id(ctx, id).await?.is_none() {
        return Ok(false);
    }
    let (now, details) = (ctx.now(), format!("on {}", staff_session.device));
    tx!(&ctx.db, tx => {
        let action = AuditAction::ServiceCredentialsDropped;
        audit::append(tx, now, &caller.audit_context(), action, Some(id.0), Some(&details)).await
    })?;
    Ok(true)
}

/// How opening a customer's panel ended.
pub enum Opened {
    /// An address that signs in, once. It is a password: not logged, not kept.
    At(String),
    /// The service is not active.
    NotNow(ServiceStatus),
    /// The panel gave none.
    PanelSaidNo(PanelError),
    /// There is no such service.
    NoService,
}

/// How long staff wait for the panel's sign-on.
const PATIENCE: Duration = Duration::from_secs(8);

/// Signs a member of staff in to the customer's panel. The address is told only once the record has it.
pub async fn open_panel(ctx: &AppContext, caller: &Caller, id: ServiceId) -> Result<Opened> {
    let Some(service) = by_id(ctx, id).await? else { return Ok(Opened::NoService) };
    let Some(username) = service.username().filter(|_| ServiceAction::OpenPanel.is_possible(&service)) else {
        return Ok(Opened::NotNow(service.status()));
    };
    let signed_on = tokio::time::timeout(PATIENCE, ctx.panel.sign_on(username)).await;
    match signed_on.unwrap_or_else(|_| Err(PanelError::Unknown("no answer in time".into()))) {
        Ok(url) => {
            let now = ctx.now();
            tx!(&ctx.db, tx => {
                audit::append(tx, now, &caller.audit_context(), AuditAction::ServicePanelOpened, Some(id.0), None).await
            })?;
            Ok(Opened::At(url))
        }
        Err(why) => {
            tracing::warn!(service = id.0, %why, "signing on to the panel failed");
            Ok(Opened::PanelSaidNo(why))
        }
    }
}
