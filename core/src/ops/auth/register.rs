//! Registering as a customer.
use super::{
    new_account::{NewAccount, WelcomeEmail, create_account},
    passwords::new_password,
};
use crate::ops::{Caller, Error, Result, rate_limits};
use crate::{
    AppContext,
    domain::{
        phone::Phone,
        rate_limit::LimitedAction,
        user::{Email, PersonName, Role, User},
    },
};
use secrecy::{ExposeSecret, SecretString};

/// What was typed to register.
#[derive(Debug, Clone, Default)]
pub struct Registration {
    pub name: String,
    pub email: String,
    /// May be empty.
    pub phone: String,
    pub password: SecretString,
}

/// Creates a customer's account and mails the link that verifies its address. Limited per address.
pub async fn register(ctx: &AppContext, caller: &Caller, typed: &Registration, locale: &str) -> Result<User> {
    let password = typed.password.expose_secret();
    let known_phone = Phone::parse(&typed.phone).map(|phone| phone.local());
    let parsed = (
        PersonName::parse(&typed.name),
        Email::parse(&typed.email),
        Phone::parse_optional(&typed.phone),
        new_password(ctx, password, &typed.name, &typed.email, known_phone.as_deref()),
    );
    let (Ok(name), Ok(email), Ok(phone), Ok(password)) = parsed else {
        let (name, email, phone, password) = parsed;
        let errors = [name.err(), email.err(), phone.err(), password.err()];
        return Err(Error::Invalid(errors.into_iter().flatten().collect()));
    };
    rate_limits::check(ctx, LimitedAction::Registration, &caller.address).await?;
    let new = NewAccount {
        name,
        email,
        phone: phone.map(|phone| phone.local()),
        password,
        role: Role::User,
        locale: locale.to_owned(),
        welcome: WelcomeEmail::Verify,
    };
    create_account(ctx, caller, &new).await?.ok_or(Error::invalid("email", "taken"))
}
