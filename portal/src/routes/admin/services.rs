//! Hosted accounts: what is known of one, and everything that is done with it.
use super::{
    door::{Answer, Ask},
    lists,
    refusal::{Refusal, confirmed, optional_reason, reason},
};
use crate::views;
use hollyn_core::{
    api::{
        Done, Endpoint, Items, KeptCredentials, LogStep, MailQueued, PanelLink, Password, Service,
        ServiceSort, endpoints as e,
    },
    domain::{
        ids::{ServiceId, UserId},
        service::ServiceStatus,
    },
    ops::{
        lists::Direction,
        people,
        service_desk::{self, Kept, Opened, Revealed},
        service_edits::{self, Edited},
        services::{self, Changed, CredentialsSent, ServiceFilter},
    },
};

/// After how many seconds a screen hides a password again.
const HIDE_AFTER_SECONDS: i64 = 30;

/// The service as it is now, with what this member of staff may do with it.
async fn now<E: Endpoint>(ask: &Ask<E>, id: i64) -> Result<Service, Refusal> {
    let view = service_desk::view(&ask.shop, ServiceId(id)).await?.ok_or_else(Refusal::not_found)?;
    let named = people::named(&ask.shop, view.changes.iter().map(|row| &*row.actor).collect()).await?;
    Ok(views::api::service_page(view, ask.desk()?.user.role, &named))
}

/// It is in no state for what was asked.
fn not_now(what: &str, status: ServiceStatus) -> Refusal {
    let is = match status {
        ServiceStatus::Requested => "waits for its set-up",
        ServiceStatus::Provisioning => "is being set up",
        ServiceStatus::Active => "is active",
        ServiceStatus::Failed => "could not be set up",
        ServiceStatus::Suspended => "is suspended",
        ServiceStatus::Cancelled => "has ended",
    };
    Refusal::conflict(format!("The service {is}: {what}."))
}

/// How a change on the panel is told, where it did not come about.
fn changed(changed: Changed, what: &str) -> Result<(), Refusal> {
    match changed {
        Changed::Done(_) | Changed::Already(_) => Ok(()),
        Changed::NotNow(status) => Err(not_now(what, status)),
        Changed::PanelSaidNo(error) => Err(Refusal::panel(&error)),
        Changed::NoService => Err(Refusal::not_found()),
    }
}

pub async fn list(ask: Ask<e::list_services>) -> Answer<e::list_services> {
    let query = ask.query;
    let filter = ServiceFilter {
        q: query.q.unwrap_or_default(),
        status: query.status.map(Into::into),
        user: query.user.map(UserId),
        plan: query.plan.filter(|plan| !plan.is_empty()),
    };
    let sort = match query.sort.unwrap_or(ServiceSort::CreatedDown) {
        ServiceSort::Created => (services::ServiceSort::Created, Direction::Ascending),
        ServiceSort::CreatedDown => (services::ServiceSort::Created, Direction::Descending),
        ServiceSort::Domain => (services::ServiceSort::Domain, Direction::Ascending),
        ServiceSort::DomainDown => (services::ServiceSort::Domain, Direction::Descending),
        ServiceSort::PaidUntil => (services::ServiceSort::PaidUntil, Direction::Ascending),
        ServiceSort::PaidUntilDown => (services::ServiceSort::PaidUntil, Direction::Descending),
    };
    let (page, per_page) = lists::wanted(query.page, query.per_page)?;
    let found = services::search(&ask.shop, &filter, sort, page, per_page).await?;
    lists::page_of(found, |row| views::api::service(&row))
}

pub async fn show(ask: Ask<e::show_service>) -> Answer<e::show_service> {
    now(&ask, ask.id).await
}

pub async fn logs(ask: Ask<e::list_logs>) -> Answer<e::list_logs> {
    let steps = service_desk::steps(&ask.shop, ServiceId(ask.id)).await?.ok_or_else(Refusal::not_found)?;
    Ok(Items { items: steps.into_iter().map(views::api::step).collect::<Vec<LogStep>>() })
}

pub async fn edit(ask: Ask<e::edit_service>) -> Answer<e::edit_service> {
    let (domain, plan) = (ask.body.domain.as_deref(), ask.body.plan.as_deref());
    match service_edits::edit(&ask.shop, &ask.caller, ServiceId(ask.id), domain, plan).await? {
        Edited::Done => now(&ask, ask.id).await,
        Edited::Problem(problem) => Err(Refusal::problems(&[problem])),
        Edited::NotNow(status) => Err(not_now("domain and plan cannot be changed now", status)),
        Edited::Raced => Err(Refusal::conflict("Somebody else changed the service meanwhile. Look again.")),
        Edited::PanelSaidNo(error) => Err(Refusal::panel(&error)),
        Edited::NoService => Err(Refusal::not_found()),
    }
}

