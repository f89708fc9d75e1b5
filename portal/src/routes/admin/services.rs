//! Hosted accounts: what is known of one, and everything that is done with it.
use super::{
    api_error::{ApiError, confirmed, optional_reason, reason},
    endpoint::{Answer, ApiRequest},
    lists,
};
use crate::presenters;
use hollyn_core::{
    api::{
        Done, Endpoint, Items, LogStep, MailQueued, OfflineCredentials, PanelLink, Password, Service,
        ServiceSort, endpoints as e,
    },
    domain::{
        ids::{ServiceId, UserId},
        service::ServiceStatus,
    },
    ops::{
        pagination::Direction,
        services::{
            self, Changed, CredentialsSent, ServiceFilter,
            admin::{Kept, Opened, Revealed},
            edit::Edited,
        },
        users,
    },
};

/// After how many seconds a screen hides a password again.
const HIDE_AFTER_SECONDS: i64 = 30;

/// The service as it is now, with what this member of staff may do with it.
async fn now<E: Endpoint>(ask: &ApiRequest<E>, id: i64) -> Result<Service, ApiError> {
    let view = services::admin::view(&ask.ctx, ServiceId(id)).await?.ok_or_else(ApiError::not_found)?;
    let named = users::list::named(&ask.ctx, view.changes.iter().map(|row| &*row.actor).collect()).await?;
    Ok(presenters::api::service_page(view, ask.staff_session()?.user.role, &named))
}

/// It is in no state for what was asked.
fn not_now(what: &str, status: ServiceStatus) -> ApiError {
    let is = match status {
        ServiceStatus::Requested => "waits for its set-up",
        ServiceStatus::Provisioning => "is being set up",
        ServiceStatus::Active => "is active",
        ServiceStatus::Failed => "could not be set up",
        ServiceStatus::Suspended => "is suspended",
        ServiceStatus::Cancelled => "has ended",
    };
    ApiError::conflict(format!("The service {is}: {what}."))
}

/// How a change on the panel is told, where it did not come about.
fn changed(changed: Changed, what: &str) -> Result<(), ApiError> {
    match changed {
        Changed::Done(_) | Changed::Already(_) => Ok(()),
        Changed::NotNow(status) => Err(not_now(what, status)),
        Changed::PanelSaidNo(error) => Err(ApiError::panel(&error)),
        Changed::NoService => Err(ApiError::not_found()),
    }
}

pub async fn list(ask: ApiRequest<e::list_services>) -> Answer<e::list_services> {
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
    let found = services::search(&ask.ctx, &filter, sort, page, per_page).await?;
    lists::page_of(found, |row| presenters::api::service(&row))
}

pub async fn show(ask: ApiRequest<e::show_service>) -> Answer<e::show_service> {
    now(&ask, ask.id).await
}

pub async fn logs(ask: ApiRequest<e::list_logs>) -> Answer<e::list_logs> {
    let steps = services::admin::steps(&ask.ctx, ServiceId(ask.id)).await?.ok_or_else(ApiError::not_found)?;
    Ok(Items { items: steps.into_iter().map(presenters::api::step).collect::<Vec<LogStep>>() })
}

pub async fn edit(ask: ApiRequest<e::edit_service>) -> Answer<e::edit_service> {
    let (domain, plan) = (ask.body.domain.as_deref(), ask.body.plan.as_deref());
    match services::edit::edit(&ask.ctx, &ask.caller, ServiceId(ask.id), domain, plan).await? {
        Edited::Done => now(&ask, ask.id).await,
        Edited::FieldError(problem) => Err(ApiError::invalid(&[problem])),
        Edited::NotNow(status) => Err(not_now("domain and plan cannot be changed now", status)),
        Edited::Raced => Err(ApiError::conflict("Somebody else changed the service meanwhile. Look again.")),
        Edited::PanelSaidNo(error) => Err(ApiError::panel(&error)),
        Edited::NoService => Err(ApiError::not_found()),
    }
}

