//! What staff do with people's accounts: make, change, lock, open, delete.
pub mod list;
pub mod profile;

use crate::ops::{
    Caller, Result,
    auth::two_factor,
    auth::{self, WelcomeEmail},
    staff_sessions,
    users::profile::DeletionBlockers,
};
use crate::{
    AppContext,
    domain::{
        audit_action::AuditAction,
        field_error::FieldError,
        ids::UserId,
        phone::Phone,
        service::Service,
        time::Timestamp,
        user::{Email, NewPassword, PersonName, Role, User},
    },
    random, read,
    store::{
        self, UniqueKey, audit,
        customer_summary::{self, CustomerFigures},
        services, users,
    },
    tx,
};

/// Languages that mails and pages are written in.
const LOCALES: [&str; 2] = ["en", "sw"];

/// A person with what their page shows of the account itself.
pub struct Person {
    pub user: User,
    pub created_at: Timestamp,
    pub has_totp: bool,
    pub figures: CustomerFigures,
}

/// Anybody's account, also a locked one.
pub async fn show(ctx: &AppContext, id: UserId) -> Result<Option<Person>> {
    let found = read!(&ctx.db, tx => {
        let Some(user) = users::by_id(tx, id).await? else { return Ok(None) };
        let created_at = users::created_at(tx, id).await?.unwrap_or_default();
        Ok(Some((user, created_at, customer_summary::customer_figures(tx, id).await?)))
    })?;
    let Some((user, created_at, figures)) = found else { return Ok(None) };
    let has_totp = two_factor::is_on(ctx, &user).await?;
    Ok(Some(Person { user, created_at, has_totp, figures }))
}

/// A customer's services, ended ones too, active ones first.
pub async fn services(ctx: &AppContext, id: UserId, most: i64) -> Result<Vec<Service>> {
    Ok(read!(&ctx.db, tx => services::page_of(tx, id, 0, most).await)?.0)
}

/// What staff typed for an account. What is None is not typed.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    pub name: Option<String>,
    pub email: Option<String>,
    /// An empty one takes the phone away.
    pub phone: Option<String>,
    pub role: Option<Role>,
    pub locale: Option<String>,
    pub password: Option<String>,
}

/// How making or changing an account ended.
pub enum Saved {
    /// It is so now.
    Done(UserId),
    /// Something typed cannot be used.
    Problems(Vec<FieldError>),
    /// This needs an `admin`: a role, or an account of staff.
    NotAllowed,
    /// Nobody takes their own rights away: then somebody is left who has them.
    Oneself,
    /// The person was taken out of it.
    IsDeleted,
    /// There is no such account.
    NoSuchUser,
}

fn phone_of(typed: Option<&str>) -> Result<Option<String>, FieldError> {
    match typed.map(str::trim) {
        None | Some("") => Ok(None),
        Some(text) => {
            Phone::parse(text).map(|phone| Some(phone.local())).ok_or(FieldError::new("phone", "wrong"))
        }
    }
}

fn locale_of(typed: Option<&str>) -> Result<&str, FieldError> {
    let locale = typed.unwrap_or("en");
    if LOCALES.contains(&locale) { Ok(locale) } else { Err(FieldError::new("locale", "wrong")) }
}

/// Makes an account. Without a password, its owner gets a link to set one.
pub async fn create(ctx: &AppContext, caller: &Caller, by: &User, typed: &Typed) -> Result<Saved> {
    let role = typed.role.unwrap_or(Role::User);
    if role != Role::User && by.role != Role::Admin {
        return Ok(Saved::NotAllowed);
    }
    let password = typed.password.as_deref().filter(|password| !password.is_empty());
    let letter = match password {
        Some(_) => WelcomeEmail::Verify(random::token()),
        None => WelcomeEmail::SetPassword(random::token()),
    };
    let made_up = random::token();
    let parsed = (
        PersonName::parse(typed.name.as_deref().unwrap_or_default()),
        Email::parse(typed.email.as_deref().unwrap_or_default()),
        phone_of(typed.phone.as_deref()),
        NewPassword::parse(password.unwrap_or(&made_up)),
        locale_of(typed.locale.as_deref()),
    );
    let (Ok(name), Ok(email), Ok(phone), Ok(password), Ok(locale)) = &parsed else {
        let (name, email, phone, password, locale) = parsed;
        let problems = [name.err(), email.err(), phone.err(), password.err(), locale.err()];
        return Ok(Saved::Problems(problems.into_iter().flatten().collect()));
    };
    let made =
        auth::make(ctx, caller, name, email, phone.as_deref(), password, role, locale, &letter).await?;
    ctx.job_notify.notify_one();
    Ok(match made {
        Some(user) => Saved::Done(user.id),
        None => Saved::Problems(vec![FieldError::new("email", "taken")]),
    })
}

