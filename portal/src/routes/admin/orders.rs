//! Purchases.
use super::{
    door::{Answer, Ask},
    lists::{self, page_of},
    refusal::Refusal,
};
use crate::views::{api as shown, attention, timeline as told};
use hollyn_core::{
    api::{self, Done, Endpoint, Items, Order, OrderAct, OrderCreated, OrderSort},
    domain::ids::{OrderUuid, UserId},
    ops::{
        checkout::{self, PlacedFor},
        lists::Direction,
        orders::{self, Cancelled, OrderFilter},
        orders_by_staff::{self, Act, Changed, Deleted},
        payments::{self, ByHand},
        people, timeline,
    },
};

fn uuid(piece: &str) -> Result<OrderUuid, Refusal> {
    OrderUuid::parse(piece).ok_or_else(Refusal::not_found)
}

pub async fn list(ask: Ask<api::endpoints::list_orders>) -> Answer<api::endpoints::list_orders> {
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
    page_of(orders::search(&ask.shop, &filter, sort, page, per_page).await?, |row| shown::listed(&row))
}

pub async fn create(ask: Ask<api::endpoints::create_order>) -> Answer<api::endpoints::create_order> {
    let sent = &ask.body;
    let typed = checkout::Typed {
        plan: sent.plan.clone(),
        months: sent.months.to_string(),
        phone: sent.phone.clone().unwrap_or_default(),
        domain: sent.domain.clone().unwrap_or_default(),
        ..checkout::Typed::default()
    };
    match checkout::place_for(&ask.shop, &ask.caller, UserId(sent.user_id), &typed).await? {
        PlacedFor::Order { uuid, is_new } => {
            let view = orders::view(&ask.shop, uuid).await?.ok_or_else(Refusal::not_found)?;
            Ok(OrderCreated {
                uuid: uuid.to_string(),
                number: uuid.number(),
                price_tzs: view.order.price_tzs.0,
                pay_url: pay_url(&ask, uuid),
                is_new,
            })
        }
        PlacedFor::Problems(problems) => Err(Refusal::problems(&problems)),
        PlacedFor::NoSuchCustomer => {
            Err(Refusal::field("user_id", "There is no such customer, or the account is locked."))
        }
    }
}

fn pay_url<E: Endpoint>(ask: &Ask<E>, uuid: OrderUuid) -> String {
    format!("{}/pay/{uuid}", ask.shop.rules.base_url)
}

pub async fn show(ask: Ask<api::endpoints::show_order>) -> Answer<api::endpoints::show_order> {
    whole(&ask, uuid(&ask.id)?).await
}

/// The order with everything that its page shows.
async fn whole<E: Endpoint>(ask: &Ask<E>, uuid: OrderUuid) -> Result<Order, Refusal> {
    let view = orders::view(&ask.shop, uuid).await?.ok_or_else(Refusal::not_found)?;
    let (changes, matters) = timeline::around(&ask.shop, uuid).await?;
    let resolvers = matters.iter().filter_map(|row| row.resolved_by.as_deref());
    let actors = changes.iter().map(|row| &*row.actor).chain(resolvers).collect();
    let named = people::named(&ask.shop, actors).await?;
    let (order, service) = (&view.order, view.service.as_ref());
    let role = ask.desk()?.user.role;
    let acts = orders_by_staff::acts(role, order, &view.payments, service, ask.shop.now());
    let mut item = shown::order(order);
    item.payment_status = view.payments.first().map(|push| push.status.into());
    item.service_id = service.map(|service| service.id.0);
    item.service_status = service.map(|service| service.status.into());
    let reference =
        api::OrderRef { uuid: uuid.to_string(), number: uuid.number(), status: order.status.into() };
    Ok(Order {
        order: item,
        base_price_monthly_tzs: order.base_price_monthly.0,
        discount_percent: order.discount_percentage,
        locale: order.locale.clone(),
        pay_url: pay_url(ask, uuid),
        payments: view.payments.iter().map(shown::payment).collect(),
        service: service.map(shown::service),
        history: changes.into_iter().map(|row| shown::change(row, &named)).collect(),
        attention: matters
            .into_iter()
            .map(|row| attention::item(row, Some(reference.clone()), &named))
            .collect(),
        acts: acts.into_iter().map(act).collect(),
    })
}

fn act(act: Act) -> OrderAct {
    match act {
        Act::Edit => OrderAct::Edit,
        Act::CheckPayment => OrderAct::CheckPayment,
        Act::MarkPaid => OrderAct::MarkPaid,
        Act::Cancel => OrderAct::Cancel,
        Act::Delete => OrderAct::Delete,
    }
}

