//! Another domain or plan for a hosted account: on the panel first, and here what the panel shows.
use crate::ops::{
    Caller, Error, Result,
    services::provision,
    services::{by_id, note},
};
use crate::{
    AppContext,
    domain::{
        account::Username,
        field_error::FieldError,
        hostname::Hostname,
        ids::ServiceId,
        plan::Plan,
        service::{Service, ServiceStatus},
        service_action::ServiceAction,
    },
    panel::{Account, OurPlan, PanelError, PanelPlan, Record},
    read,
    store::{self, logs, plans, service_edits, services},
    tx,
};

/// How the change ended.
#[derive(Debug)]
pub enum Edited {
    /// The panel has it so where it has the account, and so have we.
    Done,
    /// Something typed cannot be used.
    FieldError(FieldError),
    /// The service is in no state for it.
    NotNow(ServiceStatus),
    /// Somebody else changed it meanwhile.
    Raced,
    /// The panel did not; nothing changed here.
    PanelSaidNo(PanelError),
    /// There is no such service.
    NoService,
}

/// What is to be so from now on. What is None stays as it is.
struct Change {
    domain: Option<Hostname>,
    plan: Option<Plan>,
}

/// Gives the service another domain, another plan (by its slug), or both. The order keeps its plan and its price.
pub async fn edit(
    ctx: &AppContext,
    caller: &Caller,
    id: ServiceId,
    domain: Option<&str>,
    plan_slug: Option<&str>,
) -> Result<Edited> {
    let Some(service) = by_id(ctx, id).await? else { return Ok(Edited::NoService) };
    if !ServiceAction::Edit.is_possible(&service) {
        return Ok(Edited::NotNow(service.status()));
    }
    let change = match read_typed(ctx, &service, domain, plan_slug).await? {
        Ok(change) => change,
        Err(problem) => return Ok(Edited::FieldError(problem)),
    };
    if change.domain.is_none() && change.plan.is_none() {
        return Ok(Edited::Done);
    }
    let account = match there(ctx, &service).await? {
        Ok(account) => account,
        Err(error) => return Ok(Edited::PanelSaidNo(error)),
    };
    if let Some((username, account)) = &account
        && let Err(error) = on_panel(ctx, &service, username, account, &change).await?
    {
        return Ok(Edited::PanelSaidNo(error));
    }
    let edited = write(ctx, caller, &service, &change).await?;
    if let (Edited::Raced, Some((username, account))) = (&edited, &account) {
        put_back(ctx, id, username, account).await?;
    }
    Ok(edited)
}

async fn read_typed(
    ctx: &AppContext,
    service: &Service,
    domain: Option<&str>,
    plan_slug: Option<&str>,
) -> Result<Result<Change, FieldError>> {
    let domain = match domain.map(|text| Hostname::parse(text).ok_or(FieldError::new("domain", "wrong"))) {
        Some(Err(problem)) => return Ok(Err(problem)),
        Some(Ok(domain)) => Some(domain),
        None => None,
    };
    let (is_taken, plan) = read!(&ctx.db, tx => {
        let is_taken = match &domain {
            Some(domain) => service_edits::domain_taken(tx, domain.as_str(), service.id).await?,
            None => false,
        };
        let plan = match plan_slug {
            Some(slug) => plans::by_slug(tx, slug.trim()).await?,
            None => None,
        };
        Ok((is_taken, plan))
    })?;
    Ok(match (is_taken, plan) {
        (true, _) => Err(FieldError::new("domain", "taken")),
        (false, None) if plan_slug.is_some() => Err(FieldError::new("plan", "unknown")),
        (false, plan) => Ok(Change { domain, plan }),
    })
}

/// The account that the panel has for the service. None where there is none yet; an active service without one is an
/// error. What is there before the set-up ended may be somebody else's.
async fn there(
    ctx: &AppContext,
    service: &Service,
) -> Result<Result<Option<(Username, Account)>, PanelError>> {
    let is_set_up = match service.status() {
        ServiceStatus::Active | ServiceStatus::Suspended => true,
        ServiceStatus::Requested
        | ServiceStatus::Provisioning
        | ServiceStatus::Failed
        | ServiceStatus::Cancelled => false,
    };
    let Some(username) = service.username().cloned() else {
        return Ok(if is_set_up { Err(PanelError::Missing) } else { Ok(None) });
    };
    if !is_set_up && !read!(&ctx.db, tx => logs::was_sent(tx, service.id, username.as_str()).await)? {
        return Ok(Ok(None));
    }
    let seen = ctx.panel.look(&username).await;
    note(ctx, service, "look", &seen).await?;
    Ok(match seen.outcome {
        Ok(Some(account)) if is_set_up || provision::is_ours(ctx, service, &account).await? => {
            Ok(Some((username, account)))
        }
        Ok(None) if is_set_up => Err(PanelError::Missing),
        Ok(_) => Ok(None),
        Err(error) => Err(error),
    })
}

