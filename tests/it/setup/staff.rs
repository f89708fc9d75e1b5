//! What staff do with accounts: only on the panel's word, as often as one likes, and written down.
use super::{creates, opens, service, staff, steps};
use hollyn_core::{
    domain::{
        ids::{OrderUuid, ServiceId},
        service::ServiceStatus,
    },
    error::{Conflict, Error},
    ops::services::{activate, reprovision, suspend},
};
use hollyn_portal::sandbox::panel::{PanelCall, PanelFault};
use hollyn_tests::{Browser, Buyer, TestApp, reason};

async fn active(app: &TestApp) -> (Browser, OrderUuid, ServiceId) {
    let (browser, uuid) = app.paid_order(&Buyer::default()).await;
    app.work().await;
    assert_eq!(app.states(uuid).await, "active succeeded active");
    let id = service(app.view(uuid).await).id;
    (browser, uuid, id)
}

/// Whether the service's state does not allow it, with this said of the state.
fn is_refused<T>(answer: Result<T, Error>, words: &str) -> bool {
    matches!(answer, Err(Error::Conflict(Conflict::Rule(sentence))) if sentence.contains(words))
}

/// Rule panel-decides: off and on again, each as often as it is pressed, with the panel told each time.
#[tokio::test]
async fn suspend_and_activate_may_be_repeated() {
    let app = TestApp::start().await;
    let caller = staff(&app).await;
    let (_, uuid, id) = active(&app).await;
    let view = suspend(&app.ctx, &caller, id, &reason("abuse")).await.unwrap();
    assert_eq!(view.service.status(), ServiceStatus::Suspended);
    assert!(app.sim().panel.account("kahawaki").unwrap().suspended);
    let view = suspend(&app.ctx, &caller, id, &reason("abuse")).await.unwrap();
    assert_eq!(view.service.status(), ServiceStatus::Suspended);
    assert_eq!(app.states(uuid).await, "active succeeded suspended");
    let view = activate(&app.ctx, &caller, id, Some(&reason("paid"))).await.unwrap();
    assert_eq!(view.service.status(), ServiceStatus::Active);
    let view = activate(&app.ctx, &caller, id, Some(&reason("paid"))).await.unwrap();
    assert_eq!(view.service.status(), ServiceStatus::Active);
    assert!(opens(&app, uuid).await);
    assert_eq!((app.sim().panel.calls(PanelCall::Suspend), app.sim().panel.calls(PanelCall::Resume)), (2, 2));
    let logged = steps(&app, uuid).await;
    assert_eq!(
        logged[logged.len() - 4..],
        ["suspended done", "suspended done", "resumed done", "resumed done"]
    );
    assert_eq!(
        app.count("select count(*) from audit_log where action in ('service.suspended', 'service.resumed')")
            .await,
        2
    );
    assert_eq!(app.text("select reason from status_history where event = 'suspended'").await, "abuse");
    app.work().await;
}

/// Rule panel-decides: two of the staff press at the same moment.
#[tokio::test]
async fn two_suspensions_at_once_both_succeed() {
    let app = TestApp::start().await;
    let caller = staff(&app).await;
    let (_, uuid, id) = active(&app).await;
    let (a, b) = (reason("a"), reason("b"));
    let (one, two) = tokio::join!(suspend(&app.ctx, &caller, id, &a), suspend(&app.ctx, &caller, id, &b));
    for view in [one.unwrap(), two.unwrap()] {
        assert_eq!(view.service.status(), ServiceStatus::Suspended);
    }
    assert_eq!(app.states(uuid).await, "active succeeded suspended");
    assert_eq!(app.count("select count(*) from status_history where event = 'suspended'").await, 1);
    app.work().await;
}

/// Rule panel-decides: the panel says no, or nothing: then nothing has changed, here or there.
#[tokio::test]
async fn a_suspension_that_the_panel_refused_changes_nothing() {
    let app = TestApp::start().await;
    let caller = staff(&app).await;
    let (_, uuid, id) = active(&app).await;
    let no = PanelFault::ErrorText { text: "Not today".into(), after_acting: false };
    for fault in [
        no,
        PanelFault::TimeoutBeforeActing,
        PanelFault::NoWord { after_acting: false },
        PanelFault::LoginPage,
    ] {
        app.sim().panel.next_on(PanelCall::Suspend, fault.clone());
        let answer = suspend(&app.ctx, &caller, id, &reason("abuse")).await;
        assert!(matches!(answer, Err(Error::Provider(_))), "{fault:?}: {answer:?}");
        assert_eq!(app.states(uuid).await, "active succeeded active");
        assert!(!app.sim().panel.account("kahawaki").unwrap().suspended);
    }
    let failed = steps(&app, uuid)
        .await
        .iter()
        .filter(|s| *s == "suspended failed" || *s == "suspended unknown")
        .count();
    assert_eq!(failed, 4, "and each is in the log");
    app.work().await;
}