pub async fn edit(ask: Ask<api::endpoints::edit_order>) -> Answer<api::endpoints::edit_order> {
    let (uuid, sent) = (uuid(&ask.id)?, &ask.body);
    let typed = orders_by_staff::Typed {
        name: sent.customer_name.clone(),
        email: sent.customer_email.clone(),
        phone: sent.customer_phone.clone(),
        domain: sent.domain.clone(),
    };
    match orders_by_staff::edit(&ask.shop, &ask.caller, uuid, &typed).await? {
        Changed::Done => whole(&ask, uuid).await,
        Changed::Problems(problems) => Err(Refusal::problems(&problems)),
        Changed::PhoneIsSettled => {
            Err(Refusal::field("customer_phone", "The order is not waiting for money any more."))
        }
        Changed::DomainIsSettled => {
            Err(Refusal::field("domain", "The domain is the service's now: change it there."))
        }
        Changed::NoSuchOrder => Err(Refusal::not_found()),
    }
}

pub async fn delete(ask: Ask<api::endpoints::delete_order>) -> Answer<api::endpoints::delete_order> {
    let sent = &ask.body;
    let deleted =
        orders_by_staff::delete(&ask.shop, &ask.caller, uuid(&ask.id)?, &sent.confirm, &sent.reason);
    match deleted.await? {
        Deleted::Done => Ok(Done {}),
        Deleted::NotConfirmed => Err(Refusal::field("confirm", "Type the order's number, like H-7K3M9Q.")),
        Deleted::HasMoney => Err(Refusal::conflict(
            "Money came for this order, or may still come: it stays. Cancel it instead.",
        )),
        Deleted::NoSuchOrder => Err(Refusal::not_found()),
    }
}

pub async fn timeline(ask: Ask<api::endpoints::list_timeline>) -> Answer<api::endpoints::list_timeline> {
    let all = timeline::of(&ask.shop, uuid(&ask.id)?).await?.ok_or_else(Refusal::not_found)?;
    let named = people::named(&ask.shop, told::actors(&all).collect()).await?;
    Ok(Items { items: told::entries(all, &named) })
}

pub async fn payment_events(
    ask: Ask<api::endpoints::list_payment_events>,
) -> Answer<api::endpoints::list_payment_events> {
    let rows = timeline::events(&ask.shop, uuid(&ask.id)?).await?.ok_or_else(Refusal::not_found)?;
    Ok(Items { items: rows.into_iter().map(shown::event).collect() })
}

pub async fn check_payment(ask: Ask<api::endpoints::check_payment>) -> Answer<api::endpoints::check_payment> {
    let uuid = uuid(&ask.id)?;
    if !payments::check_by_staff(&ask.shop, &ask.caller, uuid).await? {
        return Err(Refusal::not_found());
    }
    whole(&ask, uuid).await
}

pub async fn mark_paid(ask: Ask<api::endpoints::mark_paid>) -> Answer<api::endpoints::mark_paid> {
    let (uuid, sent) = (uuid(&ask.id)?, &ask.body);
    let marked = payments::mark_as_paid(&ask.shop, &ask.caller, uuid, &sent.reference, &sent.reason).await?;
    match marked {
        ByHand::Paid => whole(&ask, uuid).await,
        ByHand::Incomplete => Err(missing([
            ("reference", &sent.reference, "Type the gateway's reference."),
            ("reason", &sent.reason, "Say how you know of the money."),
        ])),
        ByHand::ReferenceUsed => {
            Err(Refusal::field("reference", "This reference was used for another payment."))
        }
        ByHand::NotPayable(status) => {
            Err(Refusal::conflict(format!("The order is {status}, it waits for no money.")))
        }
        ByHand::NoSuchOrder => Err(Refusal::not_found()),
    }
}

/// The fields that are empty; where none is, the first one is not what it should be.
fn missing<const N: usize>(fields: [(&str, &String, &str); N]) -> Refusal {
    let empty = |text: &str| text.trim().is_empty();
    let all_there = fields.iter().all(|(_, text, _)| !empty(text));
    let wrong = fields.into_iter().filter(|(_, text, _)| empty(text) || all_there);
    Refusal::fields(wrong.map(|(name, _, words)| (name.to_owned(), words.to_owned())))
}

pub async fn cancel(ask: Ask<api::endpoints::cancel_order>) -> Answer<api::endpoints::cancel_order> {
    let (uuid, reason) = (uuid(&ask.id)?, ask.body.reason.trim());
    if reason.is_empty() {
        return Err(Refusal::field("reason", "Say why."));
    }
    match orders::cancel(&ask.shop, &ask.caller, uuid, reason).await? {
        Cancelled::Done => whole(&ask, uuid).await,
        Cancelled::TooLate(status) => {
            Err(Refusal::conflict(format!("The order is {status}, it cannot be cancelled.")))
        }
        Cancelled::NoSuchOrder => Err(Refusal::not_found()),
    }
}
