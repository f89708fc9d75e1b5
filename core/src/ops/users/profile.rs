//! What customers change about themselves. What a stolen phone must not change asks for the password again.
use crate::ops::{
    Caller, Result,
    auth::password_reset,
    auth::{self, Confirmed},
    staff_sessions,
};
use crate::{
    AppContext,
    domain::{
        actor::AuditContext,
        audit_action::AuditAction,
        field_error::FieldError,
        phone::Phone,
        session::Browser,
        time::Timestamp,
        user::{Email, NewPassword, PersonName, User},
    },
    keys,
    mail::Mail,
    random, read,
    store::{
        self, Tx, UniqueKey, audit, customer_summary, email_tokens, mails, sessions, staff_tokens,
        two_factor, users,
    },
    tx,
};
use strum::VariantArray;

pub use crate::store::audit::ActivityRow;

/// How a change ended.
#[derive(Debug, PartialEq, Eq)]
pub enum Changed {
    /// It is so now.
    Done,
    /// Something typed cannot be used; `password` + `wrong` is the account's own password.
    FieldError(FieldError),
    /// Too many wrong passwords; when to try again.
    Limited(Timestamp),
}

impl Changed {
    fn wrong(field: &'static str, code: &'static str) -> Changed {
        Changed::FieldError(FieldError::new(field, code))
    }
}

/// The account's password, asked again; None where it is right.
async fn reauthenticate(
    ctx: &AppContext,
    caller: &Caller,
    user: &User,
    password: &str,
) -> Result<Option<Changed>> {
    Ok(match auth::confirm_password(ctx, caller, user, password).await? {
        Confirmed::Yes => None,
        Confirmed::No => Some(Changed::wrong("password", "wrong")),
        Confirmed::Limited(again) => Some(Changed::Limited(again)),
    })
}

/// Changes the name.
pub async fn change_name(ctx: &AppContext, caller: &Caller, user: &User, typed: &str) -> Result<Changed> {
    let name = match PersonName::parse(typed) {
        Ok(name) => name,
        Err(problem) => return Ok(Changed::FieldError(problem)),
    };
    let now = ctx.now();
    tx!(&ctx.db, tx => {
        users::set_name(tx, now, user.id, name.as_str()).await?;
        audit::append(tx, now, &caller.audit_context(), AuditAction::UserNameChanged, Some(user.id.0), None).await
    })?;
    Ok(Changed::Done)
}

/// Changes the phone, or takes it away.
pub async fn change_phone(
    ctx: &AppContext,
    caller: &Caller,
    user: &User,
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
    if let Some(reauthenticate) = reauthenticate(ctx, caller, user, password).await? {
        return Ok(reauthenticate);
    }
    let now = ctx.now();
    tx!(&ctx.db, tx => {
        users::set_phone(tx, now, user.id, phone.as_deref()).await?;
        audit::append(tx, now, &caller.audit_context(), AuditAction::UserPhoneChanged, Some(user.id.0), None).await
    })?;
    Ok(Changed::Done)
}

/// Changes the e-mail: not verified any more, the old address is told, the new one gets a link.
pub async fn change_email(
    ctx: &AppContext,
    caller: &Caller,
    user: &User,
    typed: &str,
    password: &str,
) -> Result<Changed> {
    let email = match Email::parse(typed) {
        Ok(email) => email,
        Err(problem) => return Ok(Changed::FieldError(problem)),
    };
    if let Some(reauthenticate) = reauthenticate(ctx, caller, user, password).await? {
        return Ok(reauthenticate);
    }
    if email.as_str() == user.email {
        return Ok(Changed::wrong("email", "same"));
    }
    let (now, token) = (ctx.now(), random::token());
    let written = tx!(&ctx.db, tx => {
        move_email(tx, ctx, now, user, &email, &token).await?;
        audit::append(tx, now, &caller.audit_context(), AuditAction::UserEmailChanged, Some(user.id.0), None).await
    });
    ctx.job_notify.notify_one();
    match written {
        Err(store::Error::Duplicate(UniqueKey::UsersEmail)) => Ok(Changed::wrong("email", "taken")),
        written => {
            written?;
            Ok(Changed::Done)
        }
    }
}

/// Puts another address in the place of the account's, in the caller's transaction: `token` is the new one's link.
pub(in crate::ops) async fn move_email(
    tx: &mut Tx,
    ctx: &AppContext,
    now: Timestamp,
    user: &User,
    email: &Email,
    token: &str,
) -> store::Result<()> {
    let told = Mail::EmailChanged { name: user.name.clone(), new_email_masked: masked(email), at: now.0 };
    // Written while the old address is still this person's, so that it goes with the account when that is deleted.
    mails::queue(tx, now, &user.email, &user.locale, None, &told).await?;
    users::set_email(tx, now, user.id, email.as_str()).await?;
    // A link that went to the old address must not open the account any more.
    email_tokens::end_all(tx, now, email_tokens::TokenKind::Reset, user.id).await?;
    let renamed = User { email: email.as_str().to_owned(), ..user.clone() };
    password_reset::send_verification(tx, ctx, now, &renamed, token).await
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
    ctx: &AppContext,
    caller: &Caller,
    user: &User,
    current: &str,
    new: &str,
    device: i64,
) -> Result<Changed> {
    let password = match NewPassword::parse(new) {
        Ok(password) => password,
        Err(problem) => return Ok(Changed::FieldError(problem)),
    };
    match reauthenticate(ctx, caller, user, current).await? {
        Some(Changed::FieldError(_)) => return Ok(Changed::wrong("current", "wrong")),
        Some(reauthenticate) => return Ok(reauthenticate),
        None if current == new => return Ok(Changed::wrong("password", "same")),
        None => {}
    }
    let hash = auth::hash(ctx, password.expose()).await?;
    let now = ctx.now();
    let written = tx!(&ctx.db, tx => {
        let Some(old) = users::password_hash(tx, user.id).await? else { return Ok(()) };
        users::rehash(tx, now, user.id, &old, &hash).await?;
        sessions::end_all(tx, user.id, "").await?;
        staff_tokens::end_all(tx, user.id, device).await?;
        email_tokens::end_all(tx, now, email_tokens::TokenKind::Reset, user.id).await?;
        password_reset::tell_password_changed(tx, now, caller, user).await?;
        audit::append(tx, now, &caller.audit_context(), AuditAction::UserPasswordChanged, Some(user.id.0), None).await
    });
    ctx.job_notify.notify_one();
    written?;
    Ok(Changed::Done)
}

