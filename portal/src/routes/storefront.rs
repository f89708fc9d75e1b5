//! The public pages: rendered once per language and change, and kept.
use super::{
    Answer, Failure, Reply,
    kept::{Finished, True},
    page,
};
use crate::{
    guards::{Accepts, Looking, Stage, Visitor},
    i18n::Lang,
    pages::{Admin, Page},
    views,
};
use flate2::Compression;
use hollyn_core::{Shop, domain::time::Moment, ops};
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
    looked_at: Moment,
}

/// The plans' state is looked up at most this often; a changed price shows everywhere within it.
const FRESH_MICROS: i64 = 1_000_000;

impl Kept {
    async fn stamp(&self, shop: &Shop) -> ops::Result<ops::plans::Stamp> {
        let now = shop.now();
        let known = *self.plans.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(value) = known.value
            && (0..FRESH_MICROS).contains(&(now.0 - known.looked_at.0))
        {
            return Ok(value);
        }
        let value = ops::plans::stamp(shop).await?;
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
        stage: &Stage<'_>,
        stamp: ops::plans::Stamp,
        page: &P,
    ) -> Result<Arc<Finished>, Failure> {
        let finished = Arc::new(Finished::render(stage, &stage.shell(None), page, Compression::best())?);
        let mut pages = self.pages.write().unwrap_or_else(PoisonError::into_inner);
        pages.insert((P::TEMPLATE, stage.lang), (stamp, finished.clone()));
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
pub async fn landing(stage: Stage<'_>, accepts: Accepts, looking: Looking) -> Result<Public, Failure> {
    let stage = stage.at("/");
    let shop = &stage.app.shop;
    if let Some(visitor) = looking.0 {
        let plans = ops::plans::catalogue(shop).await?;
        let shown = views::storefront::landing(&plans, &shop.rules.discounts, &stage.app.payee);
        return Ok(Public::Viewed(Box::new(page(&stage, &visitor, &shown))));
    }
    let stamp = stage.app.kept.stamp(shop).await?;
    let kept = stage.app.kept.page("landing.html", stage.lang, stamp);
    let page = match kept {
        Some(page) => page,
        None => {
            let plans = ops::plans::catalogue(shop).await?;
            let page = views::storefront::landing(&plans, &shop.rules.discounts, &stage.app.payee);
            stage.app.kept.keep(&stage, stamp, &page)?
        }
    };
    Ok(Public::Kept(page, accepts))
}

/// `GET /plans`
#[get("/plans")]
pub async fn plans(stage: Stage<'_>, accepts: Accepts, looking: Looking) -> Result<Public, Failure> {
    let stage = stage.at("/plans");
    let shop = &stage.app.shop;
    if let Some(visitor) = looking.0 {
        let plans = ops::plans::catalogue(shop).await?;
        let shown = views::storefront::plans(&plans, &shop.rules.discounts);
        return Ok(Public::Viewed(Box::new(page(&stage, &visitor, &shown))));
    }
    let stamp = stage.app.kept.stamp(shop).await?;
    let kept = stage.app.kept.page("plans.html", stage.lang, stamp);
    let page = match kept {
        Some(page) => page,
        None => {
            let plans = ops::plans::catalogue(shop).await?;
            let page = views::storefront::plans(&plans, &shop.rules.discounts);
            stage.app.kept.keep(&stage, stamp, &page)?
        }
    };
    Ok(Public::Kept(page, accepts))
}

/// `GET /admin` and all old addresses below it: staff work in the desktop app.
#[get("/admin/<_..>")]
pub fn admin(stage: Stage<'_>, visitor: Visitor) -> Answer {
    Ok(page(&stage, &visitor, &Admin {}))
}
