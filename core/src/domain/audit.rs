//! The audit log as a chain. Each row carries the hash of the one before it, so no row can be edited,
//! removed, inserted or moved without the rows around it showing it.
//!
//! A hash is no secret: who can write to the database can write a whole new tail with hashes that fit. What
//! they cannot write are the [`Mark`]s: seals under `APP_KEY`, and hashes that were noted outside the
//! database.
use super::time::Timestamp;
use sha2::{Digest, Sha256};
use std::{fmt::Write, iter::Peekable, vec};

/// What one row says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Act<'a> {
    /// Its place in the chain: 1, 2, 3, without a gap.
    pub id: i64,
    pub actor: &'a str,
    pub subject: Option<&'a str>,
    pub action: &'a str,
    pub object: &'a str,
    pub object_id: Option<i64>,
    pub details: Option<&'a str>,
    pub address: Option<&'a str>,
    pub request_id: Option<&'a str>,
    pub created_at: Timestamp,
}

impl Act<'_> {
    /// SHA-256 in hex over the hash before it (empty for the first row) and every field. Each says whether it
    /// is there and how long it is, so that no two rows read alike.
    pub fn hash(&self, prev_hash: &str) -> String {
        let (id, at) = (self.id.to_be_bytes(), self.created_at.0.to_be_bytes());
        let object_id = self.object_id.map(i64::to_be_bytes);
        let fields = [
            Some(prev_hash.as_bytes()),
            Some(&id),
            Some(self.actor.as_bytes()),
            self.subject.map(str::as_bytes),
            Some(self.action.as_bytes()),
            Some(self.object.as_bytes()),
            object_id.as_ref().map(|id| id.as_slice()),
            self.details.map(str::as_bytes),
            self.address.map(str::as_bytes),
            self.request_id.map(str::as_bytes),
            Some(&at),
        ];
        let mut digest = Sha256::new();
        for field in fields {
            digest.update([u8::from(field.is_some())]);
            let bytes = field.unwrap_or_default();
            digest.update(u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_be_bytes());
            digest.update(bytes);
        }
        digest.finalize().iter().fold(String::with_capacity(64), |mut hex, byte| {
            write!(hex, "{byte:02x}").expect("writing into a string cannot fail");
            hex
        })
    }
}

/// An entry of the audit log as it is stored. Actor, action and object are text here: an entry that was
/// tampered with must still be readable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    pub id: i64,
    pub prev_hash: String,
    pub hash: String,
    /// `user:7`, `staff:2`, `worker`, `gateway`, `visitor`.
    pub actor: String,
    /// The customer on whose behalf staff acted, `user:7`.
    pub subject: Option<String>,
    pub action: String,
    pub object: String,
    pub object_id: Option<i64>,
    pub details: Option<String>,
    pub address: Option<String>,
    pub request_id: Option<String>,
    pub created_at: Timestamp,
}

impl AuditEntry {
    /// The entry as a link of the chain.
    pub fn link(&self) -> Link<'_> {
        let act = Act {
            id: self.id,
            actor: &self.actor,
            subject: self.subject.as_deref(),
            action: &self.action,
            object: &self.object,
            object_id: self.object_id,
            details: self.details.as_deref(),
            address: self.address.as_deref(),
            request_id: self.request_id.as_deref(),
            created_at: self.created_at,
        };
        Link { prev_hash: &self.prev_hash, hash: &self.hash, act }
    }
}

/// The part of an entry that the event feed reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEvent {
    pub id: i64,
    pub action: String,
    pub object: String,
    pub object_id: Option<i64>,
    pub created_at: Timestamp,
}

/// An entry as a customer sees it in the account's activity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Activity {
    pub actor: String,
    pub action: String,
    pub details: Option<String>,
    pub address: Option<String>,
    pub created_at: Timestamp,
}

/// A seal: the chain's hash at a row, authenticated with a key that is not in the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditSeal {
    pub audit_id: i64,
    pub hash: String,
    pub seal: String,
    pub created_at: Timestamp,
}

/// Filters of the audit log; None does not filter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// A text in details, action or actor, in any case.
    pub q: Option<String>,
    /// `staff:2`.
    pub actor: Option<String>,
    /// The customer on whose behalf staff acted: `user:7`.
    pub subject: Option<String>,
    /// An action, or how it begins: `order.`.
    pub action: Option<String>,
    /// `order`.
    pub object: Option<String>,
    /// Its row; counts beside `object`.
    pub object_id: Option<i64>,
    /// From this moment on.
    pub from: Option<Timestamp>,
    /// Before this moment.
    pub to: Option<Timestamp>,
}

impl AuditFilter {
    /// Whether an entry passes the filters, by the same rules as the search in the database.
    pub fn fits(&self, row: &AuditEntry) -> bool {
        let is = |wanted: &Option<String>, has: Option<&str>| {
            wanted.as_deref().is_none_or(|wanted| has == Some(wanted))
        };
        let has = |q: &str| {
            let texts = [row.details.as_deref(), Some(&*row.action), Some(&*row.actor)];
            texts.into_iter().flatten().any(|text| text.to_lowercase().contains(q))
        };
        is(&self.actor, Some(&row.actor))
            && is(&self.subject, row.subject.as_deref())
            && is(&self.object, Some(&row.object))
            && (self.object.is_none() || self.object_id.is_none() || self.object_id == row.object_id)
            && self.action.as_deref().is_none_or(|action| row.action.starts_with(action))
            && self.from.is_none_or(|from| row.created_at >= from)
            && self.to.is_none_or(|to| row.created_at < to)
            && self.q.as_deref().is_none_or(|q| has(&q.to_lowercase()))
    }
}

