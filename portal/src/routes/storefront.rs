//! The public pages: rendered once per language and change, and kept.
use super::{Answer, Failure, page};
use crate::{
    guards::{Accepts, Stage, Visitor},
    i18n::Lang,
    pages::{Admin, Page, context},
    views,
};
use flate2::{Compression, write::GzEncoder};
use hollyn_core::{Shop, domain::time::Moment, ops};
use rocket::{
    Request, Response, get,
    http::{ContentType, Header, Status},
    response::Responder,
};
use rocket_dyn_templates::Template;
use std::{
    collections::HashMap,
    io::{Cursor, Write},
    sync::{Arc, PoisonError, RwLock},
};

/// Finished pages, by template and language, and the state of the plans that they show.
#[derive(Default)]
pub struct Kept {
    pages: RwLock<HashMap<(&'static str, Lang), Arc<Finished>>>,
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

/// A page that needs no more work, plain and packed.
struct Finished {
    stamp: ops::plans::Stamp,
    etag: String,
    plain: Arc<[u8]>,
    packed: Arc<[u8]>,
}

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
        pages.get(&(template, lang)).filter(|page| page.stamp == stamp && !cfg!(debug_assertions)).cloned()
    }

    fn keep<P: Page>(
        &self,
        stage: &Stage<'_>,
        stamp: ops::plans::Stamp,
        page: &P,
    ) -> Result<Arc<Finished>, Failure> {
        let html = Template::show(stage.rocket, P::TEMPLATE, context(&stage.shell(None), page))
            .ok_or(Failure::Ops(ops::Error::Broken("a public page could not be rendered")))?;
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        let packed = encoder
            .write_all(html.as_bytes())
            .and_then(|()| encoder.finish())
            .map_err(|_| Failure::Ops(ops::Error::Broken("a public page could not be packed")))?;
        let etag = format!("\"{}\"", &hollyn_core::keys::fingerprint(&html)[..16]);
        let finished =
            Arc::new(Finished { stamp, etag, plain: html.into_bytes().into(), packed: packed.into() });
        let mut pages = self.pages.write().unwrap_or_else(PoisonError::into_inner);
        pages.insert((P::TEMPLATE, stage.lang), finished.clone());
        Ok(finished)
    }
}

/// A kept page on its way to one visitor.
pub struct Public {
    page: Arc<Finished>,
    accepts: Accepts,
}

impl<'r> Responder<'r, 'static> for Public {
    fn respond_to(self, _: &'r Request<'_>) -> rocket::response::Result<'static> {
        let mut response = Response::new();
        response.set_header(ContentType::HTML);
        response.set_header(Header::new("cache-control", "no-cache"));
        response.set_header(Header::new("vary", "cookie, accept-language, accept-encoding"));
        response.set_header(Header::new("etag", self.page.etag.clone()));
        if self.accepts.known_etag.as_deref() == Some(self.page.etag.as_str()) {
            response.set_status(Status::NotModified);
            return Ok(response);
        }
        let body = if self.accepts.gzip {
            response.set_header(Header::new("content-encoding", "gzip"));
            self.page.packed.clone()
        } else {
            self.page.plain.clone()
        };
        response.set_sized_body(body.len(), Cursor::new(body));
        Ok(response)
    }
}

/// `GET /`
#[get("/")]
pub async fn landing(stage: Stage<'_>, accepts: Accepts) -> Result<Public, Failure> {
    let stage = stage.at("/");
    let shop = &stage.app.shop;
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
    Ok(Public { page, accepts })
}

/// `GET /plans`
#[get("/plans")]
pub async fn plans(stage: Stage<'_>, accepts: Accepts) -> Result<Public, Failure> {
    let stage = stage.at("/plans");
    let shop = &stage.app.shop;
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
    Ok(Public { page, accepts })
}

/// `GET /admin` and all old addresses below it: staff work in the desktop app.
#[get("/admin/<_..>")]
pub fn admin(stage: Stage<'_>, visitor: Visitor) -> Answer {
    Ok(page(&stage, &visitor, &Admin {}))
}
