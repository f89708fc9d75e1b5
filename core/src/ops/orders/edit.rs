//! What staff change of an order.
use crate::{
    AppContext,
    domain::{
        audit_action::AuditAction,
        field_error::FieldError,
        hostname::Hostname,
        ids::OrderUuid,
        order::OrderStatus,
        phone::Phone,
        user::{Email, PersonName},
    },
    ops::{Caller, Error, Object, Result},
    store::{audit, orders, services},
    tx,
};

/// What to change, as it was typed. None stays.
#[derive(Debug, Clone, Default)]
pub struct Edit {
    pub name: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    /// An empty one takes the domain away.
    pub domain: Option<String>,
}

/// Changes the customer's details of an order: the phone while it is not paid, the domain while it is not set
/// up.
pub async fn edit(ctx: &AppContext, caller: &Caller, uuid: OrderUuid, typed: &Edit) -> Result<()> {
    let Parsed { name, email, phone, domain } = parse(typed)?;
    let phone = phone.map(|phone| (phone.local(), phone.international()));
    let (now, context) = (ctx.now(), caller.audit_context());
    tx!(&ctx.db, tx => {
        let Some(order) = orders::by_uuid(tx, uuid).await? else {
            return Ok(Err(Error::NotFound(Object::Order)));
        };
        let service = services::of_order(tx, order.id).await?;
        let is_open = matches!(order.status(), OrderStatus::Pending | OrderStatus::Paid);
        if phone.is_some() && order.status() != OrderStatus::Pending {
            return Ok(Err(Error::invalid("customer_phone", "settled")));
        }
        if domain.is_some() && (!is_open || service.is_some()) {
            return Ok(Err(Error::invalid("domain", "settled")));
        }
        let edit = orders::Edit {
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
        let fields: Vec<&str> = given.into_iter().filter(|(_, is)| *is).map(|(field, _)| field).collect();
        let details = fields.join(", ");
        audit::append(tx, now, &context, AuditAction::OrderEdited, Some(order.id.0), Some(&details)).await?;
        Ok(Ok(()))
    })?
}

struct Parsed {
    name: Option<PersonName>,
    email: Option<Email>,
    phone: Option<Phone>,
    /// `Some(None)` takes it away.
    domain: Option<Option<Hostname>>,
}

fn parse(typed: &Edit) -> Result<Parsed> {
    let wrong = |field| FieldError::new(field, "wrong");
    let name = typed.name.as_deref().map(PersonName::parse).transpose();
    let email = typed.email.as_deref().map(Email::parse).transpose();
    let phone = typed.phone.as_deref().map(|text| Phone::parse(text).ok_or(wrong("phone"))).transpose();
    let domain = match typed.domain.as_deref().map(str::trim) {
        None => Ok(None),
        Some("") => Ok(Some(None)),
        Some(text) => Hostname::parse(text).map(|name| Some(Some(name))).ok_or(wrong("domain")),
    };
    match (name, email, phone, domain) {
        (Ok(name), Ok(email), Ok(phone), Ok(domain)) => Ok(Parsed { name, email, phone, domain }),
        (name, email, phone, domain) => {
            let errors = [name.err(), email.err(), phone.err(), domain.err()];
            Err(Error::Invalid(errors.into_iter().flatten().collect()))
        }
    }
}
