//! What the limits of payment requests and of questions to the gateway count.
use super::{Result, Tx};
use crate::domain::{
    ids::{PaymentId, UserId},
    time::Timestamp,
};

/// Claims a question that a person causes; false where the gateway answered, or was asked by another, since
/// then.
pub async fn claim_question(tx: &mut Tx, now: Timestamp, id: PaymentId, since: Timestamp) -> Result<bool> {
    let result = sqlx::query(
        "update payments set asked_at = ? where id = ? and coalesce(asked_at, 0) <= ? \
         and coalesce(last_check_at, 0) <= ?",
    )
    .bind(now)
    .bind(id)
    .bind(since)
    .bind(since)
    .execute(tx.connection())
    .await?;
    Ok(result.rows_affected() == 1)
}

/// When payment requests to this phone were made since then, over all accounts, oldest first.
pub async fn requests_to(tx: &mut Tx, payer_phone: &str, since: Timestamp) -> Result<Vec<Timestamp>> {
    let sql = "select created_at from payments where payer_phone = ? and created_at > ? order by created_at";
    Ok(sqlx::query_scalar(sql).bind(payer_phone).bind(since).fetch_all(tx.connection()).await?)
}

/// When payment requests of this account were made since then, oldest first.
pub async fn requests_of(tx: &mut Tx, user: UserId, since: Timestamp) -> Result<Vec<Timestamp>> {
    let sql = "select p.created_at from payments p join orders o on o.id = p.order_id \
               where o.user_id = ? and p.created_at > ? and p.payer_phone <> '' order by p.created_at";
    Ok(sqlx::query_scalar(sql).bind(user).bind(since).fetch_all(tx.connection()).await?)
}

/// Whether a payment of this account has succeeded.
pub async fn has_paid(tx: &mut Tx, user: UserId) -> Result<bool> {
    let sql = "select count(*) from payments p join orders o on o.id = p.order_id \
               where o.user_id = ? and p.status = 'succeeded'";
    let paid: i64 = sqlx::query_scalar(sql).bind(user).fetch_one(tx.connection()).await?;
    Ok(paid > 0)
}
