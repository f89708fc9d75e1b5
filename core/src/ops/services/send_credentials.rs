//! The mail with an account's details.
use super::conflict;
use crate::{
    AppContext,
    domain::{audit_action::AuditAction, ids::ServiceId, service_action::ServiceAction},
    error::Object,
    mail::{Credentials, Mail, PanelPassword},
    ops::{Caller, Error, Result},
    store::{audit, mails, services, users},
    tx,
};

/// Mails the account's details to the customer and returns the address. The mail has a link to the page that
/// shows the password; by configuration it has the password itself, which stays sealed until the mail is
/// sent.
pub async fn send_credentials(ctx: &AppContext, caller: &Caller, id: ServiceId) -> Result<String> {
    let now = ctx.now();
    let (service, recipient) = tx!(&ctx.db, tx => {
        let Some(service) = services::by_id(tx, id).await? else { return Ok(None) };
        let is_possible = ServiceAction::SendCredentials.is_possible(&service);
        let user = users::by_id(tx, service.order.user_id).await?.filter(|_| is_possible);
        let (Some(user), Some(username)) = (user, service.username()) else {
            return Ok(Some((service, None)));
        };
        let sealed = match ctx.settings.mails_passwords {
            true => services::sealed_password(tx, id).await?,
            false => None,
        };
        let details = if sealed.is_some() { "with the password" } else { "with a link" };
        let mail = Mail::Credentials(Credentials {
            name: user.name,
            order_number: service.order.uuid.number(),
            service_id: id.0,
            domain: service.domain.clone(),
            username: username.to_string(),
            panel_url: ctx.panel.end_user_url().to_owned(),
            password: sealed.map(|sealed| PanelPassword::Sealed { service: id.0, sealed }),
        });
        mails::queue(tx, now, &user.email, &user.locale, Some(service.order.id), &mail).await?;
        let action = AuditAction::ServiceCredentialsSent;
        audit::append(tx, now, &caller.audit_context(), action, Some(id.0), Some(details)).await?;
        Ok(Some((service, Some(user.email))))
    })?
    .ok_or(Error::NotFound(Object::Service))?;
    ctx.job_notify.notify_one();
    recipient.ok_or_else(|| conflict(&service, "there is nothing to tell by mail"))
}
