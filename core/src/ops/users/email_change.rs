//! Changes of an account's e-mail by staff. They wait a day, or until the owner of the present address
//! confirms them: somebody who persuades staff does not get the account at once, and its owner can cancel.
use super::{profile::replace_email, rights::require_rights_over};
use crate::ops::{Caller, Error, Object, Result, auth::email_links};
use crate::{
    AppContext,
    domain::{
        actor::AuditContext,
        audit_action::AuditAction,
        email_change::EmailChange,
        ids::UserId,
        input::Reason,
        job::{Job, Task},
        session::StaffSession,
        time::Timestamp,
        user::{Email, User, masked_email},
    },
    keys,
    mail::{EmailChangeAnnounced, EmailChangeRequested, Mail},
    random, read,
    store::{
        self, Tx, UniqueKey, audit, email_changes,
        email_tokens::{self, TokenKind},
        jobs, mails, users,
    },
    tx,
};

/// What a link to the present address shows.
pub struct LinkedChange {
    pub change: EmailChange,
    pub old_email: String,
}

/// Stores a change, tells both addresses and queues the job that applies it, in the caller's transaction.
/// `token` is for the link to the present address.
pub(super) async fn request(
    tx: &mut Tx,
    ctx: &AppContext,
    context: &AuditContext,
    user: &User,
    change: &EmailChange,
    token: &str,
) -> store::Result<()> {
    let now = change.created_at;
    email_changes::replace(tx, change).await?;
    let link = email_links::new_link(tx, ctx, now, TokenKind::EmailChange, user, token).await?;
    let requested = Mail::EmailChangeRequested(EmailChangeRequested {
        name: user.name.clone(),
        new_email_masked: masked_email(&change.new_email),
        reason: change.reason.clone(),
        applies_at: change.applies_at.0,
        link,
    });
    mails::queue(tx, now, &user.email, &user.locale, None, &requested).await?;
    let announced = Mail::EmailChangeAnnounced(EmailChangeAnnounced {
        old_email_masked: masked_email(&user.email),
        applies_at: change.applies_at.0,
    });
    mails::queue(tx, now, &change.new_email, &user.locale, None, &announced).await?;
    let task = Task::ApplyEmailChange(user.id);
    // A key of its own: the job of an earlier change of the account may still be queued.
    let key = format!("{task} {}", now.0);
    jobs::queue_once(tx, now, &key, &task, change.applies_at).await?;
    let (action, reason) = (AuditAction::UserEmailChangeAsked, Some(change.reason.as_str()));
    audit::append(tx, now, context, action, Some(user.id.0), reason).await
}

/// The change that `by` requests for the account, from now on.
pub(super) fn new_change(
    now: Timestamp,
    user: UserId,
    email: &Email,
    by: UserId,
    why: &Reason,
) -> EmailChange {
    EmailChange {
        user_id: user,
        new_email: email.as_str().to_owned(),
        requested_by: by,
        reason: why.as_str().to_owned(),
        created_at: now,
        applies_at: now.plus_seconds(EmailChange::WAIT_SECONDS),
    }
}

/// The change that a link to the present address is about; None where the link is used, too old or none of
/// ours, or the change was cancelled.
pub async fn by_link(ctx: &AppContext, token: &str) -> Result<Option<LinkedChange>> {
    let (now, fingerprint) = (ctx.now(), keys::fingerprint(token));
    Ok(read!(&ctx.db, tx => linked(tx, now, &fingerprint).await)?
        .map(|(user, change)| LinkedChange { change, old_email: user.email }))
}

async fn linked(
    tx: &mut Tx,
    now: Timestamp,
    fingerprint: &str,
) -> store::Result<Option<(User, EmailChange)>> {
    let Some(link) = email_tokens::valid(tx, now, TokenKind::EmailChange, fingerprint).await? else {
        return Ok(None);
    };
    let user = users::by_id(tx, link.user_id).await?;
    let Some(user) = user.filter(|user| !user.is_deleted() && user.email == link.email) else {
        return Ok(None);
    };
    Ok(email_changes::of_user(tx, user.id).await?.map(|change| (user, change)))
}

