//! Sums for people's screens.
use super::Result;
use crate::domain::{
    ids::{OrderId, UserId},
    money::Tzs,
    time::Moment,
};
use sqlx::{AnyConnection, FromRow};

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
    pub last_paid_at: Option<Moment>,
    pub last_paid: Option<Tzs>,
    /// The newest unpaid order for which less came than was asked: nobody asks for it again before staff have looked.
    pub short_order: Option<OrderId>,
}

/// Counts and sums over one customer's orders and services. Spent: succeeded payments that were applied.
pub async fn customer_figures(c: &mut AnyConnection, user: UserId) -> Result<CustomerFigures> {
    let sql = "select count(*) as orders, \
        cast(coalesce(sum(case when o.status in ('paid', 'active', 'complete') then 1 else 0 end), 0) as signed) as paid, \
        cast(coalesce(sum(case when o.status = 'failed' then 1 else 0 end), 0) as signed) as failed, \
        cast(coalesce(sum(case when s.status = 'active' then 1 else 0 end), 0) as signed) as services_active, \
        cast(coalesce(sum(case when s.status in ('requested', 'provisioning', 'failed') then 1 else 0 end), 0) as signed) as services_setup, \
        cast(coalesce(sum((select coalesce(sum(p.received_tzs), 0) from payments p where p.order_id = o.id and p.is_applied = 1)), 0) as signed) as spent, \
        max(o.paid_at) as last_paid_at, \
        (select p.received_tzs from payments p join orders q on q.id = p.order_id where q.user_id = ? and p.is_applied = 1 \
         order by p.settled_at desc limit 1) as last_paid, \
        (select max(p.order_id) from payments p join orders q on q.id = p.order_id where q.user_id = ? \
         and q.status = 'pending' and p.status = 'succeeded') as short_order \
        from orders o left join services s on s.order_id = o.id where o.user_id = ?";
    Ok(sqlx::query_as(sql).bind(user).bind(user).bind(user).fetch_one(c).await?)
}
