//! What asking the gateway may and may not change.
use super::{ask, body_for, newest_push, notice, payments_of, webhook_query};
use hollyn_core::store::{self, UniqueKey};
use hollyn_portal::sandbox::gateway::{StatusFault, WebhookFault};
use hollyn_tests::{Browser, Buyer, TestApp};

/// An order whose push waits on the phone.
async fn pushed(app: &TestApp, n: u32) -> (Browser, hollyn_core::domain::ids::OrderUuid, String) {
    let (browser, uuid) = app.order(&Buyer::nth(n)).await;
    browser.pay(uuid).await;
    (browser, uuid, newest_push(app).order_id)
}

/// Rule webhooks-decide-nothing: a webhook that says COMPLETED moves nothing while the gateway, when asked,
/// says PENDING.
#[tokio::test]
async fn a_webhook_alone_pays_nothing() {
    let app = TestApp::start().await;
    let (_, uuid, id) = pushed(&app, 1).await;
    let asked = app.sim().gateway.status_queries();
    assert_eq!(notice(&app, &webhook_query(&newest_push(&app)), Some("sandbox"), body_for(&id)).await, 200);
    assert_eq!(app.sim().gateway.status_queries(), asked, "the route itself does not query the gateway");
    app.work().await;
    assert!(app.sim().gateway.status_queries() > asked, "the webhook scheduled no query");
    assert_eq!(app.states(uuid).await, "pending pending -");
    assert_eq!(app.count("select count(*) from services").await, 0);
    app.work().await;
}

/// Rule webhooks-decide-nothing: whoever wakes it, the same is done: the webhook, the poller, the customer's
/// page, "check now", staff.
#[tokio::test]
async fn every_caller_of_settle_finds_the_money() {
    let app = TestApp::start().await;
    app.sim().gateway.webhooks(WebhookFault::Drop);
    // The poller, by its timetable.
    let (_, uuid, id) = pushed(&app, 1).await;
    app.sim().gateway.approve(&id);
    app.work().await;
    assert_eq!(app.states(uuid).await, "pending pending -", "nothing is due yet");
    app.advance(5);
    app.work().await;
    assert_eq!(app.states(uuid).await, "active succeeded active");
    // "I have paid: check now", at once and without the worker.
    let (browser, uuid, id) = pushed(&app, 2).await;
    app.sim().gateway.approve(&id);
    browser.check(uuid).await;
    assert_eq!(app.states(uuid).await, "paid succeeded requested");
    app.work().await;
    // The status page wakes the asking where the timetable has become slow.
    let (browser, uuid, id) = pushed(&app, 3).await;
    app.sim().gateway.next_status(StatusFault::Word("PROCESSING".into()));
    app.advance(7200);
    app.work().await;
    app.sim().gateway.approve(&id);
    assert_eq!(browser.status(uuid).await["status"], "pending");
    app.advance(5);
    app.work().await;
    assert_eq!(browser.status(uuid).await["status"], "active");
    // The webhook.
    app.sim().gateway.webhooks(WebhookFault::None);
    let (_, uuid, id) = pushed(&app, 4).await;
    app.sim().gateway.approve(&id);
    app.work().await;
    assert_eq!(app.states(uuid).await, "active succeeded active");
    // Staff.
    app.sim().gateway.webhooks(WebhookFault::Drop);
    let (_, uuid, id) = pushed(&app, 5).await;
    app.sim().gateway.approve(&id);
    hollyn_core::ops::payments::check_now(&app.ctx, app.view(uuid).await.order.id).await.unwrap();
    assert_eq!(app.states(uuid).await, "paid succeeded requested");
    app.work().await;
}

/// Rule success-in-one-transaction: a success about another order, or in another currency, or without an
/// amount that can be read, pays nothing and is shown to staff, once; when the gateway comes to its senses,
/// it pays.
#[tokio::test]
async fn a_success_that_does_not_agree_is_not_believed() {
    let app = TestApp::start().await;
    app.sim().gateway.webhooks(WebhookFault::Drop);
    for (n, fault) in (1..).zip([
        StatusFault::OtherOrderId("aaaaaaaaaaaaaaaaaaaa".into()),
        StatusFault::OtherCurrency("USD".into()),
        StatusFault::OtherAmount(0),
        StatusFault::OtherAmount(-25_000),
    ]) {
        let (browser, uuid, id) = pushed(&app, n).await;
        app.sim().gateway.approve(&id);
        for _ in 0..2 {
            app.sim().gateway.next_status(fault.clone());
            browser.check(uuid).await;
            assert_eq!(app.states(uuid).await, "pending pending -", "{fault:?}");
            app.advance(3);
        }
        assert_eq!(app.attention_kinds().await.len(), n as usize, "{fault:?}");
        assert_eq!(app.attention_kinds().await.last().unwrap(), "mismatch");
        app.advance(6);
        app.work().await;
        assert_eq!(app.states(uuid).await, "active succeeded active", "{fault:?}");
    }
    app.work().await;
}

