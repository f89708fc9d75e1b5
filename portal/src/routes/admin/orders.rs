//! Purchases.
use super::{
    api_error::ApiError,
    endpoint::{Answer, ApiRequest},
    lists::{self, page_of},
};
use crate::presenters::{api as shown, attention, timeline as told};
use hollyn_core::{
    api::{self, Done, Endpoint, Items, Order, OrderCreated, OrderSort},
    domain::{
        field_error::FieldError,
        ids::{OrderUuid, UserId},
        input::{Confirmation, Reason, Reference},
        order_action::OrderAction,
    },
    ops::{
        orders::{self, OrderFilter},
        pagination::Direction,
        payments, timeline, users,
    },
};

fn uuid(piece: &str) -> Result<OrderUuid, ApiError> {
    OrderUuid::parse(piece).ok_or_else(ApiError::not_found)
}

pub async fn list(ask: ApiRequest<api::endpoints::list_orders>) -> Answer<api::endpoints::list_orders> {
    let query = ask.query;
    let filter = OrderFilter {
        q: query.q.unwrap_or_default(),
        status: query.status.map(Into::into),
        operator: query.operator.filter(|operator| !operator.is_empty()),
        from: query.from.map(|day| day.0),
        to: query.to.map(|day| day.0),
        user: query.user.map(UserId),
        plan: query.plan.filter(|plan| !plan.is_empty()),
    };
    let sort = match query.sort.unwrap_or(OrderSort::CreatedDown) {
        OrderSort::Created => (orders::OrderSort::Created, Direction::Ascending),
        OrderSort::CreatedDown => (orders::OrderSort::Created, Direction::Descending),
        OrderSort::Price => (orders::OrderSort::Price, Direction::Ascending),
        OrderSort::PriceDown => (orders::OrderSort::Price, Direction::Descending),
    };
    let (page, per_page) = lists::wanted(query.page, query.per_page)?;
    page_of(orders::search(&ask.ctx, &filter, sort, page, per_page).await?, |row| (&row).into())
}

pub async fn create(ask: ApiRequest<api::endpoints::create_order>) -> Answer<api::endpoints::create_order> {
    let sent = &ask.body;
    let typed = orders::Checkout {
        plan: sent.plan.clone(),
        months: sent.months.to_string(),
        phone: sent.phone.clone().unwrap_or_default(),
        domain: sent.domain.clone().unwrap_or_default(),
        ..orders::Checkout::default()
    };
    let placed = orders::place_for(&ask.ctx, &ask.caller, UserId(sent.user_id), &typed).await?;
    Ok(OrderCreated {
        uuid: placed.order.uuid.to_string(),
        number: placed.order.uuid.number(),
        price_tzs: placed.order.price.total.0,
        pay_url: pay_url(&ask, placed.order.uuid),
        is_new: placed.is_new,
    })
}

fn pay_url<E: Endpoint>(ask: &ApiRequest<E>, uuid: OrderUuid) -> String {
    format!("{}/pay/{uuid}", ask.ctx.settings.base_url)
}

pub async fn show(ask: ApiRequest<api::endpoints::show_order>) -> Answer<api::endpoints::show_order> {
    whole(&ask, uuid(&ask.id)?).await
}

