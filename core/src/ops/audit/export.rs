//! Exporting the audit log.
use super::BATCH;
use crate::{
    AppContext,
    domain::{audit::AuditEntry, time::Timestamp},
    ops::Result,
    read,
    store::audit,
};

/// The names of an exported row's cells.
pub const COLUMNS: [&str; 12] = [
    "id",
    "at",
    "actor",
    "subject",
    "action",
    "object",
    "object_id",
    "details",
    "address",
    "request_id",
    "prev_hash",
    "hash",
];

/// The next rows of an export, after a row's id; empty at its end.
pub async fn batch(ctx: &AppContext, after: i64) -> Result<Vec<AuditEntry>> {
    Ok(read!(&ctx.db, tx => audit::after(tx, after, BATCH).await)?)
}

/// A row's cells; times are those of East Africa.
pub fn cells(row: &AuditEntry) -> [String; 12] {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    [
        row.id.to_string(),
        timestamp(row.created_at),
        row.actor.clone(),
        text(&row.subject),
        row.action.clone(),
        row.object.clone(),
        row.object_id.map(|id| id.to_string()).unwrap_or_default(),
        text(&row.details),
        text(&row.address),
        text(&row.request_id),
        row.prev_hash.clone(),
        row.hash.clone(),
    ]
}

/// `2026-11-23T12:30:00.000001+03:00`.
fn timestamp(at: Timestamp) -> String {
    at.east_africa()
        .format(&time::format_description::well_known::Rfc3339)
        .unwrap_or_else(|_| at.0.to_string())
}
