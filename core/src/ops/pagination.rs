//! Pages of lists for staff, and how far a list can be paged through.
use super::Result;
use crate::{
    domain::{field_error::FieldError, list::Page, search::SearchQuery},
    store::{
        self, Tx,
        lists::{Listed, REACH, Slice},
        search_terms::{self, MOST_HITS, Noun, SearchPlan},
    },
};

/// The most rows of a page.
pub const MOST_ROWS: i64 = 100;

/// A page that is requested, of a list or of the hits of a search. Pages count from 1 and have 1 to
/// [`MOST_ROWS`] rows; other numbers become the nearest of these.
pub(super) struct PageRequest {
    query: Option<SearchQuery>,
    page: i64,
    per_page: i64,
}

impl PageRequest {
    pub(super) fn new(q: &str, page: i64, per_page: i64) -> PageRequest {
        PageRequest {
            query: SearchQuery::parse(q),
            page: page.max(1),
            per_page: per_page.clamp(1, MOST_ROWS),
        }
    }

    /// The rows of the page. Errors where it lies beyond the last row that a page can show.
    pub(super) fn slice(&self) -> Result<Slice> {
        let reach = if self.query.is_some() { MOST_HITS } else { REACH };
        let skip = within(self.page, self.per_page, reach)?;
        Ok(Slice { skip, take: self.per_page.min(reach - skip) })
    }

    /// How the search finds records of that noun; None without a search.
    pub(super) async fn plan_search(&self, tx: &mut Tx, noun: Noun) -> store::Result<Option<SearchPlan>> {
        match &self.query {
            Some(query) => Ok(search_terms::plan_search(tx, &[noun], query).await?.pop()),
            None => Ok(None),
        }
    }

    /// The page with its rows.
    pub(super) fn page<T>(self, listed: Listed<T>) -> Page<T> {
        Page {
            items: listed.rows,
            total: listed.total,
            is_total_exact: listed.is_exact,
            page: self.page,
            per_page: self.per_page,
        }
    }
}

/// The number of rows before a page. Errors where the page lies beyond the last row that a page can show.
pub fn skipped_rows(page: i64, per_page: i64) -> Result<i64> {
    within(page, per_page, REACH)
}

fn within(page: i64, per_page: i64, reach: i64) -> Result<i64> {
    let skip = (page - 1).checked_mul(per_page).filter(|skip| *skip < reach);
    let too_far = || FieldError { field: "page", code: "far", accepted: vec![reach.to_string()] };
    Ok(skip.ok_or_else(too_far)?)
}
