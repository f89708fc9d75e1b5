//! Lists for staff: a page of rows, and how many there are in all.
//!
//! The page's ids come from an index alone; only for them are rows read and joined. A total comes from the
//! counters where they have it; else rows are counted, up to a bound.
mod access;
pub mod orders;
pub mod services;
pub mod users;

use super::{
    Result, Sql, Tx, push_ids,
    search_terms::{Hits, SearchPlan},
};
use crate::domain::list::Direction;

/// The last row of a list that a page can show, and up to which rows are counted.
pub const REACH: i64 = 10_000;

/// Up to so many rows, sorting them is faster than finding them in an index of the sort column.
const FEW: i64 = 2_000;

/// Which rows of the list.
#[derive(Debug, Clone, Copy)]
pub struct Slice {
    pub skip: i64,
    pub take: i64,
}

/// Rows, and how many there are in all.
pub struct Listed<T> {
    pub rows: Vec<T>,
    pub total: i64,
    /// Whether there are no more than that.
    pub is_exact: bool,
}

/// What a search leaves of a list that is read as a whole: the same rows that the list itself shows.
#[derive(Clone)]
pub enum RowFilter {
    /// There is no search.
    All,
    /// The newest hits.
    Hits(Hits),
    /// Within one customer's rows, each row is checked.
    Each(SearchPlan),
}

impl RowFilter {
    /// The filter that a list with that search uses.
    pub async fn new(
        tx: &mut Tx,
        plan_search: Option<SearchPlan>,
        is_of_customer: bool,
    ) -> Result<RowFilter> {
        match plan_search {
            None => Ok(RowFilter::All),
            Some(plan_search) if is_of_customer => Ok(RowFilter::Each(plan_search)),
            Some(plan_search) => Ok(RowFilter::Hits(plan_search.hits(tx).await?)),
        }
    }
}

/// The next rows of a list by their ids, for an export.
pub struct ExportBatch<'a, F, K> {
    pub filter: &'a F,
    pub row_filter: &'a RowFilter,
    /// Only these, where some were selected; by the key that the API names them by.
    pub selected: Option<&'a [K]>,
    /// After this row's id.
    pub after: i64,
    pub most: i64,
}

impl<F, K> ExportBatch<'_, F, K>
where
    K: Copy + Send + 'static + for<'q> sqlx::Encode<'q, sqlx::Any> + sqlx::Type<sqlx::Any>,
{
    /// The end of the query that selects the ids: `id` and `key` are the columns of the row's id and of its
    /// key.
    fn push(&self, sql: &mut Sql, id: &str, key: &str) {
        match self.row_filter {
            RowFilter::All => {}
            RowFilter::Hits(hits) => hits.push(sql, id),
            RowFilter::Each(plan_search) => plan_search.push_all(sql, id),
        }
        match self.selected {
            Some([]) => {
                sql.push(" and 1 = 0");
            }
            Some(selected) => {
                sql.push(format!(" and {key}"));
                push_ids(sql, selected);
            }
            None => {}
        }
        sql.push(format!(" and {id} > ")).push_bind(self.after);
        sql.push(format!(" order by {id} limit ")).push_bind(self.most).push(")");
    }
}

/// The keyword behind a sorted column.
fn descending(direction: Direction) -> &'static str {
    match direction {
        Direction::Ascending => "",
        Direction::Descending => " desc",
    }
}

/// Counts the rows of a query that selects one column, up to the bound.
async fn count(tx: &mut Tx, rows: Sql) -> Result<(i64, bool)> {
    let mut sql = rows;
    sql.push(" limit ").push_bind(REACH).push(") counted");
    let total: i64 = sql.build_query_scalar().persistent(false).fetch_one(tx.connection()).await?;
    Ok((total, total < REACH))
}

/// The beginning of a query for [`count`].
const COUNT: &str = "select count(*) from (select 1 as one";
