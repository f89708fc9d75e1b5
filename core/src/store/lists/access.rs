//! How the rows of a list are found: which index the engine goes by, and how many rows there are.
use super::{COUNT, FEW, Tx, count};
use crate::store::{
    Result, Sql,
    counters::{self, Counter},
    search_terms::{Hits, SearchPlan},
};

/// The filter whose index the engine goes by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DrivingFilter {
    Status,
    Operator,
    Plan,
    Days,
    User,
}

/// How the engine finds the rows. It does not know how common a network or a plan is; the counters do.
pub(super) enum AccessPath<'a> {
    /// The rows that a search found.
    Hits(Hits),
    /// The customer's rows, of which each must have the words.
    OfCustomer(&'a SearchPlan),
    /// The filter that leaves the fewest rows.
    Filter(DrivingFilter),
    /// The column that the list is sorted by.
    Sorted,
}

impl AccessPath<'_> {
    /// The filter whose index is used.
    pub(super) fn driving(&self) -> Option<DrivingFilter> {
        match self {
            AccessPath::Filter(filter) => Some(*filter),
            AccessPath::OfCustomer(_) => Some(DrivingFilter::User),
            AccessPath::Hits(_) | AccessPath::Sorted => None,
        }
    }

    /// A filter's column, inside a function where another index is to be used. `empty` stands for null.
    pub(super) fn column(&self, name: &str, filter: DrivingFilter, empty: &str) -> String {
        column(name, self.driving() == Some(filter), empty)
    }

    /// ` and ...`: only rows that the search finds, by the column of their id.
    pub(super) fn push_search(&self, sql: &mut Sql, id: &str) {
        match self {
            AccessPath::Hits(hits) => hits.push(sql, id),
            AccessPath::OfCustomer(plan_search) => plan_search.push_all(sql, id),
            AccessPath::Filter(_) | AccessPath::Sorted => {}
        }
    }

    /// Whether the statement is worth keeping prepared: one with ids in its text is not.
    pub(super) fn is_persistent(&self) -> bool {
        !matches!(self, AccessPath::Hits(_))
    }

    /// How many rows there are, up to the bound, and whether those are all.
    async fn counted(
        &self,
        tx: &mut Tx,
        push_from: impl Fn(&mut Sql, &AccessPath<'_>),
    ) -> Result<(i64, bool)> {
        let mut sql = Sql::new(COUNT);
        push_from(&mut sql, self);
        let (total, is_exact) = count(tx, sql).await?;
        Ok((total, is_exact && !matches!(self, AccessPath::Hits(hits) if !hits.is_all)))
    }
}

/// A column whose index may be used, or a function of it, whose index may not.
pub(super) fn column(name: &str, is_indexed: bool, empty: &str) -> String {
    if is_indexed { name.to_owned() } else { format!("coalesce({name}, {empty})") }
}

/// How the rows are found, and how many there are.
pub(super) struct Found<'a> {
    pub path: AccessPath<'a>,
    pub total: i64,
    /// Whether there are no more than that.
    pub is_exact: bool,
}

/// The rows of a search. `push_from` appends ` from ... where ...` with the list's filters.
pub(super) async fn searched<'a>(
    tx: &mut Tx,
    plan_search: &'a SearchPlan,
    is_of_customer: bool,
    push_from: impl Fn(&mut Sql, &AccessPath<'_>),
) -> Result<Found<'a>> {
    let path = if is_of_customer {
        AccessPath::OfCustomer(plan_search)
    } else {
        AccessPath::Hits(plan_search.hits(tx).await?)
    };
    let (total, is_exact) = path.counted(tx, push_from).await?;
    Ok(Found { path, total, is_exact })
}

/// The rows of a list without a search. `filters` are the given ones, each with how many rows it leaves
/// alone; `all` counts the rows without any.
pub(super) async fn filtered(
    tx: &mut Tx,
    filters: &[(i64, DrivingFilter)],
    all: Counter,
    is_sorted_by_time: bool,
    push_from: impl Fn(&mut Sql, &AccessPath<'_>),
) -> Result<Found<'static>> {
    let Some((fewest, driving)) = filters.iter().min_by_key(|(count, _)| *count).copied() else {
        let total = counters::how_many(tx, all, None).await?;
        return Ok(Found { path: AccessPath::Sorted, total, is_exact: true });
    };
    let path = AccessPath::Filter(driving);
    // How many a customer has is not among the counters.
    let is_of_customer = driving == DrivingFilter::User;
    let (total, is_exact) = match filters {
        [_] if !is_of_customer => (fewest, true),
        _ => path.counted(tx, push_from).await?,
    };
    // Behind each filter the index has the time. Where many rows are left, the next ones by another column
    // are found sooner than all of them are sorted.
    let path = if !is_sorted_by_time && total > FEW && !is_of_customer { AccessPath::Sorted } else { path };
    Ok(Found { path, total, is_exact })
}
