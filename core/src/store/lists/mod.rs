//! Lists for staff: a page of rows, and how many there are in all.
//!
//! The page's ids come from an index alone; only for them are rows read and joined. A total comes from the tallies where
//! they have it; else rows are counted, up to a bound.
pub mod orders;
pub mod people;
pub mod services;

use super::{
    Result, Sql, Tx, push_ids,
    search_terms::{Hits, SearchPlan},
};

/// A list can be leafed through as far as this row, and is counted as far.
pub const REACH: i64 = 10_000;

/// So many rows are sorted sooner than they are met on the way through an index that is sorted already.
const FEW: i64 = 2_000;

/// Which rows of the list.
#[derive(Debug, Clone, Copy)]
pub struct Slice {
    pub skip: i64,
    pub take: i64,
}

/// Which end comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Direction {
    Ascending,
    #[default]
    Descending,
}

impl Direction {
    fn sql(self) -> &'static str {
        match self {
            Direction::Ascending => "",
            Direction::Descending => " desc",
        }
    }
}

/// Rows, and how many there are in all.
pub struct Listed<T> {
    pub rows: Vec<T>,
    pub total: i64,
    /// Whether there are no more than that.
    pub is_exact: bool,
}

/// What a search leaves of a list, for whoever takes all of it: the rows that the list itself finds.
#[derive(Clone)]
pub enum RowFilter {
    /// Nothing was sought.
    All,
    /// The newest hits.
    Hits(Hits),
    /// Within one customer's rows each is looked at.
    Each(SearchPlan),
}

impl RowFilter {
    /// As the lists do it.
    pub async fn new(tx: &mut Tx, plan_search: Option<SearchPlan>, is_of_one: bool) -> Result<RowFilter> {
        match plan_search {
            None => Ok(RowFilter::All),
            Some(plan_search) if is_of_one => Ok(RowFilter::Each(plan_search)),
            Some(plan_search) => Ok(RowFilter::Hits(plan_search.hits(tx).await?)),
        }
    }
}

/// The next rows of a list by their ids, for an export.
pub struct ExportBatch<'a, F, K> {
    pub filter: &'a F,
    pub row_filter: &'a RowFilter,
    /// Only these, by what they are named by, where some were chosen.
    pub chosen: Option<&'a [K]>,
    /// After this row's id.
    pub after: i64,
    pub most: i64,
}

impl<F, K> ExportBatch<'_, F, K>
where
    K: Copy + Send + 'static + for<'q> sqlx::Encode<'q, sqlx::Any> + sqlx::Type<sqlx::Any>,
{
    /// The end of the query that picks: `id` and `key` are the columns of the row's id and of its name.
    fn push(&self, sql: &mut Sql, id: &str, key: &str) {
        match self.row_filter {
            RowFilter::All => {}
            RowFilter::Hits(hits) => hits.push(sql, id),
            RowFilter::Each(plan_search) => plan_search.push_all(sql, id),
        }
        match self.chosen {
            Some([]) => {
                sql.push(" and 1 = 0");
            }
            Some(chosen) => {
                sql.push(format!(" and {key}"));
                push_ids(sql, chosen);
            }
            None => {}
        }
        sql.push(format!(" and {id} > ")).push_bind(self.after);
        sql.push(format!(" order by {id} limit ")).push_bind(self.most).push(")");
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
