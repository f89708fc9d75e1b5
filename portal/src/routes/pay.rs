//! The payment page: one payment request, and what became of it.
use super::checkout::{Sight, sight};
use crate::{
    guards::{Form, PageContext, Visitor},
    pages::{FieldError, Pay, PayState},
    presenters::{field_errors::limited, order as view},
    responses::{self, Answer, PageError, Reply, page_later, page_with},
};
use hollyn_core::{
    Error,
    domain::{
        ids::OrderUuid,
        order::{Order, OrderStatus},
        payment::PaymentStatus,
        phone::Phone,
        rate_limit::RequestLimit,
        service::ServiceStatus,
        time::Timestamp,
    },
    ops::{
        orders::{self, OrderView},
        payments::{self, Started},
    },
};
use rocket::{
    FromForm, get,
    http::{CookieJar, Status},
    post,
    serde::json::Json,
};
use serde_json::{Value, json};
use std::time::Duration;
use tracing::Instrument;

/// A request waits this long for a provider and then goes on; the work itself goes on too.
const PATIENCE: Duration = Duration::from_secs(4);

/// What an address names, where this visitor may see it; else the way to the sign-in page.
type Allowed<T> = Result<Result<T, Reply>, PageError>;

/// The order with all that its page shows.
pub async fn allowed(
    page_context: &PageContext<'_>,
    visitor: &Visitor,
    jar: &CookieJar<'_>,
    uuid: &str,
) -> Allowed<OrderView> {
    let uuid = OrderUuid::parse(uuid).ok_or(PageError::NotFound)?;
    let found = orders::show(&page_context.app.ctx, uuid).await;
    seen_by(page_context, visitor, jar, found, |view| &view.order)
}

/// The order alone, for what only acts on it.
async fn allowed_order(
    page_context: &PageContext<'_>,
    visitor: &Visitor,
    jar: &CookieJar<'_>,
    uuid: &str,
) -> Allowed<Order> {
    let uuid = OrderUuid::parse(uuid).ok_or(PageError::NotFound)?;
    let found = orders::by_uuid(&page_context.app.ctx, uuid).await;
    seen_by(page_context, visitor, jar, found, |order| order)
}

fn seen_by<T>(
    page_context: &PageContext<'_>,
    visitor: &Visitor,
    jar: &CookieJar<'_>,
    found: Result<T, Error>,
    order: impl Fn(&T) -> &Order,
) -> Allowed<T> {
    let sign_in = || Ok(Err(Reply::SignIn(page_context.path().to_owned())));
    match found {
        // A visitor who is not signed in does not learn whether there is such an order.
        Err(Error::NotFound(_)) if visitor.user.is_none() => sign_in(),
        Err(error) => Err(error.into()),
        Ok(found) => {
            let (owner, uuid) = (order(&found).user_id, order(&found).uuid);
            match sight(page_context, visitor, jar, owner, uuid) {
                Sight::Allowed => Ok(Ok(found)),
                Sight::SignIn => sign_in(),
                Sight::Hidden => Err(PageError::NotFound),
            }
        }
    }
}

/// `GET /pay/{uuid}`: shows, and sends nothing.
#[get("/pay/<uuid>")]
pub async fn page(
    page_context: PageContext<'_>,
    visitor: Visitor,
    jar: &CookieJar<'_>,
    uuid: &str,
) -> Answer {
    let found = match allowed(&page_context, &visitor, jar, uuid).await? {
        Ok(found) => found,
        Err(reply) => return Ok(reply),
    };
    let shown = facts(&page_context, &found, None).await?;
    Ok(responses::page(&page_context, &visitor, &shown))
}

/// What was typed as another number and could not be taken.
struct Refused<'a> {
    typed: &'a str,
    key: &'static str,
}

