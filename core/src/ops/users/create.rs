//! Creating an account by staff.
use super::input::{UserInput, parse_locale};
use crate::ops::{
    Caller, Error, Result,
    auth::{NewAccount, WelcomeEmail, create_account},
};
use crate::{
    AppContext,
    domain::{
        ids::UserId,
        phone::Phone,
        user::{Email, NewPassword, PersonName, Role, User},
    },
    random,
};
use secrecy::ExposeSecret;

/// What only an admin may do.
pub(super) const ADMIN_ONLY: &str = "Only an admin may change roles and the accounts of staff.";

/// Creates an account. Without a password, its owner is mailed a link to set one.
pub async fn create(ctx: &AppContext, caller: &Caller, by: &User, input: &UserInput) -> Result<UserId> {
    let role = input.role.unwrap_or(Role::User);
    if role != Role::User && by.role != Role::Admin {
        return Err(Error::Forbidden(ADMIN_ONLY));
    }
    let typed = input.password.as_ref().map(ExposeSecret::expose_secret).filter(|typed| !typed.is_empty());
    let parsed = (
        PersonName::parse(input.name.as_deref().unwrap_or_default()),
        Email::parse(input.email.as_deref().unwrap_or_default()),
        Phone::parse_optional(input.phone.as_deref().unwrap_or_default()),
        NewPassword::parse(typed.unwrap_or(&random::token())),
        parse_locale(input.locale.as_deref().unwrap_or("en")),
    );
    let (Ok(name), Ok(email), Ok(phone), Ok(password), Ok(locale)) = parsed else {
        let (name, email, phone, password, locale) = parsed;
        let errors = [name.err(), email.err(), phone.err(), password.err(), locale.err()];
        return Err(Error::Invalid(errors.into_iter().flatten().collect()));
    };
    let new = NewAccount {
        name,
        email,
        phone: phone.map(|phone| phone.local()),
        password,
        role,
        locale,
        welcome: if typed.is_some() { WelcomeEmail::Verify } else { WelcomeEmail::SetPassword },
    };
    let user = create_account(ctx, caller, &new).await?;
    Ok(user.ok_or(Error::invalid("email", "taken"))?.id)
}
