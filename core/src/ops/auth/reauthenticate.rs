//! Asking a signed-in user for the password again.
use super::sign_in::{SignedIn, sign_in};
use crate::ops::{Caller, Error, Result};
use crate::{AppContext, domain::user::User};

/// Checks the user's own password before an action that a stolen phone must not be able to take. Wrong ones
/// are counted as at sign-in.
///
/// Errors with `Invalid` and the code `wrong` for the form's `field`, and with `RateLimited` after too many.
pub async fn reauthenticate(
    ctx: &AppContext,
    caller: &Caller,
    user: &User,
    field: &'static str,
    password: &str,
) -> Result<()> {
    match sign_in(ctx, caller, &user.email, password).await? {
        SignedIn::Account(_) | SignedIn::CodeRequired { .. } => Ok(()),
        SignedIn::Rejected => Err(Error::invalid(field, "wrong")),
    }
}
