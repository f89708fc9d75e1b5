//! The table `projection_versions`: which projections are built, and by which version of their rules.
use super::{Record, Result, Tx, expect_one_row};
use crate::domain::time::Timestamp;

/// A table that is computed from other tables.
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
    /// Raised with every change of what is counted or of what is searched by, so that the projection is
    /// rebuilt.
    fn version(self) -> i64 {
        match self {
            Projection::Counters => 1,
            Projection::SearchTerms => 1,
        }
    }
}

/// Whether the projection is built by the rules of this version.
pub async fn is_built(tx: &mut Tx, projection: Projection) -> Result<bool> {
    let version: Option<i64> =
        sqlx::query_scalar("select version from projection_versions where projection = ?")
            .bind(projection.into_str())
            .fetch_optional(tx.connection())
            .await?;
    Ok(version == Some(projection.version()))
}

/// Records that the projection is built.
pub async fn set_built(tx: &mut Tx, now: Timestamp, projection: Projection) -> Result<()> {
    unset(tx, projection).await?;
    let result =
        sqlx::query("insert into projection_versions (projection, version, built_at) values (?, ?, ?)")
            .bind(projection.into_str())
            .bind(projection.version())
            .bind(now)
            .execute(tx.connection())
            .await?;
    expect_one_row(result, Record::Projection)
}

/// Records that the projection must be rebuilt.
pub async fn unset(tx: &mut Tx, projection: Projection) -> Result<()> {
    sqlx::query("delete from projection_versions where projection = ?")
        .bind(projection.into_str())
        .execute(tx.connection())
        .await?;
    Ok(())
}
