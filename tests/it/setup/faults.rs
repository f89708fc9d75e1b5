//! The panel lies, stammers or falls silent, with its work done or not.
use super::{creates, login, mails_about, opens, service, tries};
use hollyn_portal::sandbox::panel::{PanelCall, PanelFault};
use hollyn_tests::{Buyer, TestApp};

fn error(text: &str, after_acting: bool) -> PanelFault {
    PanelFault::ErrorText { text: text.into(), after_acting }
}

/// Rule panel-is-looked-at: it was done and not said: looking finds the account, our password is set, and
/// there is no second one.
#[tokio::test]
async fn a_lost_answer_creates_no_second_account() {
    let app = TestApp::start().await;
    let faults = [
        PanelFault::TimeoutAfterActing,
        PanelFault::ResetAfterActing,
        PanelFault::Garbage { after_acting: true },
        PanelFault::NoWord { after_acting: true },
        PanelFault::Huge,
        error("User already exists", true),
        error("The username is already in use", true),
    ];
    for (n, fault) in (1..).zip(faults) {
        app.sim().panel.next_on(PanelCall::Create, fault.clone());
        let (_, uuid) = app.paid_order(&Buyer::nth(n)).await;
        app.work().await;
        assert_eq!(app.states(uuid).await, "active succeeded active", "{fault:?}");
        assert!(opens(&app, uuid).await, "{fault:?}");
        let n = usize::try_from(n).unwrap();
        assert_eq!((creates(&app), app.sim().panel.calls(PanelCall::Edit)), (n, n), "{fault:?}");
        assert_eq!(app.sim().panel.accounts().len(), n, "{fault:?}");
        assert_eq!(mails_about(&app, "is ready").len(), n, "{fault:?}");
    }
    assert_eq!(app.attention_kinds().await, Vec::<String>::new());
}

/// Rule panel-is-looked-at: it was not done: looking finds nothing, and the next try is made with the same
/// name and password.
#[tokio::test]
async fn a_call_without_effect_is_retried_with_the_same_credentials() {
    let app = TestApp::start().await;
    let faults = [
        PanelFault::TimeoutBeforeActing,
        PanelFault::Garbage { after_acting: false },
        PanelFault::NoWord { after_acting: false },
        PanelFault::Http(502),
        error("You have reached the limit of creating users", false),
    ];
    for (n, fault) in (1..).zip(faults) {
        app.sim().panel.next_on(PanelCall::Create, fault.clone());
        let (_, uuid) = app.paid_order(&Buyer::nth(n)).await;
        app.work().await;
        assert_eq!(app.states(uuid).await, "paid succeeded provisioning", "{fault:?}");
        let kept = login(&app, &service(app.view(uuid).await)).await;
        app.advance(10);
        app.work().await;
        assert_eq!(app.states(uuid).await, "active succeeded active", "{fault:?}");
        assert_eq!(login(&app, &service(app.view(uuid).await)).await, kept);
        assert!(opens(&app, uuid).await, "{fault:?}");
        assert_eq!(creates(&app), usize::try_from(n).unwrap() * 2, "{fault:?}");
    }
}

/// Rule panel-is-looked-at: any call may go wrong, and any call may go wrong twice; it comes out the same.
#[tokio::test]
async fn any_call_may_fail_twice_and_the_set_up_succeeds() {
    let app = TestApp::start().await;
    let calls = [PanelCall::Look, PanelCall::Plans, PanelCall::Edit];
    let faults = [
        PanelFault::Garbage { after_acting: true },
        PanelFault::NoWord { after_acting: false },
        PanelFault::Http(503),
        PanelFault::Huge,
        PanelFault::ResetAfterActing,
    ];
    let mut n = 0;
    for call in calls {
        for fault in &faults {
            n += 1;
            app.sim().panel.next_on(call, fault.clone());
            app.sim().panel.next_on(PanelCall::Create, PanelFault::NoWord { after_acting: true });
            let (_, uuid) = app.paid_order(&Buyer::nth(n)).await;
            app.work().await;
            app.advance(10);
            app.work().await;
            assert_eq!(app.states(uuid).await, "active succeeded active", "{call:?} {fault:?}");
            assert!(opens(&app, uuid).await, "{call:?} {fault:?}");
            app.sim().panel.behave();
            app.advance(600);
        }
    }
    assert_eq!(app.sim().panel.accounts().len(), usize::try_from(n).unwrap());
}

/// Rule panel-is-looked-at: the panel did it after it had looked empty to us: the late account is found by
/// the next try.
#[tokio::test]
async fn an_account_created_late_is_found_by_the_next_attempt() {
    let app = TestApp::start().await;
    app.sim().panel.next_on(PanelCall::Create, PanelFault::TimeoutBeforeActing);
    let (_, uuid) = app.paid_order(&Buyer::default()).await;
    app.work().await;
    // Now it is through: our own name, domain and e-mail, with whatever password it was made.
    app.sim().panel.own("kahawaki", "kahawakibo.co.tz", "neema.mushi@example.com");
    app.advance(10);
    app.work().await;
    assert_eq!((app.states(uuid).await.as_str(), creates(&app)), ("active succeeded active", 1));
    assert!(opens(&app, uuid).await, "and the password is the one that we keep");
}

/// Rule panel-is-looked-at, three-tries: a login page in the place of an answer is about us, not about this
/// customer's try.
#[tokio::test]
async fn a_login_page_uses_up_no_attempt() {
    let app = TestApp::start().await;
    app.sim().panel.next_on(PanelCall::Create, PanelFault::LoginPage);
    let (_, uuid) = app.paid_order(&Buyer::default()).await;
    app.work().await;
    assert_eq!(app.attention_kinds().await, ["panel_refuses_us"]);
    assert_eq!(app.count("select attempt from jobs where kind = 'provision'").await, 0);
    app.advance(60);
    app.work().await;
    assert_eq!((app.states(uuid).await.as_str(), tries(&app, uuid).await), ("active succeeded active", 2));
    assert!(opens(&app, uuid).await);
    assert_eq!(app.attention_kinds().await, Vec::<String>::new());
}
