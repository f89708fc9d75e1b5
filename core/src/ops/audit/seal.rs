//! Sealing the audit log.
use crate::{
    AppContext,
    domain::audit::Head,
    ops::Result,
    store::{self, UniqueKey, audit},
    tx,
};

/// Seals the log up to its head, where the head has moved since the last seal. The log line about it keeps
/// the same row and hash outside of the database.
pub async fn seal(ctx: &AppContext) -> Result<Option<Head>> {
    let now = ctx.now();
    let sealed = tx!(&ctx.db, tx => {
        let Some(head) = audit::head(tx).await? else { return Ok(None) };
        if head.last_id == 0 || audit::sealed_to(tx).await? >= head.last_id {
            return Ok(None);
        }
        let seal = ctx.keys.seal_audit(head.last_id, &head.last_hash, now.0);
        audit::seal(tx, now, &head, &seal).await?;
        Ok(Some(head))
    });
    let sealed = match sealed {
        // Another machine sealed it.
        Err(store::Error::Duplicate(UniqueKey::AuditSealsRow)) => None,
        sealed => sealed?,
    };
    if let Some(head) = &sealed {
        tracing::info!(
            audit = head.last_id,
            hash = head.last_hash,
            "the audit log was sealed up to this row"
        );
    }
    Ok(sealed)
}
