//! Figures and search words follow from other rows: here they are filled, compared and mended.
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
use strum::VariantArray;

/// How many things' words are written in one transaction.
const BATCH: i64 = 2_000;

/// Fills what is not filled by this version's rules: after a migration, once. Returns whether there was anything to do.
pub async fn fill(ctx: &AppContext) -> Result<bool> {
    let (counted, searched) = read!(&ctx.db, tx => {
        let counted = projection_versions::is_done(tx, Projection::Counters).await?;
        Ok((counted, projection_versions::is_done(tx, Projection::SearchTerms).await?))
    })?;
    if !counted {
        recount_all(ctx).await?;
    }
    if !searched {
        fill_words(ctx).await?;
    }
    Ok(!(counted && searched))
}

/// A figure that is not what the facts come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What stands there; None where nothing does.
    pub kept: Option<CounterRow>,
    /// What the facts come to; None where they come to nothing.
    pub counted: Option<CounterRow>,
}

/// Compares all figures with the facts. Empty where they agree.
pub async fn compare(ctx: &AppContext) -> Result<Vec<Difference>> {
    // One transaction sees one moment, and keeps nobody from writing. It may take longer than others may.
    let mut tx = ctx.db.snapshot().await?;
    let kept = counters::all(&mut tx).await?;
    let counted = recompute::all(&mut tx).await?;
    drop(tx);
    let mut kept = kept.into_iter().peekable();
    let mut counted = counted.into_iter().filter(|row| row.how_many != 0 || row.sum_tzs != 0).peekable();
    let key = |row: &CounterRow| (row.what.clone(), row.day, row.word.clone());
    let mut differences = Vec::new();
    loop {
        let pair = match (kept.peek().map(key), counted.peek().map(key)) {
            (None, None) => return Ok(differences),
            (Some(of_kept), Some(of_counted)) if of_kept == of_counted => (kept.next(), counted.next()),
            (Some(of_kept), Some(of_counted)) if of_kept > of_counted => (None, counted.next()),
            (Some(_), _) => (kept.next(), None),
            (None, Some(_)) => (None, counted.next()),
        };
        if pair.0 != pair.1 {
            differences.push(Difference { kept: pair.0, counted: pair.1 });
        }
    }
}

/// Makes figures and search words anew.
pub async fn mend(ctx: &AppContext) -> Result<()> {
    recount_all(ctx).await?;
    fill_words(ctx).await
}

async fn recount_all(ctx: &AppContext) -> Result<()> {
    let now = ctx.now();
    let mut tx = ctx.db.begin().await?;
    let rows = recompute::all(&mut tx).await?;
    counters::replace(&mut tx, &rows).await?;
    projection_versions::done(&mut tx, now, Projection::Counters).await?;
    tx.commit().await?;
    tracing::info!(figures = rows.len(), "the figures were counted anew");
    Ok(())
}

/// In batches, so that whoever serves meanwhile is not kept waiting. Cut off, it begins anew at the next start.
async fn fill_words(ctx: &AppContext) -> Result<()> {
    forget_words(ctx).await?;
    for noun in Noun::VARIANTS {
        let mut after = 0;
        loop {
            let filled = tx!(&ctx.db, tx => search_terms::fill(tx, *noun, after, BATCH, false).await);
            let last = match filled {
                // Somebody wrote one of them meanwhile.
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
    tx!(&ctx.db, tx => projection_versions::done(tx, now, Projection::SearchTerms).await)?;
    tracing::info!("the words that things are found by were written anew");
    Ok(())
}

async fn forget_words(ctx: &AppContext) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    projection_versions::undone(&mut tx, Projection::SearchTerms).await?;
    search_terms::clear(&mut tx).await?;
    Ok(tx.commit().await?)
}
