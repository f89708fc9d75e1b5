//! The public pages: rendered once per language and change, and kept.
use crate::{
    guards::{Accepts, ImpersonationGuard, PageContext, Visitor},
    page_cache::FinishedPage,
    pages::{Admin, Page},
    presenters,
    responses::{Answer, PageError, Reply, finish, page},
};
use flate2::Compression;
use hollyn_core::{domain::plan::PriceListVersion, ops};
use rocket::{
    Request, Response, get,
    http::{ContentType, Header, Status},
    response::Responder,
};
use std::sync::Arc;

/// Renders a public page and keeps it.
fn keep<P: Page>(
    page_context: &PageContext<'_>,
    version: PriceListVersion,
    page: &P,
) -> Result<Arc<FinishedPage>, PageError> {
    let finished = finish(page_context, &page_context.layout(None), page, Compression::best())?;
    let cache = &page_context.app.public_pages;
    cache.put(P::TEMPLATE, page_context.lang, version, finished.clone());
    Ok(finished)
}

/// A public page on its way to one visitor.
pub enum Public {
    /// The page that all visitors get.
    Finished(Arc<FinishedPage>, Accepts),
    /// With the banner of staff who look at the site as a customer.
    Viewed(Box<Reply>),
}

impl<'r> Responder<'r, 'static> for Public {
    fn respond_to(self, request: &'r Request<'_>) -> rocket::response::Result<'static> {
        let (page, accepts) = match self {
            Public::Finished(page, accepts) => (page, accepts),
            Public::Viewed(reply) => return reply.respond_to(request),
        };
        let mut response = Response::new();
        response.set_header(ContentType::HTML);
        response.set_header(Header::new("cache-control", "no-cache"));
        response.set_header(Header::new("vary", "cookie, accept-language, accept-encoding"));
        response.set_header(Header::new("etag", page.etag.clone()));
        if accepts.known_etag.as_deref() == Some(page.etag.as_str()) {
            response.set_status(Status::NotModified);
        } else {
            page.write(&mut response, accepts.gzip);
        }
        Ok(response)
    }
}

/// `GET /`
#[get("/")]
pub async fn landing(
    page_context: PageContext<'_>,
    accepts: Accepts,
    looking: ImpersonationGuard,
) -> Result<Public, PageError> {
    let page_context = page_context.at("/");
    let ctx = &page_context.app.ctx;
    if let Some(visitor) = looking.0 {
        let plans = ops::plans::catalogue(ctx).await?;
        let shown = presenters::storefront::landing(&plans, &ctx.settings.discounts, &page_context.app.payee);
        return Ok(Public::Viewed(Box::new(page(&page_context, &visitor, &shown))));
    }
    let version = page_context.app.public_pages.version(ctx).await?;
    let kept = page_context.app.public_pages.get("landing.html", page_context.lang, version);
    let page = match kept {
        Some(page) => page,
        None => {
            let plans = ops::plans::catalogue(ctx).await?;
            let page =
                presenters::storefront::landing(&plans, &ctx.settings.discounts, &page_context.app.payee);
            keep(&page_context, version, &page)?
        }
    };
    Ok(Public::Finished(page, accepts))
}

/// `GET /plans`
#[get("/plans")]
pub async fn plans(
    page_context: PageContext<'_>,
    accepts: Accepts,
    looking: ImpersonationGuard,
) -> Result<Public, PageError> {
    let page_context = page_context.at("/plans");
    let ctx = &page_context.app.ctx;
    if let Some(visitor) = looking.0 {
        let plans = ops::plans::catalogue(ctx).await?;
        let shown = presenters::storefront::plans(&plans, &ctx.settings.discounts);
        return Ok(Public::Viewed(Box::new(page(&page_context, &visitor, &shown))));
    }
    let version = page_context.app.public_pages.version(ctx).await?;
    let kept = page_context.app.public_pages.get("plans.html", page_context.lang, version);
    let page = match kept {
        Some(page) => page,
        None => {
            let plans = ops::plans::catalogue(ctx).await?;
            let page = presenters::storefront::plans(&plans, &ctx.settings.discounts);
            keep(&page_context, version, &page)?
        }
    };
    Ok(Public::Finished(page, accepts))
}

/// `GET /admin` and all old addresses below it: staff work in the desktop app.
#[get("/admin/<_..>")]
pub fn admin(page_context: PageContext<'_>, visitor: Visitor) -> Answer {
    Ok(page(&page_context, &visitor, &Admin {}))
}
