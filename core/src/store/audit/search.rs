//! Searching the audit log, at a cost that does not grow with it.
//!
//! A search goes along one index, newest first: that of the narrowest filter. What the other filters and the
//! text leave of it is looked for in the newest [`WINDOW`] rows of that index only, and the page says how far
//! back that was. Counting ends at [`MOST`]; without any filter the chain has no gap, and the head is the
//! number of rows.
use super::{AuditRow, COLUMNS, Result, Tx, entries, head};
use crate::domain::{
    audit::{AuditFilter, AuditPage},
    time::Timestamp,
};
use sqlx::{Any, QueryBuilder};

/// In how many rows text is looked for. 20,000 take about 20 ms; a million, half a second.
const WINDOW: i64 = 20_000;

/// How far a filtered list is counted, and how deep its pages go.
pub const MOST: i64 = 1_000;

/// An end for a range of words that begin alike.
const LAST: char = char::MAX;

/// One page.
pub async fn page(tx: &mut Tx, filter: &AuditFilter, skip: i64, most: i64) -> Result<AuditPage> {
    let (skip, most) = (skip.max(0), most.max(0));
    if *filter == AuditFilter::default() {
        return whole(tx, skip, most).await;
    }
    let scans = scans(tx, filter).await?;
    if scans.is_empty() {
        return Ok(AuditPage { rows: Vec::new(), total: 0, is_more: false, reached: None });
    }
    let search = Search { filter, scans };
    let skip = skip.min(MOST);
    let rows: Vec<AuditRow> = {
        let mut sql = QueryBuilder::new(format!("select {COLUMNS} from ("));
        search.walk(&mut sql, "*", skip + most);
        sql.push(") found");
        search.rest(&mut sql);
        sql.push(" order by created_at desc, id desc limit ").push_bind(most);
        sql.push(" offset ").push_bind(skip);
        sql.build_query_as().fetch_all(tx.connection()).await?
    };
    let shown = i64::try_from(rows.len()).unwrap_or(0);
    // A page that is not full is the last one.
    let total = if shown < most && (shown > 0 || skip == 0) {
        skip + shown
    } else {
        let mut sql = QueryBuilder::new("select count(*) from (select 1 from (");
        search.walk(&mut sql, "*", MOST + 1);
        sql.push(") found");
        search.rest(&mut sql);
        sql.push(" limit ").push_bind(MOST + 1).push(") counted");
        sql.build_query_scalar().fetch_one(tx.connection()).await?
    };
    let reached = search.reached(tx).await?;
    Ok(AuditPage { rows: entries(rows), total: total.min(MOST), is_more: total > MOST, reached })
}

/// Everything: by place, at any depth.
async fn whole(tx: &mut Tx, skip: i64, most: i64) -> Result<AuditPage> {
    let total = head(tx).await?.map_or(0, |head| head.last_id);
    let sql = format!("select {COLUMNS} from audit_log where id <= ? order by id desc limit ?");
    let rows = sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(total.saturating_sub(skip))
        .bind(most)
        .fetch_all(tx.connection())
        .await?;
    Ok(AuditPage { rows: entries(rows), total, is_more: false, reached: None })
}

/// An index to go along.
enum IndexScan<'a> {
    Object(&'a str, i64),
    Subject(&'a str),
    Actor(&'a str),
    Action(String),
    Objects(&'a str),
    Time,
}

/// The scan of the narrowest filter. An action's beginning is as many scans as there are actions that begin
/// so.
async fn scans<'a>(tx: &mut Tx, filter: &'a AuditFilter) -> Result<Vec<IndexScan<'a>>> {
    if let (Some(object), Some(id)) = (&filter.object, filter.object_id) {
        return Ok(vec![IndexScan::Object(object, id)]);
    }
    if let Some(subject) = &filter.subject {
        return Ok(vec![IndexScan::Subject(subject)]);
    }
    if let Some(actor) = &filter.actor {
        return Ok(vec![IndexScan::Actor(actor)]);
    }
    if let Some(begins) = &filter.action {
        return actions(tx, begins).await;
    }
    Ok(vec![filter.object.as_deref().map_or(IndexScan::Time, IndexScan::Objects)])
}

async fn actions<'a>(tx: &mut Tx, begins: &str) -> Result<Vec<IndexScan<'a>>> {
    let end = format!("{begins}{LAST}");
    let first = "select min(action) from audit_log where action >= ? and action < ?";
    let following = "select min(action) from audit_log where action > ? and action < ?";
    let mut next: Option<String> =
        sqlx::query_scalar(first).bind(begins).bind(&end).fetch_one(tx.connection()).await?;
    let mut scans = Vec::new();
    while let Some(action) = next {
        next = sqlx::query_scalar(following).bind(&action).bind(&end).fetch_one(tx.connection()).await?;
        scans.push(IndexScan::Action(action));
    }
    Ok(scans)
}

struct Search<'a> {
    filter: &'a AuditFilter,
    scans: Vec<IndexScan<'a>>,
}

