//! What needs a person.
use super::{Result, clip};
use crate::domain::{
    ids::{OrderId, PaymentId, ServiceId},
    money::Tzs,
    time::Moment,
};
use sqlx::{AnyConnection, FromRow};

/// Something that only a person can settle.
#[derive(Debug, Default)]
pub struct NewEntry<'a> {
    /// The same matter is entered once: `shortfall:17`.
    pub key: String,
    /// `shortfall`, `surplus`, `second_payment`, ...
    pub kind: &'static str,
    pub order: Option<OrderId>,
    pub payment: Option<PaymentId>,
    pub service: Option<ServiceId>,
    pub amount: Option<Tzs>,
    /// What happened, in one sentence.
    pub details: &'a str,
}

/// An open matter.
#[derive(Debug, Clone, FromRow)]
pub struct EntryRow {
    pub kind: String,
    pub order_id: Option<OrderId>,
    pub payment_id: Option<PaymentId>,
    pub service_id: Option<ServiceId>,
    pub amount_tzs: Option<Tzs>,
    pub details: String,
    pub created_at: Moment,
}

/// Enters the matter, unless it is there already. True where it is new.
pub async fn raise(c: &mut AnyConnection, now: Moment, entry: &NewEntry<'_>) -> Result<bool> {
    let known: i64 = sqlx::query_scalar("select count(*) from attention where attention_key = ?")
        .bind(&entry.key)
        .fetch_one(&mut *c)
        .await?;
    if known > 0 {
        return Ok(false);
    }
    sqlx::query(
        "insert into attention (attention_key, kind, order_id, payment_id, service_id, amount_tzs, details, created_at) \
         values (?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(&entry.key)
    .bind(entry.kind)
    .bind(entry.order)
    .bind(entry.payment)
    .bind(entry.service)
    .bind(entry.amount)
    .bind(clip(entry.details, 500))
    .bind(now)
    .execute(c)
    .await?;
    Ok(true)
}

/// Closes a matter that solved itself. The same matter can be entered again later.
pub async fn solved(c: &mut AnyConnection, now: Moment, key: &str, how: &str) -> Result<()> {
    sqlx::query(
        "update attention set resolved_at = ?, resolved_by = 'worker', resolution = ?, \
         attention_key = attention_key || '#' || id where attention_key = ? and resolved_at is null",
    )
    .bind(now)
    .bind(how)
    .bind(key)
    .execute(c)
    .await?;
    Ok(())
}

/// Everything that is open, oldest first.
pub async fn open(c: &mut AnyConnection) -> Result<Vec<EntryRow>> {
    let sql = "select kind, order_id, payment_id, service_id, amount_tzs, details, created_at from attention \
               where resolved_at is null order by created_at, id";
    Ok(sqlx::query_as(sql).fetch_all(c).await?)
}
