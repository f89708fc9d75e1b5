//! Who did what: searching it, following it, and showing that nobody changed it.
use super::{Error, Result};
use crate::{
    AppContext,
    domain::{
        audit::{
            AuditEntry, AuditEvent, AuditFilter, AuditPage, AuditSeal, Broken, Fault, Head, Mark, MarkKind,
            Sound, Verifier,
        },
        time::Timestamp,
    },
    keys::Keys,
    read,
    store::{self, Db, UniqueKey, audit},
    tx,
};

/// How many rows are held at once while the whole log is read.
const BATCH: i64 = 2_000;

/// Whether the log is what was written.
pub type Verdict = std::result::Result<Sound, Broken>;

/// Reads the whole log and says where it is broken first. `anchors` are rows and hashes that were noted outside, as in
/// the lines that sealing logs; seals may be deleted with the rows that they covered, and such notes cannot.
///
/// While it reads, others may append.
pub async fn verify(ctx: &AppContext, anchors: &[Head]) -> Result<Verdict> {
    verify_in(&ctx.db, &ctx.keys, anchors).await
}

/// The same for a database that nobody serves from, such as a copy.
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
            // The head last: it is never behind the rows that were read before it.
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

/// The seals as the verifier asks for them: each is of our making, or shown to be none.
pub fn marks(keys: &Keys, seals: Vec<AuditSeal>) -> Vec<Mark> {
    let mark = |seal: AuditSeal| {
        let verified = keys.verify_audit(seal.audit_id, &seal.hash, seal.created_at.0, &seal.seal);
        let kind = if verified.is_ok() { MarkKind::Seal } else { MarkKind::FalseSeal };
        Mark { id: seal.audit_id, hash: seal.hash, kind }
    };
    seals.into_iter().map(mark).collect()
}

/// Seals the log up to its head, where the head has moved since the last seal. What is logged about it is the same fact
/// outside the database.
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

/// A page of what was audited, newest first: see [`AuditFilter`] and [`AuditPage`].
pub async fn page(ctx: &AppContext, filter: &AuditFilter, skip: i64, most: i64) -> Result<AuditPage> {
    Ok(read!(&ctx.db, tx => audit::page(tx, filter, skip, most).await)?)
}

/// What happened after the row `id`, oldest first: for whoever asks every few seconds what is new.
pub async fn since(ctx: &AppContext, id: i64, most: i64) -> Result<Vec<AuditEvent>> {
    Ok(read!(&ctx.db, tx => audit::since(tx, id, most).await)?)
}

/// The last row's id: where a feed begins that wants only what comes.
pub async fn newest(ctx: &AppContext) -> Result<i64> {
    let head = read!(&ctx.db, tx => audit::head(tx).await)?;
    head.map(|head| head.last_id).ok_or(Error::internal("the audit log has lost its head"))
}

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
