//! Creating an account by staff.
use super::{
    input::{UserInput, parse_locale},
    rights::require_rights_over_role,
};
use crate::ops::{
    Caller, Error, Result,
    auth::{NewAccount, WelcomeEmail, create_account},
};
use crate::{
    AppContext,
    domain::{
        ids::UserId,
        phone::Phone,
        session::StaffSession,
        user::{Email, NewPassword, PersonName, Role},
    },
    random,
};

/// Creates an account. Its owner is mailed an invitation to set the password. An account of staff needs a
/// fresh code.
pub async fn create(
    ctx: &AppContext,
    caller: &Caller,
    by: &StaffSession,
    input: &UserInput,
) -> Result<UserId> {
    let role = input.role.unwrap_or(Role::User);
    require_rights_over_role(ctx, by, role)?;
    let parsed = (
        PersonName::parse(input.name.as_deref().unwrap_or_default()),
        Email::parse(input.email.as_deref().unwrap_or_default()),
        Phone::parse_optional(input.phone.as_deref().unwrap_or_default()),
        NewPassword::parse(&random::token()),
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
        welcome: WelcomeEmail::Invitation { by: by.user.clone() },
    };
    let user = create_account(ctx, caller, &new).await?.ok_or(Error::invalid("email", "taken"))?;
    Ok(user.id)
}
