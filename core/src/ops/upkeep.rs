//! Figures and search words follow from other rows: here they are filled, compared and mended.
use super::Result;
use crate::{
    Shop, read, store,
    store::{
        fillings::{self, Filling},
        recount,
        search_terms::{self, Noun},
        tallies::{self, TallyRow},
    },
    tx,
};

/// How many things' words are written in one transaction.
const BATCH: i64 = 2_000;

/// Fills what is not filled by this version's rules: after a migration, once. Returns whether there was anything to do.
pub async fn fill(shop: &Shop) -> Result<bool> {
    let (counted, searched) = read!(&shop.db, c => {
        let counted = fillings::is_done(c, Filling::Tallies).await?;
        Ok((counted, fillings::is_done(c, Filling::SearchTerms).await?))
    })?;
    if !counted {
        recount_all(shop).await?;
    }
    if !searched {
        fill_words(shop).await?;
    }
    Ok(!(counted && searched))
}

/// A figure that is not what the facts come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What stands there; None where nothing does.
    pub kept: Option<TallyRow>,
    /// What the facts come to; None where they come to nothing.
    pub counted: Option<TallyRow>,
}

/// Compares all figures with the facts. Empty where they agree.
pub async fn compare(shop: &Shop) -> Result<Vec<Difference>> {
    // One transaction sees one moment, and keeps nobody from writing. It may take longer than others may.
    let mut transaction = shop.db.reader().begin().await.map_err(store::Error::from)?;
    let kept = tallies::all(&mut transaction).await?;
    let counted = recount::all(&mut transaction).await?;
    transaction.rollback().await.map_err(store::Error::from)?;
    let mut kept = kept.into_iter().peekable();
    let mut counted = counted.into_iter().filter(|row| row.how_many != 0 || row.sum_tzs != 0).peekable();
    let key = |row: &TallyRow| (row.what.clone(), row.day, row.word.clone());
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
pub async fn mend(shop: &Shop) -> Result<()> {
    recount_all(shop).await?;
    fill_words(shop).await
}

async fn recount_all(shop: &Shop) -> Result<()> {
    let now = shop.now();
    let (mut transaction, _open) = shop.db.begin().await?;
    let rows = recount::all(&mut transaction).await?;
    tallies::replace(&mut transaction, &rows).await?;
    fillings::done(&mut transaction, now, Filling::Tallies).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    tracing::info!(figures = rows.len(), "the figures were counted anew");
    Ok(())
}

/// In batches, so that whoever serves meanwhile is not kept waiting. Cut off, it begins anew at the next start.
async fn fill_words(shop: &Shop) -> Result<()> {
    forget_words(shop).await?;
    for noun in Noun::ALL {
        let mut after = 0;
        loop {
            let filled = tx!(&shop.db, c => search_terms::fill(c, *noun, after, BATCH, false).await);
            let last = match filled {
                // Somebody wrote one of them meanwhile.
                Err(error) if error.is_duplicate() => {
                    tx!(&shop.db, c => search_terms::fill(c, *noun, after, BATCH, true).await)?
                }
                filled => filled?,
            };
            match last {
                Some(last) => after = last,
                None => break,
            }
        }
    }
    let now = shop.now();
    tx!(&shop.db, c => fillings::done(c, now, Filling::SearchTerms).await)?;
    tracing::info!("the words that things are found by were written anew");
    Ok(())
}

async fn forget_words(shop: &Shop) -> Result<()> {
    let (mut transaction, _open) = shop.db.begin().await?;
    fillings::undone(&mut transaction, Filling::SearchTerms).await?;
    search_terms::clear(&mut transaction).await?;
    Ok(transaction.commit().await.map_err(store::Error::from)?)
}
