//! Another domain or plan for a hosted account: on the panel first, and here what the panel shows.
use super::{ServiceView, conflict, load, panel_log::log_call, provision, show::view_after};
use crate::{
    AppContext,
    domain::{
        account::Username,
        hostname::Hostname,
        ids::ServiceId,
        order::PlanRef,
        plan::Plan,
        provisioning::ProvisioningStep,
        service::{Service, ServiceStatus},
        service_action::ServiceAction,
    },
    ops::{Caller, Error, Result},
    panel::{Account, AccountRecord, OurPlan, PanelError, PanelPlan},
    read,
    store::{self, panel_requests, plans, service_edits, services},
    tx,
};

/// The new domain and plan. What is none stays.
struct Change {
    domain: Option<Hostname>,
    plan: Option<Plan>,
}

/// Gives the service another domain, another plan (by its slug), or both. The order keeps its plan and its
/// price.
pub async fn edit(
    ctx: &AppContext,
    caller: &Caller,
    id: ServiceId,
    domain: Option<&str>,
    plan_slug: Option<&str>,
) -> Result<ServiceView> {
    let service = load(ctx, id).await?;
    if !ServiceAction::Edit.is_possible(&service) {
        return Err(conflict(&service, "domain and plan cannot be changed now"));
    }
    let change = parse(ctx, &service, domain, plan_slug).await?;
    if change.domain.is_none() && change.plan.is_none() {
        return view_after(ctx, service).await;
    }
    let account = account_of(ctx, &service).await?;
    if let Some((username, account)) = &account {
        on_panel(ctx, &service, username, account, &change).await?;
    }
    match write(ctx, caller, &service, &change).await {
        Err(store::Error::Stale(_)) => {
            if let Some((username, account)) = &account {
                restore(ctx, id, username, account).await?;
            }
            Err(Error::conflict("Another request has changed the service meanwhile. Refresh it."))
        }
        written => match written? {
            Some(service) => view_after(ctx, service).await,
            None => Err(Error::invalid("domain", "taken")),
        },
    }
}

