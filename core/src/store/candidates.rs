//! Orders that an unmatched payment could be for. Each function is one query that uses an index.
use super::{Result, Tx};
use crate::domain::{
    ids::{AttentionId, OrderId},
    money::Tzs,
    phone::Phone,
    search::SearchQuery,
    time::Timestamp,
};

/// Which orders: those placed in a period, the nearest to a time first.
#[derive(Debug, Clone, Copy)]
pub struct Around {
    pub at: Timestamp,
    pub from: Timestamp,
    /// Exclusive.
    pub to: Timestamp,
    pub most: i64,
}

/// What the gateway answered about an unmatched payment, raw. It was stored at the same time as the item.
pub async fn answer_about(tx: &mut Tx, item: AttentionId) -> Result<Option<String>> {
    let sql = "select a.attention_key, e.payload from attention a \
               join payment_events e on e.created_at = a.created_at \
               where a.id = ? and e.order_id is null and e.event_type = 'unmatched'";
    let rows: Vec<(String, Option<String>)> =
        sqlx::query_as(sql).bind(item).fetch_all(tx.connection()).await?;
    let about_it = |(key, payload): (String, Option<String>)| {
        let (_, name) = key.split_once(':')?;
        payload.filter(|payload| payload.contains(name))
    };
    Ok(rows.into_iter().find_map(about_it))
}

/// Orders that were placed with that phone, or whose payment it was asked for.
pub async fn of_phone(tx: &mut Tx, phone: &Phone, around: Around) -> Result<Vec<OrderId>> {
    let word = match SearchQuery::parse(&phone.local()) {
        Some(SearchQuery::Words(words)) => words.into_iter().next().unwrap_or_default(),
        Some(SearchQuery::Order(_)) | None => return Ok(Vec::new()),
    };
    let sql = "select o.id from search_terms t join orders o on o.id = t.object_id \
               where t.noun = 'order' and t.term = ? and o.created_at >= ? and o.created_at < ? \
               order by abs(o.created_at - ?), o.id limit ?";
    let Around { at, from, to, most } = around;
    Ok(sqlx::query_scalar(sql)
        .bind(word)
        .bind(from)
        .bind(to)
        .bind(at)
        .bind(most)
        .fetch_all(tx.connection())
        .await?)
}

/// Orders of that price that no money was applied to.
pub async fn of_amount(tx: &mut Tx, amount: Tzs, around: Around) -> Result<Vec<OrderId>> {
    let sql = "select o.id from orders o where o.price_tzs = ? and o.created_at >= ? and o.created_at < ? \
               and o.status in ('pending', 'failed', 'cancelled') \
               order by abs(o.created_at - ?), o.id limit ?";
    let Around { at, from, to, most } = around;
    Ok(sqlx::query_scalar(sql)
        .bind(amount)
        .bind(from)
        .bind(to)
        .bind(at)
        .bind(most)
        .fetch_all(tx.connection())
        .await?)
}
