//! Deleting what never came to be: ours goes, and other people's stays.
use super::{login, service, staff};
use hollyn_core::{
    domain::service::ServiceStatus,
    ops::services::{Changed, delete},
    panel::PanelError,
};
use hollyn_portal::sandbox::panel::{PanelCall, PanelFault};
use hollyn_tests::{Buyer, TestApp};

/// Rule panel-is-looked-at, panel-decides: deleting a set-up that never succeeded deletes nobody else's
/// account of that name.
#[tokio::test]
async fn staff_deleted_my_failed_order_and_somebody_elses_site_was_gone() {
    let app = TestApp::start().await;
    let caller = staff(&app).await;
    app.sim().panel.away(true);
    let (_, uuid) = app.paid_order(&Buyer::default()).await;
    for seconds in [10, 60, 0] {
        app.work().await;
        app.advance(seconds);
    }
    let failed = service(app.view(uuid).await);
    assert_eq!((failed.status(), login(&app, &failed).await.0.as_str()), (ServiceStatus::Failed, "kahawaki"));
    assert!(matches!(
        delete(&app.ctx, &caller, failed.id, "x").await.unwrap(),
        Changed::PanelSaidNo(PanelError::Unknown(_))
    ));
    app.sim().panel.away(false);
    app.sim().panel.own("kahawaki", "mwingine.co.tz", "mwingine@example.com");
    assert_eq!(
        delete(&app.ctx, &caller, failed.id, "x").await.unwrap(),
        Changed::Done(ServiceStatus::Cancelled)
    );
    assert_eq!(app.sim().panel.accounts().len(), 1);
    assert_eq!(app.sim().panel.calls(PanelCall::Delete), 0);
}

/// Rule panel-decides: but what a failed set-up left there, and is ours, is deleted with it.
#[tokio::test]
async fn the_rest_of_a_failed_set_up_stayed_on_the_panel() {
    let app = TestApp::with(&[("PROVISION_TRIES", "1")]).await;
    let caller = staff(&app).await;
    app.sim().panel.next_on(PanelCall::Create, PanelFault::NoWord { after_acting: true });
    app.sim().panel.next_on(PanelCall::Edit, PanelFault::Http(500));
    let (_, uuid) = app.paid_order(&Buyer::default()).await;
    app.work().await;
    let failed = service(app.view(uuid).await);
    assert_eq!((failed.status(), app.sim().panel.accounts().len()), (ServiceStatus::Failed, 1));
    assert_eq!(
        delete(&app.ctx, &caller, failed.id, "x").await.unwrap(),
        Changed::Done(ServiceStatus::Cancelled)
    );
    assert_eq!(app.sim().panel.accounts().len(), 0);
}
