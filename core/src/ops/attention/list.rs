//! Lists of attention items.
use crate::{
    AppContext,
    domain::attention::{AttentionFilter, AttentionItem, AttentionKind},
    ops::Result,
    read,
    store::attention,
};

/// All open items, oldest first.
pub async fn open(ctx: &AppContext) -> Result<Vec<AttentionItem>> {
    Ok(read!(&ctx.db, tx => attention::open(tx).await)?)
}

/// A page of items, newest first, and their total; of one kind, where one is given.
pub async fn list(
    ctx: &AppContext,
    filter: AttentionFilter,
    kind: Option<AttentionKind>,
    skip: i64,
    most: i64,
) -> Result<(Vec<AttentionItem>, i64)> {
    Ok(read!(&ctx.db, tx => attention::page(tx, filter, kind, skip, most).await)?)
}

/// The number of open items.
pub async fn count_open(ctx: &AppContext) -> Result<i64> {
    Ok(read!(&ctx.db, tx => attention::count_open(tx).await)?)
}
