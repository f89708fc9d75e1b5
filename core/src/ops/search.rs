//! One search over everything.
use super::Result;
use crate::{
    Shop,
    domain::finding::Sought,
    read,
    store::{
        hits,
        search_terms::{self, Noun},
    },
};

pub use crate::store::hits::{Hit, HitState};

/// The most hits of one noun.
const MOST: i64 = 50;

/// People, orders and services with those words, `most` of each at most: exact ones first, then the newest. Four queries.
pub async fn everything(shop: &Shop, q: &str, most: i64) -> Result<Vec<Hit>> {
    let Some(sought) = Sought::parse(q) else { return Ok(Vec::new()) };
    let most = most.clamp(1, MOST);
    let mut hits = read!(&shop.db, c => {
        let mut hits = Vec::new();
        for hunt in search_terms::hunt(c, Noun::ALL, &sought).await? {
            hits.extend(hits::best(c, &hunt, most).await?);
        }
        Ok(hits)
    })?;
    hits.sort_by_key(|hit| (std::cmp::Reverse(hit.is_exact), std::cmp::Reverse(hit.created_at)));
    Ok(hits)
}
