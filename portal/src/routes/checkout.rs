//! The order form.
use super::{
    checkout_draft,
    form::{Words, show_again},
};
use crate::{
    guards::{Form, PageContext, Visitor, known_devices},
    pages::{CheckoutForm, FieldError, Known},
    presenters::{self, field_errors::problem},
    responses::{Answer, PageError, Reply, page, page_with},
};
use hollyn_core::{
    domain::{
        ids::OrderUuid,
        plan::Plan,
        plan::slug_ok,
        time::Timestamp,
        user::{Role, User},
    },
    ops::{
        self, auth,
        orders::{self, Checkout, Placed},
    },
};
use rocket::{
    FromForm, get,
    http::{CookieJar, Status},
    post,
};

/// The orders that this browser placed.
const ORDERS: &str = "orders";
/// How many of them are remembered.
const REMEMBERED_ORDERS: usize = 8;
/// How long it knows each of them.
const REMEMBERED_SECONDS: i64 = 86_400;

/// The form's fields. Everything is text until the core has read it.
#[derive(FromForm, Default)]
pub struct Fields {
    #[field(default = String::new())]
    plan: String,
    #[field(default = String::new())]
    months: String,
    #[field(default = String::new())]
    name: String,
    #[field(default = String::new())]
    email: String,
    #[field(default = String::new())]
    phone: String,
    #[field(default = String::new())]
    domain: String,
    #[field(default = String::new())]
    password: String,
}

/// `GET /checkout/{slug}`, with `months` from the price list.
#[get("/checkout/<slug>?<months>")]
pub async fn form(
    page_context: PageContext<'_>,
    visitor: Visitor,
    jar: &CookieJar<'_>,
    slug: &str,
    months: Option<&str>,
) -> Answer {
    let app = page_context.app;
    let Some(plan) = ops::plans::on_sale(&app.ctx, slug).await? else { return Err(PageError::NotFound) };
    // What the browser's own user typed is not shown to staff who act as a customer.
    let draft = checkout_draft::read(&page_context, jar, slug).filter(|_| visitor.viewed_until.is_none());
    let chosen = months.and_then(|months| months.parse().ok());
    let mut form = draft.unwrap_or_else(|| CheckoutForm { months: 1, ..CheckoutForm::default() });
    form.months = chosen.unwrap_or(form.months);
    if let Some(phone) =
        visitor.user.as_ref().and_then(|user| user.phone.clone()).filter(|_| form.phone.is_empty())
    {
        form.phone = crate::pages::format::phone(&phone);
    }
    Ok(page(&page_context, &visitor, &checkout(&page_context, &visitor, &plan, form, Vec::new())))
}

fn checkout(
    page_context: &PageContext<'_>,
    visitor: &Visitor,
    plan: &Plan,
    form: CheckoutForm,
    problems: Vec<FieldError>,
) -> crate::pages::Checkout {
    let known =
        visitor.user.as_ref().map(|user| Known { name: user.name.clone(), email: user.email.clone() });
    let ctx = &page_context.app.ctx;
    presenters::storefront::checkout(plan, &ctx.settings.discounts, ctx.now(), form, known, problems)
}

/// `POST /checkout`
#[post("/checkout", data = "<fields>")]
pub async fn place(
    page_context: PageContext<'_>,
    visitor: Visitor,
    jar: &CookieJar<'_>,
    fields: Form<Fields>,
) -> Answer {
    let fields = fields.into_inner();
    let app = page_context.app;
    if !slug_ok(&fields.plan) {
        return Err(PageError::NotFound);
    }
    let page_context = page_context.at(format!("/checkout/{}", fields.plan));
    let typed = Checkout {
        plan: fields.plan.clone(),
        months: fields.months.clone(),
        name: fields.name.clone(),
        email: fields.email.clone(),
        phone: fields.phone.clone(),
        domain: fields.domain.clone(),
        password: fields.password.clone(),
    };
    let form = CheckoutForm {
        name: fields.name,
        email: fields.email,
        phone: fields.phone,
        domain: fields.domain,
        months: fields.months.trim().parse().unwrap_or(1),
    };
    let locale = page_context.lang.code();
    let placed = orders::place(&app.ctx, &visitor.caller, visitor.user.as_ref(), &typed, locale).await;
    if let Ok(Placed::Order { order, sign_in }) = placed {
        if let Some(user) = sign_in {
            let token = auth::sessions::open(&app.ctx, &visitor.caller, &user, false).await?;
            app.session_cookie.set(jar, token, false);
            known_devices::remember(app, jar, &user).await?;
        }
        // A customer who goes back finds the form as it was, and meets the same order.
        checkout_draft::keep(&page_context, jar, &fields.plan, &form);
        remember(&page_context, jar, order.uuid);
        return Ok(Reply::Go(format!("/pay/{}", order.uuid)));
    }
    let Some(plan) = ops::plans::on_sale(&app.ctx, &fields.plan).await? else {
        return Err(PageError::NotFound);
    };
    match placed {
        Err(error) => {
            let words = Words { field: problem, limited: "problem-too-many" };
            let again = |problems| checkout(&page_context, &visitor, &plan, form, problems);
            show_again(&page_context, &visitor, error, &words, again)
        }
        Ok(_) => {
            checkout_draft::keep(&page_context, jar, &fields.plan, &form);
            let problems = vec![FieldError::new("email", "problem-email-taken")];
            let shown = checkout(&page_context, &visitor, &plan, form, problems);
            Ok(page_with(Status::UnprocessableEntity, &page_context, &visitor, &shown))
        }
    }
}

