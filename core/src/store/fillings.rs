//! Which of the tables that follow from others are filled, and by which version of their rules.
use super::{Result, one};
use crate::domain::{time::Moment, words};
use sqlx::AnyConnection;

words! {
    /// A table that follows from others.
    Filling {
        /// `tallies`
        Tallies = "tallies",
        /// `search_terms`
        SearchTerms = "search_terms",
    }
}

impl Filling {
    /// Higher with every change of what is counted, or of the words that things are found by.
    fn version(self) -> i64 {
        match self {
            Filling::Tallies => 1,
            Filling::SearchTerms => 1,
        }
    }
}

/// Whether it is filled by the rules of this version.
pub async fn is_done(c: &mut AnyConnection, filling: Filling) -> Result<bool> {
    let version: Option<i64> = sqlx::query_scalar("select version from fillings where what = ?")
        .bind(filling.as_str())
        .fetch_optional(c)
        .await?;
    Ok(version == Some(filling.version()))
}

/// It is filled from here on.
pub async fn done(c: &mut AnyConnection, now: Moment, filling: Filling) -> Result<()> {
    undone(c, filling).await?;
    let result = sqlx::query("insert into fillings (what, version, filled_at) values (?, ?, ?)")
        .bind(filling.as_str())
        .bind(filling.version())
        .bind(now)
        .execute(c)
        .await?;
    one(result, "the filling")
}

/// It is to be filled anew.
pub async fn undone(c: &mut AnyConnection, filling: Filling) -> Result<()> {
    sqlx::query("delete from fillings where what = ?").bind(filling.as_str()).execute(c).await?;
    Ok(())
}
