//! The chain of audit rows: one for all writers, with committed changes only.
use super::{rows, verdict};
use crate::setup::second_context;
use hollyn_core::{
    domain::{actor::AuditContext, audit_action::AuditAction, user::User},
    keys::Keys,
    ops::{Caller, audit, auth, jobs, users::change_name},
    store, tx,
};
use hollyn_tests::{Buyer, TestApp, reason};

async fn registered(app: &TestApp, n: u32) -> User {
    let buyer = Buyer::nth(n);
    let typed = auth::Registration {
        name: buyer.name,
        email: buyer.email,
        phone: buyer.phone,
        password: buyer.password.into(),
    };
    auth::register(&app.ctx, &Caller::default(), &typed, "en").await.expect("registering")
}

/// Two portals on the same file, and 16 users who change their names 20 times each.
#[tokio::test(flavor = "multi_thread")]
async fn concurrent_writers_append_to_one_chain() {
    let app = TestApp::start().await;
    let other = second_context(&app, |_| {}, &[]).await;
    let user = registered(&app, 1).await;
    let before = rows(&app).await.len();
    let mut writing = tokio::task::JoinSet::new();
    for writer in 0..16 {
        let (ctx, user) = (if writer % 2 == 0 { app.ctx.clone() } else { other.clone() }, user.clone());
        writing.spawn(async move {
            let caller = Caller { user: Some(user.id), request_id: format!("{writer}"), ..Caller::default() };
            for n in 0..20 {
                let name = format!("Juma {writer} {n}");
                change_name(&ctx, &caller, &user, &name).await.expect("the name is changed");
            }
        });
    }
    while let Some(ended) = writing.join_next().await {
        ended.expect("no writer fails");
    }
    let rows = rows(&app).await;
    assert_eq!(rows.len(), before + 16 * 20, "an act is missing, or is there twice");
    for writer in 0..16 {
        let of_writer = rows.iter().filter(|row| row.request_id.as_deref() == Some(&writer.to_string()));
        assert_eq!(of_writer.count(), 20);
    }
    let sound = verdict(&app).await.expect("one chain, unforked");
    assert_eq!(sound.head.last_id, rows.len() as i64);
    app.work().await;
}

#[tokio::test]
async fn a_rolled_back_change_leaves_no_audit_row() {
    let app = TestApp::start().await;
    registered(&app, 1).await;
    let before = rows(&app).await;
    let now = app.ctx.now();
    let failed: store::Result<()> = tx!(&app.ctx.db, c => {
        store::audit::append(c, now, &AuditContext::worker(), AuditAction::OrderPlaced, Some(1), None).await?;
        Err(store::Error::Stale(store::Record::Order))
    });
    assert!(failed.is_err());
    assert_eq!(rows(&app).await, before);
    verdict(&app).await.expect("the head stayed with its row");
    app.work().await;
}

/// Of a customer, of staff and of the worker.
#[tokio::test]
async fn a_change_that_cannot_be_audited_is_not_made() {
    let app = TestApp::start().await;
    let (_, uuid) = app.order(&Buyer::nth(1)).await;
    let states = "select (select count(*) from users) || ' ' || (select count(*) from sessions) || ' ' || \
                  (select count(*) from orders) || ' ' || (select group_concat(status) from orders) || ' ' \
                  || \
                  (select count(*) from mails) || ' ' || (select count(*) from payments)";
    let before = app.text(states).await;
    app.execute("create trigger full before insert on audit_log begin select raise(abort, 'full'); end")
        .await;
    let buyer = Buyer::nth(2);
    assert_eq!(app.browser().post("/checkout", &buyer.fields()).await.status, 500);
    let reason =
        hollyn_core::ops::orders::cancel(&app.ctx, &super::staff(), uuid, &reason("a mistake")).await;
    assert!(reason.is_err());
    assert_eq!(app.text(states).await, before);
    app.execute("drop trigger full").await;
    let (_, uuid) = app.paid_order(&buyer).await;
    app.work().await;
    assert_eq!(app.states(uuid).await, "active succeeded active");
    verdict(&app).await.expect("nothing is missing");
}

#[tokio::test]
async fn a_row_beyond_the_head_stops_writes_with_an_internal_error() {
    let app = TestApp::start().await;
    registered(&app, 1).await;
    app.execute(
        "insert into audit_log select id + 1, hash, hash, actor, subject, action, object, object_id, \
        details, address, \
         request_id, created_at from audit_log order by id desc limit 1",
    )
    .await;
    let buyer = Buyer::nth(2);
    let fields =
        [("name", buyer.name), ("email", buyer.email), ("phone", buyer.phone), ("password", buyer.password)];
    assert_eq!(app.browser().post("/register", &fields).await.status, 500);
    assert_eq!(app.count("select count(*) from users").await, 1);
    app.work().await;
}

#[tokio::test]
async fn the_sweep_seals_new_rows_once() {
    let app = TestApp::start().await;
    jobs::sweep(&app.ctx).await.unwrap();
    assert_eq!(app.count("select count(*) from audit_seals").await, 0, "there is nothing to seal");
    registered(&app, 1).await;
    for _ in 0..2 {
        jobs::sweep(&app.ctx).await.unwrap();
    }
    assert_eq!(app.count("select count(*) from audit_seals").await, 1);
    registered(&app, 2).await;
    assert_eq!(verdict(&app).await.unwrap().sealed_to, 1);
    jobs::sweep(&app.ctx).await.unwrap();
    let sound = verdict(&app).await.unwrap();
    assert_eq!((sound.seals, sound.sealed_to, sound.head.last_id), (2, 2, 2));
    app.work().await;
}

#[tokio::test]
async fn seals_of_a_previous_key_are_valid_while_it_is_configured() {
    let app = TestApp::start().await;
    registered(&app, 1).await;
    jobs::sweep(&app.ctx).await.unwrap();
    let old = std::fs::read_to_string(app.dir().join("app.key")).unwrap();
    let rotated = Keys::parse(&Keys::generate(), &[old.trim()]).unwrap();
    assert!(audit::verify_in(&app.ctx.db, &rotated, &[]).await.unwrap().is_ok());
    let other = Keys::parse(&Keys::generate(), &[]).unwrap();
    let broken = audit::verify_in(&app.ctx.db, &other, &[]).await.unwrap().unwrap_err();
    assert_eq!(
        broken.to_string(),
        "row 1 has a seal that was not made under APP_KEY or APP_PREVIOUS_KEYS, or was changed"
    );
    app.work().await;
}
