//! "Mark as paid" by staff.
use super::{newest_push, payment_states, payments_of, staff};
use hollyn_core::{
    Error,
    domain::{
        field_error::FieldError,
        ids::OrderUuid,
        input::{Reason, Reference},
    },
    ops::payments::mark_paid,
};
use hollyn_portal::sandbox::gateway::WebhookFault;
use hollyn_tests::{Buyer, TestApp, reason};

/// What was typed as reference and reason; else why it was not done.
async fn mark(app: &TestApp, uuid: OrderUuid, reference: &str, reason: &str) -> Result<(), String> {
    let marked = async {
        let (reference, reason) = FieldError::both(Reference::parse(reference), Reason::parse(reason))?;
        mark_paid(&app.ctx, &staff(), uuid, &reference, &reason).await
    };
    marked.await.map_err(|error: Error| error.to_string())
}

const USED: &str = "the input cannot be used: reference (used)";

/// Rule marked-as-paid: with a reference and a reason the order takes the same road as by the gateway's word,
/// and it says who did it.
#[tokio::test]
async fn an_order_marked_as_paid_is_set_up_like_any_other() {
    let app = TestApp::start().await;
    let (browser, uuid) = app.order(&Buyer::default()).await;
    assert_eq!(mark(&app, uuid, " CEJ3I3SETSN ", "paid in cash").await, Ok(()));
    assert_eq!(app.states(uuid).await, "paid succeeded requested");
    app.work().await;
    assert_eq!(app.states(uuid).await, "active succeeded active");
    assert_eq!(app.view(uuid).await.order.settlement().unwrap().reference.as_deref(), Some("CEJ3I3SETSN"));
    assert_eq!(app.text("select actor from status_history where to_status = 'paid'").await, "staff:1");
    assert_eq!(app.text("select gateway || status from payment_events").await, "manualapplied");
    assert!(app.text("select payload from payment_events").await.contains("paid in cash"));
    assert_eq!(app.sim().gateway.create_calls(), 0);
    assert_eq!(app.sim().mailbox.mails().len(), 3);
    assert!(browser.get(&format!("/order/{uuid}")).await.body.contains("CEJ3I3SETSN"));
    app.work().await;
}

/// Rule marked-as-paid: without a reference or a reason nothing happens.
#[tokio::test]
async fn without_reference_or_reason_nothing_is_marked() {
    let app = TestApp::start().await;
    let (_, uuid) = app.order(&Buyer::default()).await;
    for (reference, reason) in [("", "why"), ("  ", "why"), ("CEJ3I3SETSN", ""), ("CEJ3I3SETSN", " \n")] {
        assert!(mark(&app, uuid, reference, reason).await.unwrap_err().contains("cannot be used"));
    }
    assert!(mark(&app, uuid, &"A".repeat(65), "why").await.unwrap_err().contains("reference (long)"));
    assert_eq!(app.states(uuid).await, "pending - -");
    let unknown = OrderUuid::parse("018f2d4e-0000-7000-8000-000000000000").unwrap();
    assert_eq!(mark(&app, unknown, "CEJ3I3SETSN", "why").await, Err("there is no such order".into()));
    app.work().await;
}

/// Rule marked-as-paid, transaction-used-once: a reference that paid before cannot pay again, whichever of
/// its two names staff copied, in any case.
#[tokio::test]
async fn a_reference_cannot_be_used_twice() {
    let app = TestApp::start().await;
    let (_, first) = app.paid_order(&Buyer::nth(1)).await;
    let paid = payments_of(&app, first).await.remove(0);
    let receipt = paid.receipt().unwrap().clone();
    let (transid, reference) = (receipt.transid.unwrap(), receipt.reference.unwrap());
    assert_ne!(transid, reference);
    let (browser, second) = app.order(&Buyer::nth(2)).await;
    browser.pay(second).await;
    for used in [transid.clone(), transid.to_lowercase(), format!(" {reference} ")] {
        assert_eq!(mark(&app, second, &used, "says it is paid").await, Err(USED.into()), "{used}");
    }
    assert_eq!(app.states(second).await, "pending pending -", "the refused try left something behind");
    assert!(payments_of(&app, second).await[0].is_active);
    assert_eq!(mark(&app, second, "CEJ3I3SETSN", "seen on the statement").await, Ok(()));
    let (_, third) = app.order(&Buyer::nth(3)).await;
    assert_eq!(mark(&app, third, "CEJ3I3SETSN", "again").await, Err(USED.into()));
    app.work().await;
}

