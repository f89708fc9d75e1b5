//! Pages of lists: which one is requested, and how it is answered.
use super::api_error::ApiError;
use hollyn_core::{api, domain::list::Page, ops::pagination::MOST_ROWS};

/// Rows of a page where the request does not say.
const DEFAULT_ROWS: i64 = 25;

/// The number of the requested page, and how many rows it has.
pub fn requested(page: Option<i64>, per_page: Option<i64>) -> Result<(i64, i64), ApiError> {
    let (page, per_page) = (page.unwrap_or(1), per_page.unwrap_or(DEFAULT_ROWS));
    if page < 1 {
        return Err(ApiError::field("page", "Pages count from 1."));
    }
    if !(1..=MOST_ROWS).contains(&per_page) {
        return Err(ApiError::field("per_page", "A page has 1 to 100 rows."));
    }
    Ok((page, per_page))
}

/// A page with its rows as the API shows them.
pub fn page_of<R, T>(page: Page<R>, shown: impl Fn(R) -> T) -> api::Page<T> {
    api::Page {
        items: page.items.into_iter().map(shown).collect(),
        total: page.total,
        is_total_exact: page.is_total_exact,
        page: page.page,
        per_page: page.per_page,
    }
}
