//! Services: hosted accounts on the panel, from the set-up to the end. A file per verb.
mod activate;
mod delete;
mod edit;
mod list;
mod offline_credentials;
mod open_panel;
mod panel_change;
mod panel_log;
pub mod provision;
mod reprovision;
mod reveal;
mod send_credentials;
mod show;
mod suspend;

use crate::{
    AppContext,
    domain::{
        ids::{ServiceId, UserId},
        service::{Service, ServiceStatus},
    },
    error::Object,
    ops::{Error, Result},
    read,
    store::services,
};
use secrecy::SecretString;

pub use activate::activate;
pub use delete::delete;
pub use edit::edit;
pub use list::{of_customer, page_of_customer, search};
pub use offline_credentials::{OfflineCredentials, remove_offline_credentials, save_offline_credentials};
pub use open_panel::{open_own_panel, open_panel};
pub use reprovision::reprovision;
pub use reveal::{reveal, reveal_own};
pub use send_credentials::send_credentials;
pub use show::{ServiceView, logs, show, show_own};
pub use suspend::suspend;

/// The service with that id.
async fn load(ctx: &AppContext, id: ServiceId) -> Result<Service> {
    read!(&ctx.db, tx => services::by_id(tx, id).await)?.ok_or(Error::NotFound(Object::Service))
}

/// The service with that id, where it is this customer's.
fn owned_by(service: Option<Service>, user: UserId) -> Result<Service> {
    service.filter(|service| service.order.user_id == user).ok_or(Error::NotFound(Object::Service))
}

/// The panel password of a service that has one.
async fn panel_password(ctx: &AppContext, id: ServiceId) -> Result<SecretString> {
    let sealed = read!(&ctx.db, tx => services::sealed_password(tx, id).await)?
        .ok_or_else(|| Error::internal("no panel password is stored for the service"))?;
    Ok(ctx.keys.open("services", id.0, "password", &sealed)?.into())
}

/// The conflict of an action with the service's state. `rule` says what the action needs.
fn conflict(service: &Service, rule: &str) -> Error {
    let is = match service.status() {
        ServiceStatus::Requested => "waits for its set-up",
        ServiceStatus::Provisioning => "is being set up",
        ServiceStatus::Active => "is active",
        ServiceStatus::Failed => "could not be set up",
        ServiceStatus::Suspended => "is suspended",
        ServiceStatus::Cancelled => "has ended",
    };
    Error::conflict(format!("The service {is}: {rule}."))
}
