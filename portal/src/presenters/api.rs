//! Rows as the admin API tells them.
use hollyn_core::{
    api::{Activity, PaymentEvent, StatusChange, UserItem, UserRef},
    ops::{
        timeline::{ChangeRow, EventRow},
        users::list::{NameRow, Named, PersonRow},
    },
};

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
