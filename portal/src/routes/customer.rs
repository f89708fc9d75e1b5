//! The customer's own pages: overview, services, set-up.
use super::{Answer, Failure, Reply, kept::Own, page, page_later, page_with};
use crate::{
    guards::{Accepts, SignedIn, Stage, Visitor},
    pages::{OrderList, Problem, ServiceList},
    views::{self, problems::limited},
};
use hollyn_core::{
    domain::ids::{OrderUuid, ServiceId},
    ops::{
        orders as of_orders, plans,
        provisioning::{Requested, finish_setup},
        services::{self as of_services, Revealed},
    },
};
use rocket::{FromForm, form::Form, get, http::Status, post, serde::json::Json};
use serde_json::{Value, json};

/// `GET /dashboard`
#[get("/dashboard")]
pub async fn dashboard(stage: Stage<'_>, accepts: Accepts, signed_in: SignedIn) -> Result<Own, Failure> {
    // Both addresses show one page, and the language switch leads back to the first.
    let (shop, stage) = (stage.app.shop.clone(), stage.at("/dashboard"));
    let kept = &stage.app.overviews;
    if let Some(page) = kept.get(&signed_in, stage.lang) {
        return Ok(Own { page, gzip: accepts.gzip });
    }
    let shop = &shop;
    let overview = of_orders::overview(shop, &signed_in.user).await?;
    let from = if overview.figures.orders == 0 {
        plans::catalogue(shop).await?.iter().map(|plan| plan.monthly.0).min()
    } else {
        None
    };
    let shown = views::dashboard::page(&signed_in.user, &overview, from);
    Ok(Own { page: kept.keep(&stage, signed_in, &shown)?, gzip: accepts.gzip })
}

/// `GET /me/dashboard`: the same, as the description names it.
#[get("/me/dashboard")]
pub async fn dashboard_alias(
    stage: Stage<'_>,
    accepts: Accepts,
    signed_in: SignedIn,
) -> Result<Own, Failure> {
    dashboard(stage, accepts, signed_in).await
}

/// How many rows a list shows.
const PER_PAGE: i64 = 20;

/// `GET /me/services`
#[get("/me/services?<page>")]
pub async fn services(stage: Stage<'_>, signed_in: SignedIn, page: Option<i64>) -> Answer {
    let number = page.unwrap_or(1).clamp(1, 10_000);
    let (rows, total) = of_services::page(&stage.app.shop, signed_in.user.id, number, PER_PAGE).await?;
    let shown = ServiceList {
        services: rows.iter().map(views::dashboard::service_row).collect(),
        page: number,
        pages: views::pages_of(total, PER_PAGE),
        total,
    };
    Ok(super::page(&stage, &Visitor::from(signed_in), &shown))
}

/// `GET /me/orders`
#[get("/me/orders?<page>")]
pub async fn orders(stage: Stage<'_>, signed_in: SignedIn, page: Option<i64>) -> Answer {
    let number = page.unwrap_or(1).clamp(1, 10_000);
    let (rows, total) = of_orders::page(&stage.app.shop, signed_in.user.id, number, PER_PAGE).await?;
    let shown = OrderList {
        orders: rows.iter().map(views::dashboard::order_row).collect(),
        page: number,
        pages: views::pages_of(total, PER_PAGE),
        total,
    };
    Ok(super::page(&stage, &Visitor::from(signed_in), &shown))
}

/// `GET /me/services/status`: what the overview polls.
#[get("/me/services/status", rank = 1)]
pub async fn status(stage: Stage<'_>, signed_in: SignedIn) -> Result<Json<Value>, Failure> {
    let all = of_services::of(&stage.app.shop, signed_in.user.id).await?;
    let list: Vec<Value> =
        all.iter().map(|service| json!({ "id": service.id.0, "domain": service.domain, "status": service.status.as_str() })).collect();
    Ok(Json(
        json!({ "services": list, "live": views::dashboard::is_live(&all), "view": views::dashboard::fingerprint(&all) }),
    ))
}

/// `GET /me/services/{id}`
#[get("/me/services/<id>", rank = 2)]
pub async fn service(stage: Stage<'_>, signed_in: SignedIn, id: i64) -> Answer {
    let found = of_services::own(&stage.app.shop, signed_in.user.id, ServiceId(id)).await?;
    let (service, steps) = found.ok_or(Failure::NotFound)?;
    let shown =
        views::dashboard::service(&service, &steps, &stage.app.shop.rules.temp_domain, None, Vec::new());
    Ok(page(&stage, &Visitor::from(signed_in), &shown))
}

/// The account's password, before the panel's is shown.
#[derive(FromForm)]
pub struct RevealFields {
    #[field(default = String::new())]
    password: String,
}

/// `POST /me/services/{id}/reveal`
#[post("/me/services/<id>/reveal", data = "<fields>", rank = 2)]
pub async fn reveal(stage: Stage<'_>, signed_in: SignedIn, id: i64, fields: Form<RevealFields>) -> Answer {
    let shop = &stage.app.shop;
    let found = of_services::own(shop, signed_in.user.id, ServiceId(id)).await?;
    let (service, steps) = found.ok_or(Failure::NotFound)?;
    let stage = stage.at(format!("/me/services/{id}"));
    let shop = &stage.app.shop;
    let visitor = Visitor::from(signed_in.clone());
    let shown = |revealed, problems| {
        views::dashboard::service(&service, &steps, &shop.rules.temp_domain, revealed, problems)
    };
    let result =
        of_services::reveal(shop, &signed_in.caller, &signed_in.user, service.id, &fields.password).await?;
    Ok(match result {
        Revealed::Password(password) => page(&stage, &visitor, &shown(Some(password), Vec::new())),
        Revealed::Wrong => {
            let problems = vec![Problem::new("password", "problem-password-wrong")];
            page_with(Status::UnprocessableEntity, &stage, &visitor, &shown(None, problems))
        }
        Revealed::Limited(again) => {
            let problems = vec![limited("problem-sign-in-later", again)];
            page_later(&stage, &visitor, again, &shown(None, problems))
        }
        Revealed::NoService => return Err(Failure::NotFound),
    })
}

/// `POST /me/services/provision/{order}`: starts, or tries again, the set-up of a paid order.
#[post("/me/services/provision/<order>", rank = 1)]
pub async fn provision(stage: Stage<'_>, signed_in: SignedIn, order: &str) -> Answer {
    let uuid = OrderUuid::parse(order).ok_or(Failure::NotFound)?;
    match finish_setup(&stage.app.shop, &signed_in.caller, uuid).await? {
        Requested::UnderWay | Requested::Active | Requested::NotPaid(_) => {
            Ok(Reply::Go(format!("/order/{uuid}")))
        }
        Requested::NoSuchOrder => Err(Failure::NotFound),
    }
}

/// `POST /me/services/provision-latest`: the same for the newest paid order without a service.
#[post("/me/services/provision-latest")]
pub async fn provision_latest(stage: Stage<'_>, signed_in: SignedIn) -> Answer {
    let overview = of_orders::overview(&stage.app.shop, &signed_in.user).await?;
    let Some(order) = overview.to_finish else { return Ok(Reply::Go("/dashboard".into())) };
    finish_setup(&stage.app.shop, &signed_in.caller, order.order_uuid).await?;
    Ok(Reply::Go(format!("/order/{}", order.order_uuid)))
}
