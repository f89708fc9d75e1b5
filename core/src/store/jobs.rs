//! The table `jobs`: what is to be done, when it is due, and which worker holds the lease.
use super::{Record, Result, Tx, expect_one_row, truncate};
use crate::domain::{
    ids::JobId,
    job::{Job, Task},
    time::Timestamp,
};
use sqlx::FromRow;

#[derive(FromRow)]
struct JobRow {
    id: JobId,
    kind: String,
    subject: i64,
    attempt: i64,
    due_at: Timestamp,
    fencing_token: i64,
    lease_until: Timestamp,
}

impl From<JobRow> for Job {
    fn from(row: JobRow) -> Job {
        Job {
            id: row.id,
            task: Task::new(&row.kind, row.subject),
            attempt: row.attempt,
            due_at: row.due_at,
            fencing_token: row.fencing_token,
            lease_until: row.lease_until,
        }
    }
}

/// Queues a job, unless the same one is queued. It is written in the transaction that makes its reason true.
pub async fn queue(tx: &mut Tx, now: Timestamp, task: &Task, due: Timestamp) -> Result<()> {
    queue_once(tx, now, &key(task), task, due).await
}

/// The job's key: of jobs with the same key, one is queued.
fn key(task: &Task) -> String {
    let (kind, subject) = task.parts();
    format!("{kind}:{subject}")
}

/// Queues a job under a key of its own: several records can be the reason for one task.
pub async fn queue_once(tx: &mut Tx, now: Timestamp, key: &str, task: &Task, due: Timestamp) -> Result<()> {
    let (kind, subject) = task.parts();
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
    .bind(kind)
    .bind(subject)
    .bind(due)
    .bind(now)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Jobs that are due and that no worker holds, the longest due first.
pub async fn due(tx: &mut Tx, now: Timestamp, most: i64) -> Result<Vec<Job>> {
    let sql = "select id, kind, subject, attempt, due_at, fencing_token, lease_until from jobs \
               where due_at <= ? and lease_until <= ? order by due_at, id limit ?";
    let rows: Vec<JobRow> =
        sqlx::query_as(sql).bind(now).bind(now).bind(most).fetch_all(tx.connection()).await?;
    Ok(rows.into_iter().map(Job::from).collect())
}

/// Takes a due job: the guarded update decides, whatever was read before. A claim counts as a try.
pub async fn claim(tx: &mut Tx, job: &Job, holder: &str, until: Timestamp) -> Result<Option<Job>> {
    let result = sqlx::query(
        "update jobs set attempt = attempt + 1, fencing_token = fencing_token + 1, lease_holder = ?, \
         lease_until = ? where id = ? and fencing_token = ? and lease_until = ?",
    )
    .bind(holder)
    .bind(until)
    .bind(job.id)
    .bind(job.fencing_token)
    .bind(job.lease_until)
    .execute(tx.connection())
    .await?;
    let mine = Job {
        attempt: job.attempt + 1,
        fencing_token: job.fencing_token + 1,
        lease_until: until,
        ..job.clone()
    };
    Ok((result.rows_affected() == 1).then_some(mine))
}

/// Renews the lease of the job until `until`. Stale where the lease has ended or another worker holds it:
/// then nothing more may be written for the job, and the caller's transaction is rolled back.
pub async fn renew_lease(tx: &mut Tx, now: Timestamp, job: &Job, until: Timestamp) -> Result<()> {
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
pub async fn finish(tx: &mut Tx, job: &Job) -> Result<()> {
    let result = sqlx::query("delete from jobs where id = ? and fencing_token = ?")
        .bind(job.id)
        .bind(job.fencing_token)
        .execute(tx.connection())
        .await?;
    expect_one_row(result, Record::JobLease)
}

/// Gives the job back, due at `due`. With `refund` the attempt is not counted: the job did not cause its
/// failure.
pub async fn reschedule(tx: &mut Tx, job: &Job, due: Timestamp, error: &str, refund: bool) -> Result<()> {
    let result = sqlx::query(
        "update jobs set due_at = ?, lease_until = 0, lease_holder = null, last_error = ?, \
         attempt = attempt - ? where id = ? and fencing_token = ?",
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
pub async fn next_try(tx: &mut Tx, task: &Task) -> Result<Option<(Timestamp, i64)>> {
    let sql = "select due_at, attempt from jobs where job_key = ?";
    Ok(sqlx::query_as(sql).bind(key(task)).fetch_optional(tx.connection()).await?)
}

/// When the next job is due, or the next lease ends: how long a worker may rest.
pub async fn next_due(tx: &mut Tx) -> Result<Option<Timestamp>> {
    let sql = "select min(case when lease_until > due_at then lease_until else due_at end) from jobs";
    Ok(sqlx::query_scalar(sql).fetch_one(tx.connection()).await?)
}
