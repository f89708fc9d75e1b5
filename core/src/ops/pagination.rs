//! What every list for staff has: pages, and how far one can leaf.
use crate::{
    domain::search::SearchQuery,
    store::{
        self, Tx,
        lists::{Listed, REACH, Slice},
        search_terms::{self, MOST_HITS, Noun, SearchPlan},
    },
};

pub use crate::store::lists::Direction;

/// Most rows of a page.
pub const MOST_ROWS: i64 = 100;

/// A page of a list.
#[derive(Debug, Clone)]
pub struct Page<T> {
    pub items: Vec<T>,
    /// How many there are in all, or so many that nobody counts on.
    pub total: i64,
    /// Whether the total is all of them.
    pub is_total_exact: bool,
    /// This page's number, from 1.
    pub page: i64,
    pub per_page: i64,
}

/// How asking for a page ended.
#[derive(Debug, Clone)]
pub enum PageResult<T> {
    /// The page; empty behind the last one.
    Page(Page<T>),
    /// Nobody leafs as far as that row: filter or search instead.
    TooFar { reach: i64 },
}

impl<T> PageResult<T> {
    /// The page, where it is one.
    pub fn page(self) -> Option<Page<T>> {
        match self {
            PageResult::Page(page) => Some(page),
            PageResult::TooFar { .. } => None,
        }
    }
}

/// A page that was asked for. Pages count from 1, rows of one are 1 to 100; what is asked beyond that is brought inside.
pub(super) struct Wanted {
    query: Option<SearchQuery>,
    page: i64,
    per_page: i64,
}

impl Wanted {
    pub(super) fn new(q: &str, page: i64, per_page: i64) -> Wanted {
        Wanted { query: SearchQuery::parse(q), page: page.max(1), per_page: per_page.clamp(1, MOST_ROWS) }
    }

    /// None where the page is too far.
    pub(super) fn slice(&self) -> Option<Slice> {
        let skip = (self.page - 1).checked_mul(self.per_page)?;
        (skip < self.reach()).then_some(Slice { skip, take: self.per_page.min(self.reach() - skip) })
    }

    fn reach(&self) -> i64 {
        if self.query.is_some() { MOST_HITS } else { REACH }
    }

    /// The search's way through the words of that noun, where something is sought.
    pub(super) async fn plan_search(&self, tx: &mut Tx, noun: Noun) -> store::Result<Option<SearchPlan>> {
        match &self.query {
            Some(query) => Ok(search_terms::plan_search(tx, &[noun], query).await?.pop()),
            None => Ok(None),
        }
    }

    pub(super) fn too_far<T>(&self) -> PageResult<T> {
        PageResult::TooFar { reach: self.reach() }
    }

    pub(super) fn page<T>(self, listed: Listed<T>) -> PageResult<T> {
        PageResult::Page(Page {
            items: listed.rows,
            total: listed.total,
            is_total_exact: listed.is_exact,
            page: self.page,
            per_page: self.per_page,
        })
    }
}