/// `POST /checkout/sign-in`: keeps what was typed while the customer signs in.
#[post("/checkout/sign-in", data = "<fields>")]
pub fn sign_in(page_context: PageContext<'_>, jar: &CookieJar<'_>, fields: Form<Fields>) -> Answer {
    if !slug_ok(&fields.plan) {
        return Err(PageError::NotFound);
    }
    let back = format!("/checkout/{}", fields.plan);
    let Fields { plan, months, name, email, phone, domain, .. } = fields.into_inner();
    let form = CheckoutForm { name, email, phone, domain, months: months.trim().parse().unwrap_or(1) };
    checkout_draft::keep(&page_context, jar, &plan, &form);
    Ok(Reply::SignIn(back))
}

/// Lets the browser that placed an order see it for a day, also when its session has ended. Signing out ends
/// it.
fn remember(page_context: &PageContext<'_>, jar: &CookieJar<'_>, uuid: OrderUuid) {
    let mut orders = remembered(page_context, jar);
    orders.retain(|(_, other)| *other != uuid);
    orders.insert(0, (page_context.app.ctx.now().plus_seconds(REMEMBERED_SECONDS), uuid));
    orders.truncate(REMEMBERED_ORDERS);
    let value: Vec<String> = orders.iter().map(|(until, uuid)| format!("{}:{uuid}", until.0)).collect();
    let value = page_context.app.ctx.keys.sign(ORDERS, &value.join(","));
    jar.add(page_context.app.session_cookie.cookie(ORDERS, value, Some(1)));
}

/// Forgets which orders the browser placed: another person may use it next.
pub fn forget_orders(page_context: &PageContext<'_>, jar: &CookieJar<'_>) {
    page_context.app.session_cookie.remove(jar, ORDERS);
}

/// The orders that this browser placed in the last day, each with the end of that day.
fn remembered(page_context: &PageContext<'_>, jar: &CookieJar<'_>) -> Vec<(Timestamp, OrderUuid)> {
    let cookie = page_context.app.session_cookie.value(jar, ORDERS).unwrap_or_default();
    let value = page_context.app.ctx.keys.verify(ORDERS, cookie).unwrap_or_default();
    let entries = value.split(',').filter_map(|entry| {
        let (until, uuid) = entry.split_once(':')?;
        Some((Timestamp(until.parse().ok()?), OrderUuid::parse(uuid)?))
    });
    entries.filter(|(until, _)| *until > page_context.app.ctx.now()).collect()
}

/// Who may look at an order.
pub enum Sight {
    /// Its owner, or the browser that placed it.
    Allowed,
    /// No customer is signed in: one who signs in may be its owner.
    SignIn,
    /// Another customer is signed in. It does not exist for them.
    Hidden,
}

/// Whether this visitor may see the order. The UUID is no secret.
pub fn sight(
    page_context: &PageContext<'_>,
    visitor: &Visitor,
    jar: &CookieJar<'_>,
    owner: hollyn_core::domain::ids::UserId,
    uuid: OrderUuid,
) -> Sight {
    let owns = |user: &User| user.id == owner;
    match &visitor.user {
        Some(user) if owns(user) => Sight::Allowed,
        Some(user) if user.role == Role::User => Sight::Hidden,
        None if remembered(page_context, jar).iter().any(|(_, known)| *known == uuid) => Sight::Allowed,
        None => Sight::SignIn,
        Some(_) => Sight::Hidden,
    }
}
