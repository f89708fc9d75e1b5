//! Computes all counters from the rows that they count: what the table [`counters`](super::counters) must
//! hold.
use super::{
    Result, Sql, Tx,
    counters::{Counter, CounterRow},
};
use sqlx::FromRow;
use std::collections::BTreeMap;
use strum::VariantArray;

/// Rows with the same day and label, and how many there are.
#[derive(FromRow)]
struct Group {
    day: i64,
    label: Option<String>,
    /// Seconds, where they are the label.
    number: i64,
    network: Option<String>,
    row_count: i64,
    sum_tzs: i64,
}

/// The day in East Africa Time of a column of times; none of them is before 1970.
fn day(column: &str) -> String {
    let local = format!("({column} + 10800000000)");
    format!("cast(({local} - {local} % 86400000000) / 86400000000 as signed)")
}

/// All counters, in the order of their keys.
pub async fn all(tx: &mut Tx) -> Result<Vec<CounterRow>> {
    let mut counters = BTreeMap::new();
    for counter in Counter::VARIANTS {
        let mut sql = Sql::new(query(*counter));
        let groups: Vec<Group> = sql.build_query_as().fetch_all(tx.connection()).await?;
        for group in groups {
            let label = label(*counter, &group);
            let mut add = |day| {
                let sums: &mut (i64, i64) = counters.entry((*counter, day, label.clone())).or_default();
                sums.0 += group.row_count;
                sums.1 += group.sum_tzs;
            };
            add(group.day);
            if matches!(counter, Counter::Placed | Counter::Paid) && group.day != 0 {
                add(0);
            }
        }
    }
    let row = |((metric, day, label), (row_count, sum_tzs)): ((Counter, i64, String), (i64, i64))| {
        CounterRow { metric: metric.into_str().to_owned(), day, label, row_count, sum_tzs }
    };
    let mut rows: Vec<CounterRow> = counters.into_iter().map(row).collect();
    rows.sort();
    Ok(rows)
}

fn label(counter: Counter, group: &Group) -> String {
    let label = group.label.clone().unwrap_or_default();
    match counter {
        Counter::Payments => format!("{label} {}", group.network.clone().unwrap_or_default()),
        Counter::SetupSeconds => format!("{:06}", group.number.clamp(0, 999_999)),
        Counter::Users
        | Counter::UsersDisabled
        | Counter::Orders
        | Counter::OrdersOperator
        | Counter::Placed
        | Counter::Paid
        | Counter::Services
        | Counter::ServicesPlan
        | Counter::Active
        | Counter::SetupFailed => label,
    }
}

/// A query for the [`Group`]s of a counter.
fn query(counter: Counter) -> String {
    let counted = |day: &str, label: &str, number: &str, network: &str, sum: &str, rest: &str| {
        format!(
            "select day, label, number, network, count(*) as row_count, \
             cast(coalesce(sum(tzs), 0) as signed) as sum_tzs \
             from (select {day} as day, {label} as label, {number} as number, {network} as network, \
             {sum} as tzs {rest}) counted group by day, label, number, network"
        )
    };
    let of_orders = "from orders o join plans p on p.id = o.plan_id";
    match counter {
        Counter::Users => counted("0", "role", "0", "null", "0", "from users"),
        Counter::UsersDisabled => {
            counted("0", "role", "0", "null", "0", "from users where disabled_at is not null")
        }
        Counter::Orders => counted("0", "status", "0", "null", "0", "from orders"),
        Counter::OrdersOperator => {
            let rest = "from orders where gateway_provider is not null";
            counted("0", "gateway_provider", "0", "null", "0", rest)
        }
        Counter::Placed => counted(&day("o.created_at"), "p.slug", "0", "null", "o.price_tzs", of_orders),
        Counter::Paid => {
            let rest = format!("{of_orders} join payments y on y.order_id = o.id where y.is_applied = 1");
            counted(&day("y.settled_at"), "p.slug", "0", "null", "y.received_tzs", &rest)
        }
        Counter::Payments => {
            let rest = "from payments where status in ('succeeded', 'failed', 'cancelled')";
            counted(&day("created_at"), "status", "0", "operator", "0", rest)
        }
        Counter::Services => counted("0", "status", "0", "null", "0", "from services"),
        Counter::ServicesPlan => counted("0", "plan_slug", "0", "null", "0", "from services"),
        Counter::Active => {
            let monthly =
                "cast((o.price_tzs - o.price_tzs % o.duration_months) / o.duration_months as signed)";
            let rest = "from services s join orders o on o.id = s.order_id where s.status = 'active'";
            counted("0", "s.plan_slug", "0", "null", monthly, rest)
        }
        Counter::SetupSeconds => {
            let took = "(s.activated_at - coalesce(o.paid_at, s.created_at))";
            let seconds = format!("cast(({took} - {took} % 1000000) / 1000000 as signed)");
            let rest = "from services s join orders o on o.id = s.order_id where s.activated_at is not null";
            counted(&day("s.activated_at"), "''", &seconds, "null", "0", rest)
        }
        Counter::SetupFailed => {
            let rest = "from services where activated_at is null and last_failed_at is not null \
                        and status in ('failed', 'cancelled')";
            counted(&day("last_failed_at"), "''", "0", "null", "0", rest)
        }
    }
}
