//! The panel's own plans, and which of them each of ours is set up with.
use crate::{
    AppContext,
    ops::Result,
    panel::{Fit, OurPlan, PanelError, PanelPlan},
    read,
    store::plans,
};

/// The panel's own plans.
pub struct PanelPlans {
    /// What the panel has, or why it did not answer.
    pub on_panel: Result<Vec<PanelPlan>, PanelError>,
    /// Our plan's slug and the panel's plan, in the order of the price list; empty where the panel does not
    /// answer.
    pub used: Vec<(String, Fit)>,
}

/// Asks the panel for its plans.
pub async fn panel_plans(ctx: &AppContext) -> Result<PanelPlans> {
    let ours = read!(&ctx.db, tx => plans::all(tx).await)?;
    let on_panel = ctx.panel.plans().await.outcome;
    let used = match &on_panel {
        Ok(on_panel) => ours
            .into_iter()
            .map(|plan| {
                let ours = OurPlan { slug: plan.slug, name: plan.name, chosen: plan.panel_plan };
                let fit = ctx.panel.fitting(on_panel, &ours);
                (ours.slug, fit)
            })
            .collect(),
        Err(_) => Vec::new(),
    };
    Ok(PanelPlans { on_panel, used })
}
