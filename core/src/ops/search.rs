//! One search over users, orders and services.
use super::Result;
use crate::{
    AppContext,
    domain::search::{Hit, SearchQuery},
    read,
    store::{
        hits,
        search_terms::{self, Noun},
    },
};
use strum::VariantArray;

/// The most hits of one kind of record.
const MOST: i64 = 50;

/// Users, orders and services with those words, at most `most` of each: exact hits first, then the newest.
/// Four queries.
pub async fn everything(ctx: &AppContext, q: &str, most: i64) -> Result<Vec<Hit>> {
    let Some(query) = SearchQuery::parse(q) else { return Ok(Vec::new()) };
    let most = most.clamp(1, MOST);
    let mut hits = read!(&ctx.db, tx => {
        let mut hits = Vec::new();
        for plan_search in search_terms::plan_search(tx, Noun::VARIANTS, &query).await? {
            hits.extend(hits::best(tx, &plan_search, most).await?);
        }
        Ok(hits)
    })?;
    hits.sort_by_key(|hit| (std::cmp::Reverse(hit.is_exact), std::cmp::Reverse(hit.created_at)));
    Ok(hits)
}
