//! Purchases.
use super::{
    api_error::ApiError,
    endpoint::{Answer, ApiRequest},
    lists::{self, page_of},
};
use crate::presenters::{attention, timeline as timeline_entries};
use hollyn_core::{
    api::{self, Done, Endpoint, Items, Order, OrderCreated, OrderSort},
    domain::{
        field_error::FieldError,
        ids::{OrderUuid, UserId},
        input::{Confirmation, Reason, Reference},
        list::{self, Direction, OrderFilter},
        order_action::OrderAction,
    },
    ops::{orders, payments, timeline, users},
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
        OrderSort::Created => (list::OrderSort::Created, Direction::Ascending),
        OrderSort::CreatedDown => (list::OrderSort::Created, Direction::Descending),
        OrderSort::Price => (list::OrderSort::Price, Direction::Ascending),
        OrderSort::PriceDown => (list::OrderSort::Price, Direction::Descending),
    };
    let (page, per_page) = lists::requested(query.page, query.per_page)?;
    let found = orders::search(&ask.ctx, &filter, sort, page, per_page).await?;
    Ok(page_of(found, |listed| (&listed).into()))
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
    let (changes, items) = timeline::history(&ask.ctx, view.order.id).await?;
    let resolvers = items.iter().filter_map(|item| item.resolved_by());
    let actors = changes.iter().map(|change| change.actor).chain(resolvers);
    let names = users::actor_names(&ask.ctx, actors.collect()).await?;
    let (order, service) = (&view.order, view.service.as_ref());
    let role = ask.staff_session()?.user.role;
    let actions = OrderAction::open_to(role, order, &view.payments, service.is_some(), ask.ctx.now());
    let mut item = api::OrderItem::from(order);
    item.payment_status = view.payments.first().map(|payment| payment.status().into());
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
        history: changes.iter().map(|change| (change, &names).into()).collect(),
        attention: items.iter().map(|item| attention::item(item, Some(reference.clone()), &names)).collect(),
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
    let timeline = timeline::of(&ask.ctx, uuid(&ask.id)?).await?;
    let names = users::actor_names(&ask.ctx, timeline_entries::actors(&timeline)).await?;
    Ok(Items { items: timeline_entries::entries(timeline, &names) })
}

pub async fn payment_events(
    ask: ApiRequest<api::endpoints::list_payment_events>,
) -> Answer<api::endpoints::list_payment_events> {
    let records = timeline::payment_records(&ask.ctx, uuid(&ask.id)?).await?;
    Ok(Items { items: records.iter().map(Into::into).collect() })
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
