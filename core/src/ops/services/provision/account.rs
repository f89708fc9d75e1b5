//! Makes sure that the panel has the account and that it is ours: look, create, look again.
use super::reserve::reserve;
use crate::{
    AppContext,
    domain::{
        account::Username,
        job::Job,
        provisioning::{PanelRequestOutcome, ProvisioningStep, StepStatus},
        service::Service,
    },
    ops::{Error, Result as OpResult, services::panel_log::log_call},
    panel::{Account, AccountSpec, OurPlan, PanelError, Reply},
    read,
    store::{
        jobs, panel_requests, plans,
        provisioning_logs::{self, NewLog},
        services,
    },
    tx,
};

/// Why an attempt ended without an account.
pub(super) enum AttemptError {
    /// Another attempt may succeed.
    Retry(String),
    /// Only staff can help.
    NeedsStaff(String),
    /// The panel refuses our credentials; it uses up no attempt of the customer.
    PanelLocked(String),
    /// The panel is not the cause: the lease has ended, or the database does not answer.
    Failed(Error),
}

impl From<Error> for AttemptError {
    fn from(error: Error) -> Self {
        AttemptError::Failed(error)
    }
}

impl From<PanelError> for AttemptError {
    fn from(error: PanelError) -> Self {
        match error {
            PanelError::Locked(why) => AttemptError::PanelLocked(why),
            PanelError::NotSent(_)
            | PanelError::Refused(_)
            | PanelError::Exists(_)
            | PanelError::Unknown(_)
            | PanelError::Missing => AttemptError::Retry(error.to_string()),
        }
    }
}

/// How many usernames of other accounts are skipped in one attempt.
const MAX_USERNAMES: usize = 5;

/// Returns once the panel has shown the account, as ours and with our password. An account that may be
/// another customer's is never taken.
pub(super) async fn ensure(
    ctx: &AppContext,
    job: &Job,
    mut service: Service,
) -> Result<Service, AttemptError> {
    for _ in 0..MAX_USERNAMES {
        let spec = account_spec(ctx, &service).await?;
        match look(ctx, job, &service, &spec.username).await? {
            Some(account) if is_ours(ctx, &service, &account).await? => {
                return take_over(ctx, job, service, &spec).await;
            }
            Some(account) => service = next_username(ctx, job, &service, &account).await?,
            None => match create(ctx, job, &service, &spec).await? {
                Created::Now => return verify(ctx, job, service, &spec).await,
                Created::Perhaps => return take_over(ctx, job, service, &spec).await,
                Created::Foreign(account) => service = next_username(ctx, job, &service, &account).await?,
            },
        }
    }
    Err(AttemptError::Retry("several usernames in a row belonged to others".into()))
}

async fn account_spec(ctx: &AppContext, service: &Service) -> Result<AccountSpec, AttemptError> {
    let (sealed, chosen) = read!(&ctx.db, tx => {
        let sealed = services::sealed_password(tx, service.id).await?;
        Ok((sealed, plans::panel_plan(tx, &service.plan.slug).await?))
    })
    .map_err(Error::from)?;
    let (Some(username), Some(sealed)) = (service.username().cloned(), sealed) else {
        return Err(Error::internal("an attempt began without a username and a password").into());
    };
    let password = ctx.keys.open("services", service.id.0, "password", &sealed).map_err(Error::from)?;
    Ok(AccountSpec {
        username,
        password: password.into(),
        domain: service.domain.clone(),
        email: service.order.customer_email.clone(),
        plan: OurPlan { slug: service.plan.slug.clone(), name: service.plan.name.clone(), chosen },
    })
}

/// An account is the service's where this service asked the panel for its username before *and* it has the
/// service's domain and e-mail address. The older contract creates accounts without a domain; there the
/// address decides.
pub(crate) async fn is_ours(ctx: &AppContext, service: &Service, account: &Account) -> OpResult<bool> {
    let username = Username::parse(&account.username);
    let may_exist = read!(&ctx.db, tx => panel_requests::may_exist(tx, service.id, username.as_ref()).await)?;
    let has_domain = account.domain == service.domain || account.domain.is_empty();
    Ok(may_exist && has_domain && account.email == service.order.customer_email)
}

enum Created {
    /// The panel said that it created the account.
    Now,
    /// This call or an earlier one created it: the panel shows it, and it is ours.
    Perhaps,
    /// The username belongs to another account.
    Foreign(Account),
}

