//! Asking a signed-in user for the password again.
use super::sign_in::{SignedIn, check_password};
use crate::ops::{Caller, Error, Result};
use crate::{AppContext, domain::user::User};

/// Checks the user's own password before an action that a stolen phone must not be able to take. Wrong ones
/// are counted for the caller's session: strangers who try to sign in do not lock it out.
///
/// Errors with `Invalid` and the code `wrong` for the form's `field`, and with `RateLimited` after too many.
pub async fn reauthenticate(
    ctx: &AppContext,
    caller: &Caller,
    user: &User,
    field: &'static str,
    password: &str,
) -> Result<()> {
    match check_password(ctx, caller, &user.email, password, caller.session.as_deref()).await? {
        SignedIn::Account(_) | SignedIn::CodeRequired { .. } => Ok(()),
        SignedIn::Rejected => Err(Error::invalid(field, "wrong")),
    }
}
