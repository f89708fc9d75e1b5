//! Finished pages: rendered and compressed once, sent until what they show has changed.
use crate::i18n::Lang;
use flate2::{Compression, write::GzEncoder};
use hollyn_core::{
    AppContext, domain::ids::UserId, domain::plan::PriceListVersion, domain::time::Timestamp, ops,
};
use rocket::{
    Response,
    http::{ContentType, Header},
};
use std::{
    collections::HashMap,
    io::{self, Cursor, Write},
    sync::{Arc, Mutex, PoisonError, RwLock},
};

/// A page that needs no more work, plain and compressed.
pub struct FinishedPage {
    pub etag: String,
    plain: Arc<[u8]>,
    gzip: Arc<[u8]>,
}

impl FinishedPage {
    /// Compresses a page.
    pub fn new(html: String, compression: Compression) -> io::Result<FinishedPage> {
        let mut encoder = GzEncoder::new(Vec::new(), compression);
        encoder.write_all(html.as_bytes())?;
        let gzip = encoder.finish()?;
        let etag = format!("\"{}\"", &hollyn_core::keys::fingerprint(&html)[..16]);
        Ok(FinishedPage { etag, plain: html.into_bytes().into(), gzip: gzip.into() })
    }

    /// Writes it into a response.
    pub fn write(&self, response: &mut Response<'_>, gzip: bool) {
        response.set_header(ContentType::HTML);
        let body = if gzip {
            response.set_header(Header::new("content-encoding", "gzip"));
            self.gzip.clone()
        } else {
            self.plain.clone()
        };
        response.set_sized_body(body.len(), Cursor::new(body));
    }
}

/// A finished page and the version of what it shows: while that is the same, the page is current.
type Versioned<V> = (V, Arc<FinishedPage>);

/// How many overviews are kept at most: a few megabytes.
const MAX_OVERVIEWS: usize = 300;

/// Customers' overviews. The version is the customer's last recorded event: a change of what an overview
/// shows is recorded.
#[derive(Default)]
pub struct Overviews(Mutex<HashMap<(UserId, Lang), Versioned<i64>>>);

impl Overviews {
    /// The customer's overview, where it is still current.
    pub fn get(&self, user: UserId, lang: Lang, version: i64) -> Option<Arc<FinishedPage>> {
        let pages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (kept, page) = pages.get(&(user, lang))?;
        (*kept == version).then(|| page.clone())
    }

    /// Keeps an overview for the next request.
    pub fn put(&self, user: UserId, lang: Lang, version: i64, page: Arc<FinishedPage>) {
        let mut pages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if pages.len() >= MAX_OVERVIEWS {
            pages.clear();
        }
        pages.insert((user, lang), (version, page));
    }
}

/// Finished public pages, by template and language, and the version of the plans that they show.
#[derive(Default)]
pub struct PublicPages {
    pages: RwLock<HashMap<(&'static str, Lang), Versioned<PriceListVersion>>>,
    /// None before the first look.
    plans: RwLock<Option<(PriceListVersion, Timestamp)>>,
}

/// The plans' version is read at most this often; a changed price shows everywhere within it.
const FRESH_MICROS: i64 = 1_000_000;

impl PublicPages {
    /// The version of the plans.
    pub async fn version(&self, ctx: &AppContext) -> ops::Result<PriceListVersion> {
        let now = ctx.now();
        let known = *self.plans.read().unwrap_or_else(PoisonError::into_inner);
        if let Some((version, read_at)) = known
            && (0..FRESH_MICROS).contains(&(now.0 - read_at.0))
        {
            return Ok(version);
        }
        let version = ops::plans::version(ctx).await?;
        *self.plans.write().unwrap_or_else(PoisonError::into_inner) = Some((version, now));
        Ok(version)
    }

    /// The page, where it is still current.
    pub fn get(
        &self,
        template: &'static str,
        lang: Lang,
        version: PriceListVersion,
    ) -> Option<Arc<FinishedPage>> {
        let pages = self.pages.read().unwrap_or_else(PoisonError::into_inner);
        // Templates are read from disk in a debug build, so that a change shows at the next request.
        let (kept, page) = pages.get(&(template, lang))?;
        (*kept == version && !cfg!(debug_assertions)).then(|| page.clone())
    }

    /// Keeps a page for the next request.
    pub fn put(
        &self,
        template: &'static str,
        lang: Lang,
        version: PriceListVersion,
        page: Arc<FinishedPage>,
    ) {
        let mut pages = self.pages.write().unwrap_or_else(PoisonError::into_inner);
        pages.insert((template, lang), (version, page));
    }
}
