//! Figures that are kept beside the facts, so that reading one costs nothing however many facts there are.
//!
//! What a row adds to the figures follows from the row alone. Whoever changes a row reads its part before, and after the
//! change gives the difference on, in the same transaction. `rebuild` makes all of them from the facts.
//! Day 0 is the figure of all days, or of the present where the figure has no days.
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

/// What is counted; after each, its word and its day.
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
    /// People, by role.
    Users,
    /// Of these, disabled ones.
    UsersDisabled,
    /// Orders, by status.
    Orders,
    /// Orders, by the network that paid them.
    OrdersOperator,
    /// Orders and their prices, by plan, by the day they were placed; and of all days.
    Placed,
    /// Orders and the money applied to them, by plan, by the day it came; and of all days.
    Paid,
    /// Pushes that ended, by end and network (`failed M-PESA`), by the day they were sent.
    Pushes,
    /// Services, by status.
    Services,
    /// Services, by plan.
    ServicesPlan,
    /// Active services and what each brings in a month, by plan.
    Active,
    /// Set-ups that succeeded, by the seconds they took (six digits), by the day.
    SetupSeconds,
    /// Set-ups that were given up and not asked for again, by the day.
    SetupFailed,
}

/// The row whose part is meant.
#[derive(Debug, Clone, Copy)]
pub enum Of {
    User(UserId),
    Order(OrderId),
    Payment(PaymentId),
    Service(ServiceId),
}

