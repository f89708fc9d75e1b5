//! Deleting an account on the panel and ending its service.
use super::{
    ServiceView, load,
    panel_change::{PanelChange, apply},
    show::view_after,
};
use crate::{
    AppContext,
    domain::{
        ids::ServiceId,
        input::{Confirmation, Reason},
    },
    ops::{Caller, Result},
};

/// Deletes the account and ends the service; an active order is complete with it. The confirmation is the
/// service's domain.
pub async fn delete(
    ctx: &AppContext,
    caller: &Caller,
    id: ServiceId,
    confirmation: &Confirmation,
    reason: &Reason,
) -> Result<ServiceView> {
    let service = load(ctx, id).await?;
    confirmation.check(&service.domain, "domain")?;
    let service = apply(ctx, caller, service, PanelChange::Delete, Some(reason.as_str())).await?;
    view_after(ctx, service).await
}
