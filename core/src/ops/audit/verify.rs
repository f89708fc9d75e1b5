//! Verifying the audit log.
use super::BATCH;
use crate::{
    AppContext,
    domain::audit::{AuditSeal, Broken, Fault, Head, Mark, MarkKind, Sound, Verifier},
    keys::Keys,
    ops::Result,
    read,
    store::{Db, audit},
};

/// Whether the log is what was written.
pub type Verdict = std::result::Result<Sound, Broken>;

/// Reads the whole log and returns where it is broken first. `anchors` are rows and hashes that were noted
/// outside of the database, as in the log lines of sealing: seals can be deleted together with the rows that
/// they cover, such notes cannot.
///
/// Entries may be appended meanwhile.
pub async fn verify(ctx: &AppContext, anchors: &[Head]) -> Result<Verdict> {
    verify_in(&ctx.db, &ctx.keys, anchors).await
}

/// The same for a database that no portal runs on, such as a copy.
pub async fn verify_in(db: &Db, keys: &Keys, anchors: &[Head]) -> Result<Verdict> {
    let mut marks = marks(keys, read!(db, tx => audit::seals(tx).await)?);
    marks.extend(anchors.iter().map(|anchor| Mark {
        id: anchor.last_id,
        hash: anchor.last_hash.clone(),
        kind: MarkKind::Anchor,
    }));
    let mut verifier = Verifier::new(marks);
    let mut place = i64::MIN;
    loop {
        let (rows, head) = match read!(db, tx => {
            // The head is read last, so that it is never behind the rows.
            let rows = audit::after(tx, place, BATCH).await?;
            Ok((rows, audit::head(tx).await?))
        }) {
            Err(error) if error.is_unreadable_row() => {
                return Ok(Err(Broken { id: verifier.next_id(), fault: Fault::Unreadable }));
            }
            read => read?,
        };
        for row in &rows {
            if let Err(broken) = verifier.take(&row.link()) {
                return Ok(Err(broken));
            }
        }
        let appended = head.as_ref().is_some_and(|head| head.last_id >= verifier.next_id());
        match rows.last() {
            Some(last) if appended => place = last.id,
            Some(_) | None => return Ok(verifier.end(head)),
        }
    }
}

/// The seals for the verifier, each with whether its signature is ours.
pub fn marks(keys: &Keys, seals: Vec<AuditSeal>) -> Vec<Mark> {
    let mark = |seal: AuditSeal| {
        let verified = keys.verify_audit(seal.audit_id, &seal.hash, seal.created_at.0, &seal.seal);
        let kind = if verified.is_ok() { MarkKind::Seal } else { MarkKind::FalseSeal };
        Mark { id: seal.audit_id, hash: seal.hash, kind }
    };
    seals.into_iter().map(mark).collect()
}
