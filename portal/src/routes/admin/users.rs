//! Customers and staff.
use super::{
    api_error::ApiError,
    endpoint::{Answer, ApiRequest},
    lists::{self, page_of},
};
use hollyn_core::{
    api::{self, Credential, Done, Endpoint, ImpersonationLink, Items, MailQueued, Page, User, UserSort},
    domain::{
        actor::Actor,
        audit::Activity,
        ids::UserId,
        input::{Confirmation, Reason},
        list::{self, Direction, UserFilter},
    },
    ops::{
        impersonation::{self, TicketLink},
        orders as purchases, pagination,
        users::{self, UserInput},
    },
};

pub async fn list(ask: ApiRequest<api::endpoints::list_users>) -> Answer<api::endpoints::list_users> {
    let query = ask.query;
    let filter = UserFilter {
        q: query.q.unwrap_or_default(),
        role: query.role.map(Into::into),
        is_disabled: query.is_disabled,
    };
    let sort = match query.sort.unwrap_or(UserSort::CreatedDown) {
        UserSort::Created => (list::UserSort::Created, Direction::Ascending),
        UserSort::CreatedDown => (list::UserSort::Created, Direction::Descending),
        UserSort::Name => (list::UserSort::Name, Direction::Ascending),
        UserSort::NameDown => (list::UserSort::Name, Direction::Descending),
        UserSort::Email => (list::UserSort::Email, Direction::Ascending),
        UserSort::EmailDown => (list::UserSort::Email, Direction::Descending),
    };
    let (page, per_page) = lists::requested(query.page, query.per_page)?;
    let found = users::search(&ask.ctx, &filter, sort, page, per_page).await?;
    Ok(page_of(found, |listed| (&listed).into()))
}

pub async fn create(ask: ApiRequest<api::endpoints::create_user>) -> Answer<api::endpoints::create_user> {
    let by = ask.staff_session()?;
    let id = users::create(&ask.ctx, &ask.caller, by, &UserInput::from(&ask.body)).await?;
    whole(&ask, id).await
}

pub async fn show(ask: ApiRequest<api::endpoints::show_user>) -> Answer<api::endpoints::show_user> {
    whole(&ask, UserId(ask.id)).await
}

pub async fn edit(ask: ApiRequest<api::endpoints::edit_user>) -> Answer<api::endpoints::edit_user> {
    let (id, by) = (UserId(ask.id), ask.staff_session()?);
    users::edit(&ask.ctx, &ask.caller, by, id, &UserInput::from(&ask.body)).await?;
    whole(&ask, id).await
}

pub async fn cancel_email_change(
    ask: ApiRequest<api::endpoints::cancel_email_change>,
) -> Answer<api::endpoints::cancel_email_change> {
    let (id, by) = (UserId(ask.id), ask.staff_session()?);
    users::email_change::cancel(&ask.ctx, &ask.caller, by, id).await?;
    whole(&ask, id).await
}

pub async fn send_invitation(
    ask: ApiRequest<api::endpoints::send_invitation>,
) -> Answer<api::endpoints::send_invitation> {
    let recipient = users::invite_again(&ask.ctx, &ask.caller, ask.staff_session()?, UserId(ask.id)).await?;
    Ok(MailQueued { recipient })
}

pub async fn reset_two_factor(
    ask: ApiRequest<api::endpoints::reset_two_factor>,
) -> Answer<api::endpoints::reset_two_factor> {
    let (id, by, reason) = (UserId(ask.id), ask.staff_session()?, Reason::parse(&ask.body.reason)?);
    users::reset_two_factor(&ask.ctx, &ask.caller, by, id, &reason).await?;
    whole(&ask, id).await
}

pub async fn disable(ask: ApiRequest<api::endpoints::disable_user>) -> Answer<api::endpoints::disable_user> {
    let (id, by, reason) = (UserId(ask.id), ask.staff_session()?, Reason::parse(&ask.body.reason)?);
    users::disable(&ask.ctx, &ask.caller, by, id, &reason).await?;
    whole(&ask, id).await
}

pub async fn enable(ask: ApiRequest<api::endpoints::enable_user>) -> Answer<api::endpoints::enable_user> {
    let (id, by, reason) = (UserId(ask.id), ask.staff_session()?, Reason::optional(&ask.body.reason)?);
    users::enable(&ask.ctx, &ask.caller, by, id, reason.as_ref()).await?;
    whole(&ask, id).await
}

/// The person with everything that their page shows.
async fn whole<E: Endpoint>(ask: &ApiRequest<E>, id: UserId) -> Result<User, ApiError> {
    const ORDERS: i64 = 10;
    const SERVICES: i64 = 100;
    const ACTIVITY: i64 = 20;
    let ctx = &ask.ctx;
    let details = users::show(ctx, id).await?;
    let (orders, _) = purchases::page(ctx, id, 1, ORDERS).await?;
    let services = users::services(ctx, id, SERVICES).await?;
    let (activity, _) = users::activity(ctx, &details.user, 1, ACTIVITY).await?;
    let names = users::actor_names(ctx, actors(&activity)).await?;
    Ok(User {
        services: services.iter().map(Into::into).collect(),
        orders: orders.iter().map(Into::into).collect(),
        activity: activity.iter().map(|entry| (entry, &names).into()).collect(),
        ..User::from(&details)
    })
}

fn actors(activity: &[Activity]) -> Vec<Actor> {
    activity.iter().filter_map(|entry| Actor::stored(&entry.actor)).collect()
}

pub async fn delete(ask: ApiRequest<api::endpoints::delete_user>) -> Answer<api::endpoints::delete_user> {
    let (id, by) = (UserId(ask.id), ask.staff_session()?);
    let (confirmation, reason) = (Confirmation::new(&ask.body.confirm), Reason::parse(&ask.body.reason)?);
    users::delete(&ask.ctx, &ask.caller, by, id, &confirmation, &reason).await?;
    Ok(Done {})
}

pub async fn activity(
    ask: ApiRequest<api::endpoints::list_activity>,
) -> Answer<api::endpoints::list_activity> {
    let details = users::show(&ask.ctx, UserId(ask.id)).await?;
    let (page, per_page) = lists::requested(ask.query.page, ask.query.per_page)?;
    pagination::skipped_rows(page, per_page)?;
    let (rows, total) = users::activity(&ask.ctx, &details.user, page, per_page).await?;
    let names = users::actor_names(&ask.ctx, actors(&rows)).await?;
    let items = rows.iter().map(|entry| (entry, &names).into()).collect();
    Ok(Page { items, total, is_total_exact: true, page, per_page })
}

pub async fn credentials(
    ask: ApiRequest<api::endpoints::credentials>,
) -> Answer<api::endpoints::credentials> {
    const MOST: i64 = 1000;
    let details = users::show(&ask.ctx, UserId(ask.id)).await?;
    let services = users::services(&ask.ctx, details.user.id, MOST).await?;
    let credential = |service| {
        let api::ServiceItem { id, domain, username, has_password, panel_url, status, .. } =
            api::ServiceItem::from(service);
        Credential { service_id: id, domain, username, has_password, panel_url, status }
    };
    Ok(Items { items: services.iter().map(credential).collect() })
}

pub async fn impersonate(
    ask: ApiRequest<api::endpoints::impersonate>,
) -> Answer<api::endpoints::impersonate> {
    let reason = Reason::parse(&ask.body.reason)?;
    let TicketLink { url, expires_at } =
        impersonation::issue_ticket(&ask.ctx, &ask.caller, UserId(ask.id), &reason).await?;
    Ok(ImpersonationLink { url, expires_at: expires_at.into() })
}
