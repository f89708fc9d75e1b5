//! From a filled-in form to a pending order.
use crate::ops::{
    Caller, Error, Result,
    auth::{self, NewAccount, SignedIn, WelcomeEmail},
    rate_limits,
};
use crate::{
    AppContext,
    domain::{
        field_error::FieldError,
        hostname::Hostname,
        ids::{OrderUuid, UserId},
        phone::Phone,
        plan::Plan,
        term::Quote,
        time::Timestamp,
        user::{Email, NewPassword, PersonName, Role, User},
    },
    mail::Mail,
    random,
    store::{
        self, UniqueKey,
        jobs::{self, JobKind},
        mails,
        orders::{self, NewOrder},
        users,
    },
    tx,
};

/// What somebody typed at checkout, as it was typed.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    pub plan: String,
    pub months: String,
    pub name: String,
    pub email: String,
    pub phone: String,
    pub domain: String,
    pub password: String,
}

/// How ordering ended.
pub enum Placed {
    /// The order is pending; the same one where it was placed twice.
    Order {
        uuid: OrderUuid,
        /// The person to sign in, where an account was made or its password was typed.
        sign_in: Option<User>,
    },
    /// The e-mail has an account: sign in, then go on with what was typed.
    SignInFirst,
    /// Something typed cannot be used.
    Problems(Vec<FieldError>),
    /// Too many orders from that address; when to try again.
    Limited(Timestamp),
}

/// Places an order, and makes the account where there is none.
///
/// The same person ordering the same thing while it is unpaid meets the first order: a double tap, a reload and a second
/// tab are one order.
pub async fn place_order(
    ctx: &AppContext,
    caller: &Caller,
    signed_in: Option<&User>,
    typed: &Typed,
    locale: &str,
) -> Result<Placed> {
    let Some(plan) = crate::ops::plans::on_sale(ctx, &typed.plan).await? else {
        return Ok(Placed::Problems(vec![FieldError::new("plan", "gone")]));
    };
    let (wanted, password) = match parse(ctx, &plan, signed_in, typed) {
        Ok(parsed) => parsed,
        Err(problems) => return Ok(Placed::Problems(problems)),
    };
    let most = ctx.settings.limits.checkout_address;
    match rate_limits::check(ctx, "checkout", &caller.address, most, rate_limits::HOUR).await {
        Err(Error::RateLimited(until)) => return Ok(Placed::Limited(until)),
        checked => checked?,
    }
    let buyer = match (signed_in, password) {
        (Some(user), _) => (user.clone(), false),
        (None, Ok(password)) => match account_for(ctx, caller, &wanted, &password, locale).await? {
            Ok(user) => (user, true),
            Err(instead) => return Ok(instead),
        },
        // Not one for a new account; an old account may have it all the same.
        (None, Err(problem)) => match known_account(ctx, caller, &wanted.email, &typed.password).await? {
            // Who has a second factor shows it on the sign-in page.
            Some(SignedIn::Account(user)) => (user, true),
            Some(SignedIn::CodeRequired { .. } | SignedIn::Rejected) => return Ok(Placed::SignInFirst),
            None => return Ok(Placed::Problems(vec![problem])),
        },
    };
    (ctx.failpoint)("order.account");
    let (uuid, _) = write_order(ctx, caller, &buyer.0, &plan, &wanted, locale).await?;
    (ctx.failpoint)("order.placed");
    ctx.job_notify.notify_one();
    Ok(Placed::Order { uuid, sign_in: buyer.1.then_some(buyer.0) })
}

/// How ordering for a customer ended.
pub enum PlacedFor {
    /// The order is pending, and the customer was mailed where to pay it.
    Order {
        uuid: OrderUuid,
        /// False where the customer had the same thing pending: this is that order.
        is_new: bool,
    },
    /// Something typed cannot be used.
    Problems(Vec<FieldError>),
    /// There is no such customer, or the account is locked.
    NoSuchCustomer,
}

/// Places an order for a customer, by staff. Name and e-mail are the account's; an empty phone is the account's, too.
pub async fn place_for(
    ctx: &AppContext,
    caller: &Caller,
    customer: UserId,
    typed: &Typed,
) -> Result<PlacedFor> {
    let Some(buyer) = auth::active_user(ctx, customer).await?.filter(|user| user.role == Role::User) else {
        return Ok(PlacedFor::NoSuchCustomer);
    };
    let Some(plan) = crate::ops::plans::on_sale(ctx, &typed.plan).await? else {
        return Ok(PlacedFor::Problems(vec![FieldError::new("plan", "gone")]));
    };
    let (wanted, _) = match parse(ctx, &plan, Some(&buyer), typed) {
        Ok(parsed) => parsed,
        Err(problems) => return Ok(PlacedFor::Problems(problems)),
    };
    let (uuid, is_new) = write_order(ctx, caller, &buyer, &plan, &wanted, &buyer.locale).await?;
    ctx.job_notify.notify_one();
    Ok(PlacedFor::Order { uuid, is_new })
}

struct Wanted {
    quote: Quote,
    name: PersonName,
    email: Email,
    phone: Phone,
    domain: Option<Hostname>,
}