/// Rule success-in-one-transaction: one transaction holds everything that success means.
#[tokio::test]
async fn a_success_writes_all_of_it() {
    let app = TestApp::start().await;
    let (_, uuid, id) = pushed(&app, 1).await;
    app.sim().gateway.approve(&id);
    app.sim().gateway.webhooks_done().await;
    ask(&app, payments_of(&app, uuid).await[0].id).await;
    assert_eq!(app.states(uuid).await, "paid succeeded requested");
    let charge = app.sim().gateway.charges().remove(0);
    let view = app.view(uuid).await;
    assert_eq!(view.order.settlement().unwrap().reference.as_deref(), Some(charge.transid.as_str()));
    assert_eq!(view.order.paid_at(), Some(app.ctx.now()));
    let push = view.paid_by().expect("a payment is applied");
    assert_eq!((push.transid(), push.received().map(|t| t.0)), (Some(charge.transid.as_str()), Some(25_000)));
    assert_eq!(push.receipt().unwrap().channel.as_deref(), Some("MPESA-TZ"));
    for (rows, sql) in [
        (
            1,
            "select count(*) from payment_events where event_type = 'completed' and status = 'applied' and \
            payload like '%COMPLETED%'",
        ),
        (
            1,
            "select count(*) from status_history where subject = 'order' and to_status = 'paid' and actor = \
            'gateway'",
        ),
        (1, "select count(*) from status_history where subject = 'payment' and to_status = 'succeeded'"),
        (1, "select count(*) from audit_log where action = 'order.payment_succeeded'"),
        (1, "select count(*) from audit_log where action = 'payment.completed'"),
        (1, "select count(*) from jobs where kind = 'provision'"),
        (1, "select count(*) from mails where kind = 'payment_received'"),
    ] {
        assert_eq!(app.count(sql).await, rows, "{sql}");
    }
    app.work().await;
}

/// Rule success-in-one-transaction: where the last line of it cannot be written, none of it is, and the next
/// question does it all.
#[tokio::test]
async fn a_success_is_written_whole_or_not_at_all() {
    let app = TestApp::start().await;
    for (table, gone) in [
        ("alter table mails rename to gone", "alter table gone rename to mails"),
        ("alter table services rename to gone", "alter table gone rename to services"),
        ("alter table payment_events rename to gone", "alter table gone rename to payment_events"),
        ("alter table audit_log rename to gone", "alter table gone rename to audit_log"),
    ] {
        let (browser, uuid, id) = pushed(&app, table.len() as u32).await;
        super::sql(&app, table).await.unwrap();
        app.sim().gateway.approve(&id);
        app.sim().gateway.webhooks_done().await;
        assert_eq!(browser.check(uuid).await.status, 500, "{table}");
        super::sql(&app, gone).await.unwrap();
        assert_eq!(app.states(uuid).await, "pending pending -", "{table}");
        app.advance(60);
        app.work().await;
        assert_eq!(app.states(uuid).await, "active succeeded active", "{table}");
    }
    app.work().await;
}

/// Rule success-in-one-transaction: twenty askers at once book the money once.
#[tokio::test]
async fn twenty_settles_at_once_record_it_once() {
    let app = TestApp::start().await;
    let (browser, uuid, id) = pushed(&app, 1).await;
    app.sim().gateway.approve(&id);
    let askers: Vec<_> = (0..20)
        .map(|n| {
            let (browser, ctx) = (browser.clone(), app.ctx.clone());
            tokio::spawn(async move {
                if n % 2 == 0 {
                    browser.check(uuid).await;
                } else {
                    hollyn_core::ops::payments::settle_due(&ctx).await.unwrap();
                }
            })
        })
        .collect();
    for asker in askers {
        asker.await.unwrap();
    }
    app.work().await;
    assert_eq!(app.states(uuid).await, "active succeeded active");
    assert_eq!(app.count("select count(*) from payment_events where event_type = 'completed'").await, 1);
    assert_eq!(app.count("select count(*) from status_history where to_status = 'paid'").await, 1);
    assert_eq!((app.sim().panel.accounts().len(), app.sim().mailbox.mails().len()), (1, 3));
    assert!(app.attention().await.is_empty());
    app.work().await;
}

/// Rule transaction-used-once: a transaction that paid one order pays no other; staff are shown it.
#[tokio::test]
async fn a_transaction_pays_only_once() {
    let app = TestApp::start().await;
    let (_, first, id) = pushed(&app, 1).await;
    app.sim().gateway.approve(&id);
    app.work().await;
    let transid = payments_of(&app, first).await[0].transid().unwrap().to_owned();
    let (browser, second, id) = pushed(&app, 2).await;
    app.sim().gateway.webhooks(WebhookFault::Drop);
    app.sim().gateway.approve(&id);
    app.sim().gateway.next_status(StatusFault::Transid(transid.clone()));
    browser.check(second).await;
    assert_eq!(app.states(second).await, "pending pending -");
    assert_eq!(app.attention_kinds().await, ["reference_used"]);
    assert!(app.attention().await[0].details.contains(&transid));
    // It was a slip of the gateway: its next answer names the right one.
    app.advance(600);
    app.work().await;
    assert_eq!(app.states(second).await, "active succeeded active");
    let twice = "update payments set transid = (select min(transid) from payments)";
    let refused = super::sql(&app, twice).await.expect_err("one reference, two payments");
    assert!(matches!(refused, store::Error::Duplicate(UniqueKey::PaymentsTransid)), "{refused:?}");
    app.work().await;
}
