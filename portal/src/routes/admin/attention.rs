//! What needs a person.
use super::{
    api_error::{ApiError, refuse},
    endpoint::{Answer, ApiRequest},
    lists,
};
use crate::presenters::attention as shown;
use hollyn_core::{
    AppContext,
    api::{self, AttentionCase, AttentionItem, AttentionState, ErrorCode, OrderRef, Page},
    domain::{
        attention::Shown,
        ids::{AttentionId, OrderId},
    },
    ops::{
        attention::{self, EntryRow, Resolved},
        orders, users,
    },
};
use rocket::http::Status;
use std::collections::BTreeMap;

/// The matters with the names of their orders and of those who settled them, in two more queries.
async fn named(ctx: &AppContext, rows: Vec<EntryRow>) -> Result<Vec<AttentionItem>, ApiError> {
    let ids: Vec<OrderId> = rows.iter().filter_map(|row| row.order_id).collect();
    let orders: BTreeMap<i64, OrderRef> = orders::by_ids(ctx, &ids)
        .await?
        .into_iter()
        .map(|order| (order.id.0, OrderRef::from(&order)))
        .collect();
    let named =
        users::list::named(ctx, rows.iter().filter_map(|row| row.resolved_by.as_deref()).collect()).await?;
    let item = |row: EntryRow| {
        let order = row.order_id.and_then(|id| orders.get(&id.0).cloned());
        shown::item(row, order, &named)
    };
    Ok(rows.into_iter().map(item).collect())
}

pub async fn list(ask: ApiRequest<api::endpoints::list_attention>) -> Answer<api::endpoints::list_attention> {
    let query = ask.query;
    let (page, per_page) = lists::wanted(query.page, query.per_page)?;
    lists::reachable(page, per_page)?;
    let state = match query.state.unwrap_or(AttentionState::Open) {
        AttentionState::Open => Shown::Open,
        AttentionState::Resolved => Shown::Resolved,
        AttentionState::All => Shown::All,
    };
    let kind = query.kind.map(Into::into);
    let (rows, total) = attention::page(&ask.ctx, state, kind, (page - 1) * per_page, per_page).await?;
    Ok(Page { items: named(&ask.ctx, rows).await?, total, is_total_exact: true, page, per_page })
}

async fn one(ctx: &AppContext, id: i64) -> Result<AttentionItem, ApiError> {
    let row = attention::show(ctx, AttentionId(id)).await?.ok_or_else(ApiError::not_found)?;
    named(ctx, vec![row]).await?.pop().ok_or_else(ApiError::not_found)
}

pub async fn show(ask: ApiRequest<api::endpoints::show_attention>) -> Answer<api::endpoints::show_attention> {
    let Some(case) = attention::case(&ask.ctx, AttentionId(ask.id)).await? else {
        return Err(ApiError::not_found());
    };
    let item = named(&ask.ctx, vec![case.entry]).await?.pop().ok_or_else(ApiError::not_found)?;
    Ok(AttentionCase {
        item,
        payer_phone: case.payer.map(|phone| phone.local()),
        candidates: case.candidates.iter().map(shown::candidate).collect(),
    })
}

pub async fn resolve(
    ask: ApiRequest<api::endpoints::resolve_attention>,
) -> Answer<api::endpoints::resolve_attention> {
    let item = one(&ask.ctx, ask.id).await?;
    if item.is_money && !ask.is_admin() {
        return Err(refuse(
            Status::Forbidden,
            ErrorCode::Forbidden,
            "It is about money: an admin closes it.",
        ));
    }
    match attention::resolve(&ask.ctx, &ask.caller, AttentionId(ask.id), &ask.body.reason).await? {
        Resolved::Done => one(&ask.ctx, ask.id).await,
        Resolved::Already => Err(ApiError::conflict("Somebody settled it before.")),
        Resolved::NoReason => Err(ApiError::field("reason", "Say how it was settled.")),
        Resolved::NoSuchEntry => Err(ApiError::not_found()),
    }
}
