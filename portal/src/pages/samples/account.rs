//! Overview, lists and service in their states.

use super::{DAY, NOW, Sample, mine, order, orders::story, sample, viewing};
use crate::{
    i18n::Lang,
    pages::{
        Dashboard, FieldError, Figures, FinishCall, Layout, OrderList, OrderRow, OrderState, PendingCall,
        ServiceList, ServicePage, ServiceRow, ServiceState,
    },
};

fn service_row(id: &str, domain: &str, plan: &str, state: ServiceState, days: i64) -> ServiceRow {
    let waiting = matches!(state, ServiceState::Unfinished | ServiceState::Setup | ServiceState::Late);
    ServiceRow {
        id: id.to_owned(),
        domain: Some(domain.to_owned()),
        plan_name: plan.to_owned(),
        state,
        paid_until: (!waiting).then_some(NOW + days * DAY),
        since: (state != ServiceState::Active).then_some(NOW),
    }
}

fn order_row(number: &str, plan: &str, months: i64, total: i64, days: i64, state: OrderState) -> OrderRow {
    OrderRow {
        uuid: order().uuid,
        number: number.to_owned(),
        plan_name: plan.to_owned(),
        months,
        total_tzs: total,
        placed_at: NOW - days * DAY,
        state,
    }
}

pub fn dashboard(lang: Lang) -> Vec<Sample> {
    let rows = |state: ServiceState| {
        let mut rows = vec![
            service_row("42", "kahawakibo.co.tz", "Hollyn Boost", state, 30),
            service_row("17", "wageniwakibo.co.tz", "Hollyn Lite", ServiceState::Active, 295),
        ];
        if state == ServiceState::Suspended {
            rows.reverse();
        }
        rows
    };
    let orders = vec![
        order_row("H-7K3M9Q", "Hollyn Boost", 1, 25_000, 0, OrderState::Active),
        order_row("H-5D2K8W", "Hollyn Boost", 1, 25_000, 1, OrderState::Failed),
        order_row("H-2M7C4X", "Hollyn Lite", 12, 48_000, 70, OrderState::Complete),
        order_row("H-9F6T3B", "Hollyn Lite", 12, 48_000, 70, OrderState::Cancelled),
    ];
    let active = Dashboard {
        first_name: "Neema".to_owned(),
        figures: Figures {
            orders: 4,
            paid: 2,
            unpaid: 0,
            failed: 2,
            active_services: 2,
            setting_up: 0,
            paid_total_tzs: 73_000,
            last_paid_at: Some(NOW),
            last_paid_tzs: Some(25_000),
        },
        services: rows(ServiceState::Active),
        orders,
        finish: None,
        pending: None,
        from_tzs: Some(5_000),
        live: false,
        view: "1".to_owned(),
        unverified: false,
    };
    let state = |state, live| Dashboard { services: rows(state), live, ..active.clone() };
    let finish = FinishCall { number: "H-7K3M9Q".to_owned(), domain: Some("kahawakibo.co.tz".to_owned()) };
    let unfinished = Dashboard { finish: Some(finish), ..state(ServiceState::Unfinished, false) };
    let mut pending = active.clone();
    pending.orders[0].state = OrderState::Pending;
    pending.pending = Some(PendingCall {
        uuid: order().uuid,
        number: "H-7K3M9Q".to_owned(),
        plan_name: "Hollyn Boost".to_owned(),
        months: 1,
        total_tzs: 25_000,
    });
    let empty =
        Dashboard { figures: Figures::default(), services: Vec::new(), orders: Vec::new(), ..active.clone() };
    let unverified = Dashboard { unverified: true, ..active.clone() };
    let welcome = Dashboard { unverified: true, ..empty.clone() };
    let mut unpaid = Dashboard { services: Vec::new(), ..pending.clone() };
    unpaid.orders.truncate(1);
    unpaid.figures = Figures { orders: 1, unpaid: 1, ..Figures::default() };
    let me = mine(lang, "/dashboard");
    let viewed = Layout { impersonating: Some(viewing()), ..me.clone() };
    vec![
        sample("dashboard-active", &me, &active),
        sample("dashboard-unfinished", &me, &unfinished),
        sample("dashboard-setup", &me, &state(ServiceState::Setup, true)),
        sample("dashboard-late", &me, &state(ServiceState::Late, true)),
        sample("dashboard-suspended", &me, &state(ServiceState::Suspended, false)),
        sample("dashboard-ended", &me, &state(ServiceState::Cancelled, false)),
        sample("dashboard-pending", &me, &pending),
        sample("dashboard-empty", &me, &empty),
        sample("dashboard-unpaid", &me, &unpaid),
        sample("dashboard-unverified", &me, &unverified),
        sample("dashboard-welcome", &me, &welcome),
        sample("dashboard-viewed", &viewed, &active),
    ]
}

pub fn lists(lang: Lang) -> Vec<Sample> {
    let services: Vec<ServiceRow> = ServiceState::ALL
        .into_iter()
        .rev()
        .map(|state| service_row("42", "kahawakibo.co.tz", "Hollyn Boost", state, 30))
        .collect();
    let orders: Vec<OrderRow> = OrderState::ALL
        .into_iter()
        .zip(0..)
        .map(|(state, n)| order_row("H-7K3M9Q", "Hollyn Boost", 1 + n, 25_000 * (1 + n), 40 * n, state))
        .collect();
    let short = ServiceList { services: services[..1].to_vec(), page: 1, pages: 1, total: 1 };
    let nothing = ServiceList { services: Vec::new(), page: 1, pages: 1, total: 0 };
    let all = ServiceList { services, page: 1, pages: 3, total: 61 };
    let none = OrderList { orders: Vec::new(), page: 1, pages: 1, total: 0 };
    let past = OrderList { orders: Vec::new(), page: 9, pages: 3, total: 61 };
    let last = OrderList { orders, page: 3, pages: 3, total: 61 };
    vec![
        sample("services", &mine(lang, "/me/services"), &all),
        sample("services-one", &mine(lang, "/me/services"), &short),
        sample("services-empty", &mine(lang, "/me/services"), &nothing),
        sample("orders", &mine(lang, "/me/orders?page=3"), &last),
        sample("orders-past", &mine(lang, "/me/orders?page=9"), &past),
        sample("orders-empty", &mine(lang, "/me/orders"), &none),
    ]
}

pub fn service(lang: Lang) -> Vec<Sample> {
    let active = ServicePage {
        id: "42".to_owned(),
        domain: Some("kahawakibo.co.tz".to_owned()),
        temporary: false,
        plan_name: "Hollyn Boost".to_owned(),
        username: Some("kahawaki".to_owned()),
        panel_url: Some("https://panel.hollyn.online:2003".to_owned()),
        state: ServiceState::Active,
        paid_until: Some(NOW + 30 * DAY),
        since: Some(NOW),
        order_uuid: order().uuid,
        order_number: "H-7K3M9Q".to_owned(),
        revealed: None,
        problems: Vec::new(),
        log: story().split_off(2),
    };
    let wrong = ServicePage {
        problems: vec![FieldError::new("password", "problem-password-wrong")],
        ..active.clone()
    };
    let shown = ServicePage { revealed: Some("vK7-pamba-Rw3x-41".to_owned()), ..active.clone() };
    let me = mine(lang, "/me/services/42");
    let mut samples = vec![sample("service-error", &me, &wrong), sample("service-shown", &me, &shown)];
    for state in ServiceState::ALL {
        let page = ServicePage { state, temporary: state == ServiceState::Late, ..active.clone() };
        samples.push(sample(&format!("service-{}", state as u8), &me, &page));
    }
    samples
}