async fn facts(
    page_context: &PageContext<'_>,
    found: &OrderView,
    refused: Option<Refused<'_>>,
) -> Result<Pay, PageError> {
    let ctx = &page_context.app.ctx;
    let now = ctx.now();
    let state = view::pay_state(found, now);
    let shown_payment = found.paid_by().or(found.payments.first()).filter(|payment| !payment.is_manual());
    let phone = shown_payment.map_or_else(
        || found.order.customer.phone.clone(),
        |payment| view::local_phone(&payment.payer_phone),
    );
    let parsed = Phone::parse(&phone);
    let (left, retry_at) = match (&parsed, found.order.status()) {
        (Some(phone), OrderStatus::Pending) => payments::allowance(ctx, &found.order, phone).await?,
        (_, _) => (0, None),
    };
    let offers_request =
        matches!(state, PayState::Start | PayState::Ask | PayState::Unknown | PayState::Refused);
    let log = if found.order.status().is_paid() { view::setup_log(found, now, false) } else { Vec::new() };
    Ok(Pay {
        order: view::facts(found),
        state,
        payment: shown_payment.map(|payment| view::payment(payment, now)),
        operator: parsed.as_ref().and_then(|phone| ctx.settings.operators.of(phone)).map(str::to_owned),
        phone,
        refused: found.payments.first().filter(|_| state == PayState::Refused).map(|payment| {
            match payment.status() {
                PaymentStatus::Cancelled => "cancelled",
                PaymentStatus::Created
                | PaymentStatus::Pending
                | PaymentStatus::Unknown
                | PaymentStatus::Failed
                | PaymentStatus::Succeeded => "other",
            }
            .to_owned()
        }),
        requests_left: i64::try_from(left).unwrap_or(0),
        retry_at: retry_at.filter(|_| offers_request).map(|at| at.0),
        payee: page_context.app.payee.clone(),
        log,
        poll_ms: 2000,
        last_asked_at: found.payments.first().and_then(|payment| payment.last_check_at).map(|at| at.0),
        received_tzs: found.short().and_then(|payment| payment.received()).map_or(0, |tzs| tzs.0),
        service_id: found
            .service
            .as_ref()
            .filter(|s| s.status() == ServiceStatus::Active)
            .map(|s| s.id.to_string()),
        can_finish: state == PayState::Paid && found.service.is_none(),
        problems: refused.as_ref().map(|refused| FieldError::new("phone", refused.key)).into_iter().collect(),
        typed: refused.map(|refused| refused.typed.to_owned()),
        auto: state == PayState::Start && retry_at.is_none(),
        view: view::fingerprint(found, now),
        now: now.0,
    })
}

/// The page's forms.
#[derive(FromForm)]
pub struct Fields {
    #[field(default = String::new())]
    action: String,
    #[field(default = String::new())]
    phone: String,
    /// The last attempt that the page knew of.
    #[field(default = 0)]
    attempt: i64,
}

