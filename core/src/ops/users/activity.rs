//! What happened in an account.
use crate::ops::Result;
use crate::{
    AppContext,
    domain::{audit::Activity, user::User},
    read,
    store::audit,
};

/// A page of what happened in the account, the newest first, and how much there is in all.
pub async fn activity(
    ctx: &AppContext,
    user: &User,
    page: i64,
    per_page: i64,
) -> Result<(Vec<Activity>, i64)> {
    Ok(read!(&ctx.db, tx => audit::of_person(tx, user.id, (page - 1) * per_page, per_page).await)?)
}