/// The panel takes the whole record each time: what is not to change is sent as the panel shows it.
async fn on_panel(
    ctx: &AppContext,
    service: &Service,
    username: &Username,
    account: &Account,
    change: &Change,
) -> Result<Result<(), PanelError>> {
    let shown = |shown: &str, ours: &str| if shown.is_empty() { ours.to_owned() } else { shown.to_owned() };
    let (mut theirs, mut plan) = (Vec::new(), account.plan.clone());
    if change.plan.is_some() || plan.is_empty() {
        let reply = ctx.panel.plans().await;
        note(ctx, service, "plans", &reply).await?;
        theirs = match reply.outcome {
            Ok(theirs) => theirs,
            Err(error) => return Ok(Err(error)),
        };
        let ours = match &change.plan {
            Some(kept) => our_plan(kept),
            None => match read!(&ctx.db, tx => plans::by_slug(tx, &service.plan.slug).await)? {
                Some(kept) => our_plan(&kept),
                None => return Err(Error::internal("a service has a plan that is not there")),
            },
        };
        plan = ctx.panel.fitting(&theirs, &ours).name().to_owned();
    }
    let domain = match &change.domain {
        Some(domain) => domain.as_str().to_owned(),
        None => shown(&account.domain, &service.domain),
    };
    let email = shown(&account.email, &service.order.customer_email);
    let record = Record { username: username.clone(), domain, email, plan };
    let reply = ctx.panel.edit(&record).await;
    note(ctx, service, "edit_user", &reply).await?;
    if let Err(error @ (PanelError::Locked(_) | PanelError::NotSent(_))) = reply.outcome {
        return Ok(Err(error));
    }
    let seen = ctx.panel.look(username).await;
    note(ctx, service, "look", &seen).await?;
    Ok(match (seen.outcome, reply.outcome) {
        (Ok(Some(account)), _) if is_so(&account, &record, &theirs) => Ok(()),
        (Ok(Some(_) | None), Ok(())) => {
            Err(PanelError::Refused("it said that it was done, and shows the account as it was".into()))
        }
        (Err(error), Ok(())) | (_, Err(error)) => Err(error),
    })
}

/// Whether the panel shows what the record says. A plan may be shown by its slug or its name.
fn is_so(account: &Account, record: &Record, theirs: &[PanelPlan]) -> bool {
    let same = |plan: &str| plan.eq_ignore_ascii_case(&account.plan);
    let named = theirs.iter().find(|plan| plan.slug == record.plan);
    let plan = account.plan.is_empty() || same(&record.plan) || named.is_some_and(|plan| same(&plan.name));
    account.domain == record.domain && plan
}

fn our_plan(kept: &Plan) -> OurPlan {
    OurPlan { slug: kept.slug.clone(), name: kept.name.clone(), chosen: kept.panel_plan.clone() }
}

async fn write(ctx: &AppContext, caller: &Caller, service: &Service, change: &Change) -> Result<Edited> {
    let domain = change.domain.as_ref().map_or(&*service.domain, Hostname::as_str);
    let plan_slug = change.plan.as_ref().map_or(&*service.plan.slug, |kept| &*kept.slug);
    if domain == service.domain && plan_slug == service.plan.slug {
        // It was so already; the panel was told once more, for where it is not.
        return Ok(Edited::Done);
    }
    let (now, context) = (ctx.now(), caller.audit_context());
    let is_waiting = matches!(service.status(), ServiceStatus::Requested | ServiceStatus::Failed);
    let written = tx!(&ctx.db, tx => {
        if service_edits::domain_taken(tx, domain, service.id).await? {
            return Ok(Edited::FieldError(FieldError::new("domain", "taken")));
        }
        service_edits::change(tx, now, &context, service, domain, plan_slug).await?;
        if is_waiting && domain != service.domain {
            service_edits::change_order(tx, now, service, domain).await?;
        }
        Ok(Edited::Done)
    });
    match written {
        Err(store::Error::Stale(_)) => Ok(Edited::Raced),
        written => Ok(written?),
    }
}

/// Somebody's change was written while ours was on the panel: the panel gets what is written here.
async fn put_back(ctx: &AppContext, id: ServiceId, username: &Username, account: &Account) -> Result<()> {
    let (service, plan) = read!(&ctx.db, tx => {
        let service = services::by_id(tx, id).await?;
        let plan = match &service {
            Some(service) => plans::by_slug(tx, &service.plan.slug).await?,
            None => None,
        };
        Ok((service, plan))
    })?;
    let Some(service) = service.filter(|s| s.status() != ServiceStatus::Cancelled) else { return Ok(()) };
    let change = Change { domain: Hostname::parse(&service.domain), plan };
    if let Err(why) = on_panel(ctx, &service, username, account, &change).await? {
        tracing::error!(service = id.0, %why, "the panel has another domain or plan than we have");
    }
    Ok(())
}