/// What a row adds to one figure.
type Key = (&'static str, i64, String);

/// What a row adds to the figures: how many, and shillings.
#[derive(Debug, Default)]
pub struct Contribution(BTreeMap<Key, (i64, i64)>);

impl Contribution {
    fn add(&mut self, what: Counter, day: i64, word: impl Into<String>, sum: i64) {
        let (count, all) = self.0.entry((what.into_str(), day, word.into())).or_default();
        *count += 1;
        *all += sum;
    }
}

/// A figure.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, FromRow)]
pub struct CounterRow {
    pub metric: String,
    pub day: i64,
    pub label: String,
    pub row_count: i64,
    pub sum_tzs: i64,
}

/// What the row adds now; nothing where there is no such row.
pub async fn contribution(tx: &mut Tx, of: Of) -> Result<Contribution> {
    let mut part = Contribution::default();
    match of {
        Of::User(id) => {
            let sql = "select role, disabled_at from users where id = ?";
            let row: Option<(Role, Option<Timestamp>)> =
                sqlx::query_as(sql).bind(id).fetch_optional(tx.connection()).await?;
            if let Some((role, disabled_at)) = row {
                part.add(Counter::Users, 0, role.into_str(), 0);
                if disabled_at.is_some() {
                    part.add(Counter::UsersDisabled, 0, role.into_str(), 0);
                }
            }
        }
        Of::Order(id) => {
            let sql = "select o.status, o.gateway_provider, p.slug, o.price_tzs, o.created_at \
                       from orders o join plans p on p.id = o.plan_id where o.id = ?";
            let row: Option<(OrderStatus, Option<String>, String, Tzs, Timestamp)> =
                sqlx::query_as(sql).bind(id).fetch_optional(tx.connection()).await?;
            if let Some((status, operator, plan, price, placed_at)) = row {
                part.add(Counter::Orders, 0, status.into_str(), 0);
                if let Some(operator) = operator {
                    part.add(Counter::OrdersOperator, 0, operator, 0);
                }
                part.add(Counter::Placed, Day::of(placed_at).0, plan.clone(), price.0);
                part.add(Counter::Placed, 0, plan, price.0);
            }
        }
        Of::Payment(id) => payment(tx, id, &mut part).await?,
        Of::Service(id) => service(tx, id, &mut part).await?,
    }
    Ok(part)
}

async fn payment(tx: &mut Tx, id: PaymentId, part: &mut Contribution) -> Result<()> {
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
    let sql = "select y.status, y.operator, y.created_at, y.is_applied, y.received_tzs, y.settled_at, p.slug as plan_slug \
               from payments y join orders o on o.id = y.order_id join plans p on p.id = o.plan_id where y.id = ?";
    let Some(row): Option<Row> = sqlx::query_as(sql).bind(id).fetch_optional(tx.connection()).await? else {
        return Ok(());
    };
    if !row.status.is_open() {
        let word = format!("{} {}", row.status, row.operator.unwrap_or_default());
        part.add(Counter::Pushes, Day::of(row.created_at).0, word, 0);
    }
    if row.is_applied != 0 {
        let received = row.received_tzs.unwrap_or_default().0;
        part.add(
            Counter::Paid,
            row.settled_at.map_or(0, |at| Day::of(at).0),
            row.plan_slug.clone(),
            received,
        );
        part.add(Counter::Paid, 0, row.plan_slug, received);
    }
    Ok(())
}

async fn service(tx: &mut Tx, id: ServiceId, part: &mut Contribution) -> Result<()> {
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
    let sql = "select s.status, s.plan_slug, s.activated_at, s.last_failed_at, o.price_tzs, o.duration_months, \
               coalesce(o.paid_at, s.created_at) as asked_at \
               from services s join orders o on o.id = s.order_id where s.id = ?";
    let Some(row): Option<Row> = sqlx::query_as(sql).bind(id).fetch_optional(tx.connection()).await? else {
        return Ok(());
    };
    part.add(Counter::Services, 0, row.status.into_str(), 0);
    part.add(Counter::ServicesPlan, 0, row.plan_slug.clone(), 0);
    if row.status == ServiceStatus::Active {
        part.add(Counter::Active, 0, row.plan_slug, row.price_tzs / row.duration_months.max(1));
    }
    let gave_up = matches!(row.status, ServiceStatus::Failed | ServiceStatus::Cancelled);
    match (row.activated_at, row.last_failed_at) {
        (Some(at), _) => {
            let seconds = at.seconds_since(row.asked_at).clamp(0, 999_999);
            part.add(Counter::SetupSeconds, Day::of(at).0, format!("{seconds:06}"), 0);
        }
        (None, Some(at)) if gave_up => part.add(Counter::SetupFailed, Day::of(at).0, "", 0),
        (None, _) => {}
    }
    Ok(())
}

/// Gives on what the row's part has become since it was read. For a new row, `was` is the empty part.
pub async fn apply_delta(tx: &mut Tx, of: Of, was: Contribution) -> Result<()> {
    let mut net = contribution(tx, of).await?.0;
    for (key, (count, sum)) in was.0 {
        let left = net.entry(key).or_default();
        left.0 -= count;
        left.1 -= sum;
    }
    for ((what, day, word), (count, sum)) in net {
        if (count, sum) == (0, 0) {
            continue;
        }
        let result = sqlx::query(
            "update counters set row_count = row_count + ?, sum_tzs = sum_tzs + ? where metric = ? and day = ? and label = ?",
        )
        .bind(count)
        .bind(sum)
        .bind(what)
        .bind(day)
        .bind(&word)
        .execute(tx.connection())
        .await?;
        if result.rows_affected() == 0 {
            sqlx::query(
                "insert into counters (metric, day, label, row_count, sum_tzs) values (?, ?, ?, ?, ?)",
            )
            .bind(what)
            .bind(day)
            .bind(&word)
            .bind(count)
            .bind(sum)
            .execute(tx.connection())
            .await?;
        }
    }
    Ok(())
}

/// The figures of all days, or of the present.
pub async fn in_all(tx: &mut Tx, whats: &[Counter]) -> Result<Vec<CounterRow>> {
    let mut sql =
        Sql::new("select metric, day, label, row_count, sum_tzs from counters where day = 0 and metric in (");
    let mut list = sql.separated(", ");
    for what in whats {
        list.push_bind(what.into_str());
    }
    sql.push(") order by metric, label");
    Ok(sql.build_query_as().fetch_all(tx.connection()).await?)
}

/// How many there are now, or were in all; of one word or of every word.
pub async fn how_many(tx: &mut Tx, what: Counter, word: Option<&str>) -> Result<i64> {
    between(tx, what, word, Day(0), Day(0)).await
}

/// How many there were from one day to another, both in it.
pub async fn between(tx: &mut Tx, what: Counter, word: Option<&str>, from: Day, to: Day) -> Result<i64> {
    let mut sql =
        Sql::new("select cast(coalesce(sum(row_count), 0) as signed) from counters where metric = ");
    sql.push_bind(what.into_str()).push(" and day between ").push_bind(from.0).push(" and ").push_bind(to.0);
    if let Some(word) = word {
        sql.push(" and label = ").push_bind(word.to_owned());
    }
    Ok(sql.build_query_scalar().fetch_one(tx.connection()).await?)
}

/// A figure's days, each over all its words. Days without anything are left out.
pub async fn by_day(tx: &mut Tx, what: Counter, days: Days) -> Result<Vec<(Day, i64, Tzs)>> {
    let sql = "select day, cast(sum(row_count) as signed), cast(sum(sum_tzs) as signed) from counters \
               where metric = ? and day between ? and ? group by day order by day";
    Ok(sqlx::query_as(sql)
        .bind(what.into_str())
        .bind(days.from())
        .bind(days.to())
        .fetch_all(tx.connection())
        .await?)
}

/// A figure's words in their order, each over all those days.
pub async fn by_word(tx: &mut Tx, what: Counter, days: Days) -> Result<Vec<(String, i64)>> {
    let sql = "select label, cast(sum(row_count) as signed) from counters \
               where metric = ? and day between ? and ? group by label order by label";
    Ok(sqlx::query_as(sql)
        .bind(what.into_str())
        .bind(days.from())
        .bind(days.to())
        .fetch_all(tx.connection())
        .await?)
}

/// All figures that are not nothing, in the order of their keys.
pub async fn all(tx: &mut Tx) -> Result<Vec<CounterRow>> {
    let sql =
        "select metric, day, label, row_count, sum_tzs from counters where row_count <> 0 or sum_tzs <> 0";
    let mut rows: Vec<CounterRow> = sqlx::query_as(sql).fetch_all(tx.connection()).await?;
    rows.sort();
    Ok(rows)
}

/// Puts these in the place of all figures.
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
