//! Deleting what never came to be: ours goes, and other people's stays.
use super::{login, service, staff};
use hollyn_core::{domain::service::ServiceStatus, error::Error, panel::PanelError};
use hollyn_portal::sandbox::panel::{PanelCall, PanelFault};
use hollyn_tests::{Buyer, TestApp};

/// Rule panel-is-looked-at, panel-decides: deleting a set-up that never succeeded deletes nobody else's
/// account of that name.
#[tokio::test]
async fn deleting_a_failed_service_keeps_other_accounts() {
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
    let refused = app.delete_service(&caller, failed.id, "x").await;
    assert!(matches!(refused, Err(Error::Provider(PanelError::Unknown(_)))), "{refused:?}");
    app.sim().panel.away(false);
    app.sim().panel.own("kahawaki", "mwingine.co.tz", "mwingine@example.com");
    let ended = app.delete_service(&caller, failed.id, "x").await.unwrap();
    assert_eq!(ended.service.status(), ServiceStatus::Cancelled);
    assert_eq!(app.sim().panel.accounts().len(), 1);
    assert_eq!(app.sim().panel.calls(PanelCall::Delete), 0);
}

/// Rule panel-decides: but what a failed set-up left there, and is ours, is deleted with it.
#[tokio::test]
async fn deleting_a_failed_service_deletes_its_own_account() {
    let app = TestApp::with(&[("PROVISION_TRIES", "1")]).await;
    let caller = staff(&app).await;
    app.sim().panel.next_on(PanelCall::Create, PanelFault::NoWord { after_acting: true });
    app.sim().panel.next_on(PanelCall::Edit, PanelFault::Http(500));
    let (_, uuid) = app.paid_order(&Buyer::default()).await;
    app.work().await;
    let failed = service(app.view(uuid).await);
    assert_eq!((failed.status(), app.sim().panel.accounts().len()), (ServiceStatus::Failed, 1));
    let ended = app.delete_service(&caller, failed.id, "x").await.unwrap();
    assert_eq!(ended.service.status(), ServiceStatus::Cancelled);
    assert_eq!(app.sim().panel.accounts().len(), 0);
}
