//! The customer's own pages: overview, services, set-up.
use crate::{
    guards::{Accepts, PageContext, SignedIn, Visitor},
    pages::{FieldError, OrderList, ServiceList},
    presenters::{self, field_errors::limited},
    responses::{self, Answer, OwnPage, PageError, Reply, finish, page, page_later, page_with},
};
use flate2::Compression;
use hollyn_core::{
    domain::ids::{OrderUuid, ServiceId},
    ops::{
        orders as of_orders, plans,
        services::provision::{Requested, finish_setup},
        services::{self as of_services, Revealed},
    },
};
use rocket::{FromForm, form::Form, get, http::Status, post, serde::json::Json};
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
    let (rows, total) = of_services::page(&page_context.app.ctx, signed_in.user.id, number, PER_PAGE).await?;
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
    let all = of_services::of(&page_context.app.ctx, signed_in.user.id).await?;
    let list: Vec<Value> =
        all.iter().map(|service| json!({ "id": service.id.0, "domain": service.domain, "status": service.status().into_str() })).collect();
    Ok(Json(
        json!({ "services": list, "live": presenters::dashboard::is_live(&all), "view": presenters::dashboard::fingerprint(&all) }),
    ))
}

/// `GET /me/services/{id}`
#[get("/me/services/<id>", rank = 2)]
pub async fn service(page_context: PageContext<'_>, signed_in: SignedIn, id: i64) -> Answer {
    let found = of_services::own(&page_context.app.ctx, signed_in.user.id, ServiceId(id)).await?;
    let (service, steps) = found.ok_or(PageError::NotFound)?;
    let shown = presenters::dashboard::service(
        &service,
        &steps,
        &page_context.app.ctx.settings.temp_domain,
        None,
        Vec::new(),
    );
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
    let found = of_services::own(ctx, signed_in.user.id, ServiceId(id)).await?;
    let (service, steps) = found.ok_or(PageError::NotFound)?;
    let page_context = page_context.at(format!("/me/services/{id}"));
    let ctx = &page_context.app.ctx;
    let visitor = Visitor::from(signed_in.clone());
    let shown = |revealed, problems| {
        presenters::dashboard::service(&service, &steps, &ctx.settings.temp_domain, revealed, problems)
    };
    let result =
        of_services::reveal(ctx, &signed_in.caller, &signed_in.user, service.id, &fields.password).await?;
    Ok(match result {
        Revealed::Password(password) => page(&page_context, &visitor, &shown(Some(password), Vec::new())),
        Revealed::Wrong => {
            let problems = vec![FieldError::new("password", "problem-password-wrong")];
            page_with(Status::UnprocessableEntity, &page_context, &visitor, &shown(None, problems))
        }
        Revealed::Limited(again) => {
            let problems = vec![limited("problem-sign-in-later", again)];
            page_later(&page_context, &visitor, again, &shown(None, problems))
        }
        Revealed::NoService => return Err(PageError::NotFound),
    })
}

/// `POST /me/services/provision/{order}`: starts, or tries again, the set-up of a paid order.
#[post("/me/services/provision/<order>", rank = 1)]
pub async fn provision(page_context: PageContext<'_>, signed_in: SignedIn, order: &str) -> Answer {
    let uuid = OrderUuid::parse(order).ok_or(PageError::NotFound)?;
    match finish_setup(&page_context.app.ctx, &signed_in.caller, uuid).await? {
        Requested::UnderWay | Requested::Active | Requested::NotPaid(_) => {
            Ok(Reply::Go(format!("/order/{uuid}")))
        }
        Requested::NoSuchOrder => Err(PageError::NotFound),
    }
}

/// `POST /me/services/provision-latest`: the same for the newest paid order without a service.
#[post("/me/services/provision-latest")]
pub async fn provision_latest(page_context: PageContext<'_>, signed_in: SignedIn) -> Answer {
    let overview = of_orders::overview(&page_context.app.ctx, &signed_in.user).await?;
    let Some(order) = overview.to_finish else { return Ok(Reply::Go("/dashboard".into())) };
    finish_setup(&page_context.app.ctx, &signed_in.caller, order.uuid).await?;
    Ok(Reply::Go(format!("/order/{}", order.uuid)))
}
