//! The invitation to an account that staff created: a link, good for a week, to set its first password.
use super::{email_links::new_link, password_reset};
use crate::ops::{Caller, Result};
use crate::{
    AppContext,
    domain::{time::Timestamp, user::User},
    mail::{Invitation, Mail},
    store::{self, Tx, email_tokens::TokenKind, mails},
};

/// Queues the mail with the link, in the caller's transaction. Earlier links end.
pub(in crate::ops) async fn queue_link(
    tx: &mut Tx,
    ctx: &AppContext,
    now: Timestamp,
    user: &User,
    token: &str,
) -> store::Result<()> {
    let link = new_link(tx, ctx, now, TokenKind::Invitation, user, token).await?;
    let mail = Mail::Invitation(Invitation { link });
    mails::queue(tx, now, &user.email, &user.locale, None, &mail).await.map(drop)
}

/// Whether a link can still be used.
pub async fn is_valid(ctx: &AppContext, token: &str) -> Result<bool> {
    password_reset::is_link_valid(ctx, TokenKind::Invitation, token).await
}

/// Sets the first password by a link, which is used up. Errors as
/// [`password_reset::reset`](super::password_reset::reset).
pub async fn accept(ctx: &AppContext, caller: &Caller, token: &str, typed: &str) -> Result<()> {
    password_reset::set_by_link(ctx, caller, TokenKind::Invitation, token, typed).await
}