/// The user's signed-in browsers, the latest seen first. The one with the session's `token` is marked.
pub async fn browsers(ctx: &AppContext, user: &User, token: &str) -> Result<Vec<Browser>> {
    let (now, current) = (ctx.now(), keys::fingerprint(token));
    Ok(read!(&ctx.db, tx => sessions::of_user(tx, now, user.id, &current).await)?)
}

/// Signs one of the person's browsers out. False where it is none of theirs.
pub async fn end_session(ctx: &AppContext, caller: &Caller, user: &User, id: i64) -> Result<bool> {
    let now = ctx.now();
    Ok(tx!(&ctx.db, tx => {
        let ended = sessions::end_one(tx, user.id, id).await?;
        if ended {
            audit::append(tx, now, &caller.audit_context(), AuditAction::UserSessionsEnded, Some(user.id.0), None).await?;
        }
        Ok(ended)
    })?)
}

/// Signs all the person's other browsers out.
pub async fn end_other_sessions(ctx: &AppContext, caller: &Caller, user: &User, token: &str) -> Result<()> {
    let now = ctx.now();
    Ok(tx!(&ctx.db, tx => {
        sessions::end_all(tx, user.id, &keys::fingerprint(token)).await?;
        audit::append(tx, now, &caller.audit_context(), AuditAction::UserSessionsEnded, Some(user.id.0), None).await
    })?)
}

/// A page of what happened in the account, the newest first, and how much there is in all.
pub async fn activity(
    ctx: &AppContext,
    user: &User,
    page: i64,
    per_page: i64,
) -> Result<(Vec<ActivityRow>, i64)> {
    Ok(read!(&ctx.db, tx => audit::of_person(tx, user.id, (page - 1) * per_page, per_page).await)?)
}

/// What keeps an account from being deleted, by domain, or by plan where there is none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DeletionBlockers {
    /// Hosting that runs, is suspended, or is paid for and on its way.
    pub hosting: Vec<String>,
    /// Orders with a payment request that may still be answered on the phone: its money must not reach an account that is gone.
    pub being_paid: Vec<String>,
}

impl DeletionBlockers {
    /// Whether nothing keeps the account.
    pub fn is_empty(&self) -> bool {
        self.hosting.is_empty() && self.being_paid.is_empty()
    }
}

/// What keeps the person's account from being deleted.
pub async fn living(ctx: &AppContext, user: &User) -> Result<DeletionBlockers> {
    Ok(read!(&ctx.db, tx => living_of(tx, user).await)?)
}

async fn living_of(tx: &mut Tx, user: &User) -> store::Result<DeletionBlockers> {
    let mut living = DeletionBlockers::default();
    for row in customer_summary::keeping_account(tx, user.id).await? {
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
    StillLiving(DeletionBlockers),
    /// The password was wrong.
    Wrong,
    /// Too many wrong passwords; when to try again.
    Limited(Timestamp),
}

/// Deletes an account: the person is anonymised, the money records stay. Refused while a service lives or is being paid.
pub async fn delete_account(
    ctx: &AppContext,
    caller: &Caller,
    user: &User,
    password: &str,
) -> Result<Deleted> {
    match auth::confirm_password(ctx, caller, user, password).await? {
        Confirmed::Yes => {}
        Confirmed::No => return Ok(Deleted::Wrong),
        Confirmed::Limited(again) => return Ok(Deleted::Limited(again)),
    }
    let (now, context) = (ctx.now(), caller.audit_context());
    Ok(tx!(&ctx.db, tx => {
        let living = remove(tx, now, &context, user, None).await?;
        Ok(if living.is_empty() { Deleted::Done } else { Deleted::StillLiving(living) })
    })?)
}

/// Takes the person out of an account where nothing keeps it, in the caller's transaction. Returns what keeps it.
pub(in crate::ops) async fn remove(
    tx: &mut Tx,
    now: Timestamp,
    context: &AuditContext,
    user: &User,
    reason: Option<&str>,
) -> store::Result<DeletionBlockers> {
    let living = living_of(tx, user).await?;
    if !living.is_empty() {
        return Ok(living);
    }
    staff_sessions::revoke_all_sessions(tx, user.id).await?;
    two_factor::remove(tx, user.id).await?;
    for kind in email_tokens::TokenKind::VARIANTS {
        email_tokens::end_all(tx, now, *kind, user.id).await?;
    }
    users::anonymise(tx, now, user.id).await?;
    audit::append(tx, now, context, AuditAction::UserDeleted, Some(user.id.0), reason).await?;
    Ok(living)
}
