//! One attention item.
use crate::{
    AppContext,
    domain::{
        attention::{AttentionItem, AttentionKind},
        ids::{AttentionId, OrderId},
        order::Order,
        phone::Phone,
    },
    gateway::payer_phone,
    ops::Result,
    read,
    store::{
        attention,
        candidates::{self, Around},
        orders,
    },
};

/// One item, open or resolved.
pub async fn show(ctx: &AppContext, id: AttentionId) -> Result<Option<AttentionItem>> {
    Ok(read!(&ctx.db, tx => attention::by_id(tx, id).await)?)
}

/// An item with what helps staff to settle it.
pub struct AttentionCase {
    pub item: AttentionItem,
    /// The phone that paid, where money came for an unknown payment and the gateway named the phone.
    pub payer: Option<Phone>,
    /// Orders that the money could be for, the likeliest first.
    pub candidates: Vec<Candidate>,
}

/// An order that the money could be for; at least one of the reasons holds.
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

/// The most candidates per reason.
const MOST_CANDIDATES: i64 = 8;

/// One item; while it is open and about money without an order, with the orders that the money could be for.
/// Nothing is decided here: amounts repeat, and customers pay for others.
pub async fn case(ctx: &AppContext, id: AttentionId) -> Result<Option<AttentionCase>> {
    const DAY: i64 = 86_400;
    Ok(read!(&ctx.db, tx => {
        let Some(item) = attention::by_id(tx, id).await? else { return Ok(None) };
        if item.kind != AttentionKind::UnmatchedPayment || item.resolution.is_some() {
            return Ok(Some(AttentionCase { item, payer: None, candidates: Vec::new() }));
        }
        let payer = candidates::answer_about(tx, id).await?.and_then(|raw| payer_phone(&raw));
        let around = Around {
            at: item.created_at,
            from: item.created_at.minus_seconds(DAYS_BEFORE * DAY),
            to: item.created_at.plus_seconds(DAYS_AFTER * DAY),
            most: MOST_CANDIDATES,
        };
        let by_phone = match &payer {
            Some(phone) => candidates::of_phone(tx, phone, around).await?,
            None => Vec::new(),
        };
        let by_amount = match item.amount_tzs {
            Some(amount) => candidates::of_amount(tx, amount, around).await?,
            None => Vec::new(),
        };
        let ids: Vec<OrderId> = by_phone.iter().chain(&by_amount).copied().collect();
        let found = orders::by_ids(tx, &ids).await?.into_iter().map(|order| Candidate {
            has_phone: by_phone.contains(&order.id),
            has_amount: item.amount_tzs == Some(order.price.total),
            order,
        });
        let mut candidates: Vec<Candidate> = found.collect();
        let away = |order: &Order| order.created_at.seconds_since(item.created_at).abs();
        candidates.sort_by_key(|one| (!(one.has_phone && one.has_amount), !one.has_phone, away(&one.order)));
        Ok(Some(AttentionCase { item, payer, candidates }))
    })?)
}
