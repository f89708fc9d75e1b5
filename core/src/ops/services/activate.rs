//! Switching a suspended account on again.
use super::{
    ServiceView, load,
    panel_change::{PanelChange, apply},
    show::view_after,
};
use crate::{
    AppContext,
    domain::{ids::ServiceId, input::Reason},
    ops::{Caller, Result},
};

/// Activates a suspended service.
pub async fn activate(
    ctx: &AppContext,
    caller: &Caller,
    id: ServiceId,
    reason: Option<&Reason>,
) -> Result<ServiceView> {
    let service = load(ctx, id).await?;
    let reason = reason.map(Reason::as_str);
    let service = apply(ctx, caller, service, PanelChange::Activate, reason).await?;
    view_after(ctx, service).await
}
