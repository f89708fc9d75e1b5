//! What staff change of a hosted account besides its state: its domain and its plan.
use super::{
    By, Result, history, one,
    search_terms::{self, Noun},
    services::ServiceRow,
    tallies::{self, Of},
};
use crate::domain::{ids::ServiceId, time::Moment};
use sqlx::AnyConnection;

/// Whether another service that has not ended has the domain.
pub async fn domain_taken(c: &mut AnyConnection, domain: &str, besides: ServiceId) -> Result<bool> {
    let taken: i64 = sqlx::query_scalar(
        "select count(*) from services where domain = ? and id <> ? and status <> 'cancelled'",
    )
    .bind(domain)
    .bind(besides)
    .fetch_one(c)
    .await?;
    Ok(taken > 0)
}

/// Writes domain and plan. Stale where the service, its state or either of them is not what was read any more.
pub async fn change(
    c: &mut AnyConnection,
    now: Moment,
    by: &By,
    service: &ServiceRow,
    domain: &str,
    plan_slug: &str,
) -> Result<()> {
    let (words, part) = (
        search_terms::of(c, Noun::Service, service.id.0).await?,
        tallies::part(c, Of::Service(service.id)).await?,
    );
    let result = sqlx::query(
        "update services set domain = ?, plan_slug = ?, updated_at = ? \
         where id = ? and domain = ? and plan_slug = ? and status = ?",
    )
    .bind(domain)
    .bind(plan_slug)
    .bind(now)
    .bind(service.id)
    .bind(&service.domain)
    .bind(&service.plan_slug)
    .bind(service.status)
    .execute(&mut *c)
    .await?;
    one(result, "the service")?;
    search_terms::moved(c, Noun::Service, service.id.0, words).await?;
    tallies::moved(c, Of::Service(service.id), part).await?;
    let told = [("domain", &*service.domain, domain), ("plan", &*service.plan_slug, plan_slug)];
    let changes: Vec<String> = told
        .into_iter()
        .filter(|(_, old, new)| old != new)
        .map(|(what, old, new)| format!("{what}: {old} -> {new}"))
        .collect();
    history::audit(c, now, by, "service.edited", "service", Some(service.id.0), Some(&changes.join("; ")))
        .await
}

/// The domain of an order whose account is not made yet, so that both say the same.
pub async fn change_order(
    c: &mut AnyConnection,
    now: Moment,
    service: &ServiceRow,
    domain: &str,
) -> Result<()> {
    let words = search_terms::of(c, Noun::Order, service.order_id.0).await?;
    let result = sqlx::query("update orders set domain = ?, updated_at = ? where id = ? and status = ?")
        .bind(domain)
        .bind(now)
        .bind(service.order_id)
        .bind(service.order_status)
        .execute(&mut *c)
        .await?;
    one(result, "the order")?;
    search_terms::moved(c, Noun::Order, service.order_id.0, words).await
}
