//! The customer's overview and the page of one service.
use crate::pages::{
    Dashboard, FieldError, Figures, FinishCall, OrderRow, OrderState, PendingCall, ServicePage, ServiceRow,
    ServiceState, Step, StepKind, StepState,
};
use hollyn_core::{
    domain::{
        hostname::Hostname,
        order::{Order, OrderStatus},
        provisioning::{ProvisioningLog, ProvisioningStep, StepStatus},
        service::{Service, ServiceStatus},
        user::first_name,
    },
    ops::orders::Overview,
};

fn state(status: ServiceStatus) -> ServiceState {
    match status {
        ServiceStatus::Requested | ServiceStatus::Provisioning => ServiceState::Setup,
        ServiceStatus::Active => ServiceState::Active,
        ServiceStatus::Failed => ServiceState::Late,
        ServiceStatus::Suspended => ServiceState::Suspended,
        ServiceStatus::Cancelled => ServiceState::Cancelled,
    }
}

fn order_state(status: OrderStatus) -> OrderState {
    match status {
        OrderStatus::Pending => OrderState::Pending,
        OrderStatus::Paid => OrderState::Paid,
        OrderStatus::Active => OrderState::Active,
        OrderStatus::Complete => OrderState::Complete,
        OrderStatus::Failed => OrderState::Failed,
        OrderStatus::Cancelled => OrderState::Cancelled,
    }
}

/// What changes when the overview has something new to show.
pub fn fingerprint(services: &[Service]) -> String {
    services.iter().map(|s| format!("{}{}", s.id, s.status())).collect::<Vec<_>>().join(".")
}

/// Whether something is on its way.
pub fn is_live(services: &[Service]) -> bool {
    services.iter().any(|s| matches!(s.status(), ServiceStatus::Requested | ServiceStatus::Provisioning))
}

/// One service as a line of a list.
pub fn service_row(service: &Service) -> ServiceRow {
    ServiceRow {
        id: service.id.to_string(),
        domain: Some(service.domain.clone()),
        plan_name: service.plan.name.clone(),
        state: state(service.status()),
        paid_until: service.paid_until().map(|until| until.0),
        since: None,
    }
}

/// One order as a line of a list.
pub fn order_row(order: &Order) -> OrderRow {
    OrderRow {
        uuid: order.uuid.to_string(),
        number: order.uuid.number(),
        plan_name: order.plan.name.clone(),
        months: order.price.months,
        total_tzs: order.price.total.0,
        placed_at: order.created_at.0,
        state: order_state(order.status()),
    }
}

/// The overview. `from_tzs` is the lowest price, for a customer without orders.
pub fn page(user: &hollyn_core::domain::user::User, overview: &Overview, from_tzs: Option<i64>) -> Dashboard {
    let figures = overview.figures;
    let unfinished =
        overview.to_finish.as_ref().filter(|o| !overview.services.iter().any(|s| s.order.id == o.id));
    let mut services: Vec<ServiceRow> = overview.services.iter().map(service_row).collect();
    services.extend(unfinished.map(|order| ServiceRow {
        id: String::new(),
        domain: order.domain.clone(),
        plan_name: order.plan.name.clone(),
        state: ServiceState::Unfinished,
        paid_until: None,
        since: order.paid_at().map(|at| at.0),
    }));
    Dashboard {
        unverified: user.email_verified_at.is_none(),
        first_name: first_name(&user.name).to_owned(),
        figures: Figures {
            orders: figures.orders,
            paid: figures.paid,
            unpaid: figures.orders - figures.paid - figures.failed,
            failed: figures.failed,
            last_paid_at: figures.last_paid_at.map(|at| at.0),
            last_paid_tzs: figures.last_paid.map(|tzs| tzs.0),
            active_services: figures.services_active,
            setting_up: figures.services_setup,
            paid_total_tzs: figures.spent.0,
        },
        orders: overview.orders.iter().map(order_row).collect(),
        finish: unfinished
            .map(|order| FinishCall { number: order.uuid.number(), domain: order.domain.clone() }),
        pending: overview
            .orders
            .iter()
            .find(|o| o.status() == OrderStatus::Pending && figures.short_order != Some(o.id))
            .map(|order| PendingCall {
                uuid: order.uuid.to_string(),
                number: order.uuid.number(),
                plan_name: order.plan.name.clone(),
                months: order.price.months,
                total_tzs: order.price.total.0,
            }),
        from_tzs,
        live: is_live(&overview.services),
        view: fingerprint(&overview.services),
        services,
    }
}

/// One service, with its password where it was just asked for.
pub fn service(
    service: &Service,
    steps: &[ProvisioningLog],
    temp_domain: &Hostname,
    revealed: Option<String>,
    problems: Vec<FieldError>,
) -> ServicePage {
    let at = |step: ProvisioningStep, status: StepStatus| {
        steps.iter().rev().find(|s| s.step == step && s.status == status).map(|s| s.created_at.0)
    };
    let done = |step: ProvisioningStep| at(step, StepStatus::Done);
    let line = |kind, at: Option<i64>| Step { kind, state: StepState::Done, at, subject: None, detail: None };
    let reserved = done(ProvisioningStep::Reserve).map(|at| line(StepKind::Reserved, Some(at)));
    let created = done(ProvisioningStep::CreateUser).or(done(ProvisioningStep::SetPassword));
    let created = created.map(|at| line(StepKind::Create, Some(at)));
    let checked =
        at(ProvisioningStep::StatusUpdate, StepStatus::Active).map(|at| line(StepKind::Check, Some(at)));
    let suspended =
        done(ProvisioningStep::Suspended).filter(|_| service.status() == ServiceStatus::Suspended);
    let suspended = suspended.map(|at| line(StepKind::Suspended, Some(at)));
    ServicePage {
        id: service.id.to_string(),
        domain: Some(service.domain.clone()),
        temporary: temp_domain.is_above(&service.domain),
        plan_name: service.plan.name.clone(),
        username: service.term().and(service.username()).map(ToString::to_string),
        panel_url: service.panel_url().map(str::to_owned),
        state: state(service.status()),
        paid_until: service.paid_until().map(|until| until.0),
        since: done(ProvisioningStep::Suspended),
        order_uuid: service.order.uuid.to_string(),
        order_number: service.order.uuid.number(),
        revealed,
        problems,
        log: [reserved, created, checked, suspended].into_iter().flatten().collect(),
    }
}