pub async fn delete(ask: Ask<e::delete_service>) -> Answer<e::delete_service> {
    let service = now(&ask, ask.id).await?.service;
    confirmed(&ask.body.confirm, &service.domain)?;
    let why = reason(&ask.body.reason)?;
    changed(services::delete(&ask.shop, &ask.caller, ServiceId(ask.id), why).await?, "it cannot be deleted")?;
    now(&ask, ask.id).await
}

pub async fn reprovision(ask: Ask<e::reprovision>) -> Answer<e::reprovision> {
    let asked = services::reprovision(&ask.shop, &ask.caller, ServiceId(ask.id)).await?;
    changed(asked, "only a paid order's set-up that failed, or hangs, starts anew")?;
    now(&ask, ask.id).await
}

pub async fn suspend(ask: Ask<e::suspend>) -> Answer<e::suspend> {
    let why = reason(&ask.body.reason)?;
    let done = services::suspend(&ask.shop, &ask.caller, ServiceId(ask.id), why).await?;
    changed(done, "only an active one can be suspended")?;
    now(&ask, ask.id).await
}

pub async fn activate(ask: Ask<e::activate>) -> Answer<e::activate> {
    let why = optional_reason(&ask.body.reason)?;
    let done = services::activate(&ask.shop, &ask.caller, ServiceId(ask.id), why).await?;
    changed(done, "only a suspended one can be activated")?;
    now(&ask, ask.id).await
}

pub async fn reveal(ask: Ask<e::reveal_password>) -> Answer<e::reveal_password> {
    let staff = ask.desk()?.user.id;
    match service_desk::reveal(&ask.shop, &ask.caller, staff, ServiceId(ask.id)).await? {
        Revealed::Password(password) => Ok(Password { password, hide_after_seconds: HIDE_AFTER_SECONDS }),
        Revealed::NotNow(status) => Err(not_now("there is no password to show", status)),
        Revealed::Limited(again) => Err(Refusal::limited(again)),
        Revealed::NoService => Err(Refusal::not_found()),
    }
}

pub async fn keep(ask: Ask<e::keep_credentials>) -> Answer<e::keep_credentials> {
    let (id, days) = (ServiceId(ask.id), ask.body.days);
    match service_desk::keep(&ask.shop, &ask.caller, ask.desk()?, id, days).await? {
        Kept::Login(login) => Ok(KeptCredentials {
            domain: login.service.domain,
            username: login.service.webuzo_username,
            password: login.password,
            panel_url: login.service.enduser_url,
            until: login.until.into(),
        }),
        Kept::Problem(problem) => Err(Refusal::problems(&[problem])),
        Kept::NotNow(status) => Err(not_now("there is no password to keep", status)),
        Kept::Limited(again) => Err(Refusal::limited(again)),
        Kept::NoService => Err(Refusal::not_found()),
    }
}

pub async fn drop(ask: Ask<e::drop_credentials>) -> Answer<e::drop_credentials> {
    match service_desk::drop_kept(&ask.shop, &ask.caller, ask.desk()?, ServiceId(ask.id)).await? {
        true => Ok(Done {}),
        false => Err(Refusal::not_found()),
    }
}

pub async fn send_credentials(ask: Ask<e::send_credentials>) -> Answer<e::send_credentials> {
    match services::send_credentials(&ask.shop, &ask.caller, ServiceId(ask.id)).await? {
        CredentialsSent::To(recipient) => Ok(MailQueued { recipient }),
        CredentialsSent::NotNow(status) => Err(not_now("there is nothing to tell by mail", status)),
        CredentialsSent::NoService => Err(Refusal::not_found()),
    }
}

pub async fn open_panel(ask: Ask<e::open_panel>) -> Answer<e::open_panel> {
    match service_desk::open_panel(&ask.shop, &ask.caller, ServiceId(ask.id)).await? {
        Opened::At(url) => Ok(PanelLink { url }),
        Opened::NotNow(status) => Err(not_now("only an active one's panel can be opened", status)),
        Opened::PanelSaidNo(error) => Err(Refusal::panel_silent(&error)),
        Opened::NoService => Err(Refusal::not_found()),
    }
}
