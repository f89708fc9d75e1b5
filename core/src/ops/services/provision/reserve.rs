//! The username of a service on the panel.
use crate::{
    AppContext,
    domain::{
        account::Username,
        hostname::Hostname,
        job::Job,
        provisioning::{PanelRequestOutcome, ProvisioningStep, StepStatus},
        service::Service,
    },
    ops::{Error, Result},
    random,
    store::{
        self, UniqueKey, jobs, panel_requests,
        provisioning_logs::{self, NewLog},
        services,
    },
    tx,
};
use secrecy::ExposeSecret;

/// The most usernames that are tried.
const MAX_CANDIDATES: u32 = 10_000;

/// Reserves the next free username with a password of its own, and commits both. The present username of the
/// service, and those that were found to belong to another account, are skipped.
pub(super) async fn reserve(ctx: &AppContext, job: &Job, service: &Service) -> Result<Service> {
    let seed = seed(service, &ctx.settings.temp_domain);
    for nth in 0..MAX_CANDIDATES {
        let candidate = Username::candidate(&seed, nth);
        if service.username() == Some(&candidate) {
            continue;
        }
        let password = random::panel_password(candidate.as_str());
        let sealed = ctx.keys.seal("services", service.id.0, "password", password.expose_secret());
        let now = ctx.now();
        let reserved = tx!(&ctx.db, tx => {
            jobs::renew_lease(tx, now, job, ctx.lease_end()).await?;
            let outcome = panel_requests::outcome(tx, service.id, &candidate).await?;
            let is_foreign = outcome == Some(PanelRequestOutcome::Foreign);
            if is_foreign || services::username_taken(tx, &candidate).await? {
                return Ok(None);
            }
            let reserved = services::reserve(tx, now, service, &candidate, &sealed).await?;
            let message = format!("username {candidate}");
            let log = NewLog::new(ProvisioningStep::Reserve, StepStatus::Done, &message);
            provisioning_logs::insert(tx, now, service, &log).await?;
            Ok(Some(reserved))
        });
        match reserved {
            Ok(Some(service)) => return Ok(service),
            Ok(None) | Err(store::Error::Duplicate(UniqueKey::ServicesUsername)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(Error::internal("ten thousand usernames were taken"))
}

/// What the username is made from: the domain, or the e-mail address where the domain is a temporary one.
fn seed(service: &Service, temp_domain: &Hostname) -> String {
    let is_temporary = temp_domain.is_above(&service.domain);
    let local_part = service.order.customer_email.split('@').next().unwrap_or_default();
    match Hostname::parse(&service.domain) {
        Some(domain) if !is_temporary => domain.first_label().to_owned(),
        Some(_) | None => local_part.to_owned(),
    }
}
