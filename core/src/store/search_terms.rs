//! The table `search_terms`: the words that users, orders and services are found by, and how a search reads
//! them.
//!
//! A word is found by its beginning. The table has two indexes: by word, for rare words, and by the word's
//! first three letters and the newest row, for common ones: of ten thousand orders of customers named Juma, a
//! search reads the newest and stops.
use super::{Result, Sql, Tx};
use crate::domain::{
    ids::OrderUuid,
    search::{self, SearchQuery, Words},
};
use sqlx::{Row, any::AnyRow};

/// The kind of record that is searched.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    strum::Display,
    strum::EnumString,
    strum::IntoStaticStr,
    strum::VariantArray,
)]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum Noun {
    /// A user.
    User,
    /// An order.
    Order,
    /// A service.
    Service,
}

/// A search ends at so many hits, the newest of them.
pub const MOST_HITS: i64 = 500;

/// A search word that begins this many terms is a common one.
const COMMON: i64 = 2_000;

/// The same where there are several search words: up to here, all rows of the rarest are read, so that a
/// whole name finds its user.
const COMMON_OF_SEVERAL: i64 = 10_000;

/// Of how many of the newest rows with a common word the other words are checked.
const DEPTH: i64 = 5_000;

/// Sorts after every word with the same beginning.
const LAST: char = '\u{10ffff}';

/// Adds words of a record that may have some of them already.
pub async fn add(tx: &mut Tx, noun: Noun, id: i64, words: &Words) -> Result<()> {
    if words.is_empty() {
        return Ok(());
    }
    let mut sql = Sql::new("select term from search_terms where noun = ");
    sql.push_bind(noun.into_str()).push(" and object_id = ").push_bind(id).push(" and term in (");
    let mut list = sql.separated(", ");
    for word in words {
        list.push_bind(word.clone());
    }
    sql.push(")");
    let known: Vec<String> = sql.build_query_scalar().fetch_all(tx.connection()).await?;
    let new = words.iter().filter(|word| !known.contains(word)).map(|word| (id, word.as_str()));
    insert(tx, noun, &new.collect::<Vec<_>>()).await
}

/// The words of a record now; none where there is no such record. Those of an order's payments are among
/// them.
pub async fn of(tx: &mut Tx, noun: Noun, id: i64) -> Result<Words> {
    let rows = match noun {
        Noun::User => users(tx, id, id, 1).await?,
        Noun::Order => orders(tx, id, id, 1).await?,
        Noun::Service => services(tx, id, id, 1).await?,
    };
    Ok(rows.into_iter().next().map(|(_, words)| words).unwrap_or_default())
}

/// Applies what the words of a record have become since they were read as `was`; for a new one, `was` is
/// empty.
pub async fn apply_delta(tx: &mut Tx, noun: Noun, id: i64, was: Words) -> Result<()> {
    let now_is = of(tx, noun, id).await?;
    for word in was.difference(&now_is) {
        sqlx::query("delete from search_terms where noun = ? and term = ? and object_id = ?")
            .bind(noun.into_str())
            .bind(word)
            .bind(id)
            .execute(tx.connection())
            .await?;
    }
    add(tx, noun, id, &now_is.difference(&was).cloned().collect()).await
}

async fn insert(tx: &mut Tx, noun: Noun, rows: &[(i64, &str)]) -> Result<()> {
    // Four values each; engines take some ten thousand a statement.
    for rows in rows.chunks(1_000) {
        let mut sql = Sql::new("insert into search_terms (noun, term, object_id, prefix) ");
        sql.push_values(rows, |mut row, (id, word)| {
            row.push_bind(noun.into_str())
                .push_bind((*word).to_owned())
                .push_bind(*id)
                .push_bind(prefix(word));
        });
        sql.build().execute(tx.connection()).await?;
    }
    Ok(())
}

/// The first letters of a word.
fn prefix(word: &str) -> String {
    word.chars().take(PREFIX).collect()
}

const PREFIX: usize = 3;

