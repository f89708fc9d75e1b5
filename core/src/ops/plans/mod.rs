//! Plans: what is sold, at which price, and the panel's plan that each is set up with.
//!
//! An order keeps the price it was placed at; a change of a plan applies to later orders only.
mod activate;
mod create;
mod delete;
mod edit;
mod input;
mod list;
mod panel_plans;
mod seed;
mod show;

pub use activate::{activate, deactivate};
pub use create::create;
pub use delete::delete;
pub use edit::edit;
pub use input::PlanInput;
pub use list::{catalogue, list, version};
pub use panel_plans::{PanelPlans, panel_plans};
pub use seed::seed;
pub use show::{on_sale, show};

pub(in crate::ops) use list::summaries;

use crate::{
    domain::{actor::AuditContext, audit_action::AuditAction, plan::Plan, time::Timestamp},
    store::{self, Tx, audit},
};

/// Appends an action on a plan to the audit log.
async fn record(
    tx: &mut Tx,
    now: Timestamp,
    context: &AuditContext,
    action: AuditAction,
    plan: &Plan,
    details: &str,
) -> store::Result<()> {
    audit::append(tx, now, context, action, Some(plan.id.0), Some(details)).await
}
