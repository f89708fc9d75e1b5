//! An order that was cancelled while it was being set up.
use super::{creates, mails_about, service, staff, steps};
use hollyn_core::{
    domain::service::ServiceStatus,
    error::Error,
    ops::{orders::cancel, services::reprovision},
};
use hollyn_portal::sandbox::panel::{PanelCall, PanelFault};
use hollyn_tests::{Buyer, TestApp, reason};
use std::time::Duration;

/// Before the first try: nothing is asked of the panel.
#[tokio::test]
async fn an_order_cancelled_before_the_first_attempt_is_not_set_up() {
    let app = TestApp::start().await;
    let caller = staff(&app).await;
    let (browser, uuid) = app.paid_order(&Buyer::default()).await;
    cancel(&app.ctx, &caller, uuid, &reason("asked for")).await.unwrap();
    app.work().await;
    assert_eq!(app.states(uuid).await, "cancelled succeeded cancelled");
    assert_eq!(app.sim().panel.journal().len(), 0);
    browser.post(&format!("/me/services/provision/{uuid}"), &[]).await;
    app.work().await;
    assert_eq!((app.states(uuid).await.as_str(), creates(&app)), ("cancelled succeeded cancelled", 0));
}

/// While the panel is at it: the account is there and nobody is given it; staff see it, and can delete it.
#[tokio::test]
async fn an_account_created_during_a_cancellation_is_shown_to_staff() {
    let app = TestApp::start().await;
    let caller = staff(&app).await;
    let (browser, uuid) = app.paid_order(&Buyer::default()).await;
    app.sim().panel.create_takes(Duration::from_millis(500));
    let (ctx, asked) = (app.ctx.clone(), caller.clone());
    let cancelling = async {
        while !steps(&app, uuid).await.contains(&"create_user sent".to_owned()) {
            tokio::task::yield_now().await;
        }
        cancel(&ctx, &asked, uuid, &reason("asked for")).await.unwrap()
    };
    tokio::join!(cancelling, app.work());
    assert_eq!(app.states(uuid).await, "cancelled succeeded failed");
    assert_eq!(app.attention_kinds().await, ["set_up_after_cancel"]);
    assert_eq!(mails_about(&app, "is ready").len() + mails_about(&app, "takes longer").len(), 0);
    let page = browser.get("/dashboard").await.body;
    assert!(!page.contains("takes longer"), "the customer is not told that we are on it: {page}");

    let id = service(app.view(uuid).await).id;
    let refused = reprovision(&app.ctx, &caller, id).await;
    assert!(matches!(refused, Err(Error::Conflict(_))), "{refused:?}");
    let ended = app.delete_service(&caller, id, "cancelled").await.unwrap();
    assert_eq!(ended.service.status(), ServiceStatus::Cancelled);
    assert_eq!(app.sim().panel.accounts().len(), 0);
}

/// Between two tries, the first of which may have made the account: nothing more is asked, and staff see it.
#[tokio::test]
async fn an_account_that_may_exist_after_a_cancellation_is_shown_to_staff() {
    let app = TestApp::start().await;
    let caller = staff(&app).await;
    app.sim().panel.next_on(PanelCall::Create, PanelFault::TimeoutAfterActing);
    app.sim().panel.next_on(PanelCall::Edit, PanelFault::Http(500));
    let (_, uuid) = app.paid_order(&Buyer::default()).await;
    app.work().await;
    cancel(&app.ctx, &caller, uuid, &reason("asked for")).await.unwrap();
    app.advance(10);
    app.work().await;
    assert_eq!((app.states(uuid).await.as_str(), creates(&app)), ("cancelled succeeded failed", 1));
    assert_eq!(app.attention_kinds().await, ["set_up_after_cancel"]);
    let id = service(app.view(uuid).await).id;
    let ended = app.delete_service(&caller, id, "cancelled").await.unwrap();
    assert_eq!(ended.service.status(), ServiceStatus::Cancelled);
    assert_eq!(app.sim().panel.accounts().len(), 0);
}

/// Between two tries, with the panel never reached: there is nothing to look after.
#[tokio::test]
async fn a_cancelled_order_that_never_reached_the_panel_needs_no_staff() {
    let app = TestApp::start().await;
    let caller = staff(&app).await;
    app.sim().panel.away(true);
    let (_, uuid) = app.paid_order(&Buyer::default()).await;
    app.work().await;
    cancel(&app.ctx, &caller, uuid, &reason("asked for")).await.unwrap();
    app.advance(10);
    app.work().await;
    assert_eq!(app.states(uuid).await, "cancelled succeeded cancelled");
    assert_eq!(app.attention_kinds().await, ["panel_unreachable"], "about the panel, not about the order");
}

/// The last try fails after the cancelling: no word to the customer that it takes longer.
#[tokio::test]
async fn a_cancelled_order_sends_no_delay_mail() {
    let app = TestApp::with(&[("PROVISION_TRIES", "1")]).await;
    let caller = staff(&app).await;
    let (_, uuid) = app.paid_order(&Buyer::default()).await;
    app.sim().panel.next_on(PanelCall::Create, PanelFault::TimeoutBeforeActing);
    let cancelling = async {
        while !steps(&app, uuid).await.contains(&"create_user sent".to_owned()) {
            tokio::task::yield_now().await;
        }
        cancel(&app.ctx, &caller, uuid, &reason("asked for")).await.unwrap()
    };
    let (_, ()) = tokio::join!(cancelling, app.work());
    assert_eq!(app.states(uuid).await, "cancelled succeeded failed");
    assert_eq!(app.attention_kinds().await, ["set_up_after_cancel"]);
    assert_eq!(mails_about(&app, "takes longer").len(), 0);
}

/// Staff end a service while its account is being made: it is not made active, and staff see the account.
#[tokio::test]
async fn a_service_deleted_during_its_set_up_stays_deleted() {
    let app = TestApp::start().await;
    let caller = staff(&app).await;
    let (_, uuid) = app.paid_order(&Buyer::default()).await;
    app.sim().panel.create_takes(Duration::from_millis(500));
    let ending = async {
        while !steps(&app, uuid).await.contains(&"create_user sent".to_owned()) {
            tokio::task::yield_now().await;
        }
        app.delete_service(&caller, service(app.view(uuid).await).id, "asked for").await.unwrap()
    };
    let (ended, ()) = tokio::join!(ending, app.work());
    assert_eq!(ended.service.status(), ServiceStatus::Cancelled);
    assert_eq!(app.states(uuid).await, "paid succeeded cancelled");
    assert_eq!(app.attention_kinds().await, ["set_up_after_cancel"]);
    assert_eq!(mails_about(&app, "is ready").len(), 0);
}