/// Adds the words of the next records after a row. `may_exist` says that some may have words already. Returns
/// the last row; None at the end.
pub async fn fill(tx: &mut Tx, noun: Noun, after: i64, most: i64, may_exist: bool) -> Result<Option<i64>> {
    let rows = match noun {
        Noun::User => users(tx, after + 1, i64::MAX, most).await?,
        Noun::Order => orders(tx, after + 1, i64::MAX, most).await?,
        Noun::Service => services(tx, after + 1, i64::MAX, most).await?,
    };
    if may_exist {
        for (id, words) in &rows {
            add(tx, noun, *id, words).await?;
        }
    } else {
        let mut pairs: Vec<(i64, &str)> =
            rows.iter().flat_map(|(id, words)| words.iter().map(|word| (*id, word.as_str()))).collect();
        // In the table's order, so that each of its pages is visited once.
        pairs.sort_by_key(|(id, word)| (*word, *id));
        insert(tx, noun, &pairs).await?;
    }
    Ok(rows.last().map(|(id, _)| *id))
}

/// Deletes all words.
pub async fn clear(tx: &mut Tx) -> Result<()> {
    sqlx::query("delete from search_terms").execute(tx.connection()).await?;
    Ok(())
}

type Found = Vec<(i64, Words)>;

async fn users(tx: &mut Tx, from: i64, to: i64, most: i64) -> Result<Found> {
    let sql = "select id, name, email, phone from users where id between ? and ? order by id limit ?";
    let rows: Vec<(i64, String, String, Option<String>)> =
        sqlx::query_as(sql).bind(from).bind(to).bind(most).fetch_all(tx.connection()).await?;
    let words = |(id, name, email, phone): (i64, String, String, Option<String>)| {
        (id, search::of_person(&name, &email, phone.as_deref()))
    };
    Ok(rows.into_iter().map(words).collect())
}

async fn orders(tx: &mut Tx, from: i64, to: i64, most: i64) -> Result<Found> {
    type Row = (i64, OrderUuid, String, String, String, Option<String>, Option<String>);
    let sql = "select id, order_uuid, customer_name, customer_email, customer_phone, domain, payment_ref \
               from orders where id between ? and ? order by id limit ?";
    let rows: Vec<Row> =
        sqlx::query_as(sql).bind(from).bind(to).bind(most).fetch_all(tx.connection()).await?;
    let words = |(id, uuid, name, email, phone, domain, reference): Row| {
        let mut words = search::of_order(uuid, domain.as_deref());
        words.extend(search::of_person(&name, &email, Some(&phone)));
        words.extend(search::of_payment("", [reference.as_deref(), None], ""));
        (id, words)
    };
    let mut found: Found = rows.into_iter().map(words).collect();
    let Some((last, _)) = found.last() else { return Ok(found) };
    type PaymentRow = (i64, String, Option<String>, Option<String>, String);
    let sql = "select order_id, gateway_order_id, transid, reference, payer_phone from payments \
               where order_id between ? and ? order by order_id";
    let payments: Vec<PaymentRow> =
        sqlx::query_as(sql).bind(from).bind(*last).fetch_all(tx.connection()).await?;
    for (order, name, transid, reference, phone) in payments {
        if let Ok(at) = found.binary_search_by_key(&order, |(id, _)| *id) {
            let words = search::of_payment(&name, [transid.as_deref(), reference.as_deref()], &phone);
            found[at].1.extend(words);
        }
    }
    Ok(found)
}

async fn services(tx: &mut Tx, from: i64, to: i64, most: i64) -> Result<Found> {
    let sql = "select s.id, s.domain, s.webuzo_username, o.customer_email from services s \
               join orders o on o.id = s.order_id where s.id between ? and ? order by s.id limit ?";
    let rows: Vec<(i64, String, Option<String>, String)> =
        sqlx::query_as(sql).bind(from).bind(to).bind(most).fetch_all(tx.connection()).await?;
    let words = |(id, domain, username, email): (i64, String, Option<String>, String)| {
        (id, search::of_service(&domain, username.as_deref(), &email))
    };
    Ok(rows.into_iter().map(words).collect())
}

/// A search for records of one kind, with how it reads the table.
#[derive(Debug, Clone)]
pub struct SearchPlan {
    noun: Noun,
    access: AccessPath,
}

#[derive(Debug, Clone)]
enum AccessPath {
    /// The rows of the rarest word, each checked for the others.
    Words { driving: String, others: Vec<String>, is_common: bool },
    /// The order itself, or what belongs to it.
    Order(OrderUuid),
}

