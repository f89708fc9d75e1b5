//! Workers that die, jobs that are poisoned, and what a new process finds.
use super::{creates, login, mails_about, opens, second_context, service, tries, work};
use hollyn_core::ops::jobs;
use hollyn_portal::sandbox::mailbox::MailFault;
use hollyn_tests::{Buyer, TestApp};

/// Rule leases: a dead worker's job goes on within half a minute, and with what was done already.
#[tokio::test]
async fn a_dead_workers_job_continues_within_half_a_minute() {
    let app = TestApp::start().await;
    let (_, uuid) = app.paid_order(&Buyer::default()).await;
    let dying = |point| assert!(point != "provision.created", "the worker dies here");
    work(&second_context(&app, dying, &[]).await).await;
    assert_eq!((app.states(uuid).await.as_str(), creates(&app)), ("paid succeeded provisioning", 1));
    app.advance(29);
    app.work().await;
    assert_eq!(app.states(uuid).await, "paid succeeded provisioning", "its lease still runs");
    app.advance(1);
    app.work().await;
    assert_eq!((app.states(uuid).await.as_str(), creates(&app)), ("active succeeded active", 1));
    assert!(opens(&app, uuid).await);
}

/// Rule credentials-first: username and password are committed before the panel hears the first word.
#[tokio::test]
async fn credentials_are_committed_before_the_first_call() {
    let app = TestApp::start().await;
    let (_, uuid) = app.paid_order(&Buyer::default()).await;
    let dying = |point| assert!(point != "provision.reserved", "the worker dies here");
    work(&second_context(&app, dying, &[]).await).await;
    assert_eq!(app.sim().panel.journal().len(), 0, "no call yet");
    let kept = login(&app, &service(app.view(uuid).await)).await;
    assert_eq!(kept.0, "kahawaki");
    app.advance(30);
    app.work().await;
    assert_eq!(login(&app, &service(app.view(uuid).await)).await, kept);
    assert!(app.sim().panel.logins(&kept.0, &kept.1));
}

/// Rule jobs-are-independent: a job that kills its worker is not tried for ever: each death is a try.
#[tokio::test]
async fn each_death_of_a_worker_counts_as_an_attempt() {
    let app = TestApp::start().await;
    let (_, uuid) = app.paid_order(&Buyer::default()).await;
    let dying = |point| assert!(point != "provision.sent", "the worker dies here");
    let deadly = second_context(&app, dying, &[]).await;
    for n in 1..=3 {
        work(&deadly).await;
        assert_eq!(tries(&app, uuid).await, n);
        app.advance(30);
    }
    work(&deadly).await;
    assert_eq!(app.states(uuid).await, "paid succeeded failed");
    assert_eq!(app.attention_kinds().await, ["setup_failed"]);
    assert_eq!(app.count("select count(*) from jobs where kind = 'provision'").await, 0);
}

/// Rule jobs-are-independent: jobs that this version does not know, more of them than are done at once, stop
/// nobody; staff see them.
#[tokio::test]
async fn unknown_jobs_delay_no_other_job() {
    let app = TestApp::start().await;
    for _ in 0..12 {
        app.execute(
            "insert into jobs (job_key, kind, subject, attempt, due_at, fencing_token, lease_until, \
             created_at) values ('pigeon:' || random(), 'send_pigeon', 1, 0, 0, 0, 0, 0)",
        )
        .await;
    }
    let (_, uuid) = app.paid_order(&Buyer::default()).await;
    app.work().await;
    assert_eq!(app.states(uuid).await, "active succeeded active");
    assert_eq!(app.attention_kinds().await, Vec::<String>::new());
    for _ in 0..4 {
        app.advance(60);
        app.work().await;
    }
    let stuck = app.attention().await;
    assert_eq!(stuck.len(), 12, "each once: {stuck:?}");
    assert!(
        stuck.iter().all(|e| e.kind.into_str() == "job_stuck" && e.details.contains("send_pigeon")),
        "{stuck:?}"
    );
}

/// Rule jobs-are-independent: a service whose password cannot be opened is given to staff, and the next
/// customer's is set up.
#[tokio::test]
async fn a_service_whose_password_cannot_be_opened_goes_to_staff() {
    let app = TestApp::start().await;
    let (_, damaged) = app.paid_order(&Buyer::nth(1)).await;
    app.sim().panel.away(true);
    app.work().await;
    app.sim().panel.away(false);
    app.execute("update services set webuzo_temp_password_enc = 'x1.nobody.knows'").await;
    let (_, mine) = app.paid_order(&Buyer::nth(2)).await;
    app.advance(10);
    app.work().await;
    assert_eq!(app.states(mine).await, "active succeeded active");
    assert_eq!(app.states(damaged).await, "paid succeeded provisioning");
    for _ in 0..3 {
        app.advance(60);
        app.work().await;
    }
    assert_eq!(app.states(damaged).await, "paid succeeded failed");
    assert_eq!(app.attention_kinds().await, ["setup_failed"]);
    assert_eq!(app.sim().panel.accounts().len(), 1);
}

/// Rule jobs-are-independent: an order of a state that this version cannot read stops neither the round nor
/// the others.
#[tokio::test]
async fn an_unreadable_row_stops_neither_the_round_nor_other_jobs() {
    let app = TestApp::start().await;
    let (_, strange) = app.paid_order(&Buyer::nth(1)).await;
    app.execute("update services set status = 'hovering'").await;
    let (_, mine) = app.paid_order(&Buyer::nth(2)).await;
    app.work().await;
    assert_eq!(app.states(mine).await, "active succeeded active");
    for _ in 0..5 {
        app.advance(60);
        app.work().await;
    }
    assert_eq!(app.attention_kinds().await, ["job_stuck"]);
    app.execute("update services set status = 'requested' where status = 'hovering'").await;
    app.execute("update jobs set attempt = 0").await;
    app.advance(60);
    app.work().await;
    assert_eq!(app.states(strange).await, "active succeeded active");
}

/// Rule times-are-stored: whatever was to happen at a time happens in a process that knows nothing but the
/// files.
#[tokio::test]
async fn work_due_before_a_restart_happens_after_it() {
    let app = TestApp::start().await;
    // One waits for its second try, one is paid without anybody having heard, one has a mail to come.
    app.sim().panel.away(true);
    let (_, failing) = app.paid_order(&Buyer::nth(1)).await;
    app.work().await;
    app.sim().panel.away(false);
    app.sim().mailbox.next(MailFault::TryLater);
    let (browser, unheard) = app.order(&Buyer::nth(2)).await;
    browser.pay(unheard).await;
    app.round().await;
    let push = app.sim().gateway.pushes().last().unwrap().clone();
    app.sim().gateway.webhooks(hollyn_portal::sandbox::gateway::WebhookFault::Drop);
    app.sim().gateway.approve(&push.order_id);
    let mails_before = app.count("select count(*) from mails where sent_at is null").await;
    assert_eq!(mails_before, 1);

    app.advance(30);
    let anew = second_context(&app, |_| {}, &[]).await;
    for _ in 0..3 {
        work(&anew).await;
        app.advance(30);
    }
    work(&anew).await;
    for uuid in [failing, unheard] {
        assert_eq!(app.states(uuid).await, "active succeeded active");
        assert!(opens(&app, uuid).await);
    }
    assert_eq!(app.count("select count(*) from mails where sent_at is null").await, 0);
    assert_eq!(app.count("select count(*) from jobs where kind <> 'give_up'").await, 0);
    assert_eq!(mails_about(&app, "is ready").len(), 2);
    assert_eq!(jobs::round(&anew, "second").await.unwrap(), 0);
}