impl Search<'_> {
    /// Whether there is a filter that the scan does not answer by itself.
    fn is_narrowed(&self) -> bool {
        let filter = self.filter;
        let given = [&filter.actor, &filter.subject, &filter.action, &filter.object];
        filter.q.is_some() || given.into_iter().flatten().count() > 1
    }

    /// How many rows of each scan are walked where `needed` of them would do.
    fn length(&self, needed: i64) -> i64 {
        let scans = i64::try_from(self.scans.len()).unwrap_or(1).max(1);
        if self.is_narrowed() { WINDOW / scans } else { needed }
    }

    /// All scans, one below the other; `select` is what is taken of each.
    fn walk(&self, sql: &mut QueryBuilder<Any>, select: &str, needed: i64) {
        for (n, scan) in self.scans.iter().enumerate() {
            sql.push(if n == 0 { "select " } else { " union all select " }).push(select);
            sql.push(" from (select ").push(COLUMNS).push(" from audit_log where ");
            match scan {
                IndexScan::Object(object, id) => {
                    sql.push("object = ").push_bind((*object).to_owned());
                    sql.push(" and object_id = ").push_bind(*id)
                }
                IndexScan::Subject(subject) => sql.push("subject = ").push_bind((*subject).to_owned()),
                IndexScan::Actor(actor) => sql.push("actor = ").push_bind((*actor).to_owned()),
                IndexScan::Action(action) => sql.push("action = ").push_bind(action.clone()),
                IndexScan::Objects(object) => sql.push("object = ").push_bind((*object).to_owned()),
                IndexScan::Time => sql.push("1 = 1"),
            };
            if let Some(from) = self.filter.from {
                sql.push(" and created_at >= ").push_bind(from);
            }
            if let Some(to) = self.filter.to {
                sql.push(" and created_at < ").push_bind(to);
            }
            sql.push(" order by created_at desc, id desc limit ").push_bind(self.length(needed));
            sql.push(format_args!(") scan{n}"));
        }
    }

    /// The filters, on what was walked.
    fn rest(&self, sql: &mut QueryBuilder<Any>) {
        let filter = self.filter;
        sql.push(" where 1 = 1");
        let exact = [("actor", &filter.actor), ("subject", &filter.subject), ("object", &filter.object)];
        for (column, value) in exact {
            if let Some(value) = value {
                sql.push(format_args!(" and {column} = ")).push_bind(value.clone());
            }
        }
        if let Some(action) = &filter.action {
            sql.push(" and action >= ").push_bind(action.clone());
            sql.push(" and action < ").push_bind(format!("{action}{LAST}"));
        }
        if let Some(q) = &filter.q {
            let escaped = q.to_lowercase().replace('!', "!!").replace('%', "!%").replace('_', "!_");
            for (n, column) in ["details", "action", "actor"].into_iter().enumerate() {
                sql.push(if n == 0 { " and (" } else { " or " });
                sql.push(format_args!("lower({column}) like ")).push_bind(format!("%{escaped}%"));
                sql.push(" escape '!'");
            }
            sql.push(")");
        }
    }

    /// Back to where everything was seen, if a scan was longer than what was walked of it.
    async fn reached(&self, tx: &mut Tx) -> Result<Option<Timestamp>> {
        if !self.is_narrowed() {
            return Ok(None);
        }
        let mut sql = QueryBuilder::new("select max(oldest) from (");
        self.walk(&mut sql, "count(*) as walked, min(created_at) as oldest", 0);
        sql.push(") ends where walked >= ").push_bind(self.length(0));
        Ok(sql.build_query_scalar().fetch_one(tx.connection()).await?)
    }
}
