//! The mount table.
mod account;
pub mod admin;
mod checkout;
mod checkout_draft;
mod customer;
mod email_change;
mod errors;
mod form;
mod health;
mod impersonation;
mod order;
mod panel;
mod password_reset;
mod pay;
mod profile;
mod security;
mod statics;
mod storefront;
mod webhook;

use rocket::{Catcher, Route, routes};

/// Everything that is mounted at `/`. The sandbox's routes are its own and exist only where it does.
pub fn all() -> Vec<Route> {
    routes![
        storefront::landing,
        storefront::plans,
        storefront::admin,
        checkout::form,
        checkout::place,
        checkout::sign_in,
        pay::page,
        pay::act,
        pay::status,
        order::page,
        account::register_form,
        account::register,
        account::login_form,
        account::login,
        account::code_form,
        account::code,
        account::logout,
        account::language,
        customer::dashboard,
        customer::dashboard_alias,
        customer::services,
        customer::orders,
        customer::service,
        customer::reveal,
        customer::status,
        customer::provision,
        customer::provision_latest,
        password_reset::forgot_form,
        password_reset::forgot,
        password_reset::reset_form,
        password_reset::reset,
        password_reset::invitation_form,
        password_reset::accept_invitation,
        email_change::form,
        email_change::decide,
        password_reset::verify_form,
        password_reset::verify,
        password_reset::resend,
        profile::form,
        profile::name,
        profile::email,
        profile::phone,
        profile::password,
        profile::delete_form,
        profile::delete,
        security::form,
        security::end_session,
        security::end_others,
        security::start,
        security::replace,
        security::confirm,
        security::off,
        security::codes,
        security::confirm_form,
        security::confirm_password,
        security::activity,
        panel::newest,
        panel::one,
        impersonation::form,
        impersonation::enter,
        impersonation::stop,
        impersonation::ended,
        webhook::zeno,
        health::healthz,
        health::readyz,
        statics::file,
        statics::favicon,
        errors::csrf,
        errors::host,
        errors::viewing,
    ]
}

/// Error pages.
pub fn catchers() -> Vec<Catcher> {
    rocket::catchers![errors::any]
}
