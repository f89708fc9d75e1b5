//! Changing an account by staff.
use super::{
    email_change,
    input::{UserInput, parse_locale},
    rights::{require_rights_over, require_rights_over_role},
};
use crate::ops::{Caller, Error, Object, Result, auth::sessions, staff_notice};
use crate::{
    AppContext,
    domain::{
        audit_action::AuditAction,
        ids::UserId,
        input::Reason,
        phone::Phone,
        session::StaffSession,
        user::{Email, PersonName, Role},
    },
    mail::StaffChange,
    random, read,
    store::{audit, users},
    tx,
};

/// Changes what was sent. A change of staff, or of a role, needs a fresh code. A new e-mail needs a
/// reason, and waits: see [`email_change`]. A new role ends all sessions.
pub async fn edit(
    ctx: &AppContext,
    caller: &Caller,
    by: &StaffSession,
    id: UserId,
    input: &UserInput,
) -> Result<()> {
    let user = read!(&ctx.db, tx => users::by_id(tx, id).await)?.ok_or(Error::NotFound(Object::User))?;
    if user.is_deleted() {
        return Err(Error::conflict("This account was deleted."));
    }
    let role = input.role.filter(|role| *role != user.role);
    require_rights_over(ctx, by, &user)?;
    if role.is_some() {
        // Taking rights away needs the same as giving them.
        require_rights_over_role(ctx, by, Role::Admin)?;
    }
    if role.is_some() && by.user.id == user.id {
        return Err(Error::conflict("You cannot take your own rights away."));
    }
    let parsed = (
        input.name.as_deref().map(PersonName::parse).transpose(),
        input.email.as_deref().map(Email::parse).transpose(),
        input.phone.as_deref().map(Phone::parse_optional).transpose(),
        input.locale.as_deref().map(parse_locale).transpose(),
    );
    let (Ok(name), Ok(email), Ok(phone), Ok(locale)) = parsed else {
        let (name, email, phone, locale) = parsed;
        let errors = [name.err(), email.err(), phone.err(), locale.err()];
        return Err(Error::Invalid(errors.into_iter().flatten().collect()));
    };
    let name = name.filter(|name| name.as_str() != user.name);
    let email = email.filter(|email| email.as_str() != user.email);
    let phone = phone.map(|phone| phone.map(|phone| phone.local())).filter(|phone| *phone != user.phone);
    let locale = locale.filter(|locale| *locale != user.locale);
    let (now, context, token) = (ctx.now(), caller.audit_context(), random::token());
    let email_change = match &email {
        Some(email) => {
            let reason = Reason::parse(input.reason.as_deref().unwrap_or_default())?;
            Some(email_change::new_change(now, id, email, by.user.id, &reason))
        }
        None => None,
    };
    let written = tx!(&ctx.db, tx => {
        if let Some(email) = &email
            && users::by_email(tx, email.as_str()).await?.is_some()
        {
            return Ok(Err(Error::invalid("email", "taken")));
        }
        let mut changed = Vec::new();
        if let Some(name) = &name {
            users::set_name(tx, now, id, name.as_str()).await?;
            changed.push("name");
        }
        if let Some(phone) = &phone {
            users::set_phone(tx, now, id, phone.as_deref()).await?;
            changed.push("phone");
        }
        if let Some(locale) = &locale {
            users::set_locale(tx, now, id, locale).await?;
            changed.push("language");
        }
        if let Some(change) = &email_change {
            email_change::request(tx, ctx, &context, &user, change, &token).await?;
            staff_notice::queue(tx, now, &by.user, &user, StaffChange::Email).await?;
        }
        if let Some(role) = role {
            users::set_role(tx, now, id, role).await?;
            sessions::revoke_all_sessions(tx, id).await?;
            let details = format!("{} -> {role}", user.role);
            audit::append(tx, now, &context, AuditAction::UserRoleChanged, Some(id.0), Some(&details)).await?;
            staff_notice::queue(tx, now, &by.user, &user, StaffChange::Role).await?;
        }
        if !changed.is_empty() {
            let details = changed.join(", ");
            audit::append(tx, now, &context, AuditAction::UserEdited, Some(id.0), Some(&details)).await?;
            staff_notice::queue(tx, now, &by.user, &user, StaffChange::Edited).await?;
        }
        Ok(Ok(()))
    })?;
    ctx.job_notify.notify_one();
    written
}
