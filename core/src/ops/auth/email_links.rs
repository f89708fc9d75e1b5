//! Links by mail that prove that an address is read by the user.
use crate::{
    AppContext,
    domain::{time::Timestamp, user::User},
    keys,
    mail::Link,
    store::{
        self, Tx,
        email_tokens::{self, TokenKind},
    },
};

/// How long a link is valid.
const LINK_SECONDS: i64 = 3600;

/// Makes a link and revokes earlier ones of its kind, in the caller's transaction.
pub(super) async fn new_link(
    tx: &mut Tx,
    ctx: &AppContext,
    now: Timestamp,
    kind: TokenKind,
    user: &User,
    token: &str,
) -> store::Result<Link> {
    let (fingerprint, ends) = (keys::fingerprint(token), now.plus_seconds(LINK_SECONDS));
    let row = email_tokens::replace(tx, now, kind, user.id, &user.email, &fingerprint, ends).await?;
    Ok(Link::seal(&ctx.keys, row, token))
}
