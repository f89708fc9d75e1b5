//! Entries of attention: listed, resolved with a reason, audited; one for an unreachable panel.
use super::{rows, staff};
use crate::setup::{second_context, work};
use hollyn_core::{
    domain::{
        actor::Actor,
        attention::{AttentionFilter, AttentionItem, AttentionKind},
        ids::{AttentionId, UserId},
        user::Role,
    },
    ops::{
        Conflict, Error,
        attention::{list, resolve, show},
        payments::mark_paid,
    },
};
use hollyn_tests::{Buyer, TestApp, reason};

async fn listed(app: &TestApp, filter: AttentionFilter, kind: Option<AttentionKind>) -> Vec<String> {
    let (entries, all) = list(&app.ctx, filter, kind, 0, 50).await.expect("the database answers");
    assert_eq!(all, entries.len() as i64);
    entries.into_iter().map(|entry| entry.kind.to_string()).collect()
}

/// An order that was paid twice: one entry.
async fn paid_twice(app: &TestApp, n: u32) -> AttentionItem {
    let (browser, uuid) = app.order(&Buyer::nth(n)).await;
    browser.pay(uuid).await;
    let reference = format!("CEJ3I3SET{n}");
    let marked = mark_paid(
        &app.ctx,
        &staff(),
        uuid,
        &hollyn_tests::reference(&reference),
        &reason("seen on the statement"),
    )
    .await;
    marked.expect("it is paid");
    app.sim().gateway.approve(&app.sim().gateway.pushes().pop().expect("a push").order_id);
    app.work().await;
    let open = list(&app.ctx, AttentionFilter::Open, Some(AttentionKind::SecondPayment), 0, 1).await;
    open.expect("the database answers").0.remove(0)
}

/// Resolves an entry as an admin.
async fn settle(app: &TestApp, id: AttentionId, reason: &str) -> hollyn_core::Result<AttentionItem> {
    resolve(&app.ctx, &staff(), Role::Admin, id, reason).await
}

#[tokio::test]
async fn an_entry_is_resolved_once_with_actor_and_reason() {
    let app = TestApp::start().await;
    let entry = paid_twice(&app, 1).await;
    let settle = async |id: AttentionId, reason: &str| settle(&app, id, reason).await;
    assert!(matches!(settle(entry.id, " \n").await, Err(Error::Invalid(_))));
    assert!(matches!(settle(AttentionId(99), "sent back").await, Err(Error::NotFound(_))));
    let by_support = resolve(&app.ctx, &staff(), Role::Support, entry.id, "sent back").await;
    assert!(matches!(by_support, Err(Error::Forbidden(_))), "it is about money");
    settle(entry.id, " sent back ").await.expect("it is open");
    assert!(matches!(settle(entry.id, "sent back").await, Err(Error::Conflict(Conflict::Rule(_)))));
    let closed = show(&app.ctx, entry.id).await.unwrap().expect("it is kept");
    let resolution = closed.resolution.expect("it is resolved");
    assert_eq!(
        (resolution.by, resolution.reason.as_str(), resolution.at),
        (Actor::Staff(UserId(2)), "sent back", app.ctx.now())
    );
    assert!(show(&app.ctx, AttentionId(99)).await.unwrap().is_none());
    let actions: Vec<_> = rows(&app)
        .await
        .into_iter()
        .filter(|row| row.object == "attention")
        .map(|row| (row.action, row.actor, row.object_id, row.details))
        .collect();
    let id = Some(entry.id.0);
    assert_eq!(
        actions,
        [
            ("attention.raised".into(), "worker".into(), id, Some("second_payment".into())),
            ("attention.resolved".into(), "staff:2".into(), id, None)
        ]
    );
}

#[tokio::test]
async fn entries_are_filtered_by_state_and_kind_and_paged() {
    let app = TestApp::start().await;
    let first = paid_twice(&app, 1).await;
    settle(&app, first.id, "sent back").await.unwrap();
    let second = paid_twice(&app, 2).await;
    paid_twice(&app, 3).await;
    assert_ne!(first.id, second.id);
    assert_eq!(listed(&app, AttentionFilter::Open, None).await, ["second_payment"; 2]);
    assert_eq!(listed(&app, AttentionFilter::Resolved, None).await, ["second_payment"; 1]);
    assert_eq!(
        listed(&app, AttentionFilter::All, Some(AttentionKind::SecondPayment)).await,
        ["second_payment"; 3]
    );
    assert_eq!(listed(&app, AttentionFilter::All, Some(AttentionKind::Surplus)).await, Vec::<String>::new());
    let (entries, all) = list(&app.ctx, AttentionFilter::All, None, 2, 5).await.unwrap();
    assert_eq!((entries.len(), entries[0].id, all), (1, first.id, 3), "the newest first");
}

#[tokio::test]
async fn a_resolved_entry_is_raised_again_when_it_recurs() {
    let app = TestApp::with(&[("WEBUZO_ADMIN_PASS", "not the one")]).await;
    app.paid_order(&Buyer::nth(1)).await;
    for _ in 0..3 {
        app.work().await;
        assert_eq!(app.attention_kinds().await, ["panel_refuses_us"]);
        let open = app.attention().await.remove(0);
        settle(&app, open.id, "the password is put right").await.unwrap();
        assert_eq!(app.attention_kinds().await, Vec::<String>::new());
        app.advance(60);
    }
    assert_eq!(app.count("select count(*) from attention").await, 3);
    app.work().await;
}

#[tokio::test]
async fn an_unreachable_panel_is_one_entry_until_it_answers() {
    let app = TestApp::start().await;
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let nowhere = format!("http://{closed}/admin");
    let cut_off = second_context(&app, |_| {}, &[("WEBUZO_API_URL", &nowhere)]).await;
    let mut orders = Vec::new();
    for n in 1..=2 {
        orders.push(app.paid_order(&Buyer::nth(n)).await.1);
    }
    work(&cut_off).await;
    assert_eq!(
        app.attention_kinds().await,
        ["panel_unreachable"],
        "two services wait, and there is one entry"
    );
    app.advance(10);
    app.work().await;
    assert_eq!(app.attention_kinds().await, Vec::<String>::new());
    for uuid in orders {
        assert_eq!(app.states(uuid).await, "active succeeded active");
    }
    let how = app.text("select resolved_by || ': ' || resolution from attention").await;
    assert_eq!(how, "worker: the panel answers again");
    app.sim().panel.away(true);
    let (_, uuid) = app.paid_order(&Buyer::nth(3)).await;
    app.work().await;
    assert_eq!(app.attention_kinds().await, ["panel_unreachable"], "it answers, and with nothing");
    app.sim().panel.away(false);
    app.advance(10);
    app.work().await;
    assert_eq!(app.states(uuid).await, "active succeeded active");
    assert_eq!(app.attention_kinds().await, Vec::<String>::new());
}