/// Plans a search: counts the terms of each word, for all kinds of records in one query. The rarest word
/// drives.
pub async fn plan_search(tx: &mut Tx, nouns: &[Noun], query: &SearchQuery) -> Result<Vec<SearchPlan>> {
    let words = match query {
        SearchQuery::Order(uuid) => {
            return Ok(nouns
                .iter()
                .map(|noun| SearchPlan { noun: *noun, access: AccessPath::Order(*uuid) })
                .collect());
        }
        SearchQuery::Words(words) => words,
    };
    let common = if words.len() > 1 { COMMON_OF_SEVERAL } else { COMMON };
    let mut sql = Sql::new("select ");
    let pairs = nouns.iter().flat_map(|noun| words.iter().map(move |word| (*noun, word)));
    for (nth, (noun, word)) in pairs.enumerate() {
        sql.push(if nth > 0 { ", " } else { "" });
        sql.push("(select count(*) from (select 1 as one from search_terms where noun = ");
        sql.push_bind(noun.into_str()).push(" and term >= ").push_bind(word.clone());
        sql.push(" and term < ").push_bind(format!("{word}{LAST}"));
        sql.push(" limit ").push_bind(common).push(format!(") t{nth})"));
    }
    let row: AnyRow = sql.build().fetch_one(tx.connection()).await?;
    let mut plans = Vec::with_capacity(nouns.len());
    for (nth, noun) in nouns.iter().enumerate() {
        let mut counted = Vec::with_capacity(words.len());
        for (at, word) in words.iter().enumerate() {
            let count: i64 = row.try_get(nth * words.len() + at)?;
            // Common words are counted up to a bound only; of those, the longest is likely the rarest.
            counted.push((count, std::cmp::Reverse(word.chars().count()), word.clone()));
        }
        counted.sort();
        let mut counted = counted.into_iter();
        let Some((count, _, driving)) = counted.next() else { continue };
        let others = counted.map(|(_, _, word)| word).collect();
        plans.push(SearchPlan {
            noun: *noun,
            access: AccessPath::Words { driving, others, is_common: count >= common },
        });
    }
    Ok(plans)
}

/// What a search found.
#[derive(Debug, Clone)]
pub struct Hits {
    ids: Vec<i64>,
    /// Whether there are no more.
    pub(super) is_all: bool,
}

impl Hits {
    /// ` and ... in (...)`: they are numbers of ours, and too many to be bound one by one.
    pub(super) fn push(&self, sql: &mut Sql, column: &str) {
        let ids: Vec<String> = self.ids.iter().map(i64::to_string).collect();
        let list = if ids.is_empty() { "null".to_owned() } else { ids.join(",") };
        sql.push(format!(" and {column} in ({list})"));
    }
}

impl SearchPlan {
    /// The kind of record that is searched.
    pub fn noun(&self) -> Noun {
        self.noun
    }

    /// The newest hits.
    pub(super) async fn hits(&self, tx: &mut Tx) -> Result<Hits> {
        let mut sql = Sql::new("");
        self.push_ids(&mut sql, MOST_HITS);
        let ids: Vec<i64> = sql.build_query_scalar().fetch_all(tx.connection()).await?;
        let is_all = match &self.access {
            AccessPath::Order(_) => true,
            AccessPath::Words { is_common: false, .. } => {
                i64::try_from(ids.len()).is_ok_and(|found| found < MOST_HITS)
            }
            // There are more, or not all of them were checked.
            AccessPath::Words { is_common: true, .. } => false,
        };
        Ok(Hits { ids, is_all })
    }