pub async fn delete(ask: ApiRequest<e::delete_service>) -> Answer<e::delete_service> {
    let service = now(&ask, ask.id).await?.service;
    confirmed(&ask.body.confirm, &service.domain)?;
    let why = reason(&ask.body.reason)?;
    changed(services::delete(&ask.ctx, &ask.caller, ServiceId(ask.id), why).await?, "it cannot be deleted")?;
    now(&ask, ask.id).await
}

pub async fn reprovision(ask: ApiRequest<e::reprovision>) -> Answer<e::reprovision> {
    let asked = services::reprovision(&ask.ctx, &ask.caller, ServiceId(ask.id)).await?;
    changed(asked, "only a paid order's set-up that failed, or hangs, starts anew")?;
    now(&ask, ask.id).await
}

pub async fn suspend(ask: ApiRequest<e::suspend>) -> Answer<e::suspend> {
    let why = reason(&ask.body.reason)?;
    let done = services::suspend(&ask.ctx, &ask.caller, ServiceId(ask.id), why).await?;
    changed(done, "only an active one can be suspended")?;
    now(&ask, ask.id).await
}

pub async fn activate(ask: ApiRequest<e::activate>) -> Answer<e::activate> {
    let why = optional_reason(&ask.body.reason)?;
    let done = services::activate(&ask.ctx, &ask.caller, ServiceId(ask.id), why).await?;
    changed(done, "only a suspended one can be activated")?;
    now(&ask, ask.id).await
}

pub async fn reveal(ask: ApiRequest<e::reveal_password>) -> Answer<e::reveal_password> {
    let staff = ask.staff_session()?.user.id;
    match services::admin::reveal(&ask.ctx, &ask.caller, staff, ServiceId(ask.id)).await? {
        Revealed::Password(password) => Ok(Password { password, hide_after_seconds: HIDE_AFTER_SECONDS }),
        Revealed::NotNow(status) => Err(not_now("there is no password to show", status)),
        Revealed::Limited(again) => Err(ApiError::limited(again)),
        Revealed::NoService => Err(ApiError::not_found()),
    }
}

pub async fn keep(ask: ApiRequest<e::save_offline_credentials>) -> Answer<e::save_offline_credentials> {
    let (id, days) = (ServiceId(ask.id), ask.body.days);
    match services::admin::keep(&ask.ctx, &ask.caller, ask.staff_session()?, id, days).await? {
        Kept::Login(login) => Ok(OfflineCredentials {
            username: login.service.username().map(ToString::to_string),
            password: login.password,
            panel_url: login.service.panel_url().map(str::to_owned),
            domain: login.service.domain,
            until: login.until.into(),
        }),
        Kept::FieldError(problem) => Err(ApiError::invalid(&[problem])),
        Kept::NotNow(status) => Err(not_now("there is no password to keep", status)),
        Kept::Limited(again) => Err(ApiError::limited(again)),
        Kept::NoService => Err(ApiError::not_found()),
    }
}

pub async fn drop(ask: ApiRequest<e::remove_offline_credentials>) -> Answer<e::remove_offline_credentials> {
    match services::admin::drop_kept(&ask.ctx, &ask.caller, ask.staff_session()?, ServiceId(ask.id)).await? {
        true => Ok(Done {}),
        false => Err(ApiError::not_found()),
    }
}

pub async fn send_credentials(ask: ApiRequest<e::send_credentials>) -> Answer<e::send_credentials> {
    match services::send_credentials(&ask.ctx, &ask.caller, ServiceId(ask.id)).await? {
        CredentialsSent::To(recipient) => Ok(MailQueued { recipient }),
        CredentialsSent::NotNow(status) => Err(not_now("there is nothing to tell by mail", status)),
        CredentialsSent::NoService => Err(ApiError::not_found()),
    }
}

pub async fn open_panel(ask: ApiRequest<e::open_panel>) -> Answer<e::open_panel> {
    match services::admin::open_panel(&ask.ctx, &ask.caller, ServiceId(ask.id)).await? {
        Opened::At(url) => Ok(PanelLink { url }),
        Opened::NotNow(status) => Err(not_now("only an active one's panel can be opened", status)),
        Opened::PanelSaidNo(error) => Err(ApiError::panel_silent(&error)),
        Opened::NoService => Err(ApiError::not_found()),
    }
}
