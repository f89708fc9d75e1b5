//! Sending queued mails: tried for a day, then shown to staff.
use super::Result;
use crate::{
    AppContext,
    domain::{attention::AttentionKind, ids::MailId, job::Job},
    mail::{Mail, MailError, Outgoing},
    read,
    store::{
        attention::{self, NewItem},
        jobs,
        mails::{self, MailRow},
        users,
    },
    tx,
};

/// A mail that no server took for this long goes to staff.
const DAY_SECONDS: i64 = 86_400;

/// Runs a job: sends a mail. Where the process dies after the mail server took it and before that is noted, a
/// second copy goes out under the same Message-ID.
pub async fn send(ctx: &AppContext, job: &Job, id: MailId) -> Result<()> {
    let Some(row) = read!(&ctx.db, tx => mails::by_id(tx, id).await)?.filter(|m| m.sent_at.is_none()) else {
        return Ok(tx!(&ctx.db, tx => jobs::finish(tx, job).await)?);
    };
    let is_confirmed = read!(&ctx.db, tx => users::is_confirmed(tx, &row.recipient).await)?;
    let mail = serde_json::from_str::<Mail>(&row.payload).map_err(|error| error.to_string());
    let mail = mail.map(|mail| if is_confirmed { mail } else { mail.for_unconfirmed() });
    let sent = match mail.and_then(|mail| mail.opened(&ctx.keys).map_err(|error| error.to_string())) {
        Ok(mail) => {
            let outgoing = Outgoing {
                to: &row.recipient,
                locale: &row.locale,
                message_id: &row.message_id,
                mail: &mail,
            };
            ctx.mailer.send(outgoing).await
        }
        Err(why) => Err(MailError::Permanent(why)),
    };
    (ctx.failpoint)("mail.sent");
    let now = ctx.now();
    match sent {
        Ok(()) => {
            tx!(&ctx.db, tx => {
                mails::note_sent(tx, now, row.id).await?;
                jobs::finish(tx, job).await
            })?;
            (ctx.failpoint)("mail.noted");
            Ok(())
        }
        Err(MailError::Transient(why)) if now.seconds_since(row.created_at) < DAY_SECONDS => {
            let seconds = [30, 120, 600, 1800]
                .get(usize::try_from(job.attempt - 1).unwrap_or(0))
                .copied()
                .unwrap_or(3600);
            tracing::warn!(mail = row.id.0, why, "a mail was not taken; trying again in {seconds} s");
            Ok(tx!(&ctx.db, tx => jobs::reschedule(tx, job, now.plus_seconds(seconds), &why, false).await)?)
        }
        Err(error) => give_up(ctx, job, &row, &error.to_string()).await,
    }
}

async fn give_up(ctx: &AppContext, job: &Job, row: &MailRow, why: &str) -> Result<()> {
    let now = ctx.now();
    tracing::error!(mail = row.id.0, why, "a mail was given up");
    Ok(tx!(&ctx.db, tx => {
        jobs::renew_lease(tx, now, job, ctx.lease_end()).await?;
        let item = NewItem::new(AttentionKind::MailFailed, format!("mail_failed:{}", row.id), why);
        attention::raise(tx, now, &item).await?;
        jobs::finish(tx, job).await
    })?)
}