/// `POST /pay/{uuid}`: sends a payment request, or asks what became of the last one.
#[post("/pay/<uuid>", data = "<fields>")]
pub async fn act(
    page_context: PageContext<'_>,
    visitor: Visitor,
    jar: &CookieJar<'_>,
    uuid: &str,
    fields: Form<Fields>,
) -> Answer {
    let order = match allowed_order(&page_context, &visitor, jar, uuid).await? {
        Ok(order) => order,
        Err(reply) => return Ok(reply),
    };
    let (ctx, uuid) = (page_context.app.ctx.clone(), order.uuid);
    let back = Reply::Go(format!("/pay/{uuid}"));
    // What a provider says on this request's behalf is logged with its id, also when the request is answered
    // before.
    let span = tracing::info_span!("request", request_id = page_context.request_id);
    if fields.action == "check" {
        let checking = async move { payments::check_now(&ctx, order.id).await };
        return match within_patience(checking.instrument(span)).await {
            Err(PageError::TooMany(until)) => {
                let problem = limited("problem-check-limit", until);
                later(&page_context, &visitor, uuid, until, problem).await
            }
            checked => checked.map(|()| back),
        };
    }
    let typed =
        if fields.phone.trim().is_empty() { order.customer.phone.clone() } else { fields.phone.clone() };
    let Some(phone) = Phone::parse(&typed) else {
        let found = orders::show(&ctx, uuid).await?;
        let refused = Refused { typed: &typed, key: "problem-phone" };
        let shown = facts(&page_context, &found, Some(refused)).await?;
        return Ok(page_with(Status::UnprocessableEntity, &page_context, &visitor, &shown));
    };
    match payments::start(&ctx, &visitor.caller, &order, &phone, fields.attempt).await {
        Ok(Started::New(payment)) => {
            let sending = async move { payments::send(&ctx, &order, &payment).await };
            within_patience(sending.instrument(span)).await.map(|()| back)
        }
        Ok(Started::Wait(until)) => {
            wait(&page_context, &visitor, uuid, limited("problem-payment-lives", until)).await
        }
        Ok(Started::Already(_) | Started::NotPayable) => Ok(back),
        Ok(Started::Limited(RequestLimit::Phone, until)) => {
            phone_limited(&page_context, &visitor, uuid, &phone, until).await
        }
        Ok(Started::Limited(RequestLimit::Account, until)) => {
            later(&page_context, &visitor, uuid, until, limited("problem-account-limit", until)).await
        }
        Ok(Started::Limited(RequestLimit::Address, until)) => {
            later(&page_context, &visitor, uuid, until, limited("problem-address-limit", until)).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Waits for a provider for [`PATIENCE`]. The work goes on afterwards.
async fn within_patience(
    work: impl Future<Output = Result<(), Error>> + Send + 'static,
) -> Result<(), PageError> {
    match tokio::time::timeout(PATIENCE, tokio::spawn(work)).await {
        Ok(Ok(Err(error))) => Err(error.into()),
        Ok(Ok(Ok(())) | Err(_)) | Err(_) => Ok(()),
    }
}

/// Too many requests or checks: the page says until when, and why.
async fn later(
    page_context: &PageContext<'_>,
    visitor: &Visitor,
    uuid: OrderUuid,
    until: Timestamp,
    problem: FieldError,
) -> Answer {
    let found = orders::show(&page_context.app.ctx, uuid).await?;
    let shown = Pay { problems: vec![problem], auto: false, ..facts(page_context, &found, None).await? };
    Ok(page_later(page_context, visitor, until, &shown))
}

/// The phone's limit holds a request back: for the page's own number until then, for another one beside its
/// field.
async fn phone_limited(
    page_context: &PageContext<'_>,
    visitor: &Visitor,
    uuid: OrderUuid,
    phone: &Phone,
    until: Timestamp,
) -> Answer {
    let found = orders::show(&page_context.app.ctx, uuid).await?;
    let shown = facts(page_context, &found, None).await?;
    let shown = if shown.phone == phone.local() {
        Pay { retry_at: Some(until.0), auto: false, requests_left: 0, ..shown }
    } else {
        let problem = FieldError { field: "phone".into(), ..limited("problem-phone-limit", until) };
        Pay { typed: Some(phone.local()), problems: vec![problem], auto: false, ..shown }
    };
    Ok(page_later(page_context, visitor, until, &shown))
}

/// The last request can still be answered: the page says until when.
async fn wait(
    page_context: &PageContext<'_>,
    visitor: &Visitor,
    uuid: OrderUuid,
    problem: FieldError,
) -> Answer {
    let found = orders::show(&page_context.app.ctx, uuid).await?;
    let shown = Pay { problems: vec![problem], auto: false, ..facts(page_context, &found, None).await? };
    Ok(page_with(Status::Conflict, page_context, visitor, &shown))
}

/// `GET /pay/{uuid}/status`: what the page polls. Small, and wakes the asking where that has become slow.
#[get("/pay/<uuid>/status")]
pub async fn status(
    page_context: PageContext<'_>,
    visitor: Visitor,
    jar: &CookieJar<'_>,
    uuid: &str,
) -> Result<Json<Value>, PageError> {
    let found = allowed(&page_context, &visitor, jar, uuid).await?.map_err(|_| PageError::NotFound)?;
    let (ctx, order) = (&page_context.app.ctx, &found.order);
    let now = ctx.now();
    if order.status() == OrderStatus::Pending {
        payments::poll_soon(ctx, &found.payments).await?;
    }
    let shown = facts(&page_context, &found, None).await?;
    let next = match shown.state {
        PayState::Active => "/me/panel".to_owned(),
        PayState::Paid | PayState::Late => format!("/order/{}", order.uuid),
        PayState::Start
        | PayState::Sent
        | PayState::Slow
        | PayState::Ask
        | PayState::Unknown
        | PayState::Refused
        | PayState::Short
        | PayState::Cancelled => {
            format!("/pay/{}", order.uuid)
        }
    };
    Ok(Json(json!({
        "order": order.uuid.to_string(),
        "status": order.status().into_str(),
        "payment": found.payments.first().map(|payment| json!({
            "status": payment.status().into_str(),
            "operator": payment.operator,
            "phone": view::local_phone(&payment.payer_phone),
            "attempt": payment.attempt,
        })),
        "service": found.service.as_ref().map(|service| json!({ "status": service.status().into_str() })),
        "message": shown.message(page_context.lang),
        "next": next,
        "view": view::fingerprint(&found, now),
    })))
}
