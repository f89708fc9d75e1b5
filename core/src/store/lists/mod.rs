//! Lists for staff: a page of rows, and how many there are in all.
//!
//! The page's ids come from an index alone; only for them are rows read and joined. A total comes from the tallies where
//! they have it; else rows are counted, up to a bound.
pub mod orders;
pub mod people;
pub mod services;

use super::{Result, Sql};
use sqlx::AnyConnection;

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

/// Counts the rows of a query that selects one column, up to the bound.
async fn count(c: &mut AnyConnection, rows: Sql) -> Result<(i64, bool)> {
    let mut sql = rows;
    sql.push(" limit ").push_bind(REACH).push(") counted");
    let total: i64 = sql.build_query_scalar().persistent(false).fetch_one(c).await?;
    Ok((total, total < REACH))
}

/// The beginning of a query for [`count`].
const COUNT: &str = "select count(*) from (select 1 as one";