/// Applies the change at once, by the link to the present address.
pub async fn confirm(ctx: &AppContext, caller: &Caller, token: &str) -> Result<()> {
    let (now, fingerprint, verification) = (ctx.now(), keys::fingerprint(token), random::token());
    let applied = tx!(&ctx.db, tx => {
        let Some((user, change)) = linked(tx, now, &fingerprint).await? else {
            return Ok(Err(Error::NotFound(Object::EmailLink)));
        };
        let context = Caller { user: Some(user.id), ..caller.clone() }.audit_context();
        apply(tx, ctx, now, &context, &user, &change, &verification).await.map(Ok)
    });
    ctx.job_notify.notify_one();
    match applied {
        Err(store::Error::Duplicate(UniqueKey::UsersEmail)) => Err(Error::invalid("email", "taken")),
        applied => applied?,
    }
}

/// Cancels the change by the link to the present address.
pub async fn cancel_by_link(ctx: &AppContext, caller: &Caller, token: &str) -> Result<()> {
    let (now, fingerprint) = (ctx.now(), keys::fingerprint(token));
    tx!(&ctx.db, tx => {
        let Some((user, _)) = linked(tx, now, &fingerprint).await? else {
            return Ok(Err(Error::NotFound(Object::EmailLink)));
        };
        let context = Caller { user: Some(user.id), ..caller.clone() }.audit_context();
        end(tx, now, user.id).await?;
        let action = AuditAction::UserEmailChangeCancelled;
        audit::append(tx, now, &context, action, Some(user.id.0), None).await?;
        Ok(Ok(()))
    })?
}

/// Cancels the change by staff. A conflict where none waits.
pub async fn cancel(ctx: &AppContext, caller: &Caller, by: &StaffSession, id: UserId) -> Result<()> {
    let now = ctx.now();
    tx!(&ctx.db, tx => {
        let Some(user) = users::by_id(tx, id).await? else {
            return Ok(Err(Error::NotFound(Object::User)));
        };
        if let Err(error) = require_rights_over(ctx, by, &user) {
            return Ok(Err(error));
        }
        if !end(tx, now, id).await? {
            return Ok(Err(Error::conflict("No change of the e-mail is waiting.")));
        }
        let (context, action) = (caller.audit_context(), AuditAction::UserEmailChangeCancelled);
        audit::append(tx, now, &context, action, Some(id.0), None).await?;
        Ok(Ok(()))
    })?
}

/// Runs a job: applies a change whose time has come. A change that was cancelled, or replaced by a later one,
/// has no effect.
pub(in crate::ops) async fn apply_due(ctx: &AppContext, job: &Job, id: UserId) -> Result<()> {
    let (now, verification, context) = (ctx.now(), random::token(), AuditContext::worker());
    let applied = tx!(&ctx.db, tx => {
        jobs::renew_lease(tx, now, job, ctx.lease_end()).await?;
        let user = users::by_id(tx, id).await?.filter(|user| !user.is_deleted());
        if let Some(user) = user
            && let Some(change) = email_changes::of_user(tx, user.id).await?
            && change.applies_at <= now
        {
            apply(tx, ctx, now, &context, &user, &change, &verification).await?;
        }
        jobs::finish(tx, job).await
    });
    ctx.job_notify.notify_one();
    match applied {
        // Another account has the address by now.
        Err(store::Error::Duplicate(UniqueKey::UsersEmail)) => Ok(tx!(&ctx.db, tx => {
            end(tx, now, id).await?;
            let (action, details) = (AuditAction::UserEmailChangeCancelled, "the address is taken");
            audit::append(tx, now, &context, action, Some(id.0), Some(details)).await?;
            jobs::finish(tx, job).await
        })?),
        applied => Ok(applied?),
    }
}

async fn apply(
    tx: &mut Tx,
    ctx: &AppContext,
    now: Timestamp,
    context: &AuditContext,
    user: &User,
    change: &EmailChange,
    token: &str,
) -> store::Result<()> {
    replace_email(tx, ctx, now, user, &change.new_email, token).await?;
    let details = format!("requested by staff:{}: {}", change.requested_by, change.reason);
    audit::append(tx, now, context, AuditAction::UserEmailChanged, Some(user.id.0), Some(&details)).await
}

/// Removes the change that waits and its link, in the caller's transaction. False where none waits.
async fn end(tx: &mut Tx, now: Timestamp, user: UserId) -> store::Result<bool> {
    email_tokens::end_all(tx, now, TokenKind::EmailChange, user).await?;
    email_changes::remove(tx, user).await
}
