//! The queue: a job comes with its reason, belongs to one worker, and never waits for a dead one.
use super::{claim, creates, mails_about, opens, provision, second_context, service, steps, work};
use hollyn_core::{
    domain::job::Task,
    ops,
    store::{self, UniqueKey, jobs},
    tx,
};
use hollyn_tests::{Buyer, TestApp};
use std::time::Duration;

/// Rule queued-with-its-reason: the order is paid and its set-up is queued, or neither: what cannot be queued
/// was not noted as paid.
#[tokio::test]
async fn payment_and_set_up_job_are_committed_together() {
    let app = TestApp::start().await;
    let trigger = "create trigger full before insert on jobs when new.kind = 'provision' \
                   begin select raise(abort, 'full'); end";
    app.execute(trigger).await;
    let (_, uuid) = app.paid_order(&Buyer::default()).await;
    assert_eq!(app.states(uuid).await, "pending pending -");
    assert_eq!(app.count("select count(*) from mails where kind = 'payment_received'").await, 0);
    assert_eq!(app.count("select count(*) from payment_events where event_type = 'completed'").await, 0);

    app.execute("drop trigger full").await;
    app.advance(60);
    app.work().await;
    assert_eq!(app.states(uuid).await, "active succeeded active");
}

/// Rule queued-with-its-reason: the same job is queued once, whoever asks how often.
#[tokio::test]
async fn repeated_finish_setup_queues_one_job() {
    let app = TestApp::with(&[("PROVISION_ON_PAYMENT", "false")]).await;
    let (browser, uuid) = app.paid_order(&Buyer::default()).await;
    assert_eq!(app.states(uuid).await, "paid succeeded -");
    let path = format!("/me/services/provision/{uuid}");
    let (one, two, three) = tokio::join!(
        browser.post(&path, &[]),
        browser.post(&path, &[]),
        browser.post("/me/services/provision-latest", &[])
    );
    for answer in [one, two] {
        assert_eq!((answer.status, answer.location), (303, format!("/order/{uuid}")));
    }
    assert_eq!(three.status, 303);
    assert_eq!(app.count("select count(*) from services").await, 1);
    assert_eq!(app.count("select count(*) from jobs where kind = 'provision'").await, 1);
    app.work().await;
    assert_eq!((app.states(uuid).await.as_str(), creates(&app)), ("active succeeded active", 1));
}

/// Rule queued-with-its-reason: the database refuses the second row of the same job by itself.
#[tokio::test]
async fn the_database_refuses_a_second_job_of_a_service() {
    let app = TestApp::start().await;
    let (_, uuid) = app.paid_order(&Buyer::default()).await;
    let again = sqlx::query(
        "insert into jobs (job_key, kind, subject, attempt, due_at, fencing_token, lease_until, created_at) \
         select job_key, kind, subject, 0, 0, 0, 0, 0 from jobs where kind = 'provision'",
    );
    let refused = again.execute(app.sql()).await.expect_err("the key is unique");
    let refused = store::Error::from(refused);
    assert!(matches!(refused, store::Error::Duplicate(UniqueKey::JobsKey)), "{refused:?}");
    app.work().await;
    assert_eq!(app.states(uuid).await, "active succeeded active");
}

/// Rule leases: of two workers that saw the same job, one has it.
#[tokio::test]
async fn one_of_two_workers_gets_the_job() {
    let app = TestApp::start().await;
    let (_, uuid) = app.paid_order(&Buyer::default()).await;
    let (now, until) = (app.ctx.now(), app.ctx.lease_end());
    let seen = tx!(&app.ctx.db, c => jobs::due(c, now, 50).await).unwrap();
    let job = seen.iter().find(|job| matches!(job.task, Task::Provision(_))).unwrap();
    let first = tx!(&app.ctx.db, c => jobs::claim(c, job, "a", until).await).unwrap();
    let second = tx!(&app.ctx.db, c => jobs::claim(c, job, "b", until).await).unwrap();
    assert!(first.is_some() && second.is_none());
    assert_eq!(app.text("select lease_holder from jobs where kind = 'provision'").await, "a");

    // And as whole workers, on connections of their own.
    app.advance(31);
    let other = second_context(&app, |_| {}, &[]).await;
    tokio::join!(app.work(), work(&other));
    assert_eq!((app.states(uuid).await.as_str(), creates(&app)), ("active succeeded active", 1));
    assert_eq!(mails_about(&app, "is ready").len(), 1);
}