async fn parse(
    ctx: &AppContext,
    service: &Service,
    domain: Option<&str>,
    plan_slug: Option<&str>,
) -> Result<Change> {
    let domain = match domain {
        Some(text) => Some(Hostname::parse(text).ok_or_else(|| Error::invalid("domain", "wrong"))?),
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
    if is_taken {
        return Err(Error::invalid("domain", "taken"));
    }
    if plan_slug.is_some() && plan.is_none() {
        return Err(Error::invalid("plan", "unknown"));
    }
    Ok(Change { domain, plan })
}

/// The account that the panel has for the service. None where there is none yet; a service that is set up
/// must have one. Before the set-up has ended, an account of that name may be another customer's.
async fn account_of(ctx: &AppContext, service: &Service) -> Result<Option<(Username, Account)>> {
    let is_set_up = service.is_set_up();
    let Some(username) = service.username().cloned() else {
        return if is_set_up { Err(Error::Provider(PanelError::Missing)) } else { Ok(None) };
    };
    let may_exist =
        is_set_up || read!(&ctx.db, tx => panel_requests::may_exist(tx, service.id, Some(&username)).await)?;
    if !may_exist {
        return Ok(None);
    }
    let seen = ctx.panel.look(&username).await;
    log_call(ctx, service, None, ProvisioningStep::Look, &seen).await?;
    match seen.outcome.map_err(Error::Provider)? {
        Some(account) if is_set_up || provision::is_ours(ctx, service, &account).await? => {
            Ok(Some((username, account)))
        }
        None if is_set_up => Err(Error::Provider(PanelError::Missing)),
        Some(_) | None => Ok(None),
    }
}

/// Changes the account. The panel takes the whole record each time: what is not to change is sent as the
/// panel shows it.
async fn on_panel(
    ctx: &AppContext,
    service: &Service,
    username: &Username,
    account: &Account,
    change: &Change,
) -> Result<()> {
    let or_ours = |shown: &str, ours: &str| if shown.is_empty() { ours.to_owned() } else { shown.to_owned() };
    let (mut panel_plans, mut plan) = (Vec::new(), account.plan.clone());
    if change.plan.is_some() || plan.is_empty() {
        let reply = ctx.panel.plans().await;
        log_call(ctx, service, None, ProvisioningStep::Plans, &reply).await?;
        panel_plans = reply.outcome.map_err(Error::Provider)?;
        let ours = match &change.plan {
            Some(kept) => our_plan(kept),
            None => match read!(&ctx.db, tx => plans::by_slug(tx, &service.plan.slug).await)? {
                Some(kept) => our_plan(&kept),
                None => return Err(Error::internal("the plan of a service does not exist")),
            },
        };
        plan = ctx.panel.fitting(&panel_plans, &ours).name().to_owned();
    }
    let domain = match &change.domain {
        Some(domain) => domain.as_str().to_owned(),
        None => or_ours(&account.domain, &service.domain),
    };
    let email = or_ours(&account.email, &service.order.customer_email);
    let record = AccountRecord { username: username.clone(), domain, email, plan };
    let reply = ctx.panel.edit(&record).await;
    log_call(ctx, service, None, ProvisioningStep::EditUser, &reply).await?;
    if let Err(error @ (PanelError::Locked(_) | PanelError::NotSent(_))) = reply.outcome {
        return Err(Error::Provider(error));
    }
    let seen = ctx.panel.look(username).await;
    log_call(ctx, service, None, ProvisioningStep::Look, &seen).await?;
    match (seen.outcome, reply.outcome) {
        (Ok(Some(account)), _) if matches(&account, &record, &panel_plans) => Ok(()),
        (Ok(Some(_) | None), Ok(())) => {
            let why = "it said that it was done, and shows the account as it was";
            Err(Error::Provider(PanelError::Refused(why.into())))
        }
        (Err(error), Ok(())) | (_, Err(error)) => Err(Error::Provider(error)),
    }
}

/// Whether the panel shows what the record says. It may show a plan by its slug or by its name.
fn matches(account: &Account, record: &AccountRecord, panel_plans: &[PanelPlan]) -> bool {
    let is_shown = |plan: &str| plan.eq_ignore_ascii_case(&account.plan);
    let named = panel_plans.iter().find(|plan| plan.slug == record.plan);
    let has_plan =
        account.plan.is_empty() || is_shown(&record.plan) || named.is_some_and(|plan| is_shown(&plan.name));
    account.domain == record.domain && has_plan
}

fn our_plan(kept: &Plan) -> OurPlan {
    OurPlan { slug: kept.slug.clone(), name: kept.name.clone(), chosen: kept.panel_plan.clone() }
}

/// The service with its new domain and plan; none where the domain was taken meanwhile.
async fn write(
    ctx: &AppContext,
    caller: &Caller,
    service: &Service,
    change: &Change,
) -> store::Result<Option<Service>> {
    let domain = change.domain.as_ref().map_or(&*service.domain, Hostname::as_str);
    let plan = match &change.plan {
        Some(kept) => PlanRef { slug: kept.slug.clone(), name: kept.name.clone() },
        None => service.plan.clone(),
    };
    if domain == service.domain && plan.slug == service.plan.slug {
        // The panel was asked all the same, in case its own record differed.
        return Ok(Some(service.clone()));
    }
    let (now, context) = (ctx.now(), caller.audit_context());
    let is_waiting = matches!(service.status(), ServiceStatus::Requested | ServiceStatus::Failed);
    tx!(&ctx.db, tx => {
        if service_edits::domain_taken(tx, domain, service.id).await? {
            return Ok(None);
        }
        service_edits::change(tx, now, &context, service, domain, &plan.slug).await?;
        if is_waiting && domain != service.domain {
            service_edits::change_order(tx, now, service, domain).await?;
        }
        Ok(Some(Service { domain: domain.to_owned(), plan: plan.clone(), ..service.clone() }))
    })
}

/// Another change was written while this one was on the panel: the panel gets what is stored here.
async fn restore(ctx: &AppContext, id: ServiceId, username: &Username, account: &Account) -> Result<()> {
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
    match on_panel(ctx, &service, username, account, &change).await {
        Err(Error::Provider(why)) => {
            tracing::error!(service = id.0, %why, "the panel has another domain or plan than we have");
            Ok(())
        }
        restored => restored,
    }
}
