//! Making sure that the panel has the account and that it is ours: look, create, look again.
use super::reserve;
use crate::{
    AppContext,
    domain::{account::Username, service::Service},
    ops::{Error, Result as OpResult, attention},
    panel::{Account, OurPlan, PanelError, Reply, Wanted},
    read,
    store::{
        jobs::{self, JobRow},
        logs::{self, NewStep},
        plans, services,
    },
    tx,
};

/// Why the account is not there yet.
pub(super) enum Trouble {
    /// Another try may help.
    Again(String),
    /// Only a person can help.
    Person(String),
    /// The panel refuses us; no customer's try should be burnt.
    Locked(String),
    /// Not the panel's doing: the lease is gone, the database is away.
    Broken(Error),
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        Trouble::Broken(error)
    }
}

impl From<PanelError> for Trouble {
    fn from(error: PanelError) -> Self {
        match error {
            PanelError::Locked(why) => Trouble::Locked(why),
            PanelError::NotSent(_)
            | PanelError::Refused(_)
            | PanelError::Exists(_)
            | PanelError::Unknown(_)
            | PanelError::Missing => Trouble::Again(error.to_string()),
        }
    }
}

/// How many foreign accounts are stepped aside for in one try.
const NAMES_PER_TRY: usize = 5;

/// Returns once the panel has shown the account, as ours and with our password. Nobody is ever given somebody else's.
pub(super) async fn ensure(ctx: &AppContext, job: &JobRow, mut service: Service) -> Result<Service, Trouble> {
    for _ in 0..NAMES_PER_TRY {
        let wanted = wanted(ctx, &service).await?;
        match look(ctx, job, &service, &wanted.username).await? {
            Some(account) if is_ours(ctx, &service, &account).await? => {
                return take_over(ctx, job, service, &wanted).await;
            }
            Some(account) => service = step_aside(ctx, job, &service, &account).await?,
            None => match create(ctx, job, &service, &wanted).await? {
                Made::Ours => return show(ctx, job, service, &wanted).await,
                Made::PerhapsOurs => return take_over(ctx, job, service, &wanted).await,
                Made::Foreign(account) => service = step_aside(ctx, job, &service, &account).await?,
            },
        }
    }
    Err(Trouble::Again("several usernames in a row belonged to others".into()))
}

async fn wanted(ctx: &AppContext, service: &Service) -> Result<Wanted, Trouble> {
    let (sealed, chosen) = read!(&ctx.db, tx => {
        let sealed = services::sealed_password(tx, service.id).await?;
        Ok((sealed, plans::panel_plan(tx, &service.plan.slug).await?))
    })
    .map_err(Error::from)?;
    let (Some(username), Some(sealed)) = (service.username().cloned(), sealed) else {
        return Err(Error::internal("an attempt began without a username and a password").into());
    };
    let ours = OurPlan { slug: service.plan.slug.clone(), name: service.plan.name.clone(), chosen };
    Ok(Wanted {
        username,
        password: ctx.keys.open("services", service.id.0, "password", &sealed).map_err(Error::from)?,
        domain: service.domain.clone(),
        email: service.order.customer_email.clone(),
        plan: ours,
    })
}

/// Ours is what has our domain and e-mail *and* was asked for by an earlier attempt of this very service. The older
/// contract makes accounts without a domain; the e-mail has to do there.
pub(crate) async fn is_ours(ctx: &AppContext, service: &Service, account: &Account) -> OpResult<bool> {
    let sent = read!(&ctx.db, tx => logs::was_sent(tx, service.id, &account.username).await)?;
    let domain = account.domain == service.domain || account.domain.is_empty();
    Ok(sent && domain && account.email == service.order.customer_email)
}

enum Made {
    /// The panel said done.
    Ours,
    /// It may have been done by this call or an earlier one; the account is there and is ours.
    PerhapsOurs,
    /// Somebody else has the name.
    Foreign(Account),
}

