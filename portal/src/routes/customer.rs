//! The customer's own pages: overview, services, set-up.
use crate::{
    guards::{Accepts, Form, PageContext, SignedIn, Visitor},
    pages::{FieldError, OrderList, ServiceList},
    presenters::{self, field_errors::limited},
    responses::{self, Answer, OwnPage, PageError, Reply, finish, page, page_later, page_with},
};
use flate2::Compression;
use hollyn_core::{
    domain::{
        ids::{OrderUuid, ServiceId},
        service::Service,
    },
    error::Error,
    ops::{
        orders as of_orders, plans,
        services::{self as of_services, provision::finish_setup},
    },
};
use rocket::{FromForm, get, http::Status, post, serde::json::Json};
use secrecy::ExposeSecret;
use serde_json::{Value, json};

/// `GET /dashboard`
#[get("/dashboard")]
pub async fn dashboard(
    page_context: PageContext<'_>,
    accepts: Accepts,
    signed_in: SignedIn,
) -> Result<OwnPage, PageError> {
    // Both addresses show one page, and the language switch leads back to the first.
    let page_context = page_context.at("/dashboard");
    let (ctx, cache, lang) = (&page_context.app.ctx, &page_context.app.overviews, page_context.lang);
    let (user, version, gzip) = (signed_in.user.id, signed_in.record, accepts.gzip);
    // Staff who look at the site as the customer see a banner that the customer does not see.
    let is_own = signed_in.viewed_until.is_none();
    if let Some(page) = cache.get(user, lang, version).filter(|_| is_own) {
        return Ok(OwnPage { page, gzip });
    }
    let overview = of_orders::overview(ctx, &signed_in.user).await?;
    let from = if overview.figures.orders == 0 {
        plans::catalogue(ctx).await?.iter().map(|plan| plan.monthly.0).min()
    } else {
        None
    };
    let shown = presenters::dashboard::page(&signed_in.user, &overview, from);
    let layout = page_context.layout(Some(&Visitor::from(signed_in)));
    let page = finish(&page_context, &layout, &shown, Compression::fast())?;
    if is_own {
        cache.put(user, lang, version, page.clone());
    }
    Ok(OwnPage { page, gzip })
}

/// `GET /me/dashboard`: the same, as the description names it.
#[get("/me/dashboard")]
pub async fn dashboard_alias(
    page_context: PageContext<'_>,
    accepts: Accepts,
    signed_in: SignedIn,
) -> Result<OwnPage, PageError> {
    dashboard(page_context, accepts, signed_in).await
}

/// How many rows a list shows.
const PER_PAGE: i64 = 20;

/// `GET /me/services`
#[get("/me/services?<page>")]
pub async fn services(page_context: PageContext<'_>, signed_in: SignedIn, page: Option<i64>) -> Answer {
    let number = page.unwrap_or(1).clamp(1, 10_000);
    let (rows, total) =
        of_services::page_of_customer(&page_context.app.ctx, signed_in.user.id, number, PER_PAGE).await?;
    let shown = ServiceList {
        services: rows.iter().map(presenters::dashboard::service_row).collect(),
        page: number,
        pages: presenters::pages_of(total, PER_PAGE),
        total,
    };
    Ok(responses::page(&page_context, &Visitor::from(signed_in), &shown))
}

/// `GET /me/orders`
#[get("/me/orders?<page>")]
pub async fn orders(page_context: PageContext<'_>, signed_in: SignedIn, page: Option<i64>) -> Answer {
    let number = page.unwrap_or(1).clamp(1, 10_000);
    let (rows, total) = of_orders::page(&page_context.app.ctx, signed_in.user.id, number, PER_PAGE).await?;
    let shown = OrderList {
        orders: rows.iter().map(presenters::dashboard::order_row).collect(),
        page: number,
        pages: presenters::pages_of(total, PER_PAGE),
        total,
    };
    Ok(responses::page(&page_context, &Visitor::from(signed_in), &shown))
}

