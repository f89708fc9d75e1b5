//! Customers and staff.
use super::{
    api_error::{ApiError, refuse},
    endpoint::{Answer, ApiRequest},
    lists::{self, page_of},
};
use crate::presenters::api as shown;
use hollyn_core::{
    api::{
        self, Credential, Done, Endpoint, ErrorCode, ImpersonationLink, Items, Page, User, UserFigures,
        UserSort,
    },
    domain::{field_error::FieldError, ids::UserId},
    ops::{
        impersonation::{self, Ticketed},
        orders as purchases,
        pagination::Direction,
        users::{self, Deleted, Person, Saved, Typed, profile},
    },
};
use rocket::http::Status;

pub async fn list(ask: ApiRequest<api::endpoints::list_users>) -> Answer<api::endpoints::list_users> {
    let query = ask.query;
    let filter = users::list::UserFilter {
        q: query.q.unwrap_or_default(),
        role: query.role.map(Into::into),
        is_disabled: query.is_disabled,
    };
    let sort = match query.sort.unwrap_or(UserSort::CreatedDown) {
        UserSort::Created => (users::list::UserSort::Created, Direction::Ascending),
        UserSort::CreatedDown => (users::list::UserSort::Created, Direction::Descending),
        UserSort::Name => (users::list::UserSort::Name, Direction::Ascending),
        UserSort::NameDown => (users::list::UserSort::Name, Direction::Descending),
        UserSort::Email => (users::list::UserSort::Email, Direction::Ascending),
        UserSort::EmailDown => (users::list::UserSort::Email, Direction::Descending),
    };
    let (page, per_page) = lists::wanted(query.page, query.per_page)?;
    page_of(users::list::page(&ask.ctx, &filter, sort, page, per_page).await?, |row| shown::person(&row))
}

pub async fn create(ask: ApiRequest<api::endpoints::create_user>) -> Answer<api::endpoints::create_user> {
    let sent = &ask.body;
    let typed = Typed {
        name: Some(sent.name.clone()),
        email: Some(sent.email.clone()),
        phone: sent.phone.clone(),
        role: sent.role.map(Into::into),
        locale: sent.locale.clone(),
        password: sent.password.clone(),
    };
    let saved = users::create(&ask.ctx, &ask.caller, &ask.staff_session()?.user, &typed).await?;
    whole(&ask, done(saved)?).await
}

pub async fn show(ask: ApiRequest<api::endpoints::show_user>) -> Answer<api::endpoints::show_user> {
    whole(&ask, UserId(ask.id)).await
}

pub async fn edit(ask: ApiRequest<api::endpoints::edit_user>) -> Answer<api::endpoints::edit_user> {
    let sent = &ask.body;
    let typed = Typed {
        name: sent.name.clone(),
        email: sent.email.clone(),
        phone: sent.phone.clone(),
        role: sent.role.map(Into::into),
        locale: sent.locale.clone(),
        password: None,
    };
    let saved =
        users::edit(&ask.ctx, &ask.caller, &ask.staff_session()?.user, UserId(ask.id), &typed).await?;
    whole(&ask, done(saved)?).await
}

pub async fn disable(ask: ApiRequest<api::endpoints::disable_user>) -> Answer<api::endpoints::disable_user> {
    let (by, reason) = (&ask.staff_session()?.user, &ask.body.reason);
    let saved = users::disable(&ask.ctx, &ask.caller, by, UserId(ask.id), reason).await?;
    whole(&ask, done(saved)?).await
}

pub async fn enable(ask: ApiRequest<api::endpoints::enable_user>) -> Answer<api::endpoints::enable_user> {
    let saved = users::enable(&ask.ctx, &ask.caller, UserId(ask.id), &ask.body.reason).await?;
    whole(&ask, done(saved)?).await
}

/// What making or changing an account ended with, as an answer.
fn done(saved: Saved) -> Result<UserId, ApiError> {
    match saved {
        Saved::Done(id) => Ok(id),
        Saved::Problems(problems) => Err(ApiError::invalid(&problems)),
        Saved::NotAllowed => {
            let words = "Only an admin may change roles and the accounts of staff.";
            Err(refuse(Status::Forbidden, ErrorCode::Forbidden, words))
        }
        Saved::Oneself => Err(ApiError::conflict("Nobody takes their own rights away.")),
        Saved::IsDeleted => Err(ApiError::conflict("This account was deleted.")),
        Saved::NoSuchUser => Err(ApiError::not_found()),
    }
}

