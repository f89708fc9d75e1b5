//! Attention items: what only staff can settle.
use super::{
    api_error::ApiError,
    endpoint::{Answer, ApiRequest},
    lists,
};
use crate::presenters::attention as shown;
use hollyn_core::{
    AppContext,
    api::{self, AttentionCase, AttentionState, OrderRef, Page},
    domain::{
        attention::{AttentionFilter, AttentionItem},
        ids::{AttentionId, OrderId},
    },
    ops::{attention, orders, pagination, users},
};
use std::collections::BTreeMap;

/// The items with the numbers of their orders and the names of the staff who resolved them: two more queries.
async fn with_names(ctx: &AppContext, items: &[AttentionItem]) -> Result<Vec<api::AttentionItem>, ApiError> {
    let ids: Vec<OrderId> = items.iter().filter_map(|item| item.order_id).collect();
    let orders: BTreeMap<i64, OrderRef> = orders::by_ids(ctx, &ids)
        .await?
        .into_iter()
        .map(|order| (order.id.0, OrderRef::from(&order)))
        .collect();
    let names =
        users::actor_names(ctx, items.iter().filter_map(AttentionItem::resolved_by).collect()).await?;
    let item = |item: &AttentionItem| {
        let order = item.order_id.and_then(|id| orders.get(&id.0).cloned());
        shown::item(item, order, &names)
    };
    Ok(items.iter().map(item).collect())
}

async fn with_name(ctx: &AppContext, item: AttentionItem) -> Result<api::AttentionItem, ApiError> {
    with_names(ctx, &[item]).await?.pop().ok_or_else(ApiError::not_found)
}

pub async fn list(ask: ApiRequest<api::endpoints::list_attention>) -> Answer<api::endpoints::list_attention> {
    let query = ask.query;
    let (page, per_page) = lists::requested(query.page, query.per_page)?;
    let skip = pagination::skipped_rows(page, per_page)?;
    let filter = match query.state.unwrap_or(AttentionState::Open) {
        AttentionState::Open => AttentionFilter::Open,
        AttentionState::Resolved => AttentionFilter::Resolved,
        AttentionState::All => AttentionFilter::All,
    };
    let kind = query.kind.map(Into::into);
    let (items, total) = attention::list(&ask.ctx, filter, kind, skip, per_page).await?;
    Ok(Page { items: with_names(&ask.ctx, &items).await?, total, is_total_exact: true, page, per_page })
}

pub async fn show(ask: ApiRequest<api::endpoints::show_attention>) -> Answer<api::endpoints::show_attention> {
    let case = attention::case(&ask.ctx, AttentionId(ask.id)).await?.ok_or_else(ApiError::not_found)?;
    Ok(AttentionCase {
        item: with_name(&ask.ctx, case.item).await?,
        payer_phone: case.payer.map(|phone| phone.local()),
        candidates: case.candidates.iter().map(shown::candidate).collect(),
    })
}

pub async fn resolve(
    ask: ApiRequest<api::endpoints::resolve_attention>,
) -> Answer<api::endpoints::resolve_attention> {
    let role = ask.staff_session()?.user.role;
    let id = AttentionId(ask.id);
    let item = attention::resolve(&ask.ctx, &ask.caller, role, id, &ask.body.reason).await?;
    with_name(&ask.ctx, item).await
}
