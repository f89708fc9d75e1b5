//! Hosted accounts: what is known of one, and everything that is done with it.
use super::{
    api_error::ApiError,
    endpoint::{Answer, ApiRequest},
    lists,
};
use hollyn_core::{
    api::{
        Done, Endpoint, Items, LogStep, MailQueued, OfflineCredentials, PanelLink, Password, Service,
        ServiceItem, ServiceSort, endpoints as e,
    },
    domain::{
        ids::{ServiceId, UserId},
        input::{Confirmation, Reason},
        list::{self, Direction, ServiceFilter},
        service_action::ServiceAction,
    },
    error::Error,
    ops::{
        services::{self, ServiceView},
        users,
    },
};
use secrecy::ExposeSecret;

/// After how many seconds a screen hides a password again.
const HIDE_AFTER_SECONDS: i64 = 30;

/// A service's page, with the actions that this member of staff may take now.
async fn page<E: Endpoint>(ask: &ApiRequest<E>, view: ServiceView) -> Result<Service, ApiError> {
    let role = ask.staff_session()?.user.role;
    let names =
        users::actor_names(&ask.ctx, view.changes.iter().map(|change| change.actor).collect()).await?;
    Ok(Service {
        service: ServiceItem::from(&view.service),
        next_try_at: view.next_attempt_at.map(Into::into),
        tries: view.attempts,
        logs: view.logs.into_iter().map(Into::into).collect(),
        history: view.changes.iter().map(|change| (change, &names).into()).collect(),
        actions: ServiceAction::open_to(role, &view.service).into_iter().map(Into::into).collect(),
    })
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
        ServiceSort::Created => (list::ServiceSort::Created, Direction::Ascending),
        ServiceSort::CreatedDown => (list::ServiceSort::Created, Direction::Descending),
        ServiceSort::Domain => (list::ServiceSort::Domain, Direction::Ascending),
        ServiceSort::DomainDown => (list::ServiceSort::Domain, Direction::Descending),
        ServiceSort::PaidUntil => (list::ServiceSort::PaidUntil, Direction::Ascending),
        ServiceSort::PaidUntilDown => (list::ServiceSort::PaidUntil, Direction::Descending),
    };
    let (page, per_page) = lists::requested(query.page, query.per_page)?;
    let found = services::search(&ask.ctx, &filter, sort, page, per_page).await?;
    Ok(lists::page_of(found, |service| ServiceItem::from(&service)))
}

pub async fn show(ask: ApiRequest<e::show_service>) -> Answer<e::show_service> {
    let view = services::show(&ask.ctx, ServiceId(ask.id)).await?;
    page(&ask, view).await
}

pub async fn logs(ask: ApiRequest<e::list_logs>) -> Answer<e::list_logs> {
    let logs = services::logs(&ask.ctx, ServiceId(ask.id)).await?;
    Ok(Items { items: logs.into_iter().map(Into::into).collect::<Vec<LogStep>>() })
}

pub async fn edit(ask: ApiRequest<e::edit_service>) -> Answer<e::edit_service> {
    let (domain, plan) = (ask.body.domain.as_deref(), ask.body.plan.as_deref());
    let view = services::edit(&ask.ctx, &ask.caller, ServiceId(ask.id), domain, plan).await?;
    page(&ask, view).await
}

pub async fn delete(ask: ApiRequest<e::delete_service>) -> Answer<e::delete_service> {
    let (confirmation, reason) = (Confirmation::new(&ask.body.confirm), Reason::parse(&ask.body.reason)?);
    let view = services::delete(&ask.ctx, &ask.caller, ServiceId(ask.id), &confirmation, &reason).await?;
    page(&ask, view).await
}

pub async fn reprovision(ask: ApiRequest<e::reprovision>) -> Answer<e::reprovision> {
    let view = services::reprovision(&ask.ctx, &ask.caller, ServiceId(ask.id)).await?;
    page(&ask, view).await
}

pub async fn suspend(ask: ApiRequest<e::suspend>) -> Answer<e::suspend> {
    let reason = Reason::parse(&ask.body.reason)?;
    let view = services::suspend(&ask.ctx, &ask.caller, ServiceId(ask.id), &reason).await?;
    page(&ask, view).await
}

pub async fn activate(ask: ApiRequest<e::activate>) -> Answer<e::activate> {
    let reason = Reason::optional(&ask.body.reason)?;
    let view = services::activate(&ask.ctx, &ask.caller, ServiceId(ask.id), reason.as_ref()).await?;
    page(&ask, view).await
}

pub async fn reveal(ask: ApiRequest<e::reveal_password>) -> Answer<e::reveal_password> {
    let staff = ask.staff_session()?.user.id;
    let password = services::reveal(&ask.ctx, &ask.caller, staff, ServiceId(ask.id)).await?;
    let password = password.expose_secret().to_owned();
    Ok(Password { password, hide_after_seconds: HIDE_AFTER_SECONDS })
}

pub async fn save_offline_credentials(
    ask: ApiRequest<e::save_offline_credentials>,
) -> Answer<e::save_offline_credentials> {
    let (session, id, days) = (ask.staff_session()?, ServiceId(ask.id), ask.body.days);
    let saved = services::save_offline_credentials(&ask.ctx, &ask.caller, session, id, days).await?;
    Ok(OfflineCredentials {
        username: saved.service.username().map(ToString::to_string),
        password: saved.password.expose_secret().to_owned(),
        panel_url: saved.service.panel_url().map(str::to_owned),
        domain: saved.service.domain,
        until: saved.until.into(),
    })
}

pub async fn remove_offline_credentials(
    ask: ApiRequest<e::remove_offline_credentials>,
) -> Answer<e::remove_offline_credentials> {
    let (session, id) = (ask.staff_session()?, ServiceId(ask.id));
    services::remove_offline_credentials(&ask.ctx, &ask.caller, session, id).await?;
    Ok(Done {})
}

pub async fn send_credentials(ask: ApiRequest<e::send_credentials>) -> Answer<e::send_credentials> {
    let recipient = services::send_credentials(&ask.ctx, &ask.caller, ServiceId(ask.id)).await?;
    Ok(MailQueued { recipient })
}

pub async fn open_panel(ask: ApiRequest<e::open_panel>) -> Answer<e::open_panel> {
    let staff = ask.staff_session()?.user.id;
    match services::open_panel(&ask.ctx, &ask.caller, staff, ServiceId(ask.id)).await {
        Ok(url) => Ok(PanelLink { url }),
        // Opening changes nothing, so there is nothing to say about it.
        Err(Error::Provider(error)) => Err(ApiError::panel_silent(&error)),
        Err(error) => Err(error.into()),
    }
}
