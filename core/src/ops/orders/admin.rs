//! What staff change of an order, and which orders may go.
use crate::ops::{Caller, Result};
use crate::{
    AppContext,
    domain::{
        audit_action::AuditAction,
        field_error::FieldError,
        hostname::Hostname,
        ids::OrderUuid,
        order::{Order, OrderStatus},
        payment::{Payment, PaymentStatus, WATCH_SECONDS},
        phone::Phone,
        service::Service,
        time::Timestamp,
        user::{Email, PersonName, Role},
    },
    store::{
        audit,
        orders::{self, Edit},
        payments, services,
    },
    tx,
};

/// What can be done with an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    Edit,
    CheckPayment,
    MarkPaid,
    Cancel,
    Delete,
}

/// What somebody with that role may do with the order now. The acts themselves refuse by the same rules.
pub fn acts(
    role: Role,
    order: &Order,
    pushes: &[Payment],
    service: Option<&Service>,
    now: Timestamp,
) -> Vec<Act> {
    let is_admin = role == Role::Admin;
    let is_cancellable = match order.status() {
        OrderStatus::Pending | OrderStatus::Paid | OrderStatus::Active => true,
        OrderStatus::Complete | OrderStatus::Failed | OrderStatus::Cancelled => false,
    };
    let may = [
        (Act::Edit, true),
        (Act::CheckPayment, pushes.iter().any(|push| push.status() != PaymentStatus::Succeeded)),
        (Act::MarkPaid, is_admin && order.status() == OrderStatus::Pending),
        (Act::Cancel, is_admin && is_cancellable),
        (Act::Delete, is_admin && is_without_money(order, pushes, service, now)),
    ];
    may.into_iter().filter(|(_, may)| *may).map(|(act, _)| act).collect()
}

/// Whether no money came for it and none can come: nothing was set up, and every push ended by the gateway's word, as
/// long ago as we watch.
fn is_without_money(order: &Order, pushes: &[Payment], service: Option<&Service>, now: Timestamp) -> bool {
    let is_unpaid = match order.status() {
        OrderStatus::Pending | OrderStatus::Failed | OrderStatus::Cancelled => order.settlement().is_none(),
        OrderStatus::Paid | OrderStatus::Active | OrderStatus::Complete => false,
    };
    let is_over = |push: &Payment| match push.status() {
        PaymentStatus::Failed | PaymentStatus::Cancelled => {
            !push.is_unresolved() && now.seconds_since(push.created_at) >= WATCH_SECONDS
        }
        PaymentStatus::Created
        | PaymentStatus::Pending
        | PaymentStatus::Unknown
        | PaymentStatus::Succeeded => false,
    };
    is_unpaid && service.is_none() && pushes.iter().all(is_over)
}

/// What staff typed. What is None is not typed.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    pub name: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    /// An empty one takes the domain away.
    pub domain: Option<String>,
}

/// How a change ended.
pub enum Changed {
    /// It is so now.
    Done,
    /// Something typed cannot be used.
    Problems(Vec<FieldError>),
    /// The phone is who pays: that is over.
    PhoneIsSettled,
    /// The domain is the service's by now, or nobody's any more.
    DomainIsSettled,
    /// There is no such order.
    NoSuchOrder,
}

/// Changes the customer's details of an order; phone and domain while they still count.
pub async fn edit(ctx: &AppContext, caller: &Caller, uuid: OrderUuid, typed: &Typed) -> Result<Changed> {
    let name = typed.name.as_deref().map(PersonName::parse).transpose();
    let email = typed.email.as_deref().map(Email::parse).transpose();
    let wrong = |field| FieldError::new(field, "wrong");
    let phone = typed.phone.as_deref().map(|text| Phone::parse(text).ok_or(wrong("phone"))).transpose();
    let domain = match typed.domain.as_deref().map(str::trim) {
        None => Ok(None),
        Some("") => Ok(Some(None)),
        Some(text) => Hostname::parse(text).map(|name| Some(Some(name))).ok_or(wrong("domain")),
    };
    let (Ok(name), Ok(email), Ok(phone), Ok(domain)) = (&name, &email, &phone, &domain) else {
        let problems = [name.err(), email.err(), phone.err(), domain.err()];
        return Ok(Changed::Problems(problems.into_iter().flatten().collect()));
    };
    let phone = phone.as_ref().map(|phone| (phone.local(), phone.international()));
    let now = ctx.now();
    Ok(tx!(&ctx.db, tx => {
        let Some(order) = orders::by_uuid(tx, uuid).await? else { return Ok(Changed::NoSuchOrder) };
        let service = services::of_order(tx, order.id).await?;
        let is_open = matches!(order.status(), OrderStatus::Pending | OrderStatus::Paid);
        if phone.is_some() && order.status() != OrderStatus::Pending {
            return Ok(Changed::PhoneIsSettled);
        }
        if domain.is_some() && (!is_open || service.is_some()) {
            return Ok(Changed::DomainIsSettled);
        }
        let edit = Edit {
            name: name.as_ref().map(PersonName::as_str),
            email: email.as_ref().map(Email::as_str),
            phone: phone.as_ref().map(|(local, international)| (local.as_str(), international.as_str())),
            domain: domain.as_ref().map(|name| name.as_ref().map(Hostname::as_str)),
        };
        orders::edit(tx, now, &order, &edit).await?;
        let given = [
            ("name", edit.name.is_some()),
            ("e-mail", edit.email.is_some()),
            ("phone", edit.phone.is_some()),
            ("domain", edit.domain.is_some()),
        ];
        let words: Vec<&str> = given.into_iter().filter(|(_, is)| *is).map(|(word, _)| word).collect();
        audit::append(tx, now, &caller.audit_context(), AuditAction::OrderEdited, Some(order.id.0), Some(&words.join(", "))).await?;
        Ok(Changed::Done)
    })?)
}

/// How deleting an order ended.
pub enum Deleted {
    /// It is gone.
    Done,
    /// What was typed is not the order's number.
    NotConfirmed,
    /// Money came for it, or may still come.
    HasMoney,
    /// There is no such order.
    NoSuchOrder,
}

/// Deletes an order that no money ever came for. `confirm` is its number, typed.
pub async fn delete(
    ctx: &AppContext,
    caller: &Caller,
    uuid: OrderUuid,
    confirm: &str,
    reason: &str,
) -> Result<Deleted> {
    let now = ctx.now();
    Ok(tx!(&ctx.db, tx => {
        let Some(order) = orders::by_uuid(tx, uuid).await? else { return Ok(Deleted::NoSuchOrder) };
        if !confirm.trim().eq_ignore_ascii_case(&order.uuid.number()) {
            return Ok(Deleted::NotConfirmed);
        }
        let pushes = payments::of_order(tx, order.id).await?;
        let service = services::of_order(tx, order.id).await?;
        if !is_without_money(&order, &pushes, service.as_ref(), now) {
            return Ok(Deleted::HasMoney);
        }
        orders::delete(tx, &order).await?;
        audit::append(tx, now, &caller.audit_context(), AuditAction::OrderDeleted, Some(order.id.0), Some(reason)).await?;
        Ok(Deleted::Done)
    })?)
}