/// `GET /me/services/status`: what the overview polls.
#[get("/me/services/status", rank = 1)]
pub async fn status(page_context: PageContext<'_>, signed_in: SignedIn) -> Result<Json<Value>, PageError> {
    let all = of_services::of_customer(&page_context.app.ctx, signed_in.user.id).await?;
    let item = |service: &Service| {
        let status = service.status().into_str();
        json!({ "id": service.id.0, "domain": service.domain, "status": status })
    };
    let services: Vec<Value> = all.iter().map(item).collect();
    let (live, view) = (presenters::dashboard::is_live(&all), presenters::dashboard::fingerprint(&all));
    Ok(Json(json!({ "services": services, "live": live, "view": view })))
}

/// `GET /me/services/{id}`
#[get("/me/services/<id>", rank = 2)]
pub async fn service(page_context: PageContext<'_>, signed_in: SignedIn, id: i64) -> Answer {
    let ctx = &page_context.app.ctx;
    let (service, logs) = of_services::show_own(ctx, signed_in.user.id, ServiceId(id)).await?;
    let shown = presenters::dashboard::service(&service, &logs, &ctx.settings.temp_domain, None, Vec::new());
    Ok(page(&page_context, &Visitor::from(signed_in), &shown))
}

/// The account's password, before the panel's is shown.
#[derive(FromForm)]
pub struct RevealFields {
    #[field(default = String::new())]
    password: String,
}

/// `POST /me/services/{id}/reveal`
#[post("/me/services/<id>/reveal", data = "<fields>", rank = 2)]
pub async fn reveal(
    page_context: PageContext<'_>,
    signed_in: SignedIn,
    id: i64,
    fields: Form<RevealFields>,
) -> Answer {
    let ctx = &page_context.app.ctx;
    let (service, logs) = of_services::show_own(ctx, signed_in.user.id, ServiceId(id)).await?;
    let page_context = page_context.at(format!("/me/services/{id}"));
    let ctx = &page_context.app.ctx;
    let visitor = Visitor::from(signed_in.clone());
    let shown = |revealed, problems| {
        presenters::dashboard::service(&service, &logs, &ctx.settings.temp_domain, revealed, problems)
    };
    let revealed =
        of_services::reveal_own(ctx, &signed_in.caller, &signed_in.user, &service, &fields.password).await;
    match revealed {
        Ok(password) => {
            let password = password.expose_secret().to_owned();
            Ok(page(&page_context, &visitor, &shown(Some(password), Vec::new())))
        }
        Err(Error::Invalid(_)) => {
            let problems = vec![FieldError::new("password", "problem-password-wrong")];
            Ok(page_with(Status::UnprocessableEntity, &page_context, &visitor, &shown(None, problems)))
        }
        Err(Error::RateLimited(until)) => {
            let problems = vec![limited("problem-sign-in-later", until)];
            Ok(page_later(&page_context, &visitor, until, &shown(None, problems)))
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /me/services/provision/{order}`: starts, or tries again, the set-up of a paid order.
#[post("/me/services/provision/<order>", rank = 1)]
pub async fn provision(page_context: PageContext<'_>, signed_in: SignedIn, order: &str) -> Answer {
    let uuid = OrderUuid::parse(order).ok_or(PageError::NotFound)?;
    match finish_setup(&page_context.app.ctx, &signed_in.caller, uuid).await {
        // The order's page shows why it cannot be set up.
        Ok(()) | Err(Error::Conflict(_)) => Ok(Reply::Go(format!("/order/{uuid}"))),
        Err(error) => Err(error.into()),
    }
}

/// `POST /me/services/provision-latest`: the same for the newest paid order without a service.
#[post("/me/services/provision-latest")]
pub async fn provision_latest(page_context: PageContext<'_>, signed_in: SignedIn) -> Answer {
    let overview = of_orders::overview(&page_context.app.ctx, &signed_in.user).await?;
    let Some(order) = overview.to_finish else { return Ok(Reply::Go("/dashboard".into())) };
    match finish_setup(&page_context.app.ctx, &signed_in.caller, order.uuid).await {
        Ok(()) | Err(Error::Conflict(_)) => Ok(Reply::Go(format!("/order/{}", order.uuid))),
        Err(error) => Err(error.into()),
    }
}