async fn create(
    ctx: &AppContext,
    job: &Job,
    service: &Service,
    spec: &AccountSpec,
) -> Result<Created, AttemptError> {
    let username = &spec.username;
    let sent = NewLog {
        username: Some(username),
        ..NewLog::new(ProvisioningStep::CreateUser, StepStatus::Sent, "asking the panel for the account")
    };
    record(ctx, job, service, username, PanelRequestOutcome::Requested, &sent).await?;
    (ctx.failpoint)("provision.sent");
    let reply = ctx.panel.create(spec).await;
    (ctx.failpoint)("provision.created");
    log_call(ctx, service, Some(job), ProvisioningStep::CreateUser, &reply).await?;
    let shown =
        |account: Account, is_ours: bool| if is_ours { Created::Perhaps } else { Created::Foreign(account) };
    match reply.outcome {
        Ok(()) => {
            add_domain(ctx, job, service, spec).await?;
            Ok(Created::Now)
        }
        Err(PanelError::Exists(why)) => match look(ctx, job, service, username).await? {
            Some(account) => {
                let is_ours = is_ours(ctx, service, &account).await?;
                Ok(shown(account, is_ours))
            }
            // The username is free, so another account has the domain.
            None => Err(AttemptError::NeedsStaff(format!(
                "the domain {} is on the panel already: {why}",
                spec.domain
            ))),
        },
        Err(PanelError::Unknown(why)) => match look(ctx, job, service, username).await? {
            Some(account) => {
                let is_ours = is_ours(ctx, service, &account).await?;
                Ok(shown(account, is_ours))
            }
            None => Err(AttemptError::Retry(why)),
        },
        Err(error) => Err(error.into()),
    }
}

/// Sets our password on an account that is ours: with which one it was created is not known.
async fn take_over(
    ctx: &AppContext,
    job: &Job,
    service: Service,
    spec: &AccountSpec,
) -> Result<Service, AttemptError> {
    let reply = ctx.panel.change(spec).await;
    (ctx.failpoint)("provision.changed");
    log_call(ctx, &service, Some(job), ProvisioningStep::SetPassword, &reply).await?;
    reply.outcome?;
    add_domain(ctx, job, &service, spec).await?;
    verify(ctx, job, service, spec).await
}

/// Adds the domain where the contract has it as a step of its own. A failure does not fail the set-up.
async fn add_domain(
    ctx: &AppContext,
    job: &Job,
    service: &Service,
    spec: &AccountSpec,
) -> Result<(), AttemptError> {
    match ctx.panel.add_domain(spec).await {
        Some(reply) => Ok(log_call(ctx, service, Some(job), ProvisioningStep::AddDomain, &reply).await?),
        None => Ok(()),
    }
}

/// The last look: only an account that the panel shows is active.
async fn verify(
    ctx: &AppContext,
    job: &Job,
    service: Service,
    spec: &AccountSpec,
) -> Result<Service, AttemptError> {
    match look(ctx, job, &service, &spec.username).await? {
        Some(account) if account.domain == spec.domain || account.domain.is_empty() => Ok(service),
        Some(_) => Err(AttemptError::Retry("the panel shows the account with another domain".into())),
        None => Err(AttemptError::Retry("the panel does not show the account".into())),
    }
}

async fn look(
    ctx: &AppContext,
    job: &Job,
    service: &Service,
    username: &Username,
) -> Result<Option<Account>, AttemptError> {
    let reply: Reply<Option<Account>> = ctx.panel.look(username).await;
    log_call(ctx, service, Some(job), ProvisioningStep::Look, &reply).await?;
    Ok(reply.outcome?)
}

/// The username belongs to another account: that is recorded, and the next one is reserved.
async fn next_username(
    ctx: &AppContext,
    job: &Job,
    service: &Service,
    foreign: &Account,
) -> Result<Service, AttemptError> {
    let Some(username) = service.username() else {
        return Err(Error::internal("an attempt began without a username").into());
    };
    let message = format!("the username {} belongs to another account", foreign.username);
    let log = NewLog {
        username: Some(username),
        ..NewLog::new(ProvisioningStep::Reserve, StepStatus::Foreign, &message)
    };
    record(ctx, job, service, username, PanelRequestOutcome::Foreign, &log).await?;
    Ok(reserve(ctx, job, service).await?)
}

/// Commits the outcome of a request for an account with its log entry.
async fn record(
    ctx: &AppContext,
    job: &Job,
    service: &Service,
    username: &Username,
    outcome: PanelRequestOutcome,
    log: &NewLog<'_>,
) -> OpResult<()> {
    let now = ctx.now();
    Ok(tx!(&ctx.db, tx => {
        jobs::renew_lease(tx, now, job, ctx.lease_end()).await?;
        panel_requests::record(tx, now, service.id, username, outcome).await?;
        provisioning_logs::insert(tx, now, service, log).await
    })?)
}
