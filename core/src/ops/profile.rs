//! What customers change about themselves. What a stolen phone must not change asks for the password again.
use super::{
    Caller, Result,
    accounts::{self, Confirmed, UserRow},
    recovery,
};
use crate::{
    Shop,
    domain::{
        order::OrderStatus,
        phone::Phone,
        problem::Problem,
        service::ServiceStatus,
        time::Moment,
        user::{Email, NewPassword, PersonName},
    },
    keys,
    mail::Mail,
    random, read,
    store::{
        self, audit, email_tokens, history, mails, orders, payments, services, sessions, two_factor, users,
    },
    tx,
};

pub use crate::store::{audit::ActivityRow, sessions::BrowserRow};

/// How a change ended.
#[derive(Debug, PartialEq, Eq)]
pub enum Changed {
    /// It is so now.
    Done,
    /// Something typed cannot be used; `password` + `wrong` is the account's own password.
    Problem(Problem),
    /// Too many wrong passwords; when to try again.
    Limited(Moment),
}

impl Changed {
    fn wrong(field: &'static str, code: &'static str) -> Changed {
        Changed::Problem(Problem::new(field, code))
    }
}

/// The account's password, asked again; None where it is right.
async fn doubt(shop: &Shop, caller: &Caller, user: &UserRow, password: &str) -> Result<Option<Changed>> {
    Ok(match accounts::confirm_password(shop, caller, user, password).await? {
        Confirmed::Yes => None,
        Confirmed::No => Some(Changed::wrong("password", "wrong")),
        Confirmed::Limited(again) => Some(Changed::Limited(again)),
    })
}

/// Changes the name.
pub async fn change_name(shop: &Shop, caller: &Caller, user: &UserRow, typed: &str) -> Result<Changed> {
    let name = match PersonName::parse(typed) {
        Ok(name) => name,
        Err(problem) => return Ok(Changed::Problem(problem)),
    };
    let now = shop.now();
    tx!(&shop.db, c => {
        users::set_name(c, now, user.id, name.as_str()).await?;
        history::audit(c, now, &caller.by(), "user.name_changed", "user", Some(user.id.0), None).await
    })?;
    Ok(Changed::Done)
}

/// Changes the phone, or takes it away.
pub async fn change_phone(
    shop: &Shop,
    caller: &Caller,
    user: &UserRow,
    typed: &str,
    password: &str,
) -> Result<Changed> {
    let phone = match typed.trim() {
        "" => None,
        text => match Phone::parse(text) {
            Some(phone) => Some(phone.local()),
            None => return Ok(Changed::wrong("phone", "wrong")),
        },
    };
    if let Some(doubt) = doubt(shop, caller, user, password).await? {
        return Ok(doubt);
    }
    let now = shop.now();
    tx!(&shop.db, c => {
        users::set_phone(c, now, user.id, phone.as_deref()).await?;
        history::audit(c, now, &caller.by(), "user.phone_changed", "user", Some(user.id.0), None).await
    })?;
    Ok(Changed::Done)
}

/// Changes the e-mail: not verified any more, the old address is told, the new one gets a link.
pub async fn change_email(
    shop: &Shop,
    caller: &Caller,
    user: &UserRow,
    typed: &str,
    password: &str,
) -> Result<Changed> {
    let email = match Email::parse(typed) {
        Ok(email) => email,
        Err(problem) => return Ok(Changed::Problem(problem)),
    };
    if let Some(doubt) = doubt(shop, caller, user, password).await? {
        return Ok(doubt);
    }
    if email.as_str() == user.email {
        return Ok(Changed::wrong("email", "same"));
    }
    let (now, token) = (shop.now(), random::token());
    let told = Mail::EmailChanged { name: user.name.clone(), new_email_masked: masked(&email), at: now.0 };
    let written = tx!(&shop.db, c => {
        users::set_email(c, now, user.id, email.as_str()).await?;
        // A link that went to the old address must not open the account any more.
        email_tokens::end_all(c, now, email_tokens::TokenKind::Reset, user.id).await?;
        mails::queue(c, now, &user.email, &user.locale, None, &told).await?;
        let renamed = UserRow { email: email.as_str().to_owned(), ..user.clone() };
        recovery::send_verification(c, shop, now, &renamed, &token).await?;
        history::audit(c, now, &caller.by(), "user.email_changed", "user", Some(user.id.0), None).await
    });
    shop.bell.notify_one();
    match written {
        Err(error) if error.is_duplicate() => Ok(Changed::wrong("email", "taken")),
        written => {
            written?;
            Ok(Changed::Done)
        }
    }
}

/// `n***@gmail.com`: enough for its owner, too little for whoever reads the old mailbox.
fn masked(email: &Email) -> String {
    let host = email.as_str().split('@').nth(1).unwrap_or_default();
    let first = email.local_part().chars().next().unwrap_or('*');
    format!("{first}***@{host}")
}

