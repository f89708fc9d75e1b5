//! What staff do with accounts: only on the panel's word, as often as one likes, and written down.
use super::{creates, opens, service, staff, steps};
use hollyn_core::{
    domain::{
        ids::{OrderUuid, ServiceId},
        service::ServiceStatus,
    },
    ops::services::{Changed, activate, delete, reprovision, suspend},
};
use hollyn_portal::sandbox::panel::{PanelCall, PanelFault};
use hollyn_tests::{Browser, Buyer, TestApp};

async fn active(app: &TestApp) -> (Browser, OrderUuid, ServiceId) {
    let (browser, uuid) = app.paid_order(&Buyer::default()).await;
    app.work().await;
    assert_eq!(app.states(uuid).await, "active succeeded active");
    let id = service(app.view(uuid).await).id;
    (browser, uuid, id)
}

/// Rule panel-decides: off and on again, each as often as it is pressed, with the panel told each time.
#[tokio::test]
async fn a_second_press_on_suspend_was_an_error() {
    let app = TestApp::start().await;
    let caller = staff(&app).await;
    let (_, uuid, id) = active(&app).await;
    assert_eq!(
        suspend(&app.ctx, &caller, id, "abuse").await.unwrap(),
        Changed::Done(ServiceStatus::Suspended)
    );
    assert!(app.sim().panel.account("kahawaki").unwrap().suspended);
    assert_eq!(
        suspend(&app.ctx, &caller, id, "abuse").await.unwrap(),
        Changed::Already(ServiceStatus::Suspended)
    );
    assert_eq!(app.states(uuid).await, "active succeeded suspended");
    assert_eq!(activate(&app.ctx, &caller, id, "paid").await.unwrap(), Changed::Done(ServiceStatus::Active));
    assert_eq!(
        activate(&app.ctx, &caller, id, "paid").await.unwrap(),
        Changed::Already(ServiceStatus::Active)
    );
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
async fn my_colleague_was_faster_and_i_saw_an_error_page() {
    let app = TestApp::start().await;
    let caller = staff(&app).await;
    let (_, uuid, id) = active(&app).await;
    let (one, two) = tokio::join!(suspend(&app.ctx, &caller, id, "a"), suspend(&app.ctx, &caller, id, "b"));
    let (one, two) = (one.unwrap(), two.unwrap());
    let (done, already) =
        (Changed::Done(ServiceStatus::Suspended), Changed::Already(ServiceStatus::Suspended));
    assert!([&one, &two].contains(&&done) && [&one, &two].contains(&&already), "{one:?} {two:?}");
    assert_eq!(app.states(uuid).await, "active succeeded suspended");
    assert_eq!(app.count("select count(*) from status_history where event = 'suspended'").await, 1);
    app.work().await;
}

/// Rule panel-decides: the panel says no, or nothing: then nothing has changed, here or there.
#[tokio::test]
async fn the_screen_said_suspended_and_the_site_was_up() {
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
        let answer = suspend(&app.ctx, &caller, id, "abuse").await.unwrap();
        assert!(matches!(answer, Changed::PanelSaidNo(_)), "{fault:?}: {answer:?}");
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
async fn it_was_done_and_the_screen_said_it_was_not() {
    let app = TestApp::start().await;
    let caller = staff(&app).await;
    let (_, uuid, id) = active(&app).await;
    for fault in [PanelFault::TimeoutAfterActing, PanelFault::Garbage { after_acting: true }] {
        app.sim().panel.next_on(PanelCall::Suspend, fault.clone());
        assert_eq!(
            suspend(&app.ctx, &caller, id, "abuse").await.unwrap(),
            Changed::Done(ServiceStatus::Suspended)
        );
        app.sim().panel.next_on(PanelCall::Resume, fault.clone());
        assert_eq!(
            activate(&app.ctx, &caller, id, "paid").await.unwrap(),
            Changed::Done(ServiceStatus::Active)
        );
    }
    app.sim().panel.next_on(PanelCall::Delete, PanelFault::TimeoutAfterActing);
    assert_eq!(
        delete(&app.ctx, &caller, id, "asked for").await.unwrap(),
        Changed::Done(ServiceStatus::Cancelled)
    );
    assert_eq!(app.states(uuid).await, "complete succeeded cancelled");
    assert_eq!(app.sim().panel.accounts().len(), 0);
    assert_eq!(
        delete(&app.ctx, &caller, id, "asked for").await.unwrap(),
        Changed::Already(ServiceStatus::Cancelled)
    );
    app.work().await;
}

/// Rule panel-decides: what is gone from the panel can still be ended here.
#[tokio::test]
async fn an_account_that_was_gone_could_never_be_deleted() {
    let app = TestApp::start().await;
    let caller = staff(&app).await;
    let (_, uuid, id) = active(&app).await;
    app.sim().panel.lose("kahawaki");
    assert!(matches!(suspend(&app.ctx, &caller, id, "abuse").await.unwrap(), Changed::PanelSaidNo(_)));
    assert_eq!(delete(&app.ctx, &caller, id, "gone").await.unwrap(), Changed::Done(ServiceStatus::Cancelled));
    assert_eq!(app.states(uuid).await, "complete succeeded cancelled");
    app.work().await;
}

/// Rule panel-decides: somebody switched it on at the panel itself; pressing suspend again switches it off
/// again.
#[tokio::test]
async fn the_panel_and_we_disagreed_for_ever() {
    let app = TestApp::start().await;
    let caller = staff(&app).await;
    let (_, _, id) = active(&app).await;
    suspend(&app.ctx, &caller, id, "abuse").await.unwrap();
    app.sim().panel.own("kahawaki", "kahawakibo.co.tz", "neema.mushi@example.com");
    assert!(!app.sim().panel.account("kahawaki").unwrap().suspended);
    assert_eq!(
        suspend(&app.ctx, &caller, id, "abuse").await.unwrap(),
        Changed::Already(ServiceStatus::Suspended)
    );
    assert!(app.sim().panel.account("kahawaki").unwrap().suspended);
    app.work().await;
}

/// Rule panel-decides: re-provisioning queues a failed set-up once, finds what is there, and leaves an active
/// one alone.
#[tokio::test]
async fn staff_tried_again_and_made_a_second_account() {
    let app = TestApp::with(&[("PROVISION_TRIES", "1")]).await;
    let caller = staff(&app).await;
    app.sim().panel.next_on(PanelCall::Create, PanelFault::NoWord { after_acting: true });
    app.sim().panel.next_on(PanelCall::Edit, PanelFault::Http(500));
    let (_, uuid) = app.paid_order(&Buyer::default()).await;
    app.work().await;
    let id = service(app.view(uuid).await).id;
    for _ in 0..2 {
        assert_eq!(
            reprovision(&app.ctx, &caller, id).await.unwrap(),
            Changed::Done(ServiceStatus::Requested)
        );
    }
    assert_eq!(app.states(uuid).await, "paid succeeded requested", "not active on our own word");
    assert_eq!(app.count("select count(*) from jobs where kind = 'provision'").await, 1);
    app.work().await;
    assert_eq!((app.states(uuid).await.as_str(), creates(&app)), ("active succeeded active", 1));
    assert!(opens(&app, uuid).await);
    assert_eq!(reprovision(&app.ctx, &caller, id).await.unwrap(), Changed::NotNow(ServiceStatus::Active));
    assert_eq!(activate(&app.ctx, &caller, ServiceId(99), "x").await.unwrap(), Changed::NoService);
    assert_eq!(app.count("select count(*) from audit_log where action = 'service.asked_again'").await, 1);
    app.work().await;
}

/// Rule panel-decides: a service that waits for its set-up has no switch yet.
#[tokio::test]
async fn staff_suspended_what_was_not_there() {
    let app = TestApp::start().await;
    let caller = staff(&app).await;
    let (_, uuid) = app.paid_order(&Buyer::default()).await;
    let id = service(app.view(uuid).await).id;
    let not_now = Changed::NotNow(ServiceStatus::Requested);
    assert_eq!(suspend(&app.ctx, &caller, id, "x").await.unwrap(), not_now);
    assert_eq!(activate(&app.ctx, &caller, id, "x").await.unwrap(), not_now);
    assert_eq!(app.sim().panel.journal().len(), 0);
    app.work().await;
    assert_eq!(app.states(uuid).await, "active succeeded active");
    app.work().await;
}
