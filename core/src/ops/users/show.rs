//! An account as staff see it.
use crate::ops::{Error, Object, Result};
use crate::{
    AppContext,
    domain::{
        customer::CustomerFigures, email_change::EmailChange, ids::UserId, service::Service, time::Timestamp,
        user::User,
    },
    read,
    store::{customer_summary, email_changes, services, two_factor, users},
};

/// A user with what their page shows of the account itself.
pub struct UserDetails {
    pub user: User,
    pub created_at: Timestamp,
    pub has_totp: bool,
    /// A new e-mail that staff entered and that waits.
    pub email_change: Option<EmailChange>,
    pub figures: CustomerFigures,
}

/// The account with that id, also a disabled or deleted one.
pub async fn show(ctx: &AppContext, id: UserId) -> Result<UserDetails> {
    let found = read!(&ctx.db, tx => {
        let Some(user) = users::by_id(tx, id).await? else { return Ok(None) };
        Ok(Some(UserDetails {
            user,
            created_at: users::created_at(tx, id).await?.unwrap_or_default(),
            has_totp: two_factor::of(tx, id).await?.is_some_and(|factor| factor.confirmed_at.is_some()),
            email_change: email_changes::of_user(tx, id).await?,
            figures: customer_summary::customer_figures(tx, id).await?,
        }))
    })?;
    found.ok_or(Error::NotFound(Object::User))
}

/// A customer's services, ended ones too, active ones first.
pub async fn services(ctx: &AppContext, id: UserId, most: i64) -> Result<Vec<Service>> {
    Ok(read!(&ctx.db, tx => services::page_of(tx, id, 0, most).await)?.0)
}
