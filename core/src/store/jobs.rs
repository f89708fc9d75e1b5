//! What is to be done, when, and who is at it.
use super::{Record, Result, Tx, expect_one_row, truncate};
use crate::domain::{ids::JobId, time::Timestamp};
use sqlx::FromRow;

/// What can be queued.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    strum::Display,
    strum::EnumString,
    strum::IntoStaticStr,
    strum::VariantArray,
)]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum JobKind {
    /// Set a service up on the panel; the subject is the service.
    Provision,
    /// Send a mail; the subject is the mail.
    Mail,
    /// Give up an order that was not paid; the subject is the order.
    GiveUp,
    /// Ask about a payment that is not in the table; the subject is the webhook that named it.
    UnmatchedPayment,
}

/// A job that this worker holds. `fencing_token` is the fence: whoever claims it later has a higher one.
#[derive(Debug, Clone, FromRow)]
pub struct JobRow {
    pub id: JobId,
    pub kind: String,
    pub subject: i64,
    pub attempt: i64,
    pub due_at: Timestamp,
    pub fencing_token: i64,
    pub lease_until: Timestamp,
}

/// Queues a job, unless the same one is queued. It is written in the transaction that makes its reason true.
pub async fn queue(tx: &mut Tx, now: Timestamp, kind: JobKind, subject: i64, due: Timestamp) -> Result<()> {
    queue_once(tx, now, &format!("{kind}:{subject}"), kind, subject, due).await
}

/// The same under a key of its own, where several subjects stand for one matter.
pub async fn queue_once(
    tx: &mut Tx,
    now: Timestamp,
    key: &str,
    kind: JobKind,
    subject: i64,
    due: Timestamp,
) -> Result<()> {
    let queued: i64 = sqlx::query_scalar("select count(*) from jobs where job_key = ?")
        .bind(key)
        .fetch_one(tx.connection())
        .await?;
    if queued > 0 {
        return Ok(());
    }
    sqlx::query(
        "insert into jobs (job_key, kind, subject, attempt, due_at, fencing_token, lease_until, created_at) \
         values (?, ?, ?, 0, ?, 0, 0, ?)",
    )
    .bind(key)
    .bind(kind.into_str())
    .bind(subject)
    .bind(due)
    .bind(now)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Jobs that are due and that nobody holds, the longest due first.
pub async fn due(tx: &mut Tx, now: Timestamp, most: i64) -> Result<Vec<JobRow>> {
    let sql = "select id, kind, subject, attempt, due_at, fencing_token, lease_until from jobs \
               where due_at <= ? and lease_until <= ? order by due_at, id limit ?";
    Ok(sqlx::query_as(sql).bind(now).bind(now).bind(most).fetch_all(tx.connection()).await?)
}

/// Takes a due job: the guarded update decides, whatever was read before. A claim counts as a try.
pub async fn claim(tx: &mut Tx, job: &JobRow, holder: &str, until: Timestamp) -> Result<Option<JobRow>> {
    let result = sqlx::query(
        "update jobs set attempt = attempt + 1, fencing_token = fencing_token + 1, lease_holder = ?, lease_until = ? \
         where id = ? and fencing_token = ? and lease_until = ?",
    )
    .bind(holder)
    .bind(until)
    .bind(job.id)
    .bind(job.fencing_token)
    .bind(job.lease_until)
    .execute(tx.connection())
    .await?;
    let mine = JobRow {
        attempt: job.attempt + 1,
        fencing_token: job.fencing_token + 1,
        lease_until: until,
        ..job.clone()
    };
    Ok((result.rows_affected() == 1).then_some(mine))
}

/// Goes on holding the job until `until`. Stale where the lease ran out or somebody else holds it: then nothing more
/// may be written on its behalf, and the transaction that asked is rolled back.
pub async fn renew_lease(tx: &mut Tx, now: Timestamp, job: &JobRow, until: Timestamp) -> Result<()> {
    let result =
        sqlx::query("update jobs set lease_until = ? where id = ? and fencing_token = ? and lease_until > ?")
            .bind(until)
            .bind(job.id)
            .bind(job.fencing_token)
            .bind(now)
            .execute(tx.connection())
            .await?;
    expect_one_row(result, Record::JobLease)
}

/// The job is done: its row goes, so that the same job can be queued again.
pub async fn finish(tx: &mut Tx, job: &JobRow) -> Result<()> {
    let result = sqlx::query("delete from jobs where id = ? and fencing_token = ?")
        .bind(job.id)
        .bind(job.fencing_token)
        .execute(tx.connection())
        .await?;
    expect_one_row(result, Record::JobLease)
}

/// The job is given back, to be done at `due`. `refund` takes the try back: it was not the job's fault.
pub async fn reschedule(tx: &mut Tx, job: &JobRow, due: Timestamp, error: &str, refund: bool) -> Result<()> {
    let result = sqlx::query(
        "update jobs set due_at = ?, lease_until = 0, lease_holder = null, last_error = ?, attempt = attempt - ? \
         where id = ? and fencing_token = ?",
    )
    .bind(due)
    .bind(truncate(error, 500))
    .bind(i64::from(refund))
    .bind(job.id)
    .bind(job.fencing_token)
    .execute(tx.connection())
    .await?;
    expect_one_row(result, Record::JobLease)
}

/// When the job will be tried next and how often it was, where it is queued.
pub async fn next_try(tx: &mut Tx, kind: JobKind, subject: i64) -> Result<Option<(Timestamp, i64)>> {
    let sql = "select due_at, attempt from jobs where job_key = ?";
    Ok(sqlx::query_as(sql).bind(format!("{kind}:{subject}")).fetch_optional(tx.connection()).await?)
}

/// When the next job is due, or the next lease ends: how long a worker may rest.
pub async fn next_due(tx: &mut Tx) -> Result<Option<Timestamp>> {
    let sql = "select min(case when lease_until > due_at then lease_until else due_at end) from jobs";
    Ok(sqlx::query_scalar(sql).fetch_one(tx.connection()).await?)
}
