//! Sums for people's screens.
use super::{Result, Tx, dialect::Flag};
use crate::domain::{
    ids::{OrderId, UserId},
    money::Tzs,
    payment::PaymentStatus,
    time::Timestamp,
};
use sqlx::{AssertSqlSafe, FromRow};
use strum::VariantArray;

/// A customer's figures, in one query.
#[derive(Debug, Clone, Copy, FromRow)]
pub struct CustomerFigures {
    pub orders: i64,
    pub paid: i64,
    pub failed: i64,
    pub services_active: i64,
    /// Also those whose set-up takes longer than usual: whoever has paid waits for them, too.
    pub services_setup: i64,
    pub spent: Tzs,
    pub last_paid_at: Option<Timestamp>,
    pub last_paid: Option<Tzs>,
    /// The newest unpaid order for which less came than was asked: nobody asks for it again before staff have looked.
    pub short_order: Option<OrderId>,
}

/// Counts and sums over one customer's orders and services. Spent: succeeded payments that were applied.
pub async fn customer_figures(tx: &mut Tx, user: UserId) -> Result<CustomerFigures> {
    let sql = "select count(*) as orders, \
        cast(coalesce(sum(case when o.status in ('paid', 'active', 'complete') then 1 else 0 end), 0) as signed) as paid, \
        cast(coalesce(sum(case when o.status = 'failed' then 1 else 0 end), 0) as signed) as failed, \
        cast(coalesce(sum(case when s.status = 'active' then 1 else 0 end), 0) as signed) as services_active, \
        cast(coalesce(sum(case when s.status in ('requested', 'provisioning') or (s.status = 'failed' and o.status = 'paid') then 1 else 0 end), 0) as signed) as services_setup, \
        cast(coalesce(sum((select coalesce(sum(p.received_tzs), 0) from payments p where p.order_id = o.id and p.is_applied = 1)), 0) as signed) as spent, \
        max(o.paid_at) as last_paid_at, \
        (select p.received_tzs from payments p join orders q on q.id = p.order_id where q.user_id = ? and p.is_applied = 1 \
         order by p.settled_at desc limit 1) as last_paid, \
        (select max(p.order_id) from payments p join orders q on q.id = p.order_id where q.user_id = ? \
         and q.status = 'pending' and p.status = 'succeeded') as short_order \
        from orders o left join services s on s.order_id = o.id where o.user_id = ?";
    Ok(sqlx::query_as(sql).bind(user).bind(user).bind(user).fetch_one(tx.connection()).await?)
}

/// An order that keeps its customer's account from being deleted.
#[derive(Debug, Clone, FromRow)]
pub struct KeepingRow {
    /// The domain, or the plan where there is none.
    pub name: String,
    /// Hosting that lives, or is paid for and on its way; else a payment request that may still be answered.
    pub is_hosting: Flag,
}

/// What keeps the customer's account, in one query however many orders there are.
pub async fn keeping_account(tx: &mut Tx, user: UserId) -> Result<Vec<KeepingRow>> {
    let open: Vec<String> = PaymentStatus::VARIANTS
        .iter()
        .filter(|status| status.is_open())
        .map(|status| format!("'{status}'"))
        .collect();
    let hosting = "(s.status <> 'cancelled' and (s.status <> 'failed' or o.status = 'paid') \
        or s.status is null and o.status = 'paid')";
    let sql = format!(
        "select coalesce(s.domain, o.domain, p.name) as name, case when {hosting} then 1 else 0 end as is_hosting \
         from orders o join plans p on p.id = o.plan_id left join services s on s.order_id = o.id \
         where o.user_id = ? and ({hosting} or o.status in ('pending', 'failed', 'cancelled') \
         and exists (select 1 from payments q where q.order_id = o.id and q.status in ({}))) order by o.id desc",
        open.join(", ")
    );
    Ok(sqlx::query_as(AssertSqlSafe(sql)).bind(user).fetch_all(tx.connection()).await?)
}
