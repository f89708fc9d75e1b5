//! Signed-in browsers: opening, reading and ending their sessions.
use crate::ops::{Caller, Error, Object, Result};
use crate::{
    AppContext,
    domain::{
        audit_action::AuditAction,
        ids::UserId,
        session::{Browser, Session},
        user::User,
        user_agent::device_name,
    },
    keys,
    mail::{Mail, NewDevice},
    random, read,
    store::{self, Tx, audit, mails, staff_tokens},
    tx,
};

/// A remembered browser stays signed in for 30 days, another one for 2 idle hours.
const REMEMBERED_SECONDS: i64 = 30 * 86_400;
const IDLE_SECONDS: i64 = 2 * 3600;
/// When a session was last seen is written at most every 5 minutes, so that reading pages writes nothing.
const TOUCH_SECONDS: i64 = 300;

/// Signs a browser in and returns the cookie's token: 256 bits that are stored as a fingerprint only.
pub async fn open(ctx: &AppContext, caller: &Caller, user: &User, remember: bool) -> Result<String> {
    let token = random::token();
    let now = ctx.now();
    let seconds = if remember { REMEMBERED_SECONDS } else { IDLE_SECONDS };
    tx!(&ctx.db, tx => {
        let new = store::sessions::NewSession {
            fingerprint: &keys::fingerprint(&token),
            user: user.id,
            is_remembered: remember,
            address: &caller.address,
            user_agent: &caller.user_agent,
            ends_at: now.plus_seconds(seconds),
        };
        store::sessions::insert(tx, now, &new).await?;
        let context = Caller { user: Some(user.id), ..caller.clone() }.audit_context();
        let device = device_name(&caller.user_agent);
        audit::append(tx, now, &context, AuditAction::UserSignedIn, Some(user.id.0), Some(&device)).await
    })?;
    Ok(token)
}

/// The session with that token. Extends it from time to time.
pub async fn by_token(ctx: &AppContext, token: &str) -> Result<Option<Session>> {
    let (now, fingerprint) = (ctx.now(), keys::fingerprint(token));
    let found = read!(&ctx.db, tx => store::sessions::by_fingerprint(tx, now, &fingerprint).await)?;
    if let Some(session) = &found
        && now.seconds_since(session.last_seen_at) >= TOUCH_SECONDS
    {
        let ends = if session.is_remembered { session.ends_at } else { now.plus_seconds(IDLE_SECONDS) };
        tx!(&ctx.db, tx => store::sessions::touch(tx, now, session.id, ends).await)?;
    }
    Ok(found)
}

/// Ends the browser's own session.
pub async fn sign_out(ctx: &AppContext, caller: &Caller, token: &str) -> Result<()> {
    let now = ctx.now();
    Ok(tx!(&ctx.db, tx => {
        if let Some(user) = caller.user {
            let context = caller.audit_context();
            audit::append(tx, now, &context, AuditAction::UserSignedOut, Some(user.0), None).await?;
        }
        store::sessions::end(tx, &keys::fingerprint(token)).await
    })?)
}

/// Mails the user that a browser signed in for the first time.
pub async fn notify_new_device(ctx: &AppContext, caller: &Caller, user: &User) -> Result<()> {
    let now = ctx.now();
    let mail = Mail::NewDevice(NewDevice {
        name: user.name.clone(),
        at: now.0,
        device: device_name(&caller.user_agent),
        address: caller.address.clone(),
    });
    tx!(&ctx.db, tx => mails::queue(tx, now, &user.email, &user.locale, None, &mail).await)?;
    ctx.job_notify.notify_one();
    Ok(())
}

/// The user's signed-in browsers, the latest seen first. The one with the session's `token` is marked.
pub async fn browsers(ctx: &AppContext, user: &User, token: &str) -> Result<Vec<Browser>> {
    let (now, current) = (ctx.now(), keys::fingerprint(token));
    Ok(read!(&ctx.db, tx => store::sessions::of_user(tx, now, user.id, &current).await)?)
}

/// Signs one of the user's browsers out.
pub async fn end(ctx: &AppContext, caller: &Caller, user: &User, id: i64) -> Result<()> {
    let (now, context) = (ctx.now(), caller.audit_context());
    let is_ended = tx!(&ctx.db, tx => {
        let is_ended = store::sessions::end_one(tx, user.id, id).await?;
        if is_ended {
            audit::append(tx, now, &context, AuditAction::UserSessionsEnded, Some(user.id.0), None).await?;
        }
        Ok(is_ended)
    })?;
    if is_ended { Ok(()) } else { Err(Error::NotFound(Object::Device)) }
}

/// Signs all of the user's other browsers out; `token` is the one that stays.
pub async fn end_others(ctx: &AppContext, caller: &Caller, user: &User, token: &str) -> Result<()> {
    let (now, context) = (ctx.now(), caller.audit_context());
    Ok(tx!(&ctx.db, tx => {
        store::sessions::end_all(tx, user.id, &keys::fingerprint(token)).await?;
        audit::append(tx, now, &context, AuditAction::UserSessionsEnded, Some(user.id.0), None).await
    })?)
}

/// Ends everything that a user is signed in with, browsers and staff devices, in the caller's transaction.
pub(in crate::ops) async fn revoke_all_sessions(tx: &mut Tx, user: UserId) -> store::Result<()> {
    store::sessions::end_all(tx, user, "").await?;
    staff_tokens::end_all(tx, user, 0).await
}