/// Changes what was typed. A new e-mail is not verified and the old one is told; a new role ends all sessions.
pub async fn edit(ctx: &AppContext, caller: &Caller, by: &User, id: UserId, typed: &Typed) -> Result<Saved> {
    let Some(user) = read!(&ctx.db, tx => users::by_id(tx, id).await)? else { return Ok(Saved::NoSuchUser) };
    if user.is_deleted() {
        return Ok(Saved::IsDeleted);
    }
    let role = typed.role.filter(|role| *role != user.role);
    if by.role != Role::Admin && (user.role != Role::User || role.is_some()) {
        return Ok(Saved::NotAllowed);
    }
    if role.is_some() && by.id == user.id {
        return Ok(Saved::Oneself);
    }
    let name = typed.name.as_deref().map(PersonName::parse).transpose();
    let email = typed.email.as_deref().map(Email::parse).transpose();
    let phone = phone_of(typed.phone.as_deref());
    let locale = typed.locale.as_deref().map(|locale| locale_of(Some(locale))).transpose();
    let (Ok(name), Ok(email), Ok(phone), Ok(locale)) = (&name, &email, &phone, &locale) else {
        let problems = [name.err(), email.err(), phone.err(), locale.err()];
        return Ok(Saved::Problems(problems.into_iter().flatten().collect()));
    };
    let email = email.as_ref().filter(|email| email.as_str() != user.email);
    let (now, context, token) = (ctx.now(), caller.audit_context(), random::token());
    let written = tx!(&ctx.db, tx => {
        let mut changed = Vec::new();
        if let Some(name) = name.as_ref().filter(|name| name.as_str() != user.name) {
            users::set_name(tx, now, id, name.as_str()).await?;
            changed.push("name");
        }
        if typed.phone.is_some() && *phone != user.phone {
            users::set_phone(tx, now, id, phone.as_deref()).await?;
            changed.push("phone");
        }
        if let Some(locale) = locale.filter(|locale| *locale != user.locale) {
            users::set_locale(tx, now, id, locale).await?;
            changed.push("language");
        }
        if let Some(email) = email {
            profile::move_email(tx, ctx, now, &user, email, &token).await?;
            changed.push("e-mail");
        }
        if let Some(role) = role {
            users::set_role(tx, now, id, role).await?;
            staff_sessions::revoke_all_sessions(tx, id).await?;
            let words = format!("{} -> {role}", user.role);
            audit::append(tx, now, &context, AuditAction::UserRoleChanged, Some(id.0), Some(&words)).await?;
        }
        if !changed.is_empty() {
            let words = changed.join(", ");
            audit::append(tx, now, &context, AuditAction::UserEdited, Some(id.0), Some(&words)).await?;
        }
        Ok(())
    });
    ctx.job_notify.notify_one();
    match written {
        Err(store::Error::Duplicate(UniqueKey::UsersEmail)) => {
            Ok(Saved::Problems(vec![FieldError::new("email", "taken")]))
        }
        written => {
            written?;
            Ok(Saved::Done(id))
        }
    }
}

/// Locks an account: everything that it is signed in with ends, and nobody signs in.
pub async fn disable(
    ctx: &AppContext,
    caller: &Caller,
    by: &User,
    id: UserId,
    reason: &str,
) -> Result<Saved> {
    if by.id == id {
        return Ok(Saved::Oneself);
    }
    set_lock(ctx, caller, id, reason, true).await
}

/// Opens a locked account again.
pub async fn enable(ctx: &AppContext, caller: &Caller, id: UserId, reason: &str) -> Result<Saved> {
    set_lock(ctx, caller, id, reason, false).await
}

async fn set_lock(
    ctx: &AppContext,
    caller: &Caller,
    id: UserId,
    reason: &str,
    locked: bool,
) -> Result<Saved> {
    let reason = reason.trim();
    if locked && reason.is_empty() {
        return Ok(Saved::Problems(vec![FieldError::new("reason", "empty")]));
    }
    let now = ctx.now();
    let action = if locked { AuditAction::UserDisabled } else { AuditAction::UserEnabled };
    let written = tx!(&ctx.db, tx => {
        let Some(user) = users::by_id(tx, id).await? else { return Ok(Saved::NoSuchUser) };
        if user.is_deleted() {
            return Ok(Saved::IsDeleted);
        }
        users::set_disabled(tx, now, id, locked.then_some(now)).await?;
        staff_sessions::revoke_all_sessions(tx, id).await?;
        audit::append(tx, now, &caller.audit_context(), action, Some(id.0), Some(reason)).await?;
        Ok(Saved::Done(id))
    });
    match written {
        // It was so already.
        Err(store::Error::Stale(_)) => Ok(Saved::Done(id)),
        written => Ok(written?),
    }
}

/// How deleting an account ended.
pub enum Deleted {
    /// The person is out of it; the money records stay.
    Done,
    /// This keeps it.
    StillLiving(DeletionBlockers),
    /// What was typed is not the account's e-mail.
    NotConfirmed,
    /// Nobody deletes their own account from here.
    Oneself,
    /// There is no such account, or its person was taken out before.
    NoSuchUser,
}

/// Deletes an account: the person is anonymised, the money records stay. `confirm` is its e-mail, typed.
pub async fn delete(
    ctx: &AppContext,
    caller: &Caller,
    by: &User,
    id: UserId,
    confirm: &str,
    reason: &str,
) -> Result<Deleted> {
    if by.id == id {
        return Ok(Deleted::Oneself);
    }
    let now = ctx.now();
    Ok(tx!(&ctx.db, tx => {
        let Some(user) = users::by_id(tx, id).await?.filter(|user| !user.is_deleted()) else {
            return Ok(Deleted::NoSuchUser);
        };
        if confirm.trim().to_lowercase() != user.email {
            return Ok(Deleted::NotConfirmed);
        }
        let living = profile::remove(tx, now, &caller.audit_context(), &user, Some(reason)).await?;
        Ok(if living.is_empty() { Deleted::Done } else { Deleted::StillLiving(living) })
    })?)
}
