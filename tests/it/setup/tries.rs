//! How often a set-up is tried, and who hears of it when that was not enough.
use super::{mails_about, opens, second_context, staff, tries, work};
use hollyn_portal::sandbox::panel::{PanelCall, PanelFault};
use hollyn_tests::{Buyer, TestApp};

/// Rule three-tries: three tries, the second after 10 s, the third after 60; then the order stays paid, the
/// customer hears that it takes longer, staff hear why, and nothing is tried any more until somebody asks for
/// it.
#[tokio::test]
async fn three_failed_attempts_are_told_to_customer_and_staff() {
    let app = TestApp::start().await;
    staff(&app).await;
    app.sim().panel.away(true);
    let (browser, uuid) = app.paid_order(&Buyer::default()).await;
    app.work().await;
    for (seconds, expected) in [(9, 1), (1, 2), (59, 2)] {
        app.advance(seconds);
        app.work().await;
        assert_eq!(
            (app.states(uuid).await.as_str(), tries(&app, uuid).await),
            ("paid succeeded provisioning", expected)
        );
    }
    assert_eq!(app.attention_kinds().await, ["panel_unreachable"]);
    app.advance(1);
    app.work().await;
    assert_eq!((app.states(uuid).await.as_str(), tries(&app, uuid).await), ("paid succeeded failed", 3));
    let entry = app.attention().await.remove(1);
    assert_eq!(
        (entry.kind.into_str(), entry.order_id.is_some(), entry.service_id.is_some()),
        ("setup_failed", true, true)
    );
    let mails = app.sim().mailbox.mails();
    let to = |word: &str| {
        let about = mails.iter().filter(|mail| mail.subject.contains(word));
        about.flat_map(|mail| mail.recipients.clone()).collect::<Vec<_>>()
    };
    assert_eq!(to("takes longer"), ["neema.mushi@example.com"]);
    assert_eq!(to("Set-up failed"), ["asha@hollyn.online"]);

    app.sim().panel.away(false);
    app.advance(3600);
    app.work().await;
    assert_eq!((app.states(uuid).await.as_str(), tries(&app, uuid).await), ("paid succeeded failed", 3));
    let page = browser.get(&format!("/order/{uuid}")).await.body;
    assert!(page.contains("provision"), "the customer can ask for it again");
    browser.post(&format!("/me/services/provision/{uuid}"), &[]).await;
    app.work().await;
    assert_eq!(app.states(uuid).await, "active succeeded active");
    assert!(opens(&app, uuid).await);
    assert_eq!(app.attention_kinds().await, Vec::<String>::new(), "what solved itself is closed");
    assert_eq!(mails_about(&app, "is ready").len(), 1);
}

/// Rule three-tries: asked for again, it has all its tries again, and at the old distances.
#[tokio::test]
async fn reprovisioning_grants_all_attempts_again() {
    let app = TestApp::start().await;
    app.sim().panel.away(true);
    let (browser, uuid) = app.paid_order(&Buyer::default()).await;
    for seconds in [10, 60, 0] {
        app.work().await;
        app.advance(seconds);
    }
    assert_eq!(app.states(uuid).await, "paid succeeded failed");
    browser.post("/me/services/provision-latest", &[]).await;
    for (seconds, expected) in [(0, 4), (10, 5), (59, 5), (1, 6)] {
        app.advance(seconds);
        app.work().await;
        assert_eq!(tries(&app, uuid).await, expected);
    }
    assert_eq!(app.states(uuid).await, "paid succeeded failed");
    assert_eq!(app.attention_kinds().await, ["panel_unreachable", "setup_failed"], "each once");
}

/// Rule three-tries: how often and how far apart is the company's choice; the last distance repeats.
#[tokio::test]
async fn attempts_and_delays_are_configurable() {
    let app = TestApp::with(&[("PROVISION_TRIES", "5"), ("PROVISION_BACKOFF", "5, 20")]).await;
    app.sim().panel.away(true);
    let (_, uuid) = app.paid_order(&Buyer::default()).await;
    app.work().await;
    for (seconds, expected) in [(4, 1), (1, 2), (19, 2), (1, 3), (19, 3), (1, 4), (19, 4), (1, 5)] {
        app.advance(seconds);
        app.work().await;
        assert_eq!(tries(&app, uuid).await, expected);
    }
    assert_eq!(app.states(uuid).await, "paid succeeded failed");
}

