//! The figures of the dashboard.
//!
//! Revenue is money that was applied to orders, by the day on which it came. MRR is the sum over the active
//! services of their orders' prices, each divided by its months and rounded down to whole shillings. Days are
//! East Africa Time. A payment counts for the network of the phone that was asked, on the day of its request;
//! one without a known network, or that staff recorded, counts for none. A set-up lasts from the payment
//! until the panel shows the account.
use super::{Result, plans::summaries};
use crate::{
    AppContext,
    domain::{
        UnknownVariant,
        list::{ListedOrder, ListedUser},
        money::Tzs,
        order::OrderStatus,
        payment::PaymentStatus,
        plan::PlanSummary,
        service::{Service, ServiceStatus},
        time::{Day, Days},
    },
    read,
    store::{
        attention,
        counters::{self, Counter, CounterRow},
        lists::{orders, services, users},
        plans,
    },
};
use std::collections::BTreeMap;

/// What the dashboard shows.
#[derive(Debug, Clone)]
pub struct Dashboard {
    pub totals: Totals,
    /// Each day of the range, also those without anything.
    pub days: Vec<DayFigures>,
    /// The newest of each.
    pub orders: Vec<ListedOrder>,
    pub services: Vec<Service>,
    pub users: Vec<ListedUser>,
    /// The plans that were paid for most often, at all times.
    pub top_plans: Vec<PlanSummary>,
    /// How payments ended that were asked for in the range, the network with the most first.
    pub operators: Vec<OperatorFigures>,
    /// How set-ups ended in the range.
    pub setups: SetupFigures,
    /// Open attention items.
    pub attention: i64,
}

/// The counters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Totals {
    /// Users of any role.
    pub users: i64,
    /// Plans, active or not.
    pub plans: i64,
    pub orders: i64,
    pub orders_pending: i64,
    pub orders_failed: i64,
    pub services_active: i64,
    pub revenue: Tzs,
    pub mrr: Tzs,
}

/// One day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayFigures {
    pub day: Day,
    /// Orders placed.
    pub orders: i64,
    /// Orders paid.
    pub paid: i64,
    pub revenue: Tzs,
}

/// How one network's payments ended.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OperatorFigures {
    /// None where the network is not known.
    pub operator: Option<String>,
    pub succeeded: i64,
    pub failed: i64,
    pub cancelled: i64,
}

/// How set-ups ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SetupFigures {
    pub succeeded: i64,
    /// Given up, and not requested again.
    pub failed: i64,
    /// Half of those that succeeded took no longer.
    pub median_seconds: Option<i64>,
}

const NEWEST_ORDERS: i64 = 8;
const NEWEST_SERVICES: i64 = 8;
const NEWEST_USERS: i64 = 6;
const TOP_PLANS: usize = 5;

/// The counters whose totals the dashboard shows.
const TOTALS: [Counter; 6] =
    [Counter::Users, Counter::Orders, Counter::Services, Counter::Placed, Counter::Paid, Counter::Active];

/// The dashboard over those days. Eleven queries, however much there is.
pub async fn dashboard(ctx: &AppContext, days: Days) -> Result<Dashboard> {
    Ok(read!(&ctx.db, tx => {
        let in_all = counters::in_all(tx, &TOTALS).await?;
        let plans = plans::all(tx).await?;
        let placed = counters::by_day(tx, Counter::Placed, days).await?;
        let paid = counters::by_day(tx, Counter::Paid, days).await?;
        let payments = counters::by_label(tx, Counter::Payments, days).await?;
        let seconds = counters::by_label(tx, Counter::SetupSeconds, days).await?;
        let failed = counters::between(tx, Counter::SetupFailed, None, days.from(), days.to()).await?;
        let mut top_plans = summaries(plans, &in_all);
        let totals = totals(&in_all, top_plans.len());
        top_plans.sort_by_key(|plan| std::cmp::Reverse(plan.figures.orders_paid));
        top_plans.truncate(TOP_PLANS);
        Ok(Dashboard {
            totals,
            days: day_by_day(days, &placed, &paid),
            orders: orders::newest(tx, NEWEST_ORDERS).await?,
            services: services::newest(tx, NEWEST_SERVICES).await?,
            users: users::newest(tx, NEWEST_USERS).await?,
            top_plans,
            operators: operators(&payments)?,
            setups: setups(&seconds, failed),
            attention: attention::count_open(tx).await?,
        })
    })?)
}

fn totals(in_all: &[CounterRow], plans: usize) -> Totals {
    let rows = |counter: Counter| in_all.iter().filter(move |row| row.metric == counter.into_str());
    let count = |counter, label: Option<&str>| {
        let of_label = |row: &&CounterRow| label.is_none_or(|label| row.label == label);
        rows(counter).filter(of_label).map(|row| row.row_count).sum()
    };
    let sum = |counter| Tzs(rows(counter).map(|row| row.sum_tzs).sum());
    Totals {
        users: count(Counter::Users, None),
        plans: i64::try_from(plans).unwrap_or(i64::MAX),
        orders: count(Counter::Orders, None),
        orders_pending: count(Counter::Orders, Some(OrderStatus::Pending.into_str())),
        orders_failed: count(Counter::Orders, Some(OrderStatus::Failed.into_str())),
        services_active: count(Counter::Services, Some(ServiceStatus::Active.into_str())),
        revenue: sum(Counter::Paid),
        mrr: sum(Counter::Active),
    }
}

fn day_by_day(days: Days, placed: &[(Day, i64, Tzs)], paid: &[(Day, i64, Tzs)]) -> Vec<DayFigures> {
    let of = |rows: &[(Day, i64, Tzs)], day| {
        let at = rows.binary_search_by_key(&day, |row| row.0);
        at.map_or((0, Tzs::ZERO), |at| (rows[at].1, rows[at].2))
    };
    let figures = |day| {
        let ((orders, _), (paid, revenue)) = (of(placed, day), of(paid, day));
        DayFigures { day, orders, paid, revenue }
    };
    days.each().map(figures).collect()
}

fn operators(payments: &[(String, i64)]) -> std::result::Result<Vec<OperatorFigures>, UnknownVariant> {
    let mut by_name: BTreeMap<&str, OperatorFigures> = BTreeMap::new();
    for (label, count) in payments {
        let (end, name) = label.split_once(' ').unwrap_or((label, ""));
        let figures = by_name.entry(name).or_default();
        figures.operator = Some(name).filter(|name| !name.is_empty()).map(str::to_owned);
        match UnknownVariant::parse(end)? {
            PaymentStatus::Succeeded => figures.succeeded += count,
            PaymentStatus::Failed => figures.failed += count,
            PaymentStatus::Cancelled => figures.cancelled += count,
            PaymentStatus::Created | PaymentStatus::Pending | PaymentStatus::Unknown => {}
        }
    }
    let mut operators: Vec<_> = by_name.into_values().collect();
    operators.retain(|o| o.succeeded + o.failed + o.cancelled > 0);
    operators.sort_by_key(|o| std::cmp::Reverse(o.succeeded + o.failed + o.cancelled));
    Ok(operators)
}

/// `seconds` are the durations of set-ups, six digits each, in ascending order.
fn setups(seconds: &[(String, i64)], failed: i64) -> SetupFigures {
    let succeeded = seconds.iter().map(|(_, count)| count).sum();
    let mut passed = 0;
    let middle = seconds.iter().find(|(_, count)| {
        passed += count;
        2 * passed >= succeeded && succeeded > 0
    });
    SetupFigures { succeeded, failed, median_seconds: middle.and_then(|(label, _)| label.parse().ok()) }
}
