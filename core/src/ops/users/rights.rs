//! Which accounts staff may change.
use crate::ops::{Error, Result, staff_sessions};
use crate::{
    AppContext,
    domain::{
        session::StaffSession,
        user::{Role, User},
    },
};

/// What only an admin may do.
const ADMIN_ONLY: &str = "Only an admin may change roles and the accounts of staff.";

/// Errors where the account is one of staff and the actor is no admin, or typed no code in the last minutes.
pub(super) fn require_rights_over(ctx: &AppContext, by: &StaffSession, user: &User) -> Result<()> {
    require_rights_over_role(ctx, by, user.role)
}

/// The same for an account that has, or gets, the role.
pub(super) fn require_rights_over_role(ctx: &AppContext, by: &StaffSession, role: Role) -> Result<()> {
    if role == Role::User {
        return Ok(());
    }
    if by.user.role != Role::Admin {
        return Err(Error::Forbidden(ADMIN_ONLY));
    }
    staff_sessions::require_code(ctx, by)
}
