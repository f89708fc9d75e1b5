//! Beginning an export.
use super::Rows;
use crate::{
    AppContext,
    domain::audit_action::AuditAction,
    ops::{Caller, Result, pagination::PageRequest},
    read,
    store::{audit, lists::RowFilter},
    tx,
};

/// An export that has begun.
pub struct Export {
    pub(super) rows: Rows,
    pub(super) row_filter: RowFilter,
}

/// Begins an export and appends it to the audit log; `narrowed` is the text of its filters there.
pub async fn begin(ctx: &AppContext, caller: &Caller, rows: Rows, narrowed: &str) -> Result<Export> {
    let now = ctx.now();
    let row_filter = match rows.search() {
        Some((q, noun, is_of_customer)) => {
            let request = PageRequest::new(q, 1, 1);
            read!(&ctx.db, tx => {
                let plan_search = request.plan_search(tx, noun).await?;
                RowFilter::new(tx, plan_search, is_of_customer).await
            })?
        }
        None => RowFilter::All,
    };
    let details = format!("{} {narrowed}", rows.noun());
    let (context, details) = (caller.audit_context(), details.trim_end());
    tx!(&ctx.db, tx => {
        audit::append(tx, now, &context, AuditAction::ExportTaken, None, Some(details)).await
    })?;
    Ok(Export { rows, row_filter })
}
