//! Staff look at the site as a customer: asked for with a reason, entered once, over after a quarter of an hour.
//!
//! What may be done meanwhile is not decided here: whoever serves the pages knows what is a look and what is an act.
use super::{Caller, Result};
use crate::{
    AppContext,
    domain::{audit_action::AuditAction, ids::UserId, session::Impersonation, time::Timestamp, user::Role},
    keys, random, read,
    store::{self, audit, impersonations, users},
    tx,
};

/// How long a ticket waits to be used.
const TICKET_SECONDS: i64 = 60;
/// How long the look lasts.
const SESSION_SECONDS: i64 = 15 * 60;
/// The longest reason, in characters.
pub const LONGEST_REASON: usize = 500;

/// How asking for a ticket ended.
#[derive(Debug, PartialEq, Eq)]
pub enum Ticketed {
    /// The address to open, once, until then.
    Link { url: String, expires_at: Timestamp },
    /// No reason, or a longer one than [`LONGEST_REASON`].
    NoReason,
    /// Nobody acts in the place of staff.
    OfStaff,
    /// The account is disabled or deleted.
    Disabled,
    /// There is no such account.
    NoSuchUser,
    /// Whoever asks is no admin, or looks at the site as a customer already.
    Refused,
}

/// A one-time address at which `caller.staff` may look at the site as `user`. Recorded, used or not.
pub async fn ticket(ctx: &AppContext, caller: &Caller, user: UserId, reason: &str) -> Result<Ticketed> {
    let Caller { staff: Some(staff), user: None, .. } = *caller else { return Ok(Ticketed::Refused) };
    let reason = reason.trim();
    let (now, token) = (ctx.now(), random::token());
    let expires_at = now.plus_seconds(TICKET_SECONDS);
    let ticketed = tx!(&ctx.db, tx => {
        let asks = users::by_id(tx, staff).await?;
        if !asks.is_some_and(|asks| asks.role == Role::Admin && asks.is_active()) {
            return Ok(Ticketed::Refused);
        }
        if reason.is_empty() || reason.chars().count() > LONGEST_REASON {
            return Ok(Ticketed::NoReason);
        }
        let Some(customer) = users::by_id(tx, user).await? else { return Ok(Ticketed::NoSuchUser) };
        if customer.role != Role::User {
            return Ok(Ticketed::OfStaff);
        }
        if !customer.is_active() {
            return Ok(Ticketed::Disabled);
        }
        let fingerprint = keys::fingerprint(&token);
        let new = impersonations::NewTicket { fingerprint: &fingerprint, staff, user, reason, ends_at: expires_at };
        impersonations::insert(tx, now, &new).await?;
        audit::append(tx, now, &caller.audit_context(), AuditAction::UserImpersonationAsked, Some(user.0), Some(reason)).await?;
        Ok(Ticketed::Link { url: format!("{}/impersonate/{token}", ctx.settings.base_url), expires_at })
    })?;
    Ok(ticketed)
}

/// What a good ticket is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticket {
    /// The customer's name.
    pub customer: String,
    /// Why, as the member of staff said.
    pub reason: String,
}

/// What the ticket is for, where it is good. Uses nothing up.
pub async fn peek(ctx: &AppContext, token: &str) -> Result<Option<Ticket>> {
    let (now, fingerprint) = (ctx.now(), keys::fingerprint(token));
    let row = read!(&ctx.db, tx => impersonations::ticket(tx, now, &fingerprint).await)?;
    Ok(row.map(|row| Ticket { customer: row.user_name, reason: row.reason }))
}

/// Uses the ticket and returns the session's token: 256 bits that are stored as a fingerprint only. None where the
/// ticket is wrong, used or too old, and for whoever looks at the site as a customer already.
pub async fn enter(ctx: &AppContext, caller: &Caller, token: &str) -> Result<Option<String>> {
    if caller.staff.is_some() {
        return Ok(None);
    }
    let (now, fingerprint, session) = (ctx.now(), keys::fingerprint(token), random::token());
    let entered = tx!(&ctx.db, tx => {
        let Some(ticket) = impersonations::ticket(tx, now, &fingerprint).await? else { return Ok(false) };
        let ends_at = now.plus_seconds(SESSION_SECONDS);
        impersonations::open(tx, now, ticket.id, &keys::fingerprint(&session), ends_at).await?;
        let context = in_place_of(caller, ticket.staff_id, ticket.user_id).audit_context();
        let (user, reason) = (Some(ticket.user_id.0), Some(ticket.reason.as_str()));
        audit::append(tx, now, &context, AuditAction::UserImpersonated, user, reason).await?;
        Ok(true)
    });
    match entered {
        Ok(true) => Ok(Some(session)),
        // Another browser was faster.
        Ok(false) | Err(store::Error::Stale(_)) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// The request's caller as the member of staff in the customer's place.
pub fn in_place_of(caller: &Caller, staff: UserId, user: UserId) -> Caller {
    Caller { staff: Some(staff), user: Some(user), ..caller.clone() }
}

/// Who looks at the site as whom with this token. None where that is over: by time, by leaving, or because one of the
/// two is not what they were.
pub async fn session(ctx: &AppContext, token: &str) -> Result<Option<Impersonation>> {
    let (now, fingerprint) = (ctx.now(), keys::fingerprint(token));
    Ok(read!(&ctx.db, tx => impersonations::by_session(tx, now, &fingerprint).await)?)
}

/// Ends the look on the server, at once. Answers the customer's name, also where it was over already; None where the
/// token was never good.
pub async fn stop(ctx: &AppContext, caller: &Caller, token: &str) -> Result<Option<String>> {
    let (now, fingerprint) = (ctx.now(), keys::fingerprint(token));
    Ok(tx!(&ctx.db, tx => {
        let Some(opened) = impersonations::opened(tx, &fingerprint).await? else { return Ok(None) };
        if impersonations::end(tx, now, opened.id).await? {
            let context = in_place_of(caller, opened.staff_id, opened.user_id).audit_context();
            let user = Some(opened.user_id.0);
            audit::append(tx, now, &context, AuditAction::UserImpersonationEnded, user, None).await?;
        }
        Ok(Some(opened.user_name))
    })?)
}