    /// A query for the newest hits: `object_id`, each once.
    fn push_ids(&self, sql: &mut Sql, most: i64) {
        match &self.access {
            AccessPath::Order(uuid) => self.push_of_order(sql, *uuid),
            AccessPath::Words { driving, others, is_common: false } => {
                sql.push("select t.object_id from search_terms t where t.noun = ");
                sql.push_bind(self.noun.into_str()).push(" and t.term >= ").push_bind(driving.clone());
                sql.push(" and t.term < ").push_bind(format!("{driving}{LAST}"));
                others.iter().for_each(|word| self.push_has(sql, "t.object_id", word));
                sql.push(" group by t.object_id order by t.object_id desc limit ").push_bind(most);
            }
            // Shorter than the prefix, so the second index does not help: some rows with it, not the newest.
            AccessPath::Words { driving, others: _, is_common: true } if driving.chars().count() < PREFIX => {
                sql.push("select t.object_id from (select object_id from search_terms where noun = ");
                sql.push_bind(self.noun.into_str()).push(" and term >= ").push_bind(driving.clone());
                sql.push(" and term < ").push_bind(format!("{driving}{LAST}"));
                sql.push(" limit ").push_bind(COMMON).push(") t");
                sql.push(" group by t.object_id order by t.object_id desc limit ").push_bind(most);
            }
            AccessPath::Words { driving, others, is_common: true } => {
                let depth = if others.is_empty() { most } else { DEPTH };
                sql.push("select t.object_id from (select object_id from search_terms where noun = ");
                sql.push_bind(self.noun.into_str()).push(" and prefix = ").push_bind(prefix(driving));
                // The function keeps the engine from using the index by word.
                sql.push(" and coalesce(term, '') >= ").push_bind(driving.clone());
                sql.push(" and coalesce(term, '') < ").push_bind(format!("{driving}{LAST}"));
                sql.push(" group by object_id order by object_id desc limit ").push_bind(depth);
                sql.push(") t where 1 = 1");
                others.iter().for_each(|word| self.push_has(sql, "t.object_id", word));
                sql.push(" order by t.object_id desc limit ").push_bind(most);
            }
        }
    }

    /// A query for the best hits, `object_id` and `is_exact`: those with the driving word itself first.
    pub(super) fn push_best(&self, sql: &mut Sql, most: i64) {
        let (driving, others) = match &self.access {
            AccessPath::Order(uuid) => {
                sql.push("select object_id, 1 as is_exact from (");
                self.push_of_order(sql, *uuid);
                sql.push(") of_order");
                return;
            }
            AccessPath::Words { driving, others, .. } => (driving, others),
        };
        sql.push("select object_id, max(is_exact) as is_exact from (select object_id, 1 as is_exact from (");
        sql.push("select t.object_id from search_terms t where t.noun = ").push_bind(self.noun.into_str());
        sql.push(" and t.term = ").push_bind(driving.clone());
        others.iter().for_each(|word| self.push_has(sql, "t.object_id", word));
        sql.push(" order by t.object_id desc limit ").push_bind(most);
        sql.push(") exact_hits union all select object_id, 0 as is_exact from (");
        self.push_ids(sql, most);
        sql.push(") other_hits) all_hits group by object_id order by is_exact desc, object_id desc limit ");
        sql.push_bind(most);
    }

    /// ` and ...` for each word: the record whose id is in that column has it.
    pub(super) fn push_all(&self, sql: &mut Sql, column: &str) {
        match &self.access {
            AccessPath::Order(uuid) => {
                sql.push(format!(" and {column} in ("));
                self.push_of_order(sql, *uuid);
                sql.push(")");
            }
            AccessPath::Words { driving, others, .. } => {
                std::iter::once(driving).chain(others).for_each(|word| self.push_has(sql, column, word));
            }
        }
    }

    fn push_has(&self, sql: &mut Sql, column: &str, word: &str) {
        sql.push(" and exists (select 1 from search_terms h where h.noun = ").push_bind(self.noun.into_str());
        sql.push(" and h.prefix = ").push_bind(prefix(word)).push(format!(" and h.object_id = {column}"));
        sql.push(" and h.term >= ").push_bind(word.to_owned());
        sql.push(" and h.term < ").push_bind(format!("{word}{LAST}")).push(")");
    }

    fn push_of_order(&self, sql: &mut Sql, uuid: OrderUuid) {
        sql.push(match self.noun {
            Noun::User => "select user_id as object_id from orders where order_uuid = ",
            Noun::Order => "select id as object_id from orders where order_uuid = ",
            Noun::Service => {
                "select s.id as object_id from orders o join services s on s.order_id = o.id \
                 where o.order_uuid = "
            }
        });
        sql.push_bind(uuid);
    }
}
