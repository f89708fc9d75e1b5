//! What customers change about themselves. What a stolen phone must not change asks for the password again.
use super::{
    Caller, Result,
    accounts::{self, Confirmed, UserRow},
    recovery, staff,
};
use crate::{
    Shop,
    domain::{
        phone::Phone,
        problem::Problem,
        time::Moment,
        user::{Email, NewPassword, PersonName},
    },
    keys,
    mail::Mail,
    random, read,
    store::{self, By, audit, email_tokens, history, mails, sessions, staff_tokens, two_factor, users, views},
    tx,
};
use sqlx::AnyConnection;

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
    let written = tx!(&shop.db, c => {
        move_email(c, shop, now, user, &email, &token).await?;
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

/// Puts another address in the place of the account's, in the caller's transaction: `token` is the new one's link.
pub(super) async fn move_email(
    c: &mut AnyConnection,
    shop: &Shop,
    now: Moment,
    user: &UserRow,
    email: &Email,
    token: &str,
) -> store::Result<()> {
    let told = Mail::EmailChanged { name: user.name.clone(), new_email_masked: masked(email), at: now.0 };
    // Written while the old address is still this person's, so that it goes with the account when that is deleted.
    mails::queue(c, now, &user.email, &user.locale, None, &told).await?;
    users::set_email(c, now, user.id, email.as_str()).await?;
    // A link that went to the old address must not open the account any more.
    email_tokens::end_all(c, now, email_tokens::TokenKind::Reset, user.id).await?;
    let renamed = UserRow { email: email.as_str().to_owned(), ..user.clone() };
    recovery::send_verification(c, shop, now, &renamed, token).await
}

/// `n***@gmail.com`: enough for its owner, too little for whoever reads the old mailbox.
fn masked(email: &Email) -> String {
    let host = email.as_str().split('@').nth(1).unwrap_or_default();
    let first = email.local_part().chars().next().unwrap_or('*');
    format!("{first}***@{host}")
}

/// Changes the password. Every browser is signed out (the caller opens a new session for its own), and every device of
/// staff but this one; 0 spares none.
pub async fn change_password(
    shop: &Shop,
    caller: &Caller,
    user: &UserRow,
    current: &str,
    new: &str,
    device: i64,
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
        staff_tokens::end_all(c, user.id, device).await?;
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

/// What keeps an account from being deleted, by domain, or by plan where there is none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Living {
    /// Hosting that runs, is suspended, or is paid for and on its way.
    pub hosting: Vec<String>,
    /// Orders with a payment request that may still be answered on the phone: its money must not reach an account that is gone.
    pub being_paid: Vec<String>,
}

impl Living {
    /// Whether nothing keeps the account.
    pub fn is_empty(&self) -> bool {
        self.hosting.is_empty() && self.being_paid.is_empty()
    }
}

/// What keeps the person's account from being deleted.
pub async fn living(shop: &Shop, user: &UserRow) -> Result<Living> {
    Ok(read!(&shop.db, c => living_of(c, user).await)?)
}

async fn living_of(c: &mut AnyConnection, user: &UserRow) -> store::Result<Living> {
    let mut living = Living::default();
    for row in views::keeping_account(c, user.id).await? {
        let list = if row.is_hosting.into() { &mut living.hosting } else { &mut living.being_paid };
        if !list.contains(&row.name) {
            list.push(row.name);
        }
    }
    Ok(living)
}

/// How deleting an account ended.
#[derive(Debug, PartialEq, Eq)]
pub enum Deleted {
    /// The person is out of it; the money records stay.
    Done,
    /// This keeps it.
    StillLiving(Living),
    /// The password was wrong.
    Wrong,
    /// Too many wrong passwords; when to try again.
    Limited(Moment),
}

/// Deletes an account: the person is anonymised, the money records stay. Refused while a service lives or is being paid.
pub async fn delete_account(shop: &Shop, caller: &Caller, user: &UserRow, password: &str) -> Result<Deleted> {
    match accounts::confirm_password(shop, caller, user, password).await? {
        Confirmed::Yes => {}
        Confirmed::No => return Ok(Deleted::Wrong),
        Confirmed::Limited(again) => return Ok(Deleted::Limited(again)),
    }
    let (now, by) = (shop.now(), caller.by());
    Ok(tx!(&shop.db, c => {
        let living = remove(c, now, &by, user, None).await?;
        Ok(if living.is_empty() { Deleted::Done } else { Deleted::StillLiving(living) })
    })?)
}

/// Takes the person out of an account where nothing keeps it, in the caller's transaction. Returns what keeps it.
pub(super) async fn remove(
    c: &mut AnyConnection,
    now: Moment,
    by: &By,
    user: &UserRow,
    reason: Option<&str>,
) -> store::Result<Living> {
    let living = living_of(c, user).await?;
    if !living.is_empty() {
        return Ok(living);
    }
    staff::end_everything(c, user.id).await?;
    two_factor::remove(c, user.id).await?;
    for kind in email_tokens::TokenKind::ALL {
        email_tokens::end_all(c, now, *kind, user.id).await?;
    }
    users::anonymise(c, now, user.id).await?;
    history::audit(c, now, by, "user.deleted", "user", Some(user.id.0), reason).await?;
    Ok(living)
}
