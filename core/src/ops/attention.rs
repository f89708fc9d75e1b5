//! What needs a person.
use super::{Caller, Result};
use crate::{
    AppContext,
    domain::{
        attention::{AttentionKind, Shown},
        ids::{AttentionId, OrderId},
        order::Order,
        phone::Phone,
        time::Timestamp,
    },
    gateway::payer_phone,
    panel::PanelError,
    read,
    store::{
        self, Tx,
        attention::{self, NewEntry},
        candidates::{self, Around},
        orders,
    },
    tx,
};

pub use crate::store::attention::EntryRow;

/// Everything open, oldest first.
pub async fn open(ctx: &AppContext) -> Result<Vec<EntryRow>> {
    Ok(read!(&ctx.db, tx => attention::open(tx).await)?)
}

/// A page of matters, the newest first, and how many there are in all; of one kind, where one is named.
pub async fn page(
    ctx: &AppContext,
    shown: Shown,
    kind: Option<AttentionKind>,
    skip: i64,
    most: i64,
) -> Result<(Vec<EntryRow>, i64)> {
    Ok(read!(&ctx.db, tx => attention::page(tx, shown, kind, skip, most).await)?)
}

/// How many matters are open.
pub async fn how_many_open(ctx: &AppContext) -> Result<i64> {
    Ok(read!(&ctx.db, tx => attention::how_many_open(tx).await)?)
}

/// One matter, open or not.
pub async fn show(ctx: &AppContext, id: AttentionId) -> Result<Option<EntryRow>> {
    Ok(read!(&ctx.db, tx => attention::by_id(tx, id).await)?)
}

/// A matter with what helps to settle it.
pub struct Case {
    pub entry: EntryRow,
    /// Who paid, where money came for no payment of ours and the gateway told it.
    pub payer: Option<Phone>,
    /// Orders whose money it could be, the likeliest first.
    pub candidates: Vec<Candidate>,
}

/// An order whose money it could be, and why: one of both is true.
pub struct Candidate {
    pub order: Order,
    /// The phone that paid is the order's, or was asked to pay it.
    pub has_phone: bool,
    /// Its price is just that amount.
    pub has_amount: bool,
}

/// An order is placed before it is paid, and some are placed again when the money seems lost.
const DAYS_BEFORE: i64 = 7;
const DAYS_AFTER: i64 = 3;

/// How many of each reason are proposed: more would be no help.
const MOST_CANDIDATES: i64 = 8;

/// One matter; while it is open and about money without an order, with the orders that it could be for. Nothing is
/// decided here: amounts repeat, and people pay for others.
pub async fn case(ctx: &AppContext, id: AttentionId) -> Result<Option<Case>> {
    const DAY: i64 = 86_400;
    Ok(read!(&ctx.db, tx => {
        let Some(entry) = attention::by_id(tx, id).await? else { return Ok(None) };
        if entry.kind != AttentionKind::StrayPayment || entry.resolved_at.is_some() {
            return Ok(Some(Case { entry, payer: None, candidates: Vec::new() }));
        }
        let payer = candidates::answer_about(tx, id).await?.and_then(|raw| payer_phone(&raw));
        let around = Around {
            at: entry.created_at,
            from: entry.created_at.minus_seconds(DAYS_BEFORE * DAY),
            to: entry.created_at.plus_seconds(DAYS_AFTER * DAY),
            most: MOST_CANDIDATES,
        };
        let by_phone = match &payer {
            Some(phone) => candidates::of_phone(tx, phone, around).await?,
            None => Vec::new(),
        };
        let by_amount = match entry.amount_tzs {
            Some(amount) => candidates::of_amount(tx, amount, around).await?,
            None => Vec::new(),
        };
        let ids: Vec<OrderId> = by_phone.iter().chain(&by_amount).copied().collect();
        let found = orders::by_ids(tx, &ids).await?.into_iter().map(|order| Candidate {
            has_phone: by_phone.contains(&order.id),
            has_amount: entry.amount_tzs == Some(order.price.total),
            order,
        });
        let mut candidates: Vec<Candidate> = found.collect();
        let away = |order: &Order| order.created_at.seconds_since(entry.created_at).abs();
        candidates.sort_by_key(|one| (!(one.has_phone && one.has_amount), !one.has_phone, away(&one.order)));
        Ok(Some(Case { entry, payer, candidates }))
    })?)
}

/// How closing a matter ended.
#[derive(Debug, PartialEq, Eq)]
pub enum Resolved {
    /// It is closed.
    Done,
    /// Somebody closed it before, or it settled itself.
    Already,
    /// A reason is missing.
    NoReason,
    /// There is no such matter.
    NoSuchEntry,
}

/// Closes a matter that a person has settled; the reason is kept with it.
pub async fn resolve(ctx: &AppContext, caller: &Caller, id: AttentionId, reason: &str) -> Result<Resolved> {
    let (now, context, reason) = (ctx.now(), caller.audit_context(), reason.trim());
    if reason.is_empty() {
        return Ok(Resolved::NoReason);
    }
    let closed = tx!(&ctx.db, tx => {
        if attention::by_id(tx, id).await?.is_none() {
            return Ok(Resolved::NoSuchEntry);
        }
        attention::resolve(tx, now, &context, id, reason).await?;
        Ok(Resolved::Done)
    });
    match closed {
        Err(store::Error::Stale(_)) => Ok(Resolved::Already),
        closed => Ok(closed?),
    }
}

const UNREACHABLE_KEY: &str = "panel_unreachable";

/// After a call to the panel's API: staff hear once that it is out of reach, and the matter closes when it answers again.
/// A change that got no answer proves nothing; a `look` without one does, it asks for nothing else.
pub(super) async fn note_panel<T: Sync>(
    tx: &mut Tx,
    now: Timestamp,
    step: &str,
    outcome: &Result<T, PanelError>,
) -> store::Result<()> {
    match outcome {
        Err(PanelError::Unknown(_)) if step != "look" => Ok(()),
        Err(PanelError::NotSent(why) | PanelError::Unknown(why)) => {
            let entry = NewEntry::new(AttentionKind::PanelUnreachable, UNREACHABLE_KEY.into(), why);
            attention::raise(tx, now, &entry).await.map(drop)
        }
        Ok(_)
        | Err(PanelError::Locked(_) | PanelError::Refused(_) | PanelError::Exists(_) | PanelError::Missing) => {
            attention::solved(tx, now, UNREACHABLE_KEY, "the panel answers again").await
        }
    }
}
