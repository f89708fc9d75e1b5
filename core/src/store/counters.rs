//! The table `counters`: figures that are kept up to date, so that reading one costs the same however many
//! rows it counts.
//!
//! What a row contributes follows from the row alone. A function that changes a row reads its contribution
//! before, and applies the difference after the change, in the same transaction.
//! [`recompute`](super::recompute) computes all counters from the rows. Day 0 is the counter of all days, or
//! of the present where a counter has no days.
use super::{Result, Sql, Tx};
use crate::domain::{
    ids::{OrderId, PaymentId, ServiceId, UserId},
    money::Tzs,
    order::OrderStatus,
    payment::PaymentStatus,
    service::ServiceStatus,
    time::{Day, Days, Timestamp},
    user::Role,
};
use sqlx::FromRow;
use std::collections::BTreeMap;

/// What is counted, with the label and the day of each counter.
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
pub enum Counter {
    /// Users, by role.
    Users,
    /// Of these, disabled ones.
    UsersDisabled,
    /// Orders, by status.
    Orders,
    /// Orders, by the network that paid them.
    OrdersOperator,
    /// Orders and their prices, by plan, by the day on which they were placed; and of all days.
    Placed,
    /// Orders and the money applied to them, by plan, by the day it came; and of all days.
    Paid,
    /// Payments that ended, by status and network (`failed M-PESA`), by the day of their request.
    Payments,
    /// Services, by status.
    Services,
    /// Services, by plan.
    ServicesPlan,
    /// Active services and their monthly revenue, by plan.
    Active,
    /// Set-ups that succeeded, by the seconds they took (six digits), by the day.
    SetupSeconds,
    /// Set-ups that were given up and not requested again, by the day.
    SetupFailed,
}

/// A row that contributes to counters.
#[derive(Debug, Clone, Copy)]
pub enum Of {
    User(UserId),
    Order(OrderId),
    Payment(PaymentId),
    Service(ServiceId),
}

