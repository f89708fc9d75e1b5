//! The projections `counters` and `search_terms`: built, compared with the rows they follow from, and
//! rebuilt.
use super::Result;
use crate::{
    AppContext, read, store,
    store::{
        UniqueKey,
        counters::{self, CounterRow},
        projection_versions::{self, Projection},
        recompute,
        search_terms::{self, Noun},
    },
    tx,
};
use std::collections::BTreeMap;
use strum::VariantArray;

/// The objects whose search terms are written in one transaction.
const BATCH: i64 = 2_000;

/// Builds the projections that this version's rules have not built yet. Returns whether there was anything to
/// do.
pub async fn build_missing(ctx: &AppContext) -> Result<bool> {
    let (has_counters, has_search_terms) = read!(&ctx.db, tx => {
        let has_counters = projection_versions::is_built(tx, Projection::Counters).await?;
        Ok((has_counters, projection_versions::is_built(tx, Projection::SearchTerms).await?))
    })?;
    if !has_counters {
        rebuild_counters(ctx).await?;
    }
    if !has_search_terms {
        rebuild_search_terms(ctx).await?;
    }
    Ok(!(has_counters && has_search_terms))
}

/// A counter that differs from the rows that it counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    pub metric: String,
    /// 0 for the counter of all days, or of the present.
    pub day: i64,
    pub label: String,
    /// The stored count and shillings; zero where no counter is stored.
    pub stored: (i64, i64),
    /// The count and shillings computed from the rows.
    pub computed: (i64, i64),
}

/// Compares all counters with the rows that they count. Empty where they agree.
pub async fn compare(ctx: &AppContext) -> Result<Vec<Difference>> {
    // One snapshot sees one moment and blocks no writer. It may run longer than other transactions.
    let mut tx = ctx.db.snapshot().await?;
    let stored = counters::all(&mut tx).await?;
    let computed = recompute::all(&mut tx).await?;
    drop(tx);
    let mut differences: BTreeMap<(String, i64, String), Difference> = BTreeMap::new();
    let mut at = |row: &CounterRow, set: fn(&mut Difference) -> &mut (i64, i64)| {
        let key = (row.metric.clone(), row.day, row.label.clone());
        let difference = differences.entry(key).or_insert_with(|| Difference {
            metric: row.metric.clone(),
            day: row.day,
            label: row.label.clone(),
            stored: (0, 0),
            computed: (0, 0),
        });
        *set(difference) = (row.row_count, row.sum_tzs);
    };
    stored.iter().for_each(|row| at(row, |difference| &mut difference.stored));
    computed.iter().for_each(|row| at(row, |difference| &mut difference.computed));
    Ok(differences.into_values().filter(|difference| difference.stored != difference.computed).collect())
}

/// Rebuilds the counters and the search terms.
pub async fn rebuild(ctx: &AppContext) -> Result<()> {
    rebuild_counters(ctx).await?;
    rebuild_search_terms(ctx).await
}

async fn rebuild_counters(ctx: &AppContext) -> Result<()> {
    let now = ctx.now();
    let mut tx = ctx.db.begin().await?;
    let rows = recompute::all(&mut tx).await?;
    counters::replace(&mut tx, &rows).await?;
    projection_versions::set_built(&mut tx, now, Projection::Counters).await?;
    tx.commit().await?;
    tracing::info!(counters = rows.len(), "the counters were rebuilt");
    Ok(())
}

/// In batches, so that requests are not blocked meanwhile. If the process ends before the last batch, the
/// next start rebuilds the search terms again.
async fn rebuild_search_terms(ctx: &AppContext) -> Result<()> {
    clear_search_terms(ctx).await?;
    for noun in Noun::VARIANTS {
        let mut after = 0;
        loop {
            let filled = tx!(&ctx.db, tx => search_terms::fill(tx, *noun, after, BATCH, false).await);
            let last = match filled {
                // A request wrote one of them meanwhile.
                Err(store::Error::Duplicate(UniqueKey::SearchTermsKey)) => {
                    tx!(&ctx.db, tx => search_terms::fill(tx, *noun, after, BATCH, true).await)?
                }
                filled => filled?,
            };
            match last {
                Some(last) => after = last,
                None => break,
            }
        }
    }
    let now = ctx.now();
    tx!(&ctx.db, tx => projection_versions::set_built(tx, now, Projection::SearchTerms).await)?;
    tracing::info!("the search terms were rebuilt");
    Ok(())
}

async fn clear_search_terms(ctx: &AppContext) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    projection_versions::unset(&mut tx, Projection::SearchTerms).await?;
    search_terms::clear(&mut tx).await?;
    Ok(tx.commit().await?)
}