/// Changes the password. Every other browser is signed out, and this one gets a new session (which the caller opens).
pub async fn change_password(
    shop: &Shop,
    caller: &Caller,
    user: &UserRow,
    current: &str,
    new: &str,
) -> Result<Changed> {
    let password = match NewPassword::parse(new) {
        Ok(password) => password,
        Err(problem) => return Ok(Changed::Problem(problem)),
    };
    match doubt(shop, caller, user, current).await? {
        Some(Changed::Problem(_)) => return Ok(Changed::wrong("current", "wrong")),
        Some(doubt) => return Ok(doubt),
        None if current == new => return Ok(Changed::wrong("password", "same")),
        None => {}
    }
    let hash = accounts::hash(shop, password.expose()).await?;
    let now = shop.now();
    let written = tx!(&shop.db, c => {
        let Some(fresh) = users::by_id(c, user.id).await? else { return Ok(()) };
        users::rehash(c, now, user.id, &fresh.password, &hash).await?;
        sessions::end_all(c, user.id, "").await?;
        email_tokens::end_all(c, now, email_tokens::TokenKind::Reset, user.id).await?;
        recovery::tell_password_changed(c, now, caller, user).await?;
        history::audit(c, now, &caller.by(), "user.password_changed", "user", Some(user.id.0), None).await
    });
    shop.bell.notify_one();
    written?;
    Ok(Changed::Done)
}

/// The person's signed-in browsers, the latest seen first; `token` is this browser's, and true stands beside it.
pub async fn browsers(shop: &Shop, user: &UserRow, token: &str) -> Result<Vec<(BrowserRow, bool)>> {
    let (now, mine) = (shop.now(), keys::fingerprint(token));
    let rows = read!(&shop.db, c => sessions::of_user(c, now, user.id).await)?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let current = row.token_hash == mine;
            (row, current)
        })
        .collect())
}

/// Signs one of the person's browsers out. False where it is none of theirs.
pub async fn end_session(shop: &Shop, caller: &Caller, user: &UserRow, id: i64) -> Result<bool> {
    let now = shop.now();
    Ok(tx!(&shop.db, c => {
        let ended = sessions::end_one(c, user.id, id).await?;
        if ended {
            history::audit(c, now, &caller.by(), "user.sessions_ended", "user", Some(user.id.0), None).await?;
        }
        Ok(ended)
    })?)
}

/// Signs all the person's other browsers out.
pub async fn end_other_sessions(shop: &Shop, caller: &Caller, user: &UserRow, token: &str) -> Result<()> {
    let now = shop.now();
    Ok(tx!(&shop.db, c => {
        sessions::end_all(c, user.id, &keys::fingerprint(token)).await?;
        history::audit(c, now, &caller.by(), "user.sessions_ended", "user", Some(user.id.0), None).await
    })?)
}

/// A page of what happened in the account, the newest first, and how much there is in all.
pub async fn activity(
    shop: &Shop,
    user: &UserRow,
    page: i64,
    per_page: i64,
) -> Result<(Vec<ActivityRow>, i64)> {
    Ok(read!(&shop.db, c => audit::of_person(c, user.id, (page - 1) * per_page, per_page).await)?)
}

/// The domains that keep an account from being deleted: hosting that lives, is paid for and on its way, or is being paid for.
pub async fn living(shop: &Shop, user: &UserRow) -> Result<Vec<String>> {
    Ok(read!(&shop.db, c => living_domains(c, user).await)?)
}

async fn living_domains(c: &mut sqlx::AnyConnection, user: &UserRow) -> store::Result<Vec<String>> {
    let services = services::of_user(c, user.id, 1000).await?;
    let mut domains: Vec<String> = services
        .iter()
        .filter(|service| service.status != ServiceStatus::Cancelled)
        .map(|service| service.domain.clone())
        .collect();
    for order in orders::page_of(c, user.id, 0, 1000).await?.0 {
        let on_its_way = match order.status {
            OrderStatus::Paid => services.iter().all(|service| service.order_id != order.id),
            // A request that can still be answered on the phone: its money must not reach an account that is gone.
            OrderStatus::Pending | OrderStatus::Failed | OrderStatus::Cancelled => {
                payments::of_order(c, order.id).await?.iter().any(|payment| payment.status.is_open())
            }
            OrderStatus::Active | OrderStatus::Complete => false,
        };
        let name = order.domain.unwrap_or(order.plan_name);
        if on_its_way && !domains.contains(&name) {
            domains.push(name);
        }
    }
    Ok(domains)
}

/// How deleting an account ended.
#[derive(Debug, PartialEq, Eq)]
pub enum Deleted {
    /// The person is out of it; the money records stay.
    Done,
    /// These services still live.
    StillLiving(Vec<String>),
    /// The password was wrong.
    Wrong,
    /// Too many wrong passwords; when to try again.
    Limited(Moment),
}

/// Deletes an account: the person is anonymised, the money records stay. Refused while a service lives.
pub async fn delete_account(shop: &Shop, caller: &Caller, user: &UserRow, password: &str) -> Result<Deleted> {
    match accounts::confirm_password(shop, caller, user, password).await? {
        Confirmed::Yes => {}
        Confirmed::No => return Ok(Deleted::Wrong),
        Confirmed::Limited(again) => return Ok(Deleted::Limited(again)),
    }
    let (now, by) = (shop.now(), caller.by());
    Ok(tx!(&shop.db, c => {
        let living = living_domains(c, user).await?;
        if !living.is_empty() {
            return Ok(Deleted::StillLiving(living));
        }
        sessions::end_all(c, user.id, "").await?;
        two_factor::remove(c, user.id).await?;
        for kind in email_tokens::TokenKind::ALL {
            email_tokens::end_all(c, now, *kind, user.id).await?;
        }
        users::anonymise(c, now, user.id).await?;
        history::audit(c, now, &by, "user.deleted", "user", Some(user.id.0), None).await?;
        Ok(Deleted::Done)
    })?)
}
