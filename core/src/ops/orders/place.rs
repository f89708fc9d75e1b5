//! Placing an order: from a filled-in form to a pending order.
use crate::{
    AppContext,
    domain::{
        field_error::FieldError,
        hostname::Hostname,
        ids::UserId,
        job::Task,
        order::{Contact, Order, PlanRef, Price},
        phone::Phone,
        plan::Plan,
        rate_limit::LimitedAction,
        term::Quote,
        user::{Email, NewPassword, PersonName, Role, User},
    },
    mail::{Mail, OrderReceived},
    ops::{
        Caller, Error, Result,
        auth::{self, NewAccount, SignedIn, WelcomeEmail},
        plans, rate_limits,
    },
    random, read,
    store::{
        self, UniqueKey, jobs, mails,
        orders::{self, NewOrder},
        users,
    },
    tx,
};

/// What was typed at checkout, as it was typed.
#[derive(Debug, Clone, Default)]
pub struct Checkout {
    pub plan: String,
    pub months: String,
    pub name: String,
    pub email: String,
    pub phone: String,
    pub domain: String,
    pub password: String,
}

/// How placing an order ended.
pub enum Placed {
    /// The order is pending; the same one where it was placed twice.
    Order {
        order: Box<Order>,
        /// The customer to sign in, where an account was made or its password was typed.
        sign_in: Option<User>,
    },
    /// The e-mail has an account: its owner signs in first, then goes on with what was typed.
    SignInFirst,
}

/// Places an order, and makes the account where there is none.
///
/// The same person ordering the same thing while it is unpaid meets the first order: a double tap, a reload
/// and a second tab are one order. Errors: fields that cannot be used; too many orders from that address.
pub async fn place(
    ctx: &AppContext,
    caller: &Caller,
    signed_in: Option<&User>,
    typed: &Checkout,
    locale: &str,
) -> Result<Placed> {
    let plan = plans::on_sale(ctx, &typed.plan).await?.ok_or(Error::invalid("plan", "gone"))?;
    let (purchase, password) = parse(ctx, &plan, signed_in, typed)?;
    rate_limits::check(ctx, LimitedAction::Checkout, &caller.address).await?;
    let (buyer, has_signed_in) = match (signed_in, password) {
        (Some(user), _) => (user.clone(), false),
        (None, Ok(password)) => match account_for(ctx, caller, &purchase, &password, locale).await? {
            Some(user) => (user, true),
            None => return Ok(Placed::SignInFirst),
        },
        // The password is too weak for a new account; an old account may have it all the same.
        (None, Err(error)) => match known_account(ctx, caller, &purchase.email, &typed.password).await? {
            None => return Err(Error::Invalid(vec![error])),
            Some(SignedIn::Account(user)) => (user, true),
            // A second factor is asked for on the sign-in page.
            Some(SignedIn::CodeRequired { .. } | SignedIn::Rejected) => return Ok(Placed::SignInFirst),
        },
    };
    (ctx.failpoint)("order.account");
    let (order, _) = write(ctx, caller, &buyer, &plan, &purchase, locale).await?;
    (ctx.failpoint)("order.placed");
    ctx.job_notify.notify_one();
    Ok(Placed::Order { order: Box::new(order), sign_in: has_signed_in.then_some(buyer) })
}

/// An order that staff placed. The customer was mailed where to pay it.
pub struct PlacedFor {
    pub order: Order,
    /// False where the customer had the same thing pending: this is that order.
    pub is_new: bool,
}

/// Places an order for a customer, by staff. Name and e-mail are the account's; an empty phone is the
/// account's, too.
pub async fn place_for(
    ctx: &AppContext,
    caller: &Caller,
    customer: UserId,
    typed: &Checkout,
) -> Result<PlacedFor> {
    let buyer = auth::active_user(ctx, customer).await?.filter(|user| user.role == Role::User);
    let buyer = buyer.ok_or(Error::invalid("user_id", "unknown"))?;
    let plan = plans::on_sale(ctx, &typed.plan).await?.ok_or(Error::invalid("plan", "gone"))?;
    let (purchase, _) = parse(ctx, &plan, Some(&buyer), typed)?;
    let (order, is_new) = write(ctx, caller, &buyer, &plan, &purchase, &buyer.locale).await?;
    ctx.job_notify.notify_one();
    Ok(PlacedFor { order, is_new })
}

struct Purchase {
    quote: Quote,
    name: PersonName,
    email: Email,
    phone: Phone,
    domain: Option<Hostname>,
}

/// A password that cannot be used is an error only for a customer who has no account.
type Parsed = (Purchase, Result<NewPassword, FieldError>);

fn parse(ctx: &AppContext, plan: &Plan, signed_in: Option<&User>, typed: &Checkout) -> Result<Parsed> {
    let quote = typed
        .months
        .trim()
        .parse()
        .ok()
        .and_then(|months| Quote::new(plan.monthly, months, &ctx.settings.discounts))
        .ok_or(FieldError::new("months", "wrong"));
    let domain = match typed.domain.trim() {
        "" => Ok(None),
        text => Hostname::parse(text).map(Some).ok_or(FieldError::new("domain", "wrong")),
    };
    let own = |typed: &str, known: Option<&str>| known.map_or_else(|| typed.to_owned(), str::to_owned);
    let name = PersonName::parse(&own(&typed.name, signed_in.map(|u| u.name.as_str())));
    let email = Email::parse(&own(&typed.email, signed_in.map(|u| u.email.as_str())));
    let known_phone = signed_in.and_then(|u| u.phone.clone()).unwrap_or_default();
    let phone_text = if typed.phone.trim().is_empty() { known_phone } else { typed.phone.clone() };
    let phone = match phone_text.trim() {
        "" => Err(FieldError::new("phone", "empty")),
        text => Phone::parse(text).ok_or(FieldError::new("phone", "wrong")),
    };
    let known_phone = phone.as_ref().ok().map(|phone| phone.local());
    let password =
        auth::new_password(ctx, &typed.password, &typed.name, &typed.email, known_phone.as_deref());
    match (quote, domain, name, email, phone) {
        (Ok(quote), Ok(domain), Ok(name), Ok(email), Ok(phone)) => {
            Ok((Purchase { quote, name, email, phone, domain }, password))
        }
        (quote, domain, name, email, phone) => {
            let password = password.err().filter(|_| signed_in.is_none());
            let errors = [quote.err(), domain.err(), name.err(), email.err(), phone.err(), password];
            Err(Error::Invalid(errors.into_iter().flatten().collect()))
        }
    }
}

