//! The numbers of the rate limits: `LIMIT_*`.
use super::{ConfigError, Env};
use hollyn_core::domain::rate_limit::Limits;

/// The configured limits, and the usual ones where nothing is configured.
pub(super) fn limits(env: &Env) -> Result<Limits, ConfigError> {
    let default = Limits::default();
    let most = |name: &str, default: usize| {
        let number = env.number(name, i64::try_from(default).unwrap_or(0), 1..=1_000_000)?;
        Ok(usize::try_from(number).unwrap_or(default))
    };
    Ok(Limits {
        payment_requests_short: most("LIMIT_PAYMENT_REQUESTS_10_MINUTES", default.payment_requests_short)?,
        payment_requests_day: most("LIMIT_PAYMENT_REQUESTS_DAY", default.payment_requests_day)?,
        sign_in_account: most("LIMIT_SIGN_IN_ACCOUNT", default.sign_in_account)?,
        sign_in_address: most("LIMIT_SIGN_IN_ADDRESS", default.sign_in_address)?,
        register_address: most("LIMIT_REGISTER_ADDRESS", default.register_address)?,
        checkout_address: most("LIMIT_CHECKOUT_ADDRESS", default.checkout_address)?,
        reveal_staff: most("LIMIT_REVEAL_STAFF", default.reveal_staff)?,
        reveal_customer: most("LIMIT_REVEAL_CUSTOMER", default.reveal_customer)?,
        webhook_address: most("LIMIT_WEBHOOK_ADDRESS", default.webhook_address)?,
        webhook_day: most("LIMIT_WEBHOOK_DAY", default.webhook_day)?,
        payment_requests_account: most("LIMIT_PAYMENT_REQUESTS_ACCOUNT", default.payment_requests_account)?,
        first_payment_requests_account: most(
            "LIMIT_FIRST_PAYMENT_REQUESTS_ACCOUNT",
            default.first_payment_requests_account,
        )?,
        payment_requests_address: most("LIMIT_PAYMENT_REQUESTS_ADDRESS", default.payment_requests_address)?,
        first_payment_requests_address: most(
            "LIMIT_FIRST_PAYMENT_REQUESTS_ADDRESS",
            default.first_payment_requests_address,
        )?,
        payment_checks: most("LIMIT_PAYMENT_CHECKS", default.payment_checks)?,
        gateway_questions: most("LIMIT_GATEWAY_QUESTIONS", default.gateway_questions)?,
    })
}