/// The order with everything that its page shows.
async fn whole<E: Endpoint>(ask: &ApiRequest<E>, uuid: OrderUuid) -> Result<Order, ApiError> {
    let view = orders::show(&ask.ctx, uuid).await?;
    let (changes, entries) = timeline::around(&ask.ctx, uuid).await?;
    let resolvers = entries.iter().filter_map(|item| item.resolved_by()).map(|actor| actor.to_string());
    let resolvers: Vec<String> = resolvers.collect();
    let actors = changes.iter().map(|row| &*row.actor).chain(resolvers.iter().map(String::as_str));
    let named = users::list::named(&ask.ctx, actors.collect()).await?;
    let (order, service) = (&view.order, view.service.as_ref());
    let role = ask.staff_session()?.user.role;
    let actions = OrderAction::open_to(role, order, &view.payments, service.is_some(), ask.ctx.now());
    let mut item = api::OrderItem::from(order);
    item.payment_status = view.payments.first().map(|push| push.status().into());
    item.service_id = service.map(|service| service.id.0);
    item.service_status = service.map(|service| service.status().into());
    let reference = api::OrderRef::from(order);
    Ok(Order {
        order: item,
        base_price_monthly_tzs: order.price.monthly.0,
        discount_percent: order.price.percent,
        locale: order.locale.clone(),
        pay_url: pay_url(ask, uuid),
        payments: view.payments.iter().map(Into::into).collect(),
        service: service.map(Into::into),
        history: changes.into_iter().map(|row| shown::change(row, &named)).collect(),
        attention: entries
            .into_iter()
            .map(|row| attention::item(&row, Some(reference.clone()), &named))
            .collect(),
        actions: actions.into_iter().map(Into::into).collect(),
    })
}

pub async fn edit(ask: ApiRequest<api::endpoints::edit_order>) -> Answer<api::endpoints::edit_order> {
    let (uuid, sent) = (uuid(&ask.id)?, &ask.body);
    let typed = orders::Edit {
        name: sent.customer_name.clone(),
        email: sent.customer_email.clone(),
        phone: sent.customer_phone.clone(),
        domain: sent.domain.clone(),
    };
    orders::edit(&ask.ctx, &ask.caller, uuid, &typed).await?;
    whole(&ask, uuid).await
}

pub async fn delete(ask: ApiRequest<api::endpoints::delete_order>) -> Answer<api::endpoints::delete_order> {
    let reason = Reason::parse(&ask.body.reason)?;
    let confirmation = Confirmation::new(&ask.body.confirm);
    orders::delete(&ask.ctx, &ask.caller, uuid(&ask.id)?, &confirmation, &reason).await?;
    Ok(Done {})
}

pub async fn timeline(
    ask: ApiRequest<api::endpoints::list_timeline>,
) -> Answer<api::endpoints::list_timeline> {
    let all = timeline::of(&ask.ctx, uuid(&ask.id)?).await?.ok_or_else(ApiError::not_found)?;
    let named = users::list::named(&ask.ctx, told::actors(&all).iter().map(String::as_str).collect()).await?;
    Ok(Items { items: told::entries(all, &named) })
}

pub async fn payment_events(
    ask: ApiRequest<api::endpoints::list_payment_events>,
) -> Answer<api::endpoints::list_payment_events> {
    let rows = timeline::events(&ask.ctx, uuid(&ask.id)?).await?.ok_or_else(ApiError::not_found)?;
    Ok(Items { items: rows.into_iter().map(shown::event).collect() })
}

pub async fn check_payment(
    ask: ApiRequest<api::endpoints::check_payment>,
) -> Answer<api::endpoints::check_payment> {
    let uuid = uuid(&ask.id)?;
    payments::check_by_staff(&ask.ctx, &ask.caller, uuid).await?;
    whole(&ask, uuid).await
}

pub async fn mark_paid(ask: ApiRequest<api::endpoints::mark_paid>) -> Answer<api::endpoints::mark_paid> {
    let (uuid, sent) = (uuid(&ask.id)?, &ask.body);
    let (reference, reason) =
        FieldError::both(Reference::parse(&sent.reference), Reason::parse(&sent.reason))?;
    payments::mark_paid(&ask.ctx, &ask.caller, uuid, &reference, &reason).await?;
    whole(&ask, uuid).await
}

pub async fn cancel(ask: ApiRequest<api::endpoints::cancel_order>) -> Answer<api::endpoints::cancel_order> {
    let (uuid, reason) = (uuid(&ask.id)?, Reason::parse(&ask.body.reason)?);
    orders::cancel(&ask.ctx, &ask.caller, uuid, &reason).await?;
    whole(&ask, uuid).await
}