/// A page of entries, newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditPage {
    pub rows: Vec<AuditEntry>,
    pub total: i64,
    /// There are more than `total`; pages go as far as it.
    pub is_more: bool,
    /// Text and second filters were looked for back to here, and not in what is older; None where everything
    /// was seen.
    pub reached: Option<Timestamp>,
}

/// A row with the hashes that it carries.
#[derive(Debug, Clone, Copy)]
pub struct Link<'a> {
    pub prev_hash: &'a str,
    pub hash: &'a str,
    pub act: Act<'a>,
}

/// Where the chain ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The last row; 0 while there is none.
    pub last_id: i64,
    /// Its hash; empty while there is none.
    pub last_hash: String,
}

/// What a row's hash must be, by a word that does not depend on the chain itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    pub id: i64,
    pub hash: String,
    pub kind: MarkKind,
}

/// Whose word it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MarkKind {
    /// A seal of ours.
    Seal,
    /// Something in the place of a seal that none of our keys made.
    FalseSeal,
    /// Noted outside the database, as in the log lines of sealing.
    Anchor,
}

/// What is wrong with a chain. Its words come after the row's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    #[error("is missing")]
    Missing,
    #[error("was edited: its hash does not fit what it says")]
    Edited,
    #[error("does not follow the row before it: rows were inserted, exchanged or reordered here")]
    OutOfPlace,
    #[error("was inserted: it stands outside the chain")]
    Inserted,
    #[error("cannot be read, or one soon after it: a column holds what was never written there")]
    Unreadable,
    #[error("is the last one, and the chain's head does not fit it")]
    OtherHead,
    #[error("is not the row that was sealed: it or rows before it were written anew")]
    OtherSeal,
    #[error("has a seal that was not made under APP_KEY or APP_PREVIOUS_KEYS, or was changed")]
    FalseSeal,
    #[error("is not the row that was noted outside: it or rows before it were written anew")]
    OtherAnchor,
}

/// The first place where a chain is not what was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("row {id} {fault}")]
pub struct Broken {
    pub id: i64,
    pub fault: Fault,
}

/// A chain without a fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sound {
    /// Its end, and so its number of rows.
    pub head: Head,
    /// How many seals fit.
    pub seals: i64,
    /// The last row that a seal covers: only after it could rows be written anew without this being seen.
    pub sealed_to: i64,
}

/// Follows a chain from its first row to its head.
pub struct Verifier {
    last_id: i64,
    last_hash: String,
    marks: Peekable<vec::IntoIter<Mark>>,
    seals: i64,
    sealed_to: i64,
}

impl Verifier {
    /// Before the first row; the rows must also be those of these marks.
    pub fn new(mut marks: Vec<Mark>) -> Verifier {
        marks.sort_by_key(|mark| mark.id);
        Verifier {
            last_id: 0,
            last_hash: String::new(),
            marks: marks.into_iter().peekable(),
            seals: 0,
            sealed_to: 0,
        }
    }

    /// The row that must come next.
    pub fn next_id(&self) -> i64 {
        self.last_id + 1
    }

    /// Takes the next row in the order of the ids.
    pub fn take(&mut self, link: &Link<'_>) -> Result<(), Broken> {
        let (id, next) = (link.act.id, self.next_id());
        let broken = |fault| Err(Broken { id, fault });
        if id > next {
            return Err(Broken { id: next, fault: Fault::Missing });
        }
        if id < next {
            return broken(Fault::Inserted);
        }
        if link.prev_hash != self.last_hash {
            return broken(Fault::OutOfPlace);
        }
        if link.hash != link.act.hash(link.prev_hash) {
            return broken(Fault::Edited);
        }
        while let Some(mark) = self.marks.next_if(|mark| mark.id <= id) {
            let fits = mark.id == id && mark.hash == link.hash;
            match mark.kind {
                MarkKind::FalseSeal => return Err(Broken { id: mark.id, fault: Fault::FalseSeal }),
                MarkKind::Seal if !fits => return Err(Broken { id: mark.id, fault: Fault::OtherSeal }),
                MarkKind::Anchor if !fits => return Err(Broken { id: mark.id, fault: Fault::OtherAnchor }),
                MarkKind::Seal => {
                    self.seals += 1;
                    self.sealed_to = id;
                }
                MarkKind::Anchor => {}
            }
        }
        self.last_id = id;
        link.hash.clone_into(&mut self.last_hash);
        Ok(())
    }

    /// There are no more rows.
    pub fn end(mut self, head: Option<Head>) -> Result<Sound, Broken> {
        let (last_id, next) = (self.last_id, self.next_id());
        if self.marks.next().is_some() {
            return Err(Broken { id: next, fault: Fault::Missing });
        }
        match head {
            Some(head) if head.last_id > last_id => Err(Broken { id: next, fault: Fault::Missing }),
            Some(head) if head.last_id < last_id => {
                Err(Broken { id: head.last_id + 1, fault: Fault::Inserted })
            }
            Some(head) if head.last_hash == self.last_hash => {
                Ok(Sound { head, seals: self.seals, sealed_to: self.sealed_to })
            }
            Some(_) | None => Err(Broken { id: last_id, fault: Fault::OtherHead }),
        }
    }
}
