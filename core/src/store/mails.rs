//! The table `mails`: written in the transaction of the change that they report, sent by the worker.
use super::{Result, Tx, jobs, last_insert_id};
use crate::{
    domain::{
        ids::{MailId, OrderId},
        job::Task,
        time::Timestamp,
    },
    mail::Mail,
};
use sqlx::FromRow;

/// A queued mail. Its payload holds the fields, not the text: the text is rendered when the mail is sent.
#[derive(Debug, Clone, FromRow)]
pub struct MailRow {
    pub id: MailId,
    pub message_id: String,
    pub locale: String,
    pub recipient: String,
    pub payload: String,
    pub sent_at: Option<Timestamp>,
    pub created_at: Timestamp,
}

/// Writes the mail and queues its sending. Its Message-ID stays the same over all attempts. It belongs to the
/// user who has that address now, also after a change of the address.
pub async fn queue(
    tx: &mut Tx,
    now: Timestamp,
    recipient: &str,
    locale: &str,
    order: Option<OrderId>,
    mail: &Mail,
) -> Result<MailId> {
    let payload = serde_json::to_string(mail).unwrap_or_default();
    let result = sqlx::query(
        "insert into mails (message_id, kind, locale, recipient, payload, order_id, created_at, user_id) \
         values (?, ?, ?, ?, ?, ?, ?, (select id from users where email = ?))",
    )
    .bind(crate::random::uuid())
    .bind(mail.kind())
    .bind(locale)
    .bind(recipient)
    .bind(payload)
    .bind(order)
    .bind(now)
    .bind(recipient)
    .execute(tx.connection())
    .await?;
    let id = MailId(last_insert_id(tx, result).await?);
    jobs::queue(tx, now, &Task::SendMail(id), now).await?;
    Ok(id)
}

/// By row id.
pub async fn by_id(tx: &mut Tx, id: MailId) -> Result<Option<MailRow>> {
    let sql =
        "select id, message_id, locale, recipient, payload, sent_at, created_at from mails where id = ?";
    Ok(sqlx::query_as(sql).bind(id).fetch_optional(tx.connection()).await?)
}

/// Notes that the mail server took it.
pub async fn note_sent(tx: &mut Tx, now: Timestamp, id: MailId) -> Result<()> {
    sqlx::query("update mails set sent_at = ? where id = ?")
        .bind(now)
        .bind(id)
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// When the mail of that kind about the order was sent, where it was.
pub async fn sent_about(tx: &mut Tx, order: OrderId, kind: &str) -> Result<Option<Timestamp>> {
    let sql = "select max(sent_at) from mails where order_id = ? and kind = ?";
    Ok(sqlx::query_scalar(sql).bind(order).bind(kind).fetch_one(tx.connection()).await?)
}
