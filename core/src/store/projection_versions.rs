//! Which of the tables that follow from others are filled, and by which version of their rules.
use super::{Record, Result, Tx, expect_one_row};
use crate::domain::time::Timestamp;

/// A table that follows from others.
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
pub enum Projection {
    /// `counters`
    Counters,
    /// `search_terms`
    SearchTerms,
}

impl Projection {
    /// Higher with every change of what is counted, or of the words that things are found by.
    fn version(self) -> i64 {
        match self {
            Projection::Counters => 1,
            Projection::SearchTerms => 1,
        }
    }
}

/// Whether it is filled by the rules of this version.
pub async fn is_done(tx: &mut Tx, projection: Projection) -> Result<bool> {
    let version: Option<i64> = sqlx::query_scalar("select version from projection_versions where what = ?")
        .bind(projection.into_str())
        .fetch_optional(tx.connection())
        .await?;
    Ok(version == Some(projection.version()))
}

/// It is filled from here on.
pub async fn done(tx: &mut Tx, now: Timestamp, projection: Projection) -> Result<()> {
    undone(tx, projection).await?;
    let result = sqlx::query("insert into projection_versions (what, version, filled_at) values (?, ?, ?)")
        .bind(projection.into_str())
        .bind(projection.version())
        .bind(now)
        .execute(tx.connection())
        .await?;
    expect_one_row(result, Record::Projection)
}

/// It is to be filled anew.
pub async fn undone(tx: &mut Tx, projection: Projection) -> Result<()> {
    sqlx::query("delete from projection_versions where what = ?")
        .bind(projection.into_str())
        .execute(tx.connection())
        .await?;
    Ok(())
}
