//! What limits are counted by. In the database, so that two portals count together.
use super::{Result, clip, inserted};
use crate::domain::time::Moment;
use sqlx::AnyConnection;

/// Counts one; the answer is for [`take_back`].
pub async fn note(c: &mut AnyConnection, now: Moment, what: &str, who: &str) -> Result<i64> {
    let result = sqlx::query("insert into tries (what, who, created_at) values (?, ?, ?)")
        .bind(what)
        .bind(clip(who, 190))
        .bind(now)
        .execute(&mut *c)
        .await?;
    inserted(c, result).await
}

/// Uncounts one: it was no wrong one.
pub async fn take_back(c: &mut AnyConnection, id: i64) -> Result<()> {
    sqlx::query("delete from tries where id = ?").bind(id).execute(c).await?;
    Ok(())
}

/// When they were since then, oldest first.
pub async fn since(c: &mut AnyConnection, what: &str, who: &str, since: Moment) -> Result<Vec<Moment>> {
    let sql =
        "select created_at from tries where what = ? and who = ? and created_at > ? order by created_at";
    Ok(sqlx::query_scalar(sql).bind(what).bind(clip(who, 190)).bind(since).fetch_all(c).await?)
}

/// Forgives them: the sign-in was right at last.
pub async fn forget(c: &mut AnyConnection, what: &str, who: &str) -> Result<()> {
    sqlx::query("delete from tries where what = ? and who = ?")
        .bind(what)
        .bind(clip(who, 190))
        .execute(c)
        .await?;
    Ok(())
}

/// Forgets what no window reaches back to.
pub async fn sweep(c: &mut AnyConnection, before: Moment) -> Result<()> {
    sqlx::query("delete from tries where created_at < ?").bind(before).execute(c).await?;
    Ok(())
}
