//! Whose account it is: nobody is ever given somebody else's.
use super::{creates, login, mails_about, opens, second_context, service, steps, work};
use hollyn_portal::sandbox::{
    SimPanel,
    panel::{PanelCall, PanelFault},
};
use hollyn_tests::{Buyer, TestApp};
use std::{collections::BTreeSet, sync::OnceLock};

/// Rule credentials-first: a retry uses the username and the password of the first try, and the password
/// opens the account.
#[tokio::test]
async fn a_retry_keeps_username_and_password() {
    let app = TestApp::start().await;
    app.sim().panel.away(true);
    let (_, uuid) = app.paid_order(&Buyer::default()).await;
    app.work().await;
    let kept = login(&app, &service(app.view(uuid).await)).await;
    assert_eq!(app.sim().panel.accounts().len(), 0);
    app.sim().panel.away(false);
    app.advance(10);
    app.work().await;
    assert_eq!(app.states(uuid).await, "active succeeded active");
    assert_eq!(login(&app, &service(app.view(uuid).await)).await, kept);
    assert!(app.sim().panel.logins(&kept.0, &kept.1));
}

/// Rule credentials-first: a username is one service's, also where a dozen domains begin alike and all are
/// set up at once.
#[tokio::test]
async fn usernames_are_unique_when_similar_domains_are_set_up_at_once() {
    let app = TestApp::start().await;
    let mut orders = Vec::new();
    for n in 1..=12 {
        let buyer = Buyer { domain: format!("kahawakibo-{n}.co.tz"), ..Buyer::nth(n) };
        orders.push(app.paid_order(&buyer).await.1);
    }
    app.work().await;
    let mut names = BTreeSet::new();
    for uuid in orders {
        assert!(opens(&app, uuid).await);
        names.insert(login(&app, &service(app.view(uuid).await)).await.0);
    }
    assert_eq!((names.len(), app.sim().panel.accounts().len()), (12, 12), "{names:?}");
    assert!(names.iter().all(|name| name.len() <= 8), "{names:?}");
    let twice = sqlx::query("update services set webuzo_username = 'kahawaki'");
    assert!(twice.execute(app.sql()).await.is_err(), "the database refuses it by itself");
}

/// Rule panel-is-looked-at: the username belongs to somebody else: the next one is taken, and the stranger's
/// account is not touched.
#[tokio::test]
async fn a_username_of_another_account_is_skipped() {
    let app = TestApp::start().await;
    app.sim().panel.own("kahawaki", "mwingine.co.tz", "mwingine@example.com");
    app.sim().panel.own("kahawak2", "watatu.co.tz", "watatu@example.com");
    let before = (app.sim().panel.account("kahawaki").unwrap(), app.sim().panel.account("kahawak2").unwrap());
    let (_, uuid) = app.paid_order(&Buyer::default()).await;
    app.work().await;
    assert_eq!(app.states(uuid).await, "active succeeded active");
    assert_eq!(login(&app, &service(app.view(uuid).await)).await.0, "kahawak3");
    assert!(opens(&app, uuid).await);
    let after = (app.sim().panel.account("kahawaki").unwrap(), app.sim().panel.account("kahawak2").unwrap());
    assert_eq!((before.0.password, before.1.password), (after.0.password, after.1.password));
    assert_eq!(app.sim().panel.calls(PanelCall::Edit), 0);
}

/// Rule panel-is-looked-at: the panel's search says *contains*; an account whose name only begins like ours
/// is not ours.
#[tokio::test]
async fn only_the_exact_username_counts_as_the_account() {
    let app = TestApp::start().await;
    app.sim().panel.own("duka77", "duka77.co.tz", "a@example.com");
    let (_, uuid) = app.paid_order(&Buyer { domain: "duka.co.tz".into(), ..Buyer::default() }).await;
    app.work().await;
    assert_eq!(login(&app, &service(app.view(uuid).await)).await.0, "duka");
    assert!(opens(&app, uuid).await);
}

/// Rule panel-is-looked-at: domain and e-mail agree, and yet no try of this service ever asked for it: it is
/// not given away.
#[tokio::test]
async fn an_account_that_was_never_requested_is_not_ours() {
    let app = TestApp::start().await;
    let buyer = Buyer::default();
    app.sim().panel.own("kahawaki", &buyer.domain, &buyer.email);
    let theirs = app.sim().panel.account("kahawaki").unwrap().password;
    let (_, uuid) = app.paid_order(&buyer).await;
    app.work().await;
    // Another username, and then the domain is taken: that is for a person to look at, at once.
    assert_eq!(app.states(uuid).await, "paid succeeded failed");
    assert_eq!(app.attention_kinds().await, ["setup_failed"]);
    assert!(app.attention().await[0].details.contains(&buyer.domain));
    assert_eq!(app.sim().panel.account("kahawaki").unwrap().password, theirs);
    assert_eq!((creates(&app), app.sim().panel.calls(PanelCall::Edit)), (1, 0));
    let (username, password) = login(&app, &service(app.view(uuid).await)).await;
    assert_ne!(username, "kahawaki");
    assert!(!app.sim().panel.logins("kahawaki", &password));
}

