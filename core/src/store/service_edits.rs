//! What staff change of a hosted account besides its state: its domain and its plan.
use super::{
    Record, Result, Tx, audit,
    counters::{self, Of},
    expect_one_row,
    search_terms::{self, Noun},
};
use crate::domain::{
    actor::AuditContext, audit_action::AuditAction, ids::ServiceId, service::Service, time::Timestamp,
};

/// Whether another service that has not ended has the domain.
pub async fn domain_taken(tx: &mut Tx, domain: &str, besides: ServiceId) -> Result<bool> {
    let taken: i64 = sqlx::query_scalar(
        "select count(*) from services where domain = ? and id <> ? and status <> 'cancelled'",
    )
    .bind(domain)
    .bind(besides)
    .fetch_one(tx.connection())
    .await?;
    Ok(taken > 0)
}

/// Writes domain and plan. Stale where the service, its state or either of them is not what was read any
/// more.
pub async fn change(
    tx: &mut Tx,
    now: Timestamp,
    context: &AuditContext,
    service: &Service,
    domain: &str,
    plan_slug: &str,
) -> Result<()> {
    let (words, part) = (
        search_terms::of(tx, Noun::Service, service.id.0).await?,
        counters::contribution(tx, Of::Service(service.id)).await?,
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
    .bind(&service.plan.slug)
    .bind(service.status())
    .execute(tx.connection())
    .await?;
    expect_one_row(result, Record::Service)?;
    search_terms::apply_delta(tx, Noun::Service, service.id.0, words).await?;
    counters::apply_delta(tx, Of::Service(service.id), part).await?;
    let told = [("domain", &*service.domain, domain), ("plan", &*service.plan.slug, plan_slug)];
    let changes: Vec<String> = told
        .into_iter()
        .filter(|(_, old, new)| old != new)
        .map(|(what, old, new)| format!("{what}: {old} -> {new}"))
        .collect();
    audit::append(tx, now, context, AuditAction::ServiceEdited, Some(service.id.0), Some(&changes.join("; ")))
        .await
}

/// The domain of an order whose account is not made yet, so that both say the same.
pub async fn change_order(tx: &mut Tx, now: Timestamp, service: &Service, domain: &str) -> Result<()> {
    let words = search_terms::of(tx, Noun::Order, service.order.id.0).await?;
    let result = sqlx::query("update orders set domain = ?, updated_at = ? where id = ? and status = ?")
        .bind(domain)
        .bind(now)
        .bind(service.order.id)
        .bind(service.order.status)
        .execute(tx.connection())
        .await?;
    expect_one_row(result, Record::Order)?;
    search_terms::apply_delta(tx, Noun::Order, service.order.id.0, words).await
}