/// Rule three-tries: the fourth try, where there is one, comes 180 s after the third.
#[tokio::test]
async fn the_fourth_attempt_comes_after_180_seconds() {
    let app = TestApp::with(&[("PROVISION_TRIES", "4")]).await;
    app.sim().panel.away(true);
    let (_, uuid) = app.paid_order(&Buyer::default()).await;
    app.work().await;
    for (seconds, expected) in [(10, 2), (60, 3), (179, 3), (1, 4)] {
        app.advance(seconds);
        app.work().await;
        assert_eq!(tries(&app, uuid).await, expected);
    }
    assert_eq!(app.states(uuid).await, "paid succeeded failed");
}

/// Rule three-tries: a wrong administrator's password is nobody's failed try: the panel is paused, staff are
/// told once, and when it is right again everybody is set up.
#[tokio::test]
async fn refused_credentials_use_up_no_attempt() {
    let app = TestApp::with(&[("WEBUZO_ADMIN_PASS", "not the one")]).await;
    let mut orders = Vec::new();
    for n in 1..=3 {
        orders.push(app.paid_order(&Buyer::nth(n)).await.1);
    }
    for _ in 0..30 {
        app.work().await;
        app.advance(60);
    }
    for uuid in &orders {
        assert_eq!(app.states(*uuid).await, "paid succeeded provisioning");
    }
    assert_eq!(app.count("select max(attempt) from jobs where kind = 'provision'").await, 0);
    assert_eq!(app.attention_kinds().await, ["panel_refuses_us"], "once, not once a minute");
    assert_eq!(mails_about(&app, "takes longer").len(), 0);

    work(&second_context(&app, |_| {}, &[]).await).await;
    for uuid in orders {
        assert_eq!(app.states(uuid).await, "active succeeded active");
    }
    assert_eq!(app.attention_kinds().await, Vec::<String>::new());
}

/// Rule three-tries: while the panel is paused it is left alone, and the pause is over by itself.
#[tokio::test]
async fn an_open_circuit_breaker_stops_all_calls_until_it_closes() {
    let app = TestApp::start().await;
    app.sim().panel.next(PanelFault::LoginPage);
    let (_, first) = app.paid_order(&Buyer::nth(1)).await;
    app.work().await;
    let asked = app.sim().panel.journal().len();
    let (_, second) = app.paid_order(&Buyer::nth(2)).await;
    for _ in 0..5 {
        app.work().await;
        app.advance(11);
    }
    assert_eq!(app.sim().panel.journal().len(), asked, "55 s, and not a word to the panel");
    assert_eq!(app.states(second).await, "paid succeeded requested");
    app.advance(5);
    app.work().await;
    for uuid in [first, second] {
        assert_eq!(app.states(uuid).await, "active succeeded active");
    }
}

/// Rule three-tries: mixed trouble: what the panel refuses to us is not counted, what goes wrong with the
/// account is.
#[tokio::test]
async fn an_open_circuit_breaker_uses_up_no_attempt() {
    let app = TestApp::start().await;
    app.sim().panel.next_on(PanelCall::Create, PanelFault::Http(500));
    let (_, uuid) = app.paid_order(&Buyer::default()).await;
    app.work().await;
    app.sim().panel.next_on(PanelCall::Look, PanelFault::LoginPage);
    app.advance(10);
    app.work().await;
    assert_eq!(app.count("select attempt from jobs where kind = 'provision'").await, 1);
    app.sim().panel.next_on(PanelCall::Create, PanelFault::Http(500));
    app.advance(60);
    app.work().await;
    assert_eq!(app.states(uuid).await, "paid succeeded provisioning", "that was the second");
    app.advance(60);
    app.work().await;
    assert_eq!(app.states(uuid).await, "active succeeded active");
}

/// Rule three-tries: a customer of staff's language reads in theirs; disabled staff and customers get no
/// notice.
#[tokio::test]
async fn disabled_staff_get_no_notices() {
    let app = TestApp::start().await;
    staff(&app).await;
    app.execute("update users set disabled_at = 1 where role <> 'user'").await;
    app.sim().panel.own("mwingine", "kahawakibo.co.tz", "mwingine@example.com");
    let (_, uuid) = app.paid_order(&Buyer::default()).await;
    app.work().await;
    assert_eq!(app.states(uuid).await, "paid succeeded failed");
    assert_eq!(mails_about(&app, "Set-up failed").len(), 0);
    assert_eq!(mails_about(&app, "takes longer").len(), 1);
}