async fn create(ctx: &AppContext, job: &JobRow, service: &Service, wanted: &Wanted) -> Result<Made, Trouble> {
    let name = &wanted.username;
    let sent = NewStep {
        step: "create_user",
        status: "sent",
        message: "asking the panel for the account",
        request: None,
        response: None,
        username: Some(name.as_str()),
        success: true,
    };
    write(ctx, job, service, &sent).await?;
    (ctx.failpoint)("provision.sent");
    let reply = ctx.panel.create(wanted).await;
    (ctx.failpoint)("provision.created");
    keep(ctx, job, service, "create_user", &reply).await?;
    match reply.outcome {
        Ok(()) => {
            add_domain(ctx, job, service, wanted).await?;
            Ok(Made::Ours)
        }
        Err(PanelError::Exists(why)) => match look(ctx, job, service, name).await? {
            Some(account) if is_ours(ctx, service, &account).await? => Ok(Made::PerhapsOurs),
            Some(account) => Ok(Made::Foreign(account)),
            // The name is free, so it is the domain that somebody has.
            None => {
                Err(Trouble::Person(format!("the domain {} is on the panel already: {why}", wanted.domain)))
            }
        },
        Err(PanelError::Unknown(why)) => match look(ctx, job, service, name).await? {
            Some(account) if is_ours(ctx, service, &account).await? => Ok(Made::PerhapsOurs),
            Some(account) => Ok(Made::Foreign(account)),
            None => Err(Trouble::Again(why)),
        },
        Err(error) => Err(error.into()),
    }
}

/// An account that is ours gets our password: which one it was made with, we cannot know.
async fn take_over(
    ctx: &AppContext,
    job: &JobRow,
    service: Service,
    wanted: &Wanted,
) -> Result<Service, Trouble> {
    let reply = ctx.panel.change(wanted).await;
    (ctx.failpoint)("provision.changed");
    keep(ctx, job, &service, "set_password", &reply).await?;
    reply.outcome?;
    add_domain(ctx, job, &service, wanted).await?;
    show(ctx, job, service, wanted).await
}

/// Best effort, where the contract has the domain as a step of its own: its failure does not fail the set-up.
async fn add_domain(
    ctx: &AppContext,
    job: &JobRow,
    service: &Service,
    wanted: &Wanted,
) -> Result<(), Trouble> {
    match ctx.panel.add_domain(wanted).await {
        Some(reply) => Ok(keep(ctx, job, service, "add_domain", &reply).await?),
        None => Ok(()),
    }
}

/// The last look: only an account that the panel shows is active.
async fn show(ctx: &AppContext, job: &JobRow, service: Service, wanted: &Wanted) -> Result<Service, Trouble> {
    match look(ctx, job, &service, &wanted.username).await? {
        Some(account) if account.domain == wanted.domain || account.domain.is_empty() => Ok(service),
        Some(_) => Err(Trouble::Again("the panel shows the account with another domain".into())),
        None => Err(Trouble::Again("the panel does not show the account".into())),
    }
}

async fn look(
    ctx: &AppContext,
    job: &JobRow,
    service: &Service,
    name: &Username,
) -> Result<Option<Account>, Trouble> {
    let reply = ctx.panel.look(name).await;
    keep(ctx, job, service, "look", &reply).await?;
    Ok(reply.outcome?)
}

/// The name is somebody else's: it is noted, and the next one is reserved.
async fn step_aside(
    ctx: &AppContext,
    job: &JobRow,
    service: &Service,
    foreign: &Account,
) -> Result<Service, Trouble> {
    let message = format!("the username {} belongs to another account", foreign.username);
    let step = NewStep {
        step: "reserve",
        status: "foreign",
        message: &message,
        request: None,
        response: None,
        username: Some(&foreign.username),
        success: false,
    };
    write(ctx, job, service, &step).await?;
    Ok(reserve(ctx, job, service).await?)
}

/// Keeps both sides' words of a panel call, masked.
async fn keep<T: Send + Sync>(
    ctx: &AppContext,
    job: &JobRow,
    service: &Service,
    step: &str,
    reply: &Reply<T>,
) -> OpResult<()> {
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
        jobs::renew_lease(tx, now, job, ctx.lease_end()).await?;
        attention::note_panel(tx, now, step.step, &reply.outcome).await?;
        logs::note(tx, now, service, &step).await
    })?)
}

async fn write(ctx: &AppContext, job: &JobRow, service: &Service, step: &NewStep<'_>) -> OpResult<()> {
    let now = ctx.now();
    Ok(tx!(&ctx.db, tx => {
        jobs::renew_lease(tx, now, job, ctx.lease_end()).await?;
        logs::note(tx, now, service, step).await
    })?)
}
