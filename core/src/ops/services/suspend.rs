//! Switching an account off on the panel, with its data.
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

/// Suspends an active service. The reason is kept in its history, and the customer gets it by mail.
pub async fn suspend(
    ctx: &AppContext,
    caller: &Caller,
    id: ServiceId,
    reason: &Reason,
) -> Result<ServiceView> {
    let service = load(ctx, id).await?;
    let service = apply(ctx, caller, service, PanelChange::Suspend, Some(reason.as_str())).await?;
    view_after(ctx, service).await
}