/// Rule leases: a worker that wakes up after its lease finds its hand tied, also where nobody has taken its
/// place yet.
#[tokio::test]
async fn a_worker_whose_lease_ended_cannot_write() {
    let app = TestApp::start().await;
    let (_, uuid) = app.paid_order(&Buyer::default()).await;
    let sleeper = claim(&app, "provision", "sleeper").await.unwrap();
    assert!(claim(&app, "provision", "early").await.is_none(), "it is held");
    app.advance(31);
    let late = provision(&app.ctx, &sleeper).await;
    assert!(matches!(late, Err(ops::Error::Conflict(ops::Conflict::Stale(_)))), "{late:?}");
    let heir = claim(&app, "provision", "heir").await.unwrap();
    let late = provision(&app.ctx, &sleeper).await;
    assert!(matches!(late, Err(ops::Error::Conflict(ops::Conflict::Stale(_)))), "{late:?}");
    assert_eq!(app.states(uuid).await, "paid succeeded requested");
    assert_eq!(steps(&app, uuid).await, Vec::<String>::new());
    assert!(service(app.view(uuid).await).username().is_none());
    assert_eq!(app.sim().panel.journal().len(), 0);

    provision(&app.ctx, &heir).await.unwrap();
    app.work().await;
    assert_eq!(app.states(uuid).await, "active succeeded active");
}

/// Rule leases: the same in the middle: the panel answered a worker whose lease was over.
#[tokio::test]
async fn a_lease_that_ended_during_a_call_stops_the_attempt() {
    let app = TestApp::start().await;
    let (_, uuid) = app.paid_order(&Buyer::default()).await;
    let sleeper = claim(&app, "provision", "sleeper").await.unwrap();
    app.sim().panel.create_takes(Duration::from_millis(600));
    let ctx = app.ctx.clone();
    let work = tokio::spawn(async move { provision(&ctx, &sleeper).await });
    while !steps(&app, uuid).await.contains(&"create_user sent".to_owned()) {
        tokio::task::yield_now().await;
    }
    app.advance(31);
    let heir = claim(&app, "provision", "heir").await.expect("a dead worker's job is free");
    let late = work.await.unwrap();
    assert!(matches!(late, Err(ops::Error::Conflict(ops::Conflict::Stale(_)))), "{late:?}");
    assert_eq!(steps(&app, uuid).await.last().unwrap(), "create_user sent");
    assert_eq!(app.states(uuid).await, "paid succeeded provisioning");
    assert_eq!(app.count("select count(*) from mails where kind = 'service_ready'").await, 0);

    provision(&app.ctx, &heir).await.unwrap();
    app.work().await;
    assert_eq!((app.states(uuid).await.as_str(), creates(&app)), ("active succeeded active", 1));
    assert!(opens(&app, uuid).await);
    assert_eq!(mails_about(&app, "is ready").len(), 1);
}

/// Rule leases: a lease that is renewed in time is kept.
#[tokio::test]
async fn a_renewed_lease_is_kept() {
    let app = TestApp::start().await;
    let (_, uuid) = app.paid_order(&Buyer::default()).await;
    let job = claim(&app, "provision", "slow").await.unwrap();
    for _ in 0..5 {
        app.advance(20);
        let (now, until) = (app.ctx.now(), app.ctx.lease_end());
        tx!(&app.ctx.db, c => jobs::renew_lease(c, now, &job, until).await).unwrap();
        assert!(claim(&app, "provision", "greedy").await.is_none());
    }
    provision(&app.ctx, &job).await.unwrap();
    app.work().await;
    assert_eq!(app.states(uuid).await, "active succeeded active");
}
