//! Links by mail that prove that an address is read by the user.
use crate::{
    AppContext,
    domain::{email_change::EmailChange, time::Timestamp, user::User},
    keys,
    mail::Link,
    store::{
        self, Tx,
        email_tokens::{self, TokenKind},
    },
};

/// How long a link is valid.
fn lifetime_seconds(kind: TokenKind) -> i64 {
    match kind {
        TokenKind::Verify | TokenKind::Reset => 3600,
        TokenKind::Invitation => 7 * 86_400,
        TokenKind::EmailChange => EmailChange::WAIT_SECONDS,
    }
}

/// Makes a link and revokes earlier ones of its kind, in the caller's transaction.
pub(in crate::ops) async fn new_link(
    tx: &mut Tx,
    ctx: &AppContext,
    now: Timestamp,
    kind: TokenKind,
    user: &User,
    token: &str,
) -> store::Result<Link> {
    let (fingerprint, ends) = (keys::fingerprint(token), now.plus_seconds(lifetime_seconds(kind)));
    let row = email_tokens::replace(tx, now, kind, user.id, &user.email, &fingerprint, ends).await?;
    Ok(Link::seal(&ctx.keys, row, token))
}