/// Metric, day and label of a counter.
type Key = (&'static str, i64, String);

/// What a row contributes to each counter: a number of rows, and shillings.
#[derive(Debug, Default)]
pub struct Contribution(BTreeMap<Key, (i64, i64)>);

impl Contribution {
    fn add(&mut self, counter: Counter, day: i64, label: impl Into<String>, sum: i64) {
        let (count, all) = self.0.entry((counter.into_str(), day, label.into())).or_default();
        *count += 1;
        *all += sum;
    }
}

/// A counter.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, FromRow)]
pub struct CounterRow {
    pub metric: String,
    pub day: i64,
    pub label: String,
    pub row_count: i64,
    pub sum_tzs: i64,
}

/// What the row contributes now; nothing where there is no such row.
pub async fn contribution(tx: &mut Tx, of: Of) -> Result<Contribution> {
    let mut contribution = Contribution::default();
    match of {
        Of::User(id) => {
            let sql = "select role, disabled_at from users where id = ?";
            let row: Option<(Role, Option<Timestamp>)> =
                sqlx::query_as(sql).bind(id).fetch_optional(tx.connection()).await?;
            if let Some((role, disabled_at)) = row {
                contribution.add(Counter::Users, 0, role.into_str(), 0);
                if disabled_at.is_some() {
                    contribution.add(Counter::UsersDisabled, 0, role.into_str(), 0);
                }
            }
        }
        Of::Order(id) => {
            let sql = "select o.status, o.gateway_provider, p.slug, o.price_tzs, o.created_at \
                       from orders o join plans p on p.id = o.plan_id where o.id = ?";
            let row: Option<(OrderStatus, Option<String>, String, Tzs, Timestamp)> =
                sqlx::query_as(sql).bind(id).fetch_optional(tx.connection()).await?;
            if let Some((status, operator, plan, price, placed_at)) = row {
                contribution.add(Counter::Orders, 0, status.into_str(), 0);
                if let Some(operator) = operator {
                    contribution.add(Counter::OrdersOperator, 0, operator, 0);
                }
                contribution.add(Counter::Placed, Day::of(placed_at).0, plan.clone(), price.0);
                contribution.add(Counter::Placed, 0, plan, price.0);
            }
        }
        Of::Payment(id) => payment(tx, id, &mut contribution).await?,
        Of::Service(id) => service(tx, id, &mut contribution).await?,
    }
    Ok(contribution)
}

async fn payment(tx: &mut Tx, id: PaymentId, contribution: &mut Contribution) -> Result<()> {
    #[derive(FromRow)]
    struct Row {
        status: PaymentStatus,
        operator: Option<String>,
        created_at: Timestamp,
        is_applied: i64,
        received_tzs: Option<Tzs>,
        settled_at: Option<Timestamp>,
        plan_slug: String,
    }
    let sql = "select y.status, y.operator, y.created_at, y.is_applied, y.received_tzs, y.settled_at, \
               p.slug as plan_slug from payments y join orders o on o.id = y.order_id \
               join plans p on p.id = o.plan_id where y.id = ?";
    let Some(row): Option<Row> = sqlx::query_as(sql).bind(id).fetch_optional(tx.connection()).await? else {
        return Ok(());
    };
    if !row.status.is_open() {
        let label = format!("{} {}", row.status, row.operator.unwrap_or_default());
        contribution.add(Counter::Payments, Day::of(row.created_at).0, label, 0);
    }
    if row.is_applied != 0 {
        let received = row.received_tzs.unwrap_or_default().0;
        contribution.add(
            Counter::Paid,
            row.settled_at.map_or(0, |at| Day::of(at).0),
            row.plan_slug.clone(),
            received,
        );
        contribution.add(Counter::Paid, 0, row.plan_slug, received);
    }
    Ok(())
}

async fn service(tx: &mut Tx, id: ServiceId, contribution: &mut Contribution) -> Result<()> {
    #[derive(FromRow)]
    struct Row {
        status: ServiceStatus,
        plan_slug: String,
        activated_at: Option<Timestamp>,
        last_failed_at: Option<Timestamp>,
        asked_at: Timestamp,
        price_tzs: i64,
        duration_months: i64,
    }
    let sql = "select s.status, s.plan_slug, s.activated_at, s.last_failed_at, o.price_tzs, \
               o.duration_months, \
               coalesce(o.paid_at, s.created_at) as asked_at \
               from services s join orders o on o.id = s.order_id where s.id = ?";
    let Some(row): Option<Row> = sqlx::query_as(sql).bind(id).fetch_optional(tx.connection()).await? else {
        return Ok(());
    };
    contribution.add(Counter::Services, 0, row.status.into_str(), 0);
    contribution.add(Counter::ServicesPlan, 0, row.plan_slug.clone(), 0);
    if row.status == ServiceStatus::Active {
        contribution.add(Counter::Active, 0, row.plan_slug, row.price_tzs / row.duration_months.max(1));
    }
    let gave_up = matches!(row.status, ServiceStatus::Failed | ServiceStatus::Cancelled);
    match (row.activated_at, row.last_failed_at) {
        (Some(at), _) => {
            let seconds = at.seconds_since(row.asked_at).clamp(0, 999_999);
            contribution.add(Counter::SetupSeconds, Day::of(at).0, format!("{seconds:06}"), 0);
        }
        (None, Some(at)) if gave_up => contribution.add(Counter::SetupFailed, Day::of(at).0, "", 0),
        (None, _) => {}
    }
    Ok(())
}

/// Applies what the row's contribution has become since it was read as `was`; for a new row, `was` is empty.
pub async fn apply_delta(tx: &mut Tx, of: Of, was: Contribution) -> Result<()> {
    let mut net = contribution(tx, of).await?.0;
    for (key, (count, sum)) in was.0 {
        let left = net.entry(key).or_default();
        left.0 -= count;
        left.1 -= sum;
    }
    for ((metric, day, label), (count, sum)) in net {
        if (count, sum) == (0, 0) {
            continue;
        }
        let result = sqlx::query(
            "update counters set row_count = row_count + ?, sum_tzs = sum_tzs + ? \
             where metric = ? and day = ? and label = ?",
        )
        .bind(count)
        .bind(sum)
        .bind(metric)
        .bind(day)
        .bind(&label)
        .execute(tx.connection())
        .await?;
        if result.rows_affected() == 0 {
            sqlx::query(
                "insert into counters (metric, day, label, row_count, sum_tzs) values (?, ?, ?, ?, ?)",
            )
            .bind(metric)
            .bind(day)
            .bind(&label)
            .bind(count)
            .bind(sum)
            .execute(tx.connection())
            .await?;
        }
    }
    Ok(())
}

/// The counters of all days, or of the present.
pub async fn in_all(tx: &mut Tx, counters: &[Counter]) -> Result<Vec<CounterRow>> {
    let mut sql =
        Sql::new("select metric, day, label, row_count, sum_tzs from counters where day = 0 and metric in (");
    let mut list = sql.separated(", ");
    for counter in counters {
        list.push_bind(counter.into_str());
    }
    sql.push(") order by metric, label");
    Ok(sql.build_query_as().fetch_all(tx.connection()).await?)
}

/// How many there are now, or were on all days; of one label or of all labels.
pub async fn how_many(tx: &mut Tx, counter: Counter, label: Option<&str>) -> Result<i64> {
    between(tx, counter, label, Day(0), Day(0)).await
}

/// How many there were from one day to another, both included.
pub async fn between(tx: &mut Tx, counter: Counter, label: Option<&str>, from: Day, to: Day) -> Result<i64> {
    let mut sql =
        Sql::new("select cast(coalesce(sum(row_count), 0) as signed) from counters where metric = ");
    sql.push_bind(counter.into_str())
        .push(" and day between ")
        .push_bind(from.0)
        .push(" and ")
        .push_bind(to.0);
    if let Some(label) = label {
        sql.push(" and label = ").push_bind(label.to_owned());
    }
    Ok(sql.build_query_scalar().fetch_one(tx.connection()).await?)
}

/// A counter's days, each over all its labels. Days without any row are left out.
pub async fn by_day(tx: &mut Tx, counter: Counter, days: Days) -> Result<Vec<(Day, i64, Tzs)>> {
    let sql = "select day, cast(sum(row_count) as signed), cast(sum(sum_tzs) as signed) from counters \
               where metric = ? and day between ? and ? group by day order by day";
    Ok(sqlx::query_as(sql)
        .bind(counter.into_str())
        .bind(days.from())
        .bind(days.to())
        .fetch_all(tx.connection())
        .await?)
}

/// A counter's labels in their order, each over all those days.
pub async fn by_label(tx: &mut Tx, counter: Counter, days: Days) -> Result<Vec<(String, i64)>> {
    let sql = "select label, cast(sum(row_count) as signed) from counters \
               where metric = ? and day between ? and ? group by label order by label";
    Ok(sqlx::query_as(sql)
        .bind(counter.into_str())
        .bind(days.from())
        .bind(days.to())
        .fetch_all(tx.connection())
        .await?)
}

/// All counters that are not zero, in the order of their keys.
pub async fn all(tx: &mut Tx) -> Result<Vec<CounterRow>> {
    let sql =
        "select metric, day, label, row_count, sum_tzs from counters where row_count <> 0 or sum_tzs <> 0";
    let mut rows: Vec<CounterRow> = sqlx::query_as(sql).fetch_all(tx.connection()).await?;
    rows.sort();
    Ok(rows)
}

/// Replaces all counters.
pub async fn replace(tx: &mut Tx, rows: &[CounterRow]) -> Result<()> {
    sqlx::query("delete from counters").execute(tx.connection()).await?;
    for rows in rows.chunks(1_000) {
        let mut sql = Sql::new("insert into counters (metric, day, label, row_count, sum_tzs) ");
        sql.push_values(rows, |mut values, row| {
            values.push_bind(row.metric.clone()).push_bind(row.day).push_bind(row.label.clone());
            values.push_bind(row.row_count).push_bind(row.sum_tzs);
        });
        sql.build().execute(tx.connection()).await?;
    }
    Ok(())
}
