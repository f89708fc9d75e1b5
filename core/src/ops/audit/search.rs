//! Searching the audit log.
use crate::{
    AppContext,
    domain::audit::{AuditEvent, AuditFilter, AuditPage},
    ops::{Error, Result},
    read,
    store::audit,
};

/// A page of the entries that fit a filter, newest first.
pub async fn page(ctx: &AppContext, filter: &AuditFilter, skip: i64, most: i64) -> Result<AuditPage> {
    Ok(read!(&ctx.db, tx => audit::page(tx, filter, skip, most).await)?)
}

/// The events after the row `id`, oldest first.
pub async fn since(ctx: &AppContext, id: i64, most: i64) -> Result<Vec<AuditEvent>> {
    Ok(read!(&ctx.db, tx => audit::since(tx, id, most).await)?)
}

/// The last row's id: where a feed of later events begins.
pub async fn newest(ctx: &AppContext) -> Result<i64> {
    let head = read!(&ctx.db, tx => audit::head(tx).await)?;
    head.map(|head| head.last_id).ok_or(Error::internal("the audit log has lost its head"))
}
