//! Several customers at once, and notices in the worst order.
use super::{newest_push, payment_states};
use hollyn_portal::sandbox::gateway::{CreateFault, PhoneAction, StatusFault, WebhookFault};
use hollyn_tests::{Buyer, TestApp};

/// Rule webhooks-are-stored, webhooks-decide-nothing: notices for several payments arrive last first and
/// twice; everybody gets what was paid for.
#[tokio::test]
async fn webhooks_in_the_wrong_order_pay_the_right_orders() {
    let app = TestApp::start().await;
    app.sim().gateway.webhooks(WebhookFault::Hold);
    let mut orders = Vec::new();
    for n in 1..=4 {
        let (browser, uuid) = app.order(&Buyer::nth(n)).await;
        browser.pay(uuid).await;
        orders.push((uuid, newest_push(&app).order_id));
    }
    // The third never pays, the fourth refuses.
    app.sim().gateway.act(&orders[0].1, PhoneAction::PayTwice);
    app.sim().gateway.act(&orders[1].1, PhoneAction::PayTwice);
    app.sim().gateway.refuse(&orders[3].1);
    app.sim().gateway.release_webhooks_reversed();
    app.sim().gateway.webhooks_done().await;
    app.advance(6);
    app.work().await;
    assert_eq!(app.count("select count(*) from webhook_inbox").await, 4);
    assert_eq!(app.states(orders[0].0).await, "active succeeded active");
    assert_eq!(app.states(orders[1].0).await, "active succeeded active");
    assert_eq!(app.states(orders[2].0).await, "pending pending -");
    assert_eq!(app.states(orders[3].0).await, "pending cancelled -");
    assert_eq!((app.sim().gateway.charges().len(), app.sim().panel.accounts().len()), (2, 2));
    assert!(app.attention().await.is_empty());
    app.work().await;
}

/// All rules at once: whatever goes wrong on the way, every charge is a paid order or an entry for staff,
/// nothing is set up unpaid, nothing twice, every notice that was answered 200 is kept, and nothing is left
/// in between.
#[tokio::test]
async fn every_charge_is_an_order_or_shown_to_staff() {
    let app = TestApp::start().await;
    let creates = [
        None,
        Some(CreateFault::TimeoutAfterActing),
        Some(CreateFault::ResetAfterActing),
        Some(CreateFault::Http { status: 502, after_acting: true }),
        Some(CreateFault::Garbage { after_acting: false }),
        Some(CreateFault::Huge),
    ];
    let actions = [
        PhoneAction::Approve,
        PhoneAction::PayTooLittle,
        PhoneAction::PayTooMuch,
        PhoneAction::PayTwice,
        PhoneAction::Refuse,
    ];
    let notices = [
        WebhookFault::None,
        WebhookFault::Drop,
        WebhookFault::Duplicate(3),
        WebhookFault::Hold,
        WebhookFault::WithoutKey,
        WebhookFault::WrongKey,
        WebhookFault::Nested,
    ];
    let answers = [
        StatusFault::Garbage,
        StatusFault::LieTopLevel,
        StatusFault::Http(503),
        StatusFault::NotFound,
        StatusFault::OtherOrderId("aaaaaaaaaaaaaaaaaaaa".into()),
        StatusFault::Reset,
    ];
    let mut orders = Vec::new();
    for n in 0..30_usize {
        let (browser, uuid) = app.order(&Buyer::nth(u32::try_from(n).unwrap())).await;
        if let Some(fault) = &creates[n % creates.len()] {
            app.sim().gateway.next_create(fault.clone());
        }
        app.sim().gateway.webhooks(notices[n % notices.len()]);
        browser.pay(uuid).await;
        app.sim().gateway.next_status(answers[n % answers.len()].clone());
        let push = app.sim().gateway.pushes().pop();
        if let Some(push) = push.filter(|push| push.is_open()) {
            app.sim().gateway.act(&push.order_id, actions[n % actions.len()]);
        }
        app.round().await;
        orders.push(uuid);
    }
    app.sim().gateway.release_webhooks_reversed();
    app.sim().gateway.behave();
    for _ in 0..70 {
        app.advance(15);
        app.work().await;
    }
    let (mut applied, mut received) = (0, 0);
    for uuid in &orders {
        let view = app.view(*uuid).await;
        let paid = view.payments.iter().filter(|p| p.is_applied()).count();
        assert_eq!(paid == 1, view.order.status().is_paid(), "{uuid}");
        assert_eq!(view.service.is_some(), view.order.status().is_paid(), "{uuid}");
        assert!(!payment_states(&app, *uuid).await.contains("created"), "{uuid}");
        applied += paid;
        received += view.payments.iter().filter_map(|p| p.received()).map(|t| t.0).sum::<i64>();
    }
    let charges = app.sim().gateway.charges();
    assert_eq!(received, charges.iter().map(|c| c.amount).sum::<i64>(), "money was lost or invented");
    let shown = app.attention_kinds().await.iter().filter(|kind| *kind == "shortfall").count();
    assert_eq!(charges.len(), applied + shown);
    assert_eq!(app.sim().panel.accounts().len(), applied);
    let answered = app.sim().gateway.deliveries().iter().filter(|d| d.status == Some(200)).count();
    let kept = app.count("select count(*) from webhook_inbox where verdict <> 'rejected'").await;
    assert_eq!(i64::try_from(answered).unwrap(), kept);
    app.work().await;
}
