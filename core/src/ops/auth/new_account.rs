//! Creating an account, for customers who register or order and for staff who create one.
use super::{email_verification, invitation, passwords};
use crate::ops::{Caller, Result, staff_notice};
use crate::{
    AppContext,
    domain::{
        audit_action::AuditAction,
        user::{Email, NewPassword, PersonName, Role, User},
    },
    mail::StaffChange,
    password_hashing::Priority,
    random,
    store::{self, UniqueKey, audit, users},
    tx,
};

/// What an account is created from.
#[derive(Debug)]
pub struct NewAccount {
    pub name: PersonName,
    pub email: Email,
    /// As in [`Phone::local`](crate::domain::phone::Phone::local).
    pub phone: Option<String>,
    pub password: NewPassword,
    pub role: Role,
    /// `en` or `sw`.
    pub locale: String,
    pub welcome: WelcomeEmail,
}

/// What is mailed to the owner of a new account.
#[derive(Debug)]
pub enum WelcomeEmail {
    /// Nothing; the address is not confirmed. An order's own mail follows.
    None,
    /// Nothing: who creates the account vouches for the address, which counts as confirmed.
    Confirmed,
    /// A link that verifies the address.
    Verify,
    /// An invitation: a link to set the password, for an account that staff created. All admins are told of
    /// a new account of staff.
    Invitation {
        /// Who created it.
        by: User,
    },
}

/// Creates the account, with its mail in the same transaction. None where the e-mail has an account already.
pub async fn create_account(ctx: &AppContext, caller: &Caller, new: &NewAccount) -> Result<Option<User>> {
    let priority = if caller.staff.is_some() { Priority::Known } else { Priority::Unknown };
    let hash = passwords::place(ctx, priority)?.hash(new.password.expose()).await?;
    let (now, token, context) = (ctx.now(), random::token(), caller.audit_context());
    let written = tx!(&ctx.db, tx => {
        let row = users::NewUser {
            name: new.name.as_str(),
            email: new.email.as_str(),
            password: &hash,
            phone: new.phone.as_deref(),
            role: new.role,
            locale: &new.locale,
        };
        let id = users::insert(tx, now, &row).await?;
        let role = Some(new.role.into_str());
        audit::append(tx, now, &context, AuditAction::UserCreated, Some(id.0), role).await?;
        let Some(user) = users::by_id(tx, id).await? else { return Ok(None) };
        match &new.welcome {
            WelcomeEmail::None => {}
            WelcomeEmail::Confirmed => users::verify_email(tx, now, id, new.email.as_str()).await?,
            WelcomeEmail::Verify => email_verification::queue_link(tx, ctx, now, &user, &token).await?,
            WelcomeEmail::Invitation { by } => {
                invitation::queue_link(tx, ctx, now, &user, &token).await?;
                staff_notice::queue(tx, now, by, &user, StaffChange::Created).await?;
            }
        }
        Ok(Some(user))
    });
    ctx.job_notify.notify_one();
    match written {
        Err(store::Error::Duplicate(UniqueKey::UsersEmail)) => Ok(None),
        written => Ok(written?),
    }
}
