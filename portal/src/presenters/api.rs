//! Rows as the admin API tells them.
use hollyn_core::{
    api::{
        Activity, LogStep, OrderRef, PaymentEvent, PlanRef, Service, ServiceItem, StatusChange, UserItem,
        UserRef,
    },
    domain::{service::Service as HostedService, service_action::ServiceAction, user::Role},
    ops::{
        services::admin::{ServiceView, TriedStep},
        timeline::{ChangeRow, EventRow},
        users::list::{NameRow, Named, PersonRow},
    },
};

/// A service in a list.
pub fn service(service: &HostedService) -> ServiceItem {
    ServiceItem {
        id: service.id.0,
        domain: service.domain.clone(),
        username: service.username().map(ToString::to_string),
        status: service.status().into(),
        plan: PlanRef { slug: service.plan.slug.clone(), name: service.plan.name.clone() },
        user: UserRef {
            id: service.order.user_id.0,
            name: service.order.customer_name.clone(),
            email: service.order.customer_email.clone(),
        },
        order: OrderRef {
            uuid: service.order.uuid.to_string(),
            number: service.order.uuid.number(),
            status: service.order.status.into(),
        },
        panel_url: service.panel_url().map(str::to_owned),
        has_password: service.has_password(),
        created_at: service.created_at.into(),
        activated_at: service.activated_at().map(Into::into),
        paid_until: service.paid_until().map(Into::into),
    }
}

/// A service's page, for a member of staff with that role.
pub fn service_page(view: ServiceView, role: Role, named: &Named) -> Service {
    Service {
        service: service(&view.service),
        next_try_at: view.next_try_at.map(Into::into),
        tries: view.tries,
        logs: view.steps.into_iter().map(step).collect(),
        history: view.changes.into_iter().map(|row| change(row, named)).collect(),
        acts: ServiceAction::open_to(role, &view.service).into_iter().map(Into::into).collect(),
    }
}

/// A person, named.
pub fn named_person(row: &NameRow) -> UserRef {
    UserRef { id: row.id.0, name: row.name.clone(), email: row.email.clone() }
}

/// A person in a list.
pub fn person(row: &PersonRow) -> UserItem {
    UserItem {
        id: row.id.0,
        name: row.name.clone(),
        email: row.email.clone(),
        phone: row.phone.clone(),
        role: row.role.into(),
        is_verified: row.email_verified_at.is_some(),
        is_disabled: row.disabled_at.is_some(),
        orders: row.orders,
        services: row.services,
        spent_tzs: row.spent.0,
        created_at: row.created_at.into(),
    }
}

/// What the gateway said.
pub fn event(row: EventRow) -> PaymentEvent {
    PaymentEvent {
        id: row.id,
        at: row.created_at.into(),
        event_type: row.event_type,
        gateway: row.gateway,
        reference: row.reference,
        amount_tzs: row.amount_tzs.map(|amount| amount.0),
        currency: row.currency,
        status: row.status,
        payload: row.payload,
    }
}

/// One step of a set-up.
pub fn step(TriedStep { row, attempt }: TriedStep) -> LogStep {
    LogStep {
        at: row.created_at.into(),
        step: row.step,
        attempt,
        status: row.status,
        message: row.message,
        request: row.request,
        response: row.response,
        success: row.success.into(),
    }
}

/// How a state came about.
pub fn change(row: ChangeRow, named: &Named) -> StatusChange {
    StatusChange {
        at: row.created_at.into(),
        subject: row.subject,
        event: row.event,
        from: row.from_status,
        to: row.to_status,
        person: named.who(&row.actor).map(named_person),
        actor: row.actor,
        reason: row.reason,
    }
}

/// One thing that happened in an account.
pub fn activity(row: hollyn_core::domain::audit::Activity, named: &Named) -> Activity {
    Activity {
        at: row.created_at.into(),
        action: row.action,
        person: named.who(&row.actor).map(named_person),
        actor: row.actor,
        details: row.details,
        address: row.address,
    }
}
