//! An order that was cancelled while it was being set up.
use super::{creates, mails_about, service, staff, steps};
use hollyn_core::{
    domain::service::ServiceStatus,
    ops::{
        orders::cancel,
        services::{Changed, delete, reprovision},
    },
};
use hollyn_portal::sandbox::panel::{PanelCall, PanelFault};
use hollyn_tests::{Buyer, TestApp, reason};
use std::time::Duration;

/// Before the first try: nothing is asked of the panel.
#[tokio::test]
async fn i_cancelled_and_was_set_up_all_the_same() {
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
async fn the_account_of_a_cancelled_order_was_forgotten_on_the_panel() {
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
    let not_now = Changed::NotNow(ServiceStatus::Failed);
    assert_eq!(reprovision(&app.ctx, &caller, id).await.unwrap(), not_now);
    let done = Changed::Done(ServiceStatus::Cancelled);
    assert_eq!(delete(&app.ctx, &caller, id, "cancelled").await.unwrap(), done);
    assert_eq!(app.sim().panel.accounts().len(), 0);
}

/// Between two tries, the first of which may have made the account: nothing more is asked, and staff see it.
#[tokio::test]
async fn an_account_that_may_be_there_was_nobodys_business() {
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
    let done = Changed::Done(ServiceStatus::Cancelled);
    let id = service(app.view(uuid).await).id;
    assert_eq!(delete(&app.ctx, &caller, id, "cancelled").await.unwrap(), done);
    assert_eq!(app.sim().panel.accounts().len(), 0);
}

/// Between two tries, with the panel never reached: there is nothing to look after.
#[tokio::test]
async fn a_cancelled_order_troubled_staff_for_nothing() {
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
async fn i_cancelled_and_was_told_that_it_takes_longer() {
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
async fn staff_ended_it_and_it_came_back() {
    let app = TestApp::start().await;
    let caller = staff(&app).await;
    let (_, uuid) = app.paid_order(&Buyer::default()).await;
    app.sim().panel.create_takes(Duration::from_millis(500));
    let ending = async {
        while !steps(&app, uuid).await.contains(&"create_user sent".to_owned()) {
            tokio::task::yield_now().await;
        }
        delete(&app.ctx, &caller, service(app.view(uuid).await).id, "asked for").await.unwrap()
    };
    let (ended, ()) = tokio::join!(ending, app.work());
    assert_eq!(ended, Changed::Done(ServiceStatus::Cancelled));
    assert_eq!(app.states(uuid).await, "paid succeeded cancelled");
    assert_eq!(app.attention_kinds().await, ["set_up_after_cancel"]);
    assert_eq!(mails_about(&app, "is ready").len(), 0);
}
