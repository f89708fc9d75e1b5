//! Finished pages: rendered and packed once, sent as often as they are asked for while they are true.
use super::PageError;
use crate::{
    guards::{PageContext, SignedIn, Visitor},
    i18n::Lang,
    pages::{Layout, Page, context},
};
use flate2::{Compression, write::GzEncoder};
use hollyn_core::domain::ids::UserId;
use rocket::{
    Request, Response,
    http::{ContentType, Header},
    response::Responder,
};
use rocket_dyn_templates::Template;
use std::{
    collections::HashMap,
    io::{Cursor, Write},
    sync::{Arc, Mutex, PoisonError},
};

/// A page that needs no more work, plain and packed.
pub struct Finished {
    pub etag: String,
    plain: Arc<[u8]>,
    packed: Arc<[u8]>,
}

impl Finished {
    /// Renders and packs a page in its frame.
    pub fn render<P: Page>(
        page_context: &PageContext<'_>,
        layout: &Layout,
        page: &P,
        how_well: Compression,
    ) -> Result<Finished, PageError> {
        let broken = |what| PageError::from(hollyn_core::Error::internal(what));
        let html = Template::show(page_context.rocket, P::TEMPLATE, context(layout, page))
            .ok_or(broken("a page could not be rendered"))?;
        let mut encoder = GzEncoder::new(Vec::new(), how_well);
        let packed = encoder
            .write_all(html.as_bytes())
            .and_then(|()| encoder.finish())
            .map_err(|_| broken("a page could not be packed"))?;
        let etag = format!("\"{}\"", &hollyn_core::keys::fingerprint(&html)[..16]);
        Ok(Finished { etag, plain: html.into_bytes().into(), packed: packed.into() })
    }

    /// Writes it into an answer.
    pub fn write(&self, response: &mut Response<'_>, gzip: bool) {
        response.set_header(ContentType::HTML);
        let body = if gzip {
            response.set_header(Header::new("content-encoding", "gzip"));
            self.packed.clone()
        } else {
            self.plain.clone()
        };
        response.set_sized_body(body.len(), Cursor::new(body));
    }
}

/// A finished page, and what it was made of: while that is the same, the page is true.
pub type True<S> = (S, Arc<Finished>);

/// How many overviews are kept at most: a few megabytes.
const MOST: usize = 300;

/// Customers' overviews, each true as long as nothing was recorded since. Whatever they show is recorded when it changes.
#[derive(Default)]
pub struct Overviews(Mutex<HashMap<(UserId, Lang), True<i64>>>);

impl Overviews {
    /// The customer's overview, where it is still true.
    pub fn get(&self, signed_in: &SignedIn, lang: Lang) -> Option<Arc<Finished>> {
        let pages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (record, page) = pages.get(&(signed_in.user.id, lang))?;
        // Staff who look at the site as the customer see a banner that nobody else sees.
        (*record == signed_in.record && signed_in.viewed_until.is_none()).then(|| page.clone())
    }

    /// Renders the overview and keeps it for the next look.
    pub fn keep<P: Page>(
        &self,
        page_context: &PageContext<'_>,
        signed_in: SignedIn,
        page: &P,
    ) -> Result<Arc<Finished>, PageError> {
        let (user, record, is_own) = (signed_in.user.id, signed_in.record, signed_in.viewed_until.is_none());
        let layout = page_context.layout(Some(&Visitor::from(signed_in)));
        let finished = Arc::new(Finished::render(page_context, &layout, page, Compression::fast())?);
        if is_own {
            let mut pages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            if pages.len() >= MOST {
                pages.clear();
            }
            pages.insert((user, page_context.lang), (record, finished.clone()));
        }
        Ok(finished)
    }
}

/// A finished page of one person's own.
pub struct Own {
    pub page: Arc<Finished>,
    pub gzip: bool,
}

impl<'r> Responder<'r, 'static> for Own {
    fn respond_to(self, _: &'r Request<'_>) -> rocket::response::Result<'static> {
        let mut response = Response::new();
        response.set_header(Header::new("vary", "accept-encoding"));
        self.page.write(&mut response, self.gzip);
        Ok(response)
    }
}
