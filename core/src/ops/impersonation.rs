//! Impersonation: staff look at the site as a customer, with a reason, for a quarter of an hour.
//!
//! What may be done meanwhile is decided by the portal's request guard: it knows which requests only read.
use super::{Caller, Error, Object, Result};
use crate::{
    AppContext,
    domain::{
        audit_action::AuditAction, ids::UserId, input::Reason, session::Impersonation, time::Timestamp,
        user::Role,
    },
    keys, random, read,
    store::{self, audit, impersonations, users},
    tx,
};

/// How long a ticket can be used.
const TICKET_SECONDS: i64 = 60;
/// How long the session lasts.
const SESSION_SECONDS: i64 = 15 * 60;
/// Where a member of staff starts an impersonation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TicketLink {
    /// Can be used once.
    pub url: String,
    pub expires_at: Timestamp,
}

/// Issues a one-time link with which `caller.staff`, an admin, may look at the site as `user`. Recorded, used
/// or not.
pub async fn issue_ticket(
    ctx: &AppContext,
    caller: &Caller,
    user: UserId,
    reason: &Reason,
) -> Result<TicketLink> {
    let forbidden = || Error::Forbidden("Only an admin may do this.");
    let Caller { staff: Some(staff), user: None, .. } = *caller else { return Err(forbidden()) };
    let (now, token, context) = (ctx.now(), random::token(), caller.audit_context());
    let expires_at = now.plus_seconds(TICKET_SECONDS);
    tx!(&ctx.db, tx => {
        let staff_user = users::by_id(tx, staff).await?;
        if !staff_user.is_some_and(|staff| staff.role == Role::Admin && staff.is_active()) {
            return Ok(Err(forbidden()));
        }
        let Some(customer) = users::by_id(tx, user).await? else {
            return Ok(Err(Error::NotFound(Object::User)));
        };
        if customer.role != Role::User {
            return Ok(Err(Error::conflict("Staff cannot be impersonated.")));
        }
        if !customer.is_active() {
            return Ok(Err(Error::conflict("This account is locked or deleted.")));
        }
        let (fingerprint, reason) = (keys::fingerprint(&token), reason.as_str());
        let fingerprint = fingerprint.as_str();
        let new = impersonations::NewTicket { fingerprint, staff, user, reason, ends_at: expires_at };
        impersonations::insert(tx, now, &new).await?;
        let action = AuditAction::UserImpersonationAsked;
        audit::append(tx, now, &context, action, Some(user.0), Some(reason)).await?;
        Ok(Ok(()))
    })??;
    Ok(TicketLink { url: format!("{}/impersonate/{token}", ctx.settings.base_url), expires_at })
}

/// What a valid ticket is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticket {
    /// The customer's name.
    pub customer: String,
    /// Why, as the member of staff said.
    pub reason: String,
}

/// What the ticket is for, where it is valid. Does not use it.
pub async fn peek(ctx: &AppContext, token: &str) -> Result<Option<Ticket>> {
    let (now, fingerprint) = (ctx.now(), keys::fingerprint(token));
    let row = read!(&ctx.db, tx => impersonations::ticket(tx, now, &fingerprint).await)?;
    Ok(row.map(|row| Ticket { customer: row.user_name, reason: row.reason }))
}

/// Uses the ticket and returns the session's token: 256 bits that are stored as a fingerprint only. None
/// where the ticket is wrong, used or too old, and where the caller impersonates a customer already.
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

/// The impersonation with this session token. None where it ended: by time, by leaving, or because the member
/// of staff is no active admin or the customer no active customer any more.
pub async fn session(ctx: &AppContext, token: &str) -> Result<Option<Impersonation>> {
    let (now, fingerprint) = (ctx.now(), keys::fingerprint(token));
    Ok(read!(&ctx.db, tx => impersonations::by_session(tx, now, &fingerprint).await)?)
}

/// Ends the session. Returns the customer's name, also where it had ended; None where there was no such
/// session.
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
