//! The public pages: rendered once per language and change, and kept.
use super::{
    Answer, PageError, Reply, page,
    page_cache::{Finished, True},
};
use crate::{
    guards::{Accepts, ImpersonationGuard, PageContext, Visitor},
    i18n::Lang,
    pages::{Admin, Page},
    presenters,
};
use flate2::Compression;
use hollyn_core::{AppContext, domain::time::Timestamp, ops};
use rocket::{
    Request, Response, get,
    http::{ContentType, Header, Status},
    response::Responder,
};
use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};

/// Finished pages, by template and language, and the state of the plans that they show.
#[derive(Default)]
pub struct Kept {
    pages: RwLock<HashMap<(&'static str, Lang), True<ops::plans::Stamp>>>,
    plans: RwLock<Stamp>,
}

#[derive(Default, Clone, Copy)]
struct Stamp {
    /// None before the first look.
    value: Option<ops::plans::Stamp>,
    looked_at: Timestamp,
}

/// The plans' state is looked up at most this often; a changed price shows everywhere within it.
const FRESH_MICROS: i64 = 1_000_000;

impl Kept {
    async fn stamp(&self, ctx: &AppContext) -> ops::Result<ops::plans::Stamp> {
        let now = ctx.now();
        let known = *self.plans.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(value) = known.value
            && (0..FRESH_MICROS).contains(&(now.0 - known.looked_at.0))
        {
            return Ok(value);
        }
        let value = ops::plans::stamp(ctx).await?;
        *self.plans.write().unwrap_or_else(PoisonError::into_inner) =
            Stamp { value: Some(value), looked_at: now };
        Ok(value)
    }

    fn page(&self, template: &'static str, lang: Lang, stamp: ops::plans::Stamp) -> Option<Arc<Finished>> {
        let pages = self.pages.read().unwrap_or_else(PoisonError::into_inner);
        // Templates are read from disk in a debug build, so that a change shows at the next request.
        let (kept, page) = pages.get(&(template, lang))?;
        (*kept == stamp && !cfg!(debug_assertions)).then(|| page.clone())
    }

    fn keep<P: Page>(
        &self,
        page_context: &PageContext<'_>,
        stamp: ops::plans::Stamp,
        page: &P,
    ) -> Result<Arc<Finished>, PageError> {
        let finished =
            Arc::new(Finished::render(page_context, &page_context.layout(None), page, Compression::best())?);
        let mut pages = self.pages.write().unwrap_or_else(PoisonError::into_inner);
        pages.insert((P::TEMPLATE, page_context.lang), (stamp, finished.clone()));
        Ok(finished)
    }
}

/// A public page on its way to one visitor.
pub enum Public {
    /// The one that everybody gets.
    Kept(Arc<Finished>, Accepts),
    /// With the banner of staff who look at the site as a customer.
    Viewed(Box<Reply>),
}

impl<'r> Responder<'r, 'static> for Public {
    fn respond_to(self, request: &'r Request<'_>) -> rocket::response::Result<'static> {
        let (page, accepts) = match self {
            Public::Kept(page, accepts) => (page, accepts),
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
    let stamp = page_context.app.kept.stamp(ctx).await?;
    let kept = page_context.app.kept.page("landing.html", page_context.lang, stamp);
    let page = match kept {
        Some(page) => page,
        None => {
            let plans = ops::plans::catalogue(ctx).await?;
            let page =
                presenters::storefront::landing(&plans, &ctx.settings.discounts, &page_context.app.payee);
            page_context.app.kept.keep(&page_context, stamp, &page)?
        }
    };
    Ok(Public::Kept(page, accepts))
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
    let stamp = page_context.app.kept.stamp(ctx).await?;
    let kept = page_context.app.kept.page("plans.html", page_context.lang, stamp);
    let page = match kept {
        Some(page) => page,
        None => {
            let plans = ops::plans::catalogue(ctx).await?;
            let page = presenters::storefront::plans(&plans, &ctx.settings.discounts);
            page_context.app.kept.keep(&page_context, stamp, &page)?
        }
    };
    Ok(Public::Kept(page, accepts))
}

/// `GET /admin` and all old addresses below it: staff work in the desktop app.
#[get("/admin/<_..>")]
pub fn admin(page_context: PageContext<'_>, visitor: Visitor) -> Answer {
    Ok(page(&page_context, &visitor, &Admin {}))
}