/// Rule panel-decides: it was done and the answer was lost: looking tells.
#[tokio::test]
async fn a_change_with_a_lost_answer_is_confirmed_by_looking() {
    let app = TestApp::start().await;
    let caller = staff(&app).await;
    let (_, uuid, id) = active(&app).await;
    for fault in [PanelFault::TimeoutAfterActing, PanelFault::Garbage { after_acting: true }] {
        app.sim().panel.next_on(PanelCall::Suspend, fault.clone());
        let view = suspend(&app.ctx, &caller, id, &reason("abuse")).await.unwrap();
        assert_eq!(view.service.status(), ServiceStatus::Suspended);
        app.sim().panel.next_on(PanelCall::Resume, fault.clone());
        let view = activate(&app.ctx, &caller, id, Some(&reason("paid"))).await.unwrap();
        assert_eq!(view.service.status(), ServiceStatus::Active);
    }
    app.sim().panel.next_on(PanelCall::Delete, PanelFault::TimeoutAfterActing);
    let view = app.delete_service(&caller, id, "asked for").await.unwrap();
    assert_eq!(view.service.status(), ServiceStatus::Cancelled);
    assert_eq!(app.states(uuid).await, "complete succeeded cancelled");
    assert_eq!(app.sim().panel.accounts().len(), 0);
    let view = app.delete_service(&caller, id, "asked for").await.unwrap();
    assert_eq!(view.service.status(), ServiceStatus::Cancelled);
    app.work().await;
}

/// Rule panel-decides: what is gone from the panel can still be ended here.
#[tokio::test]
async fn an_account_that_is_gone_can_be_deleted() {
    let app = TestApp::start().await;
    let caller = staff(&app).await;
    let (_, uuid, id) = active(&app).await;
    app.sim().panel.lose("kahawaki");
    let refused = suspend(&app.ctx, &caller, id, &reason("abuse")).await;
    assert!(matches!(refused, Err(Error::Provider(_))), "{refused:?}");
    let view = app.delete_service(&caller, id, "gone").await.unwrap();
    assert_eq!(view.service.status(), ServiceStatus::Cancelled);
    assert_eq!(app.states(uuid).await, "complete succeeded cancelled");
    app.work().await;
}

/// Rule panel-decides: somebody switched it on at the panel itself; pressing suspend again switches it off
/// again.
#[tokio::test]
async fn suspending_again_corrects_the_panel() {
    let app = TestApp::start().await;
    let caller = staff(&app).await;
    let (_, _, id) = active(&app).await;
    suspend(&app.ctx, &caller, id, &reason("abuse")).await.unwrap();
    app.sim().panel.own("kahawaki", "kahawakibo.co.tz", "neema.mushi@example.com");
    assert!(!app.sim().panel.account("kahawaki").unwrap().suspended);
    let view = suspend(&app.ctx, &caller, id, &reason("abuse")).await.unwrap();
    assert_eq!(view.service.status(), ServiceStatus::Suspended);
    assert!(app.sim().panel.account("kahawaki").unwrap().suspended);
    app.work().await;
}

/// Rule panel-decides: re-provisioning queues a failed set-up once, finds what is there, and leaves an active
/// one alone.
#[tokio::test]
async fn reprovisioning_queues_once_and_finds_the_account() {
    let app = TestApp::with(&[("PROVISION_TRIES", "1")]).await;
    let caller = staff(&app).await;
    app.sim().panel.next_on(PanelCall::Create, PanelFault::NoWord { after_acting: true });
    app.sim().panel.next_on(PanelCall::Edit, PanelFault::Http(500));
    let (_, uuid) = app.paid_order(&Buyer::default()).await;
    app.work().await;
    let id = service(app.view(uuid).await).id;
    for _ in 0..2 {
        let view = reprovision(&app.ctx, &caller, id).await.unwrap();
        assert_eq!(view.service.status(), ServiceStatus::Requested);
    }
    assert_eq!(app.states(uuid).await, "paid succeeded requested", "not active on our own word");
    assert_eq!(app.count("select count(*) from jobs where kind = 'provision'").await, 1);
    app.work().await;
    assert_eq!((app.states(uuid).await.as_str(), creates(&app)), ("active succeeded active", 1));
    assert!(opens(&app, uuid).await);
    assert!(is_refused(reprovision(&app.ctx, &caller, id).await, "is active"));
    let unknown = activate(&app.ctx, &caller, ServiceId(99), None).await;
    assert!(matches!(unknown, Err(Error::NotFound(_))), "{unknown:?}");
    assert_eq!(app.count("select count(*) from audit_log where action = 'service.asked_again'").await, 1);
    app.work().await;
}

/// Rule panel-decides: a service that waits for its set-up has no switch yet.
#[tokio::test]
async fn a_service_without_an_account_cannot_be_suspended() {
    let app = TestApp::start().await;
    let caller = staff(&app).await;
    let (_, uuid) = app.paid_order(&Buyer::default()).await;
    let id = service(app.view(uuid).await).id;
    assert!(is_refused(suspend(&app.ctx, &caller, id, &reason("x")).await, "waits for its set-up"));
    assert!(is_refused(activate(&app.ctx, &caller, id, None).await, "waits for its set-up"));
    assert_eq!(app.sim().panel.journal().len(), 0);
    app.work().await;
    assert_eq!(app.states(uuid).await, "active succeeded active");
    app.work().await;
}
