//! The attention item about a panel that cannot be reached.
use crate::{
    domain::{attention::AttentionKind, provisioning::ProvisioningStep, time::Timestamp},
    panel::PanelError,
    store::{
        self, Tx,
        attention::{self, NewItem},
    },
};

const UNREACHABLE_KEY: &str = "panel_unreachable";

/// After a call to the panel's API: raises one item while the panel cannot be reached, and resolves it when
/// the panel answers again. A change without an answer proves nothing; a `look` without one does.
pub(in crate::ops) async fn note_panel<T: Sync>(
    tx: &mut Tx,
    now: Timestamp,
    step: ProvisioningStep,
    outcome: &Result<T, PanelError>,
) -> store::Result<()> {
    match outcome {
        Err(PanelError::Unknown(_)) if step != ProvisioningStep::Look => Ok(()),
        Err(PanelError::NotSent(why) | PanelError::Unknown(why)) => {
            let item = NewItem::new(AttentionKind::PanelUnreachable, UNREACHABLE_KEY.into(), why);
            attention::raise(tx, now, &item).await.map(drop)
        }
        Ok(_)
        | Err(PanelError::Locked(_) | PanelError::Refused(_))
        | Err(PanelError::Exists(_) | PanelError::Missing) => {
            attention::solved(tx, now, UNREACHABLE_KEY, "the panel answers again").await
        }
    }
}