/// The person with everything that their page shows.
async fn whole<E: Endpoint>(ask: &ApiRequest<E>, id: UserId) -> Result<User, ApiError> {
    const ORDERS: i64 = 10;
    const SERVICES: i64 = 100;
    const ACTIVITY: i64 = 20;
    let ctx = &ask.ctx;
    let Some(Person { user, created_at, has_totp, figures }) = users::show(ctx, id).await? else {
        return Err(ApiError::not_found());
    };
    let (orders, _) = purchases::page(ctx, id, 1, ORDERS).await?;
    let services = users::services(ctx, id, SERVICES).await?;
    let (activity, _) = profile::activity(ctx, &user, 1, ACTIVITY).await?;
    let named = users::list::named(ctx, activity.iter().map(|row| &*row.actor).collect()).await?;
    Ok(User {
        id: id.0,
        email_verified_at: user.email_verified_at.map(Into::into),
        disabled_at: user.disabled_at().map(Into::into),
        role: user.role.into(),
        name: user.name,
        email: user.email,
        phone: user.phone,
        locale: user.locale,
        has_totp,
        created_at: created_at.into(),
        figures: UserFigures {
            orders: figures.orders,
            orders_paid: figures.paid,
            orders_failed: figures.failed,
            services_active: figures.services_active,
            services_in_setup: figures.services_setup,
            spent_tzs: figures.spent.0,
            last_paid_at: figures.last_paid_at.map(Into::into),
        },
        services: services.iter().map(shown::service).collect(),
        orders: orders.iter().map(Into::into).collect(),
        activity: activity.into_iter().map(|row| shown::activity(row, &named)).collect(),
    })
}

pub async fn delete(ask: ApiRequest<api::endpoints::delete_user>) -> Answer<api::endpoints::delete_user> {
    let (by, sent) = (&ask.staff_session()?.user, &ask.body);
    let deleted = users::delete(&ask.ctx, &ask.caller, by, UserId(ask.id), &sent.confirm, &sent.reason);
    match deleted.await? {
        Deleted::Done => Ok(Done {}),
        Deleted::StillLiving(living) => {
            let all: Vec<String> = living.hosting.into_iter().chain(living.being_paid).collect();
            Err(ApiError::conflict(format!(
                "Something still lives: {}. Delete the services and cancel the orders first.",
                all.join(", ")
            )))
        }
        Deleted::NotConfirmed => Err(ApiError::field("confirm", "Type the account's e-mail.")),
        Deleted::Oneself => Err(ApiError::conflict("Nobody deletes their own account from here.")),
        Deleted::NoSuchUser => Err(ApiError::not_found()),
    }
}

pub async fn activity(
    ask: ApiRequest<api::endpoints::list_activity>,
) -> Answer<api::endpoints::list_activity> {
    let Some(person) = users::show(&ask.ctx, UserId(ask.id)).await? else {
        return Err(ApiError::not_found());
    };
    let (page, per_page) = lists::wanted(ask.query.page, ask.query.per_page)?;
    lists::reachable(page, per_page)?;
    let (rows, total) = profile::activity(&ask.ctx, &person.user, page, per_page).await?;
    let named = users::list::named(&ask.ctx, rows.iter().map(|row| &*row.actor).collect()).await?;
    let items = rows.into_iter().map(|row| shown::activity(row, &named)).collect();
    Ok(Page { items, total, is_total_exact: true, page, per_page })
}

pub async fn credentials(
    ask: ApiRequest<api::endpoints::credentials>,
) -> Answer<api::endpoints::credentials> {
    const MOST: i64 = 1000;
    if users::show(&ask.ctx, UserId(ask.id)).await?.is_none() {
        return Err(ApiError::not_found());
    }
    let services = users::services(&ask.ctx, UserId(ask.id), MOST).await?;
    let credential = |service| {
        let api::ServiceItem { id, domain, username, has_password, panel_url, status, .. } =
            shown::service(service);
        Credential { service_id: id, domain, username, has_password, panel_url, status }
    };
    Ok(Items { items: services.iter().map(credential).collect() })
}

pub async fn impersonate(
    ask: ApiRequest<api::endpoints::impersonate>,
) -> Answer<api::endpoints::impersonate> {
    match impersonation::ticket(&ask.ctx, &ask.caller, UserId(ask.id), &ask.body.reason).await? {
        Ticketed::Link { url, expires_at } => Ok(ImpersonationLink { url, expires_at: expires_at.into() }),
        Ticketed::NoReason => Err(ApiError::invalid(&[FieldError::new("reason", "empty")])),
        Ticketed::OfStaff => Err(ApiError::conflict("Nobody acts in the place of staff.")),
        Ticketed::Disabled => Err(ApiError::conflict("This account is locked or deleted.")),
        Ticketed::NoSuchUser => Err(ApiError::not_found()),
        Ticketed::Refused => {
            Err(refuse(Status::Forbidden, ErrorCode::Forbidden, "Only an admin may do this."))
        }
    }
}