/// A new account, or the one whose e-mail *and* password were typed: a customer who tapped twice, or forgot
/// to sign in. None where they have to sign in first.
async fn account_for(
    ctx: &AppContext,
    caller: &Caller,
    purchase: &Purchase,
    password: &NewPassword,
    locale: &str,
) -> Result<Option<User>> {
    let new = NewAccount {
        name: purchase.name.clone(),
        email: purchase.email.clone(),
        phone: Some(purchase.phone.local()),
        password: password.clone(),
        role: Role::User,
        locale: locale.to_owned(),
        welcome: WelcomeEmail::None,
    };
    if let Some(user) = auth::create_account(ctx, caller, &new).await? {
        return Ok(Some(user));
    }
    match auth::sign_in(ctx, caller, purchase.email.as_str(), password.expose()).await {
        Ok(SignedIn::Account(user)) => Ok(Some(user)),
        // A second factor is asked for on the sign-in page.
        Ok(SignedIn::CodeRequired { .. } | SignedIn::Rejected) | Err(Error::RateLimited(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Signs a customer in whose e-mail has an account. None where it has none.
async fn known_account(
    ctx: &AppContext,
    caller: &Caller,
    email: &Email,
    password: &str,
) -> Result<Option<SignedIn>> {
    if read!(&ctx.db, tx => users::by_email(tx, email.as_str()).await)?.is_none() {
        return Ok(None);
    }
    if password.is_empty() {
        return Ok(Some(SignedIn::Rejected));
    }
    match auth::sign_in(ctx, caller, email.as_str(), password).await {
        Err(Error::RateLimited(_)) => Ok(Some(SignedIn::Rejected)),
        signed_in => signed_in.map(Some),
    }
}

/// Returns whether the order is new: where the same thing was pending, it is that one.
async fn write(
    ctx: &AppContext,
    caller: &Caller,
    buyer: &User,
    plan: &Plan,
    purchase: &Purchase,
    locale: &str,
) -> Result<(Order, bool)> {
    let Quote { months, monthly, percent, total, .. } = purchase.quote;
    let domain = purchase.domain.as_ref().map(|domain| domain.as_str().to_owned());
    let dedup_domain = domain.as_deref().map(crate::keys::fingerprint).unwrap_or_default();
    let dedup_key = format!("{}:{}:{months}:{}:{dedup_domain}", buyer.id, plan.id, total.0);
    let context = Caller { user: Some(buyer.id), ..caller.clone() }.audit_context();
    let (phone, payer_phone) = (purchase.phone.local(), purchase.phone.international());
    let now = ctx.now();
    let written = tx!(&ctx.db, tx => {
        if let Some(mut first) = orders::by_dedup_key(tx, &dedup_key).await? {
            // A customer who went back to correct the number wants the request on that phone, not on the
            // wrong one.
            if first.customer.phone != phone {
                orders::correct_phone(tx, now, first.id, &phone, &payer_phone).await?;
                first.customer.phone = phone.clone();
            }
            return Ok((first, false));
        }
        let new = NewOrder {
            user_id: buyer.id,
            plan_id: plan.id,
            uuid: random::order_uuid(),
            dedup_key: &dedup_key,
            payer_phone: &payer_phone,
            plan: PlanRef { name: plan.name.clone(), slug: plan.slug.clone() },
            customer: Contact {
                name: purchase.name.as_str().to_owned(),
                email: purchase.email.as_str().to_owned(),
                phone: phone.clone(),
            },
            domain: domain.clone(),
            locale: locale.to_owned(),
            price: Price { monthly, months, percent, total },
        };
        let order = orders::insert(tx, now, &context, new).await?;
        let mail = Mail::OrderReceived(OrderReceived {
            name: buyer.name.clone(),
            order_uuid: order.uuid.to_string(),
            order_number: order.uuid.number(),
            plan: order.plan.name.clone(),
            months,
            total_tzs: total.0,
            domain: domain.clone(),
        });
        mails::queue(tx, now, &buyer.email, locale, Some(order.id), &mail).await?;
        let give_up_at = now.plus_seconds(super::give_up::PATIENCE_SECONDS);
        jobs::queue(tx, now, &Task::GiveUpOrder(order.id), give_up_at).await?;
        Ok((order, true))
    });
    match written {
        // Two taps at once: the other one was first.
        Err(error @ store::Error::Duplicate(UniqueKey::OrdersDedupKey)) => {
            let first = read!(&ctx.db, tx => orders::by_dedup_key(tx, &dedup_key).await)?;
            first.map(|order| (order, false)).ok_or_else(|| Error::from(error))
        }
        written => Ok(written?),
    }
}
