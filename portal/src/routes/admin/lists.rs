//! Paging of all lists: the requested page, and its answer.
use super::api_error::ApiError;
use hollyn_core::{
    api::Page,
    ops::pagination::{MOST_ROWS, PageResult},
};

/// Rows of a page where nothing is said.
const USUAL_ROWS: i64 = 25;

/// How far a list can be leafed through where nothing narrower is known.
const REACH: i64 = 10_000;

/// The requested page and its rows.
pub fn wanted(page: Option<i64>, per_page: Option<i64>) -> Result<(i64, i64), ApiError> {
    let (page, per_page) = (page.unwrap_or(1), per_page.unwrap_or(USUAL_ROWS));
    if page < 1 {
        return Err(ApiError::field("page", "Pages count from 1."));
    }
    if !(1..=MOST_ROWS).contains(&per_page) {
        return Err(ApiError::field("per_page", "A page has 1 to 100 rows."));
    }
    Ok((page, per_page))
}

/// Refuses a page number beyond the bound.
pub fn reachable(page: i64, per_page: i64) -> Result<(), ApiError> {
    let is_far = (page - 1).checked_mul(per_page).is_none_or(|skip| skip >= REACH);
    if is_far { Err(too_far(REACH)) } else { Ok(()) }
}

fn too_far(reach: i64) -> ApiError {
    ApiError::field("page", &format!("A list goes as far as its row {reach}: filter or search instead."))
}

/// A page with its rows as the API tells them.
pub fn page_of<R, T>(leafed: PageResult<R>, shown: impl Fn(R) -> T) -> Result<Page<T>, ApiError> {
    match leafed {
        PageResult::Page(page) => Ok(Page {
            items: page.items.into_iter().map(shown).collect(),
            total: page.total,
            is_total_exact: page.is_total_exact,
            page: page.page,
            per_page: page.per_page,
        }),
        PageResult::TooFar { reach } => Err(too_far(reach)),
    }
}