/// A password that cannot be used is a problem only for who has no account.
type Parsed = (Wanted, Result<NewPassword, FieldError>);

fn parse(
    ctx: &AppContext,
    plan: &Plan,
    signed_in: Option<&User>,
    typed: &Typed,
) -> Result<Parsed, Vec<FieldError>> {
    let mut problems = Vec::new();
    let mut keep = |problem: FieldError| problems.push(problem);
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
    let password = NewPassword::parse(&typed.password);
    match (quote, domain, name, email, phone) {
        (Ok(quote), Ok(domain), Ok(name), Ok(email), Ok(phone)) => {
            Ok((Wanted { quote, name, email, phone, domain }, password))
        }
        (quote, domain, name, email, phone) => {
            let password = password.err().filter(|_| signed_in.is_none());
            let found = [quote.err(), domain.err(), name.err(), email.err(), phone.err(), password];
            found.into_iter().flatten().for_each(&mut keep);
            Err(problems)
        }
    }
}

/// A new account, or the one whose e-mail *and* password were typed: somebody who tapped twice, or forgot to sign in.
async fn account_for(
    ctx: &AppContext,
    caller: &Caller,
    wanted: &Wanted,
    password: &NewPassword,
    locale: &str,
) -> Result<Result<User, Placed>> {
    let new = NewAccount {
        name: wanted.name.clone(),
        email: wanted.email.clone(),
        phone: Some(wanted.phone.local()),
        password: password.clone(),
        role: Role::User,
        locale: locale.to_owned(),
        welcome: WelcomeEmail::None,
    };
    if let Some(user) = auth::create_account(ctx, caller, &new).await? {
        return Ok(Ok(user));
    }
    match auth::sign_in(ctx, caller, wanted.email.as_str(), password.expose()).await {
        Ok(SignedIn::Account(user)) => Ok(Ok(user)),
        // A second factor is asked for on the sign-in page.
        Ok(SignedIn::CodeRequired { .. } | SignedIn::Rejected) | Err(Error::RateLimited(_)) => {
            Ok(Err(Placed::SignInFirst))
        }
        Err(error) => Err(error),
    }
}

/// Signs in whose e-mail has an account. None where it has none.
async fn known_account(
    ctx: &AppContext,
    caller: &Caller,
    email: &Email,
    password: &str,
) -> Result<Option<SignedIn>> {
    if crate::read!(&ctx.db, tx => users::by_email(tx, email.as_str()).await)?.is_none() {
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
async fn write_order(
    ctx: &AppContext,
    caller: &Caller,
    buyer: &User,
    plan: &Plan,
    wanted: &Wanted,
    locale: &str,
) -> Result<(OrderUuid, bool)> {
    let domain = wanted.domain.as_ref().map(Hostname::as_str);
    let quote = wanted.quote;
    let dedup_key = format!(
        "{}:{}:{}:{}:{}",
        buyer.id,
        plan.id,
        quote.months,
        quote.total.0,
        domain.map(crate::keys::fingerprint).unwrap_or_default()
    );
    let context = Caller { user: Some(buyer.id), ..caller.clone() }.audit_context();
    let now = ctx.now();
    let written = tx!(&ctx.db, tx => {
        if let Some(first) = orders::by_dedup_key(tx, &dedup_key).await? {
            // Who went back to correct the number wants the request on that phone, not on the wrong one.
            if first.customer.phone != wanted.phone.local() {
                let phone = &wanted.phone;
                orders::correct_phone(tx, now, first.id, &phone.local(), &phone.international()).await?;
            }
            return Ok((first.uuid, false));
        }
        let uuid = random::order_uuid();
        let id = orders::insert(tx, now, &context, &NewOrder {
            user_id: buyer.id,
            plan_id: plan.id,
            uuid,
            dedup_key: &dedup_key,
            name: wanted.name.as_str(),
            email: wanted.email.as_str(),
            phone: &wanted.phone.local(),
            payer_phone: &wanted.phone.international(),
            domain,
            locale,
            monthly: quote.monthly,
            months: quote.months,
            percent: quote.percent,
            total: quote.total,
        }).await?;
        let mail = Mail::OrderReceived {
            name: buyer.name.clone(),
            order_uuid: uuid.to_string(),
            order_number: uuid.number(),
            plan: plan.name.clone(),
            months: quote.months,
            total_tzs: quote.total.0,
            domain: domain.map(str::to_owned),
        };
        mails::queue(tx, now, &buyer.email, locale, Some(id), &mail).await?;
        jobs::queue(tx, now, JobKind::GiveUp, id.0, now.plus_seconds(super::PATIENCE_SECONDS)).await?;
        Ok((uuid, true))
    });
    match written {
        // Two taps at once: the other one was first.
        Err(error @ store::Error::Duplicate(UniqueKey::OrdersDedupKey)) => {
            let first = crate::read!(&ctx.db, tx => orders::by_dedup_key(tx, &dedup_key).await)?;
            first.map(|order| (order.uuid, false)).ok_or_else(|| crate::Error::from(error))
        }
        written => Ok(written?),
    }
}