/// Rule panel-is-looked-at: an earlier try is on record, but what is there under the name has another e-mail.
#[tokio::test]
async fn an_account_with_another_email_is_not_ours() {
    let app = TestApp::start().await;
    app.sim().panel.next_on(PanelCall::Create, PanelFault::Http(500));
    let (_, uuid) = app.paid_order(&Buyer::default()).await;
    app.work().await;
    app.sim().panel.own("kahawaki", "mwingine.co.tz", "neema.mushi@example.com");
    app.advance(10);
    app.work().await;
    assert_eq!(login(&app, &service(app.view(uuid).await)).await.0, "kahawak2");
    assert!(opens(&app, uuid).await);
    assert_eq!(app.sim().panel.calls(PanelCall::Edit), 0);
}

/// Rule panel-is-looked-at: the domain is another account's: the set-up stops at its first try, with a word
/// to staff.
#[tokio::test]
async fn a_domain_of_another_account_stops_the_set_up_and_tells_staff() {
    let app = TestApp::start().await;
    app.sim().panel.own("mwingine", "kahawakibo.co.tz", "mwingine@example.com");
    let (_, uuid) = app.paid_order(&Buyer::default()).await;
    app.work().await;
    assert_eq!(app.states(uuid).await, "paid succeeded failed");
    assert_eq!(creates(&app), 1);
    let entry = app.attention().await.remove(0);
    assert_eq!(entry.kind.into_str(), "setup_failed");
    assert!(entry.details.contains("kahawakibo.co.tz"), "{}", entry.details);
    assert_eq!(app.sim().panel.accounts().len(), 1);
}

/// Rule panel-is-looked-at: the stranger's account came between our look and our call.
#[tokio::test]
async fn an_account_that_appears_between_look_and_create_is_not_ours() {
    static PANEL: OnceLock<SimPanel> = OnceLock::new();
    fn plant(point: &'static str) {
        if point == "provision.sent" && PANEL.get().unwrap().accounts().is_empty() {
            PANEL.get().unwrap().own("kahawaki", "mwingine.co.tz", "mwingine@example.com");
        }
    }
    let app = TestApp::start().await;
    PANEL.set(app.sim().panel.clone()).ok().unwrap();
    let (_, uuid) = app.paid_order(&Buyer::default()).await;
    work(&second_context(&app, plant, &[]).await).await;
    assert_eq!(app.states(uuid).await, "active succeeded active");
    assert_eq!(login(&app, &service(app.view(uuid).await)).await.0, "kahawak2");
    assert!(opens(&app, uuid).await);
    assert!(steps(&app, uuid).await.contains(&"reserve foreign".to_owned()));
}

/// Rule active-when-shown: the panel said done, and the account is not there: nobody is told that it is
/// ready.
#[tokio::test]
async fn an_account_that_the_panel_does_not_show_is_not_active() {
    static PANEL: OnceLock<SimPanel> = OnceLock::new();
    fn lose(point: &'static str) {
        if point == "provision.created" {
            assert!(PANEL.get().unwrap().lose("kahawaki"));
        }
    }
    let app = TestApp::start().await;
    PANEL.set(app.sim().panel.clone()).ok().unwrap();
    let (_, uuid) = app.paid_order(&Buyer::default()).await;
    work(&second_context(&app, lose, &[]).await).await;
    assert_eq!(app.states(uuid).await, "paid succeeded provisioning");
    assert_eq!(mails_about(&app, "is ready").len(), 0);
    app.advance(10);
    app.work().await;
    assert_eq!(app.states(uuid).await, "active succeeded active");
    assert!(opens(&app, uuid).await);
    assert_eq!(mails_about(&app, "is ready").len(), 1);
}

/// Rule active-when-shown: service, order and mail come together or not at all.
#[tokio::test]
async fn service_order_and_mail_become_active_together() {
    let app = TestApp::start().await;
    let trigger = "create trigger full before insert on mails when new.kind = 'service_ready' \
                   begin select raise(abort, 'full'); end";
    app.execute(trigger).await;
    let (_, uuid) = app.paid_order(&Buyer::default()).await;
    app.work().await;
    assert_eq!(app.states(uuid).await, "paid succeeded provisioning");
    assert_eq!(app.count("select count(*) from services where paid_until is not null").await, 0);
    app.execute("drop trigger full").await;
    app.advance(60);
    app.work().await;
    assert_eq!((app.states(uuid).await.as_str(), creates(&app)), ("active succeeded active", 1));
    assert_eq!(mails_about(&app, "is ready").len(), 1);
    app.advance(600);
    app.work().await;
    assert_eq!(mails_about(&app, "is ready").len(), 1, "one, also later");
}
