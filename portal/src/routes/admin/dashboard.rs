//! Figures, search, and what changed.
use super::{
    api_error::ApiError,
    endpoint::{Answer, ApiRequest},
};
use crate::presenters::attention;
use hollyn_core::{
    api::{
        self, Change, Changes, Counters, Dashboard, DayFigures, Hit, HitKind, Items, Notice, NoticeKind,
        OperatorFigures, SetupFigures, TopPlan,
    },
    domain::{
        self,
        attention::AttentionKind,
        search::Found,
        time::{Day, Days},
    },
    ops::{analytics, event_feed, search},
};

/// Days where none are named.
const USUAL_DAYS: i64 = 14;

pub async fn dashboard(ask: ApiRequest<api::endpoints::dashboard>) -> Answer<api::endpoints::dashboard> {
    let today = Day::of(ask.ctx.now());
    let to = ask.query.to.map_or(today, |day| day.0);
    let from = ask.query.from.map_or(to.plus(1 - USUAL_DAYS), |day| day.0);
    let Some(days) = Days::new(from, to) else {
        return Err(ApiError::field("from", "The range should have 1 to 400 days, the first one first."));
    };
    let all = analytics::dashboard(&ask.ctx, days).await?;
    Ok(Dashboard {
        counters: Counters {
            users: all.totals.users,
            plans: all.totals.plans,
            orders: all.totals.orders,
            orders_pending: all.totals.orders_pending,
            orders_failed: all.totals.orders_failed,
            services_active: all.totals.services_active,
            revenue_tzs: all.totals.revenue.0,
            mrr_tzs: all.totals.mrr.0,
            attention: all.attention,
        },
        days: all
            .days
            .into_iter()
            .map(|day| DayFigures {
                day: day.day.into(),
                orders: day.orders,
                orders_paid: day.paid,
                revenue_tzs: day.revenue.0,
            })
            .collect(),
        recent_orders: all.orders.iter().map(Into::into).collect(),
        recent_services: all.services.iter().map(Into::into).collect(),
        recent_users: all.users.iter().map(Into::into).collect(),
        top_plans: all
            .top_plans
            .into_iter()
            .map(|summary| TopPlan {
                plan: (&summary.plan).into(),
                orders_paid: summary.figures.orders_paid,
                revenue_tzs: summary.figures.revenue.0,
            })
            .collect(),
        operators: all
            .operators
            .into_iter()
            .map(|figures| OperatorFigures {
                operator: figures.operator.unwrap_or_else(|| "unknown".to_owned()),
                succeeded: figures.succeeded,
                failed: figures.failed,
                cancelled: figures.cancelled,
            })
            .collect(),
        setup: SetupFigures {
            succeeded: all.setups.succeeded,
            failed: all.setups.failed,
            median_seconds: all.setups.median_seconds,
        },
    })
}

pub async fn search(ask: ApiRequest<api::endpoints::search>) -> Answer<api::endpoints::search> {
    /// Hits of each noun: what fits under a search field.
    const MOST: i64 = 8;
    let hits = search::everything(&ask.ctx, &ask.query.q, MOST).await?;
    Ok(Items { items: hits.into_iter().map(hit).collect() })
}

fn hit(hit: domain::search::Hit) -> Hit {
    let (kind, id, state) = match hit.found {
        Found::User { id, role, is_disabled } => {
            let state = if is_disabled { "disabled".to_owned() } else { role.to_string() };
            (HitKind::User, id.to_string(), state)
        }
        Found::Order { uuid, status, .. } => (HitKind::Order, uuid.to_string(), status.to_string()),
        Found::Service { id, status } => (HitKind::Service, id.to_string(), status.to_string()),
    };
    Hit { kind, id, title: hit.title, text: hit.line, state }
}

pub async fn changes(ask: ApiRequest<api::endpoints::changes>) -> Answer<api::endpoints::changes> {
    let feed = event_feed::since(&ask.ctx, ask.query.since).await?;
    Ok(Changes {
        cursor: feed.cursor,
        has_more: feed.has_more,
        items: feed.items.into_iter().map(change).collect(),
        attention: feed.attention,
    })
}

fn change(row: event_feed::Change) -> Change {
    let order = row.order.as_ref().map(|order| (order.uuid.number(), order.plan.name.clone()));
    let notice = match (row.action.as_str(), order) {
        ("order.payment_succeeded", Some((number, plan))) => Some(Notice {
            kind: NoticeKind::Paid,
            title: format!("{number} is paid"),
            text: row.order.as_ref().map_or(plan.clone(), |order| format!("{plan}, {}", order.price.total)),
        }),
        ("service.given_up", order) => Some(Notice {
            kind: NoticeKind::SetupFailed,
            title: "Setup failed".to_owned(),
            text: order.map_or_else(String::new, |(number, plan)| format!("{number}, {plan}")),
        }),
        // The service's own entry of the same time has the notice.
        ("attention.raised", _) if row.raised == Some(AttentionKind::SetupFailed) => None,
        ("attention.raised", order) => {
            let title = row.raised.map_or("Needs attention", attention::title);
            Some(Notice {
                kind: NoticeKind::Attention,
                title: title.to_owned(),
                text: order.map_or_else(String::new, |(number, _)| number),
            })
        }
        (_, _) => None,
    };
    Change {
        at: row.created_at.into(),
        id: match (row.object.as_str(), &row.order) {
            ("order", Some(order)) => Some(order.uuid.to_string()),
            ("order", None) => None,
            (_, _) => row.object_id.map(|id| id.to_string()),
        },
        noun: row.object,
        action: row.action,
        notice,
    }
}
