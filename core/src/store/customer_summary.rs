//! What one customer has bought: sums over their orders, payments and services.
use super::{Result, Tx, dialect::Flag};
use crate::domain::{
    customer::{CustomerFigures, DeletionBlockers},
    ids::{OrderId, UserId},
    money::Tzs,
    payment::PaymentStatus,
    time::Timestamp,
};
use sqlx::{AssertSqlSafe, FromRow};
use strum::VariantArray;

#[derive(FromRow)]
struct FiguresRow {
    orders: i64,
    paid: i64,
    failed: i64,
    services_active: i64,
    services_setup: i64,
    spent: Tzs,
    last_paid_at: Option<Timestamp>,
    last_paid: Option<Tzs>,
    short_order: Option<OrderId>,
}

/// A customer's figures, in one query.
pub async fn customer_figures(tx: &mut Tx, user: UserId) -> Result<CustomerFigures> {
    let sql = "select count(*) as orders, \
        cast(coalesce(sum(case when o.status in ('paid', 'active', 'complete') then 1 else 0 end), 0) \
         as signed) as paid, \
        cast(coalesce(sum(case when o.status = 'failed' then 1 else 0 end), 0) as signed) as failed, \
        cast(coalesce(sum(case when s.status = 'active' then 1 else 0 end), 0) as signed) \
         as services_active, \
        cast(coalesce(sum(case when s.status in ('requested', 'provisioning') \
         or (s.status = 'failed' and o.status = 'paid') then 1 else 0 end), 0) as signed) as services_setup, \
        cast(coalesce(sum((select coalesce(sum(p.received_tzs), 0) from payments p \
         where p.order_id = o.id and p.is_applied = 1)), 0) as signed) as spent, \
        max(o.paid_at) as last_paid_at, \
        (select p.received_tzs from payments p join orders q on q.id = p.order_id \
         where q.user_id = ? and p.is_applied = 1 order by p.settled_at desc limit 1) as last_paid, \
        (select max(p.order_id) from payments p join orders q on q.id = p.order_id where q.user_id = ? \
         and q.status = 'pending' and p.status = 'succeeded') as short_order \
        from orders o left join services s on s.order_id = o.id where o.user_id = ?";
    let row: FiguresRow =
        sqlx::query_as(sql).bind(user).bind(user).bind(user).fetch_one(tx.connection()).await?;
    Ok(CustomerFigures {
        orders: row.orders,
        paid: row.paid,
        failed: row.failed,
        services_active: row.services_active,
        services_setup: row.services_setup,
        spent: row.spent,
        last_paid_at: row.last_paid_at,
        last_paid: row.last_paid,
        short_order: row.short_order,
    })
}

/// What keeps the customer's account from being deleted, in one query however many orders there are.
pub async fn deletion_blockers(tx: &mut Tx, user: UserId) -> Result<DeletionBlockers> {
    let open: Vec<String> = PaymentStatus::VARIANTS
        .iter()
        .filter(|status| status.is_open())
        .map(|status| format!("'{status}'"))
        .collect();
    let hosting = "(s.status <> 'cancelled' and (s.status <> 'failed' or o.status = 'paid') \
        or s.status is null and o.status = 'paid')";
    let sql = format!(
        "select coalesce(s.domain, o.domain, p.name) as name, \
         case when {hosting} then 1 else 0 end as is_hosting \
         from orders o join plans p on p.id = o.plan_id left join services s on s.order_id = o.id \
         where o.user_id = ? and ({hosting} or o.status in ('pending', 'failed', 'cancelled') \
         and exists (select 1 from payments q where q.order_id = o.id and q.status in ({}))) \
         order by o.id desc",
        open.join(", ")
    );
    let rows: Vec<(String, Flag)> =
        sqlx::query_as(AssertSqlSafe(sql)).bind(user).fetch_all(tx.connection()).await?;
    let mut blockers = DeletionBlockers::default();
    for (name, is_hosting) in rows {
        let names = if is_hosting.into() { &mut blockers.hosting } else { &mut blockers.being_paid };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    Ok(blockers)
}