/// Rule marked-as-paid: an order that is paid, cancelled or failed is not marked.
#[tokio::test]
async fn only_an_order_that_waits_for_money_can_be_marked() {
    let app = TestApp::start().await;
    let (_, uuid) = app.paid_order(&Buyer::default()).await;
    app.work().await;
    assert_eq!(
        mark(&app, uuid, "CEJ3I3SETSN", "why").await,
        Err("The order is active, it waits for no money.".into())
    );
    let (_, uuid) = app.order(&Buyer::nth(2)).await;
    hollyn_core::ops::orders::cancel(&app.ctx, &staff(), uuid, &reason("a mistake")).await.unwrap();
    assert_eq!(
        mark(&app, uuid, "CEJ3I3SETSN", "why").await,
        Err("The order is cancelled, it waits for no money.".into())
    );
    app.work().await;
}

/// Rule unexpected-money, marked-as-paid: money that the gateway reports for an order that staff had marked
/// is a second payment: kept and shown.
#[tokio::test]
async fn money_that_comes_after_staff_marked_the_order_is_shown() {
    let app = TestApp::start().await;
    let (browser, uuid) = app.order(&Buyer::default()).await;
    browser.pay(uuid).await;
    assert_eq!(mark(&app, uuid, "CEJ3I3SETSN", "seen on the statement").await, Ok(()));
    app.sim().gateway.approve(&newest_push(&app).order_id);
    app.work().await;
    assert_eq!(app.states(uuid).await, "active succeeded active");
    assert_eq!(payment_states(&app, uuid).await, "succeeded succeeded");
    assert_eq!(app.attention_kinds().await, ["second_payment"]);
    assert_eq!(app.sim().panel.accounts().len(), 1);
    app.work().await;
}

/// Rule transaction-used-once, marked-as-paid: the very money that staff had marked, reported by the gateway
/// later, is not booked a second time.
#[tokio::test]
async fn the_money_that_staff_marked_is_not_counted_twice() {
    let app = TestApp::start().await;
    app.sim().gateway.webhooks(WebhookFault::Drop);
    for (n, by_reference) in [(1, false), (2, true)] {
        let (browser, uuid) = app.order(&Buyer::nth(n)).await;
        browser.pay(uuid).await;
        let push = newest_push(&app);
        app.sim().gateway.approve(&push.order_id);
        let transid = app.sim().gateway.charges().pop().unwrap().transid;
        let copied = if by_reference { push.reference.clone() } else { transid };
        assert_eq!(mark(&app, uuid, &copied, "the customer showed the message").await, Ok(()));
        app.advance(6);
        app.work().await;
        assert_eq!(app.attention_kinds().await.len(), n as usize);
        assert!(app.attention_kinds().await.iter().all(|kind| kind == "reference_used"));
        let received: i64 =
            payments_of(&app, uuid).await.iter().filter_map(|p| p.received()).map(|t| t.0).sum();
        assert_eq!(received, 25_000, "the same money is in the books twice");
    }
    // The gateway will say the same for ever; we do not ask for ever.
    app.advance(73 * 3600);
    app.work().await;
    assert_eq!(app.count("select count(*) from payments where next_check_at is not null").await, 0);
    app.work().await;
}

/// Rule marked-as-paid: two of the staff at once mark it once.
#[tokio::test]
async fn two_of_the_staff_at_once_mark_it_once() {
    let app = TestApp::start().await;
    let (_, uuid) = app.order(&Buyer::default()).await;
    let (one, other) =
        tokio::join!(mark(&app, uuid, "AAAAAAAAAA1", "one"), mark(&app, uuid, "AAAAAAAAAA2", "other"));
    let done = [&one, &other].into_iter().filter(|end| **end == Ok(())).count();
    assert_eq!(done, 1, "{one:?} {other:?}");
    assert_eq!(payments_of(&app, uuid).await.len(), 1);
    app.work().await;
}
